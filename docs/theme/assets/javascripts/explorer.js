// The explorer: every published figure in one table, with filters, search, order by value, and downloads.
// What is chosen stands in the address, so that a view can be shared and the browser's Back leads to the last one.
import { Figures, normal } from "./explorer/figures.js";
import { FILTERS, allowed, fill, optionsOf } from "./explorer/filters.js";
import { PRINTED, Rows } from "./explorer/rows.js";

const root = document.getElementById("kb-explorer");
const given = JSON.parse(document.getElementById("kb-explorer-words").textContent);
const base = new URL(given.base, location.href);
const LANGUAGE = given.language;
const SORTS = ["value", "-value"];
const PAUSE = 150; // ms after a key before searching
const part = (name) => root.querySelector("[data-part=" + name + "]");
const form = part("form");

function say(key, values) {
  return given.words[key].replace(/\[([A-Z]+)\]/g, (whole, name) => (values && name in values ? values[name] : whole));
}

function number(count) {
  return count.toLocaleString("en");
}

// --- the address

let figures;
let options;
let rows;
let several; // more than one bulletin
let state = {};
let shown = new Int32Array(0);

// Reads what the address asks for; what is not known is told and left out. Other parameters are none of ours.
function read(query) {
  const found = {};
  const unknown = [];
  for (const { name } of FILTERS) {
    const value = query.get(name);
    if (!value) continue;
    if (options[name].has(value)) found[name] = value;
    else unknown.push(name + "=" + value);
  }
  const sort = query.get("sort");
  if (sort && SORTS.includes(sort) && found.unit) found.sort = sort;
  else if (sort) unknown.push("sort=" + sort);
  if (query.get("q")) found.q = query.get("q");
  return { found, unknown };
}

function address() {
  const query = new URLSearchParams(location.search);
  ["q", ...FILTERS.map(({ name }) => name), "sort"].forEach((name) => {
    query.delete(name);
    if (state[name]) query.append(name, state[name]);
  });
  const text = query.toString();
  return location.pathname + (text ? "?" + text : "") + location.hash;
}

function remember(typing) {
  const target = address();
  if (target === location.pathname + location.search + location.hash) return;
  if (typing && history.state && history.state.typing) history.replaceState({ typing }, "", target);
  else history.pushState({ typing }, "", target);
  sameInOtherLanguage();
}

function sameInOtherLanguage() {
  document.querySelectorAll("header a[hreflang]").forEach((link) => { link.search = location.search; });
}

function restore() {
  const { found, unknown } = read(new URLSearchParams(location.search));
  state = found;
  form.elements.q.value = state.q || "";
  tell("notice", unknown.length ? say("unknown", { VALUES: unknown.join(", ") }) : "");
  sameInOtherLanguage();
  return apply();
}

function tell(name, text) {
  part(name).textContent = text;
  part(name).hidden = !text;
}

// --- loading

let loading;

function all() {
  if (!loading) {
    progress("loading", figures.loaded / figures.count);
    loading = Promise.all([figures.otherLabels(), figures.all((count) => {
      progress("loading", count / figures.count);
      rows.refresh();
    })]).then(() => progress(""), (error) => {
      loading = undefined;
      fail(error);
      throw error;
    });
  }
  return loading;
}

function progress(key, share) {
  const box = part("progress");
  box.hidden = !key;
  root.setAttribute("aria-busy", String(Boolean(key)));
  if (!key) return;
  const text = say(key);
  if (part("progress-text").textContent !== text) part("progress-text").textContent = text;
  part("progress-bar").value = share;
}

function fail(error) {
  part("failed-text").textContent = say("failed");
  part("failed").hidden = false;
  progress("");
  console.warn(String(error));
}

// --- the view

function terms() {
  return normal(state.q || "").split(/\s+/).filter(Boolean);
}

function isNarrowed() {
  return Boolean(state.q) || Boolean(state.sort) || FILTERS.some(({ name }) => state[name]);
}

let turn = 0;

