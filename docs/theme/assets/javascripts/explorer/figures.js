// Loads published figures by column, in parts; finds rows by vocabulary and by words; puts them in order of value.

const VOCABULARIES = ["section", "topic", "indicator", "area", "period", "unit", "qualifier"];
const AT_ONCE = 4; // requests under way at the same time

// Text for comparing: one width, one case, thousands without commas; Chinese without blanks.
export function normal(text) {
  return text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3})/g, "$1");
}

function blankless(text) {
  return normal(text).replace(/\s+/g, "");
}

// A column in a file is a list, or words and the number of each row's word.
function reader(column) {
  if (Array.isArray(column)) return (row) => column[row];
  return (row) => column.words[column.rows[row]];
}

export class Figures {
  constructor(base, language) {
    this.base = base;
    this.language = language;
    this.other = language === "zh" ? "en" : "zh";
    this.columns = {}; // column -> text of each row
    this.entries = {}; // vocabulary -> number of each row's entry
    this.labels = {}; // vocabulary -> column -> text of each entry
    this.rest = []; // part -> column -> reader, for downloads
    this.parts = []; // part -> promise of its rows
    this.loaded = 0;
  }

  // The vocabularies and the first part: what a page shows at first.
  async open() {
    const [index, labels] = await Promise.all([this.json("index"), this.json("labels." + this.language)]);
    this.index = index;
    this.count = index.count;
    this.starts = [];
    index.parts.reduce((start, size) => (this.starts.push(start), start + size), 0);
    for (const name of VOCABULARIES) {
      this.labels[name] = Object.assign({}, index.vocabularies[name].columns, labels[name]);
      this.entries[name] = new Int32Array(this.count);
    }
    this.low = new Float64Array(this.count);
    this.high = new Float64Array(this.count);
    this.haystack = new Array(this.count);
    await this.part(0);
    return this;
  }

  async json(name) {
    const response = await fetch(new URL("figures/" + name + ".json", this.base));
    if (!response.ok) throw new Error(response.status + " " + response.url);
    return response.json();
  }

  get whole() {
    return this.loaded === this.count;
  }

  has(row) {
    return this.haystack[row] !== undefined;
  }

  part(number) {
    if (!this.parts[number]) {
      this.parts[number] = this.json("rows." + number).then((found) => this.take(found, number));
      this.parts[number].catch(() => { this.parts[number] = undefined; });
    }
    return this.parts[number];
  }

  take(found, number) {
    const start = this.starts[number];
    const size = this.index.parts[number];
    const seen = new Map();
    const once = (text, make) => {
      if (!seen.has(text)) seen.set(text, make(text));
      return seen.get(text);
    };
    for (const name of VOCABULARIES) this.entries[name].set(found[name], start);
    const texts = Object.keys(found).filter((name) => !VOCABULARIES.includes(name));
    const at = {};
    for (const name of texts) {
      if (!this.columns[name]) this.columns[name] = new Array(this.count);
      at[name] = reader(found[name]);
      for (let row = 0; row < size; row++) this.columns[name][start + row] = at[name](row);
    }
    for (let row = 0; row < size; row++) {
      const low = at.value_min(row);
      const high = at.value_max(row);
      this.low[start + row] = low === "" ? -Infinity : Number(low);
      this.high[start + row] = high === "" ? Infinity : Number(high);
      this.haystack[start + row] = [
        normal(at.figure(row)), at.value(row), low, high, normal(at.text_en(row)), blankless(at.text_zh(row)),
        once(at.printed(row), blankless), once(at.measure_zh(row), blankless), once(at.measure_en(row), normal)
      ].join("\n");
    }
    this.loaded += size;
  }

  // Everything that is shown and searched; `tell` hears how many rows are there.
  async all(tell) {
    await this.several(this.index.parts.map((_, number) => number), (number) => this.part(number), () => tell(this.loaded));
  }

  async several(numbers, load, tell) {
    const waiting = numbers.slice();
    const run = async () => {
      while (waiting.length) {
        await load(waiting.shift());
        tell(waiting.length);
        await new Promise((resolve) => setTimeout(resolve)); // let the page answer in between
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, run));
  }

  // The other language's words, wanted for searches and downloads.
  otherLabels() {
    if (!this.others) {
      this.others = this.json("labels." + this.other).then((labels) => {
        for (const name of VOCABULARIES) Object.assign(this.labels[name], labels[name]);
        this.words = undefined;
      });
      this.others.catch(() => { this.others = undefined; });
    }
    return this.others;
  }

