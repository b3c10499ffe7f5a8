// Writes rows of figures as CSV and as an Excel workbook, with the columns of the published table.

const SLICE = 500; // rows between two moments in which the page can answer
const DAY = 86400000;
const FIRST_DAY = Date.UTC(1899, 11, 30); // from which spreadsheets count days
// What a spreadsheet might evaluate, full-width forms included; the same list as for the other downloads.
const EVALUATED = /^'*([=+\-@\t\r\n＝＋－＠]|<r>)/;
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const TEXT = 1; // styles of cells, by their place in styles.xml
const HEADING = 2;
const DATE = 3;
const LONG = 4;

function pause() {
  return new Promise((resolve) => setTimeout(resolve));
}

function defused(text) {
  return EVALUATED.test(text) ? "'" + text : text;
}

function columnsOf(figures) {
  return figures.index.columns.map(([name, type]) => ({ name, type, text: figures.published(name) }));
}

// RFC 4180 with LF, UTF-8 without BOM, as the other CSV files of the site.
export async function csv(figures, rows, tell) {
  const columns = columnsOf(figures);
  const quoted = (text) => (/[,"\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
  const parts = [columns.map((column) => column.name).join(",") + "\n"];
  for (let start = 0; start < rows.length; start += SLICE) {
    const lines = Array.from(rows.slice(start, start + SLICE), (row) =>
      columns.map((column) => quoted(column.type === "string" ? defused(column.text(row)) : column.text(row))).join(","));
    parts.push(lines.join("\n") + "\n");
    tell(start / rows.length);
    await pause();
  }
  return new Blob(parts, { type: "text/csv" });
}

function escaped(text) {
  return text.replace(UNWRITABLE, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

// A, B … Z, AA …
function letters(place) {
  return (place >= 26 ? letters(Math.floor(place / 26) - 1) : "") + String.fromCharCode(65 + (place % 26));
}

// Each text stands once in the workbook, and cells name it by its number.
class Texts {
  constructor() {
    this.numbers = new Map();
    this.uses = 0;
  }

  cell(reference, text, style) {
    const shown = defused(text);
    this.uses++;
    if (!this.numbers.has(shown)) this.numbers.set(shown, this.numbers.size);
    // Older versions of Excel show more than 255 characters in a cell of text as ####.
    const look = style === TEXT && shown.length >= 255 ? LONG : style;
    return `<c r="${reference}" s="${look}" t="s"><v>${this.numbers.get(shown)}</v></c>`;
  }

  * xml() {
    yield `${HEAD}<sst xmlns="${MAIN}" count="${this.uses}" uniqueCount="${this.numbers.size}">`;
    for (const text of this.numbers.keys()) yield `<si><t xml:space="preserve">${escaped(text)}</t></si>`;
    yield "</sst>";
  }
}

function cell(texts, reference, text, type) {
  if (text === "") return "";
  if (type === "string") return texts.cell(reference, text, TEXT);
  if (type === "date") {
    const day = (Date.parse(text + "T00:00:00Z") - FIRST_DAY) / DAY;
    return day > 60 ? `<c r="${reference}" s="${DATE}"><v>${day}</v></c>` : texts.cell(reference, text, TEXT);
  }
  return `<c r="${reference}"><v>${text}</v></c>`;
}

function opening(widths, frozen) {
  const cols = widths.map((width, place) => `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`);
  const pane = frozen ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' : "";
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${cols.join("")}</cols><sheetData>`;
}

function* figureSheet(columns, rows, texts, tell) {
  const marks = columns.map((_, place) => letters(place));
  const end = marks[marks.length - 1] + (rows.length + 1);
  yield opening(columns.map(({ name, type }) => (type !== "string" ? 12 : /^(url|note|measure_|indicator_)/.test(name) ? 30 : 16)), true);
  yield '<row r="1">' + columns.map(({ name }, place) => texts.cell(marks[place] + 1, name, HEADING)).join("") + "</row>";
  for (let start = 0; start < rows.length; start += SLICE) {
    yield Array.from(rows.slice(start, start + SLICE), (row, nth) => {
      const line = start + nth + 2;
      return `<row r="${line}">` + columns.map(({ type, text }, place) => cell(texts, marks[place] + line, text(row), type)).join("") + "</row>";
    }).join("");
    tell(start / rows.length);
  }
  yield `</sheetData><autoFilter ref="A1:${end}"/><ignoredErrors><ignoredError sqref="A1:${end}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
}

function* aboutSheet(lines, texts) {
  yield opening([24, 90], false);
  yield lines.map((line, nth) => `<row r="${nth + 1}">` + line.map((text, place) => texts.cell(letters(place) + (nth + 1), text, place ? LONG : HEADING)).join("") + "</row>").join("");
  yield "</sheetData></worksheet>";
}

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

function frame(names) {
  const sheets = names.map((name, nth) => ({ name: escaped(name).replace(/"/g, "&quot;"), id: nth + 1 }));
  const last = names.length;
  return {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${SHEET_TYPE}sharedStrings+xml"/>${sheets.map(({ id }) => `<Override PartName="/xl/worksheets/sheet${id}.xml" ContentType="${SHEET_TYPE}worksheet+xml"/>`).join("")}</Types>`,
    "_rels/.rels": `${HEAD}<Relationships xmlns="${PACKAGE}relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.map(({ name, id }) => `<sheet name="${name}" sheetId="${id}" r:id="rId${id}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}relationships">${sheets.map(({ id }) => `<Relationship Id="rId${id}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${id}.xml"/>`).join("")}<Relationship Id="rId${last + 1}" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId${last + 2}" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    "xl/styles.xml": STYLES
  };
}

// `about`: the second sheet as [name, lines], a line being [label, text].
export async function xlsx(figures, rows, about, tell) {
  const fflate = await import(new URL("scripts/fflate/browser.js", figures.base).href);
  const chunks = [];
  const zip = new fflate.Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const add = async (name, pieces) => {
    const file = new fflate.ZipDeflate(name, { level: 3, mtime: "1980-01-01T00:00:00" });
    zip.add(file);
    let waiting = "";
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length < 65536) continue;
      file.push(fflate.strToU8(waiting));
      waiting = "";
      await pause();
    }
    file.push(fflate.strToU8(waiting), true);
  };
  const texts = new Texts();
  const [name, lines] = about;
  for (const [path, content] of Object.entries(frame(["figures", name]))) await add(path, [content]);
  await add("xl/worksheets/sheet1.xml", figureSheet(columnsOf(figures), rows, texts, tell));
  await add("xl/worksheets/sheet2.xml", aboutSheet(lines, texts));
  await add("xl/sharedStrings.xml", texts.xml());
  zip.end();
  return new Blob(chunks, { type: SHEET_TYPE + "sheet" });
}

export function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