async function apply() {
  const mine = ++turn;
  if (isNarrowed()) {
    try {
      await (figures.whole ? state.q && figures.otherLabels() : all());
    } catch (error) {
      fail(error);
      return;
    }
    if (mine !== turn) return;
  }
  const { found, counts } = view();
  const order = state.sort ? figures.sorted(found, state.sort === "-value") : { rows: found, closed: found.length };
  shown = order.rows;
  rows.show(shown, order.closed < shown.length && order.closed ? order.closed : -1);
  root.dataset.ready = "true"; // first of all: what is told in hidden parts is not heard
  chips();
  summary(order.closed);
  requestAnimationFrame(() => setTimeout(() => {
    if (mine === turn) choices(counts);
  }));
}

// Before everything is loaded all rows are shown, and the counts are those that came with the vocabularies.
function view() {
  if (figures.whole) {
    const { rows: found, counts } = figures.find(allowed(state, options, figures), terms());
    return { found, counts };
  }
  const counts = {};
  FILTERS.forEach(({ vocabulary }) => { counts[vocabulary] = figures.index.vocabularies[vocabulary].counts; });
  return { found: Int32Array.from({ length: figures.count }, (_, row) => row), counts };
}

function choices(counts) {
  for (const { name, vocabulary } of FILTERS) {
    fill(form.elements[name], options[name], counts[vocabulary], state[name], say("any"), (label, count) =>
      say("option", { LABEL: label, COUNT: number(count) }));
  }
  const sort = form.elements.sort;
  Array.from(sort.options).forEach((option) => { option.disabled = Boolean(option.value) && !state.unit; });
  sort.value = state.sort || "";
}

function summary(closed) {
  part("count").textContent = say("count", { SHOWN: number(shown.length), ALL: number(figures.count) });
  const open = shown.length - closed;
  const rule = state.sort ? say(state.sort === "value" ? "order_up" : "order_down") : "";
  tell("order", rule && open ? rule + say("order_open", { OPEN: number(open) }) : rule);
  part("sort-note").hidden = Boolean(state.unit);
  part("empty").hidden = shown.length > 0;
  part("table").hidden = shown.length === 0;
  tell("print-note", shown.length > PRINTED ? say("print_first", { COUNT: number(PRINTED) }) : "");
  root.querySelectorAll("[data-save]").forEach((button) => { button.disabled = shown.length === 0; });
}

// --- chips: what is chosen, each with a button that takes it away

function chips() {
  const list = part("chips");
  list.textContent = "";
  const chosen = FILTERS.filter(({ name }) => state[name]).map(({ name }) => {
    const option = options[name].get(state[name]);
    const label = name === "section" && option.label === say("whole_bulletin") ? option.group : option.label;
    return [name, label];
  });
  if (state.q) chosen.unshift(["q", state.q]);
  chosen.forEach(([name, label]) => {
    list.appendChild(chip(say("chip", { NAME: say("name_" + name), LABEL: label }), () => without(name)));
  });
  if (chosen.length > 1) list.appendChild(chip(say("clear"), clear, "kb-explorer__clear"));
  list.hidden = !chosen.length;
}

function chip(text, act, extra) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = extra || "kb-explorer__chip";
  button.textContent = text;
  if (!extra) button.setAttribute("aria-label", say("remove", { CHIP: text }));
  button.addEventListener("click", () => {
    act();
    part("count").focus();
  });
  item.appendChild(button);
  return item;
}

function without(name) {
  delete state[name];
  if (name === "unit") delete state.sort;
  if (name === "q") form.elements.q.value = "";
  changed();
}

function clear() {
  state = {};
  form.elements.q.value = "";
  changed();
}

function changed(typing) {
  tell("notice", "");
  part("failed").hidden = true;
  remember(Boolean(typing));
  apply();
}

// --- rows

function span(text, name) {
  const element = document.createElement("span");
  if (name) element.className = name;
  element.textContent = text;
  return element;
}

const CELLS = ["indicator", "figure", "area", "period", "section", "printed"];