  // For each vocabulary the searchable text of each entry.
  vocabularyWords() {
    if (!this.words) {
      this.words = VOCABULARIES.map((name) => {
        const columns = Object.keys(this.labels[name]).filter((column) => column !== "years");
        return this.labels[name][columns[0]].map((_, entry) => columns.map((column) => {
          const text = this.labels[name][column][entry];
          return column.endsWith("_zh") ? blankless(text) : normal(text);
        }).join("\n"));
      });
    }
    return this.words;
  }

  // `allowed`: vocabulary -> marks of the entries that pass; `terms`: words that must all occur.
  // Gives the rows that pass, and for each vocabulary how many rows each entry has beside its own filter.
  find(allowed, terms) {
    const names = Object.keys(allowed);
    const marks = names.map((name) => allowed[name]);
    const filtered = names.map((name) => this.entries[name]);
    const numbers = VOCABULARIES.map((name) => this.entries[name]);
    const own = VOCABULARIES.map((name) => names.indexOf(name));
    const counts = VOCABULARIES.map((name) => new Int32Array(this.index.vocabularies[name].counts.length));
    const test = terms.length ? this.tester(terms, numbers) : () => true;
    const rows = new Int32Array(this.count);
    let found = 0;
    for (let row = 0; row < this.count; row++) {
      if (this.haystack[row] === undefined) continue;
      let failed = -1; // the only filter that fails
      let more = false;
      for (let filter = 0; filter < names.length && !more; filter++) {
        if (!marks[filter][filtered[filter][row]]) {
          more = failed >= 0;
          failed = filter;
        }
      }
      if (more || !test(row)) continue;
      if (failed < 0) rows[found++] = row;
      for (let name = 0; name < numbers.length; name++) {
        if (failed < 0 || own[name] === failed) counts[name][numbers[name][row]]++;
      }
    }
    return { rows: rows.slice(0, found), counts: Object.fromEntries(VOCABULARIES.map((name, place) => [name, counts[place]])) };
  }

  tester(terms, numbers) {
    const words = this.vocabularyWords();
    const hits = terms.map((term) => words.map((entries) => Uint8Array.from(entries, (text) => text.includes(term) ? 1 : 0)));
    return (row) => terms.every((term, place) =>
      this.haystack[row].includes(term) || hits[place].some((marks, name) => marks[numbers[name][row]]));
  }

  // By interval, never by a hedged number as if it were exact. First those with both ends: ascending by lower,
  // then upper end; descending by upper, then lower end. After them those of which one bound is known, by it;
  // at last those without bounds. Equal ones stay in the order of the print. Also gives how many have both ends.
  sorted(rows, descending) {
    const { low, high } = this;
    const sign = descending ? -1 : 1;
    const [first, second] = descending ? [high, low] : [low, high];
    const bound = (row) => (low[row] > -Infinity ? low[row] : high[row]);
    const closed = [];
    const open = [];
    const unknown = [];
    rows.forEach((row) => {
      const ends = (low[row] > -Infinity) + (high[row] < Infinity);
      [unknown, open, closed][ends].push(row);
    });
    closed.sort((a, b) => sign * (first[a] - first[b]) || sign * (second[a] - second[b]) || a - b);
    open.sort((a, b) => sign * (bound(a) - bound(b)) || sign * ((low[a] > -Infinity) - (low[b] > -Infinity)) || a - b);
    return { rows: Int32Array.from(closed.concat(open, unknown)), closed: closed.length };
  }

  text(column, row) {
    return this.columns[column][row];
  }

  label(vocabulary, column, row) {
    return this.labels[vocabulary][column][this.entries[vocabulary][row]];
  }

  // What downloads need beside what is shown: the other language and further columns of these rows.
  async complete(rows, tell) {
    const needed = new Set();
    rows.forEach((row) => needed.add(this.partOf(row)));
    const missing = Array.from(needed).filter((number) => !this.rest[number]);
    let left = missing.length;
    await Promise.all([this.otherLabels(), this.several(missing, async (number) => {
      const found = await this.json("rest." + number);
      this.rest[number] = Object.fromEntries(Object.entries(found).map(([name, column]) => [name, reader(column)]));
    }, () => tell(1 - --left / missing.length))]);
  }

  partOf(row) {
    let number = this.starts.length - 1;
    while (this.starts[number] > row) number--;
    return number;
  }

  // A column of the published table: row -> text, as in the CSV of a bulletin.
  published(column) {
    const vocabulary = VOCABULARIES.find((name) => this.labels[name][column]);
    if (vocabulary) return (row) => this.label(vocabulary, column, row);
    if (this.columns[column]) return (row) => this.columns[column][row];
    const pattern = this.index.addresses[column];
    if (pattern) {
      return (row) => pattern.replace("{bulletin}", this.label("section", "bulletin", row)).replace("{figure}", this.text("figure", row));
    }
    return (row) => {
      const part = this.partOf(row);
      return this.rest[part][column](row - this.starts[part]);
    };
  }
}
