// What can be filtered by: for each filter its options (value, label, group) and the entries that they stand for.

export const FILTERS = [
  { name: "section", vocabulary: "section" },
  { name: "topic", vocabulary: "topic" },
  { name: "indicator", vocabulary: "indicator" },
  { name: "area", vocabulary: "area" },
  { name: "period", vocabulary: "period" },
  { name: "unit", vocabulary: "unit" },
  { name: "hedge", vocabulary: "qualifier" }
];
export const UNSTATED = "unstated";

// value -> { label, group, entries }; entries with the same value belong to one option.
function gathered(columns, describe) {
  const options = new Map();
  const count = Object.values(columns)[0].length;
  for (let entry = 0; entry < count; entry++) {
    for (const { value, label, group } of describe(entry)) {
      if (!options.has(value)) options.set(value, { value, label, group: group || "", entries: [] });
      options.get(value).entries.push(entry);
    }
  }
  return options;
}

function plain(columns, name, language) {
  return gathered(columns, (entry) => [{ value: columns[name][entry], label: columns[name + "_" + language][entry] }]);
}

function sorted(options, compare) {
  return new Map(Array.from(options).sort((a, b) => compare(a[1], b[1])));
}

// `say` gives a word of the interface.
export function optionsOf(figures, say) {
  const { labels, language } = figures;
  const shared = figures.index.vocabularies;
  const inLanguage = (vocabulary, column) => labels[vocabulary][column + "_" + language];
  const size = (vocabulary, option) => option.entries.reduce((sum, entry) => sum + shared[vocabulary].counts[entry], 0);
  const byText = (key) => (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0);
  const topics = labels.topic.topic;
  const topicOf = (entry) => topics.indexOf(labels.indicator.topic[entry]);
  return {
    section: gathered(labels.section, (entry) => {
      const bulletin = labels.section.bulletin[entry];
      const group = inLanguage("section", "bulletin_name")[entry];
      return [
        { value: bulletin, label: say("whole_bulletin"), group },
        { value: bulletin + "." + labels.section.section[entry], label: inLanguage("section", "section")[entry], group }
      ];
    }),
    topic: plain(labels.topic, "topic", language),
    indicator: sorted(gathered(labels.indicator, (entry) => [{
      value: labels.indicator.indicator[entry],
      label: inLanguage("indicator", "indicator")[entry],
      group: inLanguage("topic", "topic")[topicOf(entry)]
    }]), (a, b) => topicOf(a.entries[0]) - topicOf(b.entries[0])),
    area: sorted(plain(labels.area, "area", language), byText("value")),
    period: sorted(gathered(labels.period, (entry) => {
      const years = labels.period.years[entry].split(" ").filter(Boolean);
      return years.length ? years.map((year) => ({ value: year, label: say("year", { YEAR: year }) })) : [{ value: UNSTATED, label: say("period_unstated") }];
    }), (a, b) => (a.value === UNSTATED) - (b.value === UNSTATED) || -byText("value")(a, b)),
    unit: sorted(plain(labels.unit, "unit", language), (a, b) => size("unit", b) - size("unit", a)),
    hedge: plain(labels.qualifier, "qualifier", language)
  };
}

// For each filter in use the marks of the entries that pass.
export function allowed(state, options, figures) {
  const marks = {};
  for (const { name, vocabulary } of FILTERS) {
    if (!state[name]) continue;
    marks[vocabulary] = new Uint8Array(figures.index.vocabularies[vocabulary].counts.length);
    options[name].get(state[name]).entries.forEach((entry) => { marks[vocabulary][entry] = 1; });
  }
  return marks;
}

// Writes the options of a <select> with their counts; those without a row are left out, but for the chosen one.
export function fill(select, options, counts, chosen, any, withCount) {
  const made = document.createDocumentFragment();
  made.appendChild(new Option(any, ""));
  let group = "";
  let parent = made;
  options.forEach((option) => {
    const count = option.entries.reduce((sum, entry) => sum + counts[entry], 0);
    if (!count && option.value !== chosen) return;
    if (option.group !== group) {
      group = option.group;
      parent = group ? made.appendChild(document.createElement("optgroup")) : made;
      if (group) parent.label = group;
    }
    parent.appendChild(new Option(withCount(option.label, count), option.value));
  });
  select.textContent = "";
  select.appendChild(made);
  select.value = chosen || "";
}