// Fills a row of the table; false where the row is not loaded yet.
function cells(element, row) {
  if (!figures.has(row)) {
    element.dataset.empty = "";
    const wait = document.createElement("td");
    wait.setAttribute("role", "cell");
    wait.colSpan = CELLS.length;
    wait.textContent = say("waiting");
    element.appendChild(wait);
    return false;
  }
  const own = (vocabulary, column) => figures.label(vocabulary, column + "_" + LANGUAGE, row);
  const made = CELLS.map((name) => {
    const box = document.createElement(name === "indicator" ? "th" : "td");
    box.setAttribute("role", name === "indicator" ? "rowheader" : "cell");
    if (name === "indicator") box.scope = "row";
    box.className = "kb-explorer__" + name;
    box.dataset.label = say("col_" + name);
    element.appendChild(box);
    return box;
  });
  const [indicator, figure, area, period, section, printed] = made;
  indicator.append(span(own("indicator", "indicator")), span(figures.text("measure_" + LANGUAGE, row), "kb-explorer__more"));
  figure.appendChild(link(row));
  area.textContent = own("area", "area");
  period.textContent = own("period", "when");
  section.appendChild(span(own("section", "section")));
  if (several) section.appendChild(span(own("section", "bulletin_name"), "kb-explorer__more"));
  printed.lang = "zh-Hans";
  printed.appendChild(span(figures.text("printed", row)));
  return true;
}

function link(row) {
  const found = document.createElement("a");
  const name = figures.text("figure", row);
  found.className = "fig fig--" + figures.label("qualifier", "qualifier", row);
  found.href = new URL(given.pages + figures.label("section", "bulletin", row) + "/data/#" + name, location.href).pathname + "#" + name;
  found.textContent = figures.text("text_" + LANGUAGE, row);
  return found;
}

// --- downloads

async function save(button) {
  const kind = button.dataset.save;
  const taken = shown;
  if (root.getAttribute("aria-busy") === "true") return;
  progress("preparing", 0);
  try {
    await all();
    const files = await import("./explorer/save.js");
    await figures.complete(taken, (share) => progress("preparing", share / 2));
    const half = (share) => progress("preparing", 0.5 + share / 2);
    const blob = kind === "csv" ? await files.csv(figures, taken, half) : await files.xlsx(figures, taken, about(taken), half);
    files.offer(blob, given.file + "." + kind);
    progress("");
  } catch (error) {
    fail(error);
  }
}

function about(taken) {
  const view = say("count", { SHOWN: number(taken.length), ALL: number(figures.count) });
  const lines = [[say("about_site"), given.site], [say("about_view"), location.href], [say("about_count"), view]];
  return [say("about_sheet"), lines.concat([[say("about_notice"), say("about_notice_text")], [say("about_hedges"), say("about_hedges_text")]])];
}

// --- start

function listen() {
  let waiting;
  const search = () => {
    clearTimeout(waiting);
    const text = form.elements.q.value.trim();
    if (text === (state.q || "")) return;
    if (text) state.q = text;
    else delete state.q;
    changed(true);
  };
  form.elements.q.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(search, PAUSE);
  });
  form.elements.q.addEventListener("compositionend", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.addEventListener("change", (event) => {
    const { name, value } = event.target;
    if (name === "q") return search();
    if (value) state[name] = value;
    else delete state[name];
    if (!state.unit) delete state.sort;
    return changed();
  });
  root.querySelectorAll("[data-save]").forEach((button) => button.addEventListener("click", () => save(button)));
  window.addEventListener("popstate", restore);
  const toggle = part("toggle");
  toggle.addEventListener("click", () => {
    toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
  });
  // The page is short again before its rows are drawn, so Back would find its place gone.
  window.addEventListener("pagehide", () => history.replaceState(Object.assign({}, history.state, { scroll: window.scrollY }), ""));
}

async function start() {
  const [virtual, opened] = await Promise.all([
    import(new URL("scripts/virtual-core/index.js", base).href),
    new Figures(base, LANGUAGE).open()
  ]);
  figures = opened;
  options = optionsOf(figures, say);
  several = new Set(figures.labels.section.bulletin).size > 1;
  rows = new Rows(virtual, part("table"), part("space"), cells, () => { all().catch(() => {}); });
  listen();
  progress("");
  await restore();
  if (history.state && history.state.scroll && !window.scrollY) window.scrollTo(0, history.state.scroll);
}

start().catch(fail);
