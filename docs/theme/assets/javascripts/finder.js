// Search on the search page: ?q= or what is typed. Loads the parts of the index (scripts/kuaibao/finder.py) that a
// query needs, as scripts, so that it works from a disk too.
(function () {
  "use strict";
  var PAGE = 10, SHOWN = 3, BEFORE = 24, AFTER = 96, WAIT = 200; // pages, parts of a page, characters, milliseconds
  var NEAR = .33, WHOLE = .999, UNIT = 3; // share of the words that must be there; characters of a unit
  var HIGH = 160, MARGIN = "400px"; // pixels: a result, and how near to the window it is filled
  var ENTRY = 3; // where the entry of a figure begins in a passage
  var WORD = /[a-zà-öø-ÿ]+|\d[\d,]*(?:\.\d+)?|[\u3400-\u9fff]+/g;
  var box = document.getElementById("kb-finder");
  var said = JSON.parse(document.getElementById("kb-finder-words").textContent);
  var form = box.querySelector("form"), input = box.querySelector("input");
  var status = box.querySelector("[role=status]"), list = box.querySelector("ol"), more = box.querySelector(".kb-finder__more");
  var here = new URL("./", location.href), root = new URL("../", here);
  var spellings = [], loading = {}, arrived = {}, asked = 0, timer = 0;

  window.kuaibaoFound = function (content) {
    arrived[document.currentScript.src] = content;
  };

  function load(name) {
    var address = new URL(name + ".js", here).href;
    if (!loading[address]) {
      loading[address] = new Promise(function (done, fail) {
        var script = document.createElement("script");
        script.onload = function () { done(arrived[address]); };
        script.onerror = function () {
          delete loading[address];
          fail(new Error(address));
        };
        script.src = address;
        document.head.appendChild(script);
      });
    }
    return loading[address];
  }

  // The same as in finder.py.
  function stem(word) {
    return spellings.reduce(function (found, pair) { return found.split(pair[0]).join(pair[1]); }, singular(word));
  }

  function singular(word) {
    if (/[a-z]{2}ies$/.test(word)) return word.slice(0, -3) + "y";
    if (/(?:ss|sh|ch|x)es$/.test(word)) return word.slice(0, -2);
    return /[a-z]{2}[^su]s$/.test(word) ? word.slice(0, -1) : word;
  }

  // What a word looks like in a text: either spelling, any plural.
  function likeness(word) {
    var either = new RegExp(spellings.map(function (pair) { return pair[1]; }).join("|"), "g");
    return stem(word).replace(/y$/, "(?:y|ies)").replace(either, function (found) {
      return "(?:" + spellings.filter(function (pair) { return pair[1] === found; })[0].join("|") + ")";
    }) + "[a-z]*";
  }

  function bin(word, bins) {
    var bytes = new TextEncoder().encode(word < "\u3400" ? word.slice(0, 2) : word[0]), sum = -1;
    bytes.forEach(function (byte) {
      sum ^= byte;
      for (var bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    });
    return ((sum ^ -1) >>> 0) % bins;
  }

  function neighbours(run, many) {
    return Array.from(run.slice(many - 1), function (_, place) { return run.slice(place, place + many); });
  }

  // What is asked for: groups of words that belong together; a beginning stands for all words that begin so. What is
  // strict tells a whole run from its parts. A unit goes with its number: alone it is no answer.
  function groups(query) {
    var found = [], end = 0;
    query.replace(WORD, function (word) {
      var at = arguments[arguments.length - 2], before = at === end && found.length && found[found.length - 1].number;
      var counted = before ? [before + word[0]] : [], number = word.replace(/,/g, "");
      end = at + word.length;
      if (/^\d/.test(word)) found.push({ words: [number], number: number, strict: [] });
      else if (word < "\u3400") found.push({ words: [stem(word)], begins: word.length > 2, strict: [] });
      else if (before && word.length <= UNIT) {
        found.pop();
        found.push({ words: [before].concat(counted, neighbours(word, 2)), must: before, strict: neighbours(word, 3) });
      } else found.push({
        words: word.length === 1 ? [word] : neighbours(word, 2),
        begins: word.length === 1,
        strict: counted.concat(neighbours(word, 3))
      });
    });
    return found;
  }

  function plain(text) {
    var query = text.normalize("NFKC").toLowerCase().trim();
    return query.replace(/(\d)\s+(?=[万亿千百%])/g, "$1");
  }

  // What a part of the query looks like in a text: with commas in its numbers, blanks at their ends, any plural.
  function pattern(query) {
    var parts = query.split(/\s+/).filter(Boolean).map(function (part) {
      return part.replace(/[\u3400-\u9fff]+|\d[\d,]*(?:\.\d+)?|[a-z]+|./g, function (found, at) {
        if (/^\d/.test(found)) {
          var digits = found.replace(/,/g, "").replace(/\./, "\\.");
          return (at ? "\\s*" : "\\b") + digits.replace(/\d(?=(\d{3})+(?!\d))/g, "$&,?") + "(?![\\d,]*\\d)\\s*";
        }
        if (/^[a-z]/.test(found)) return likeness(found);
        return found.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      });
    });
    return parts.length ? new RegExp(parts.join("|"), "gi") : null;
  }

  function decode(numbers) {
    var place = 0;
    return numbers.map(function (number) {
      place += number >> 2;
      return [place, number & 3];
    });
  }

  // The passages that hold a word.
  function holding(word, shards, bins) {
    return new Set(decode(shards[bin(word, bins)][word] || []).map(function (hit) { return hit[0]; }));
  }

  // How well each passage answers one group: passage -> [share of its words, weight].
  function answer(group, shards, bins, size) {
    var found = new Map();
    group.words.forEach(function (word) {
      var shard = shards[bin(word, bins)], seen = new Map();
      var words = group.begins ? Object.keys(shard).filter(function (one) { return one.indexOf(word) === 0 && (word < "\u3400" || one.length < 3); })
        : shard[word] ? [word] : [];
      words.forEach(function (one) {
        var rare = Math.log(1 + size / shard[one].length) * (one === word ? 1 : .5);
        decode(shard[one]).forEach(function (hit) {
          seen.set(hit[0], Math.max(seen.get(hit[0]) || 0, hit[1] * rare));
        });
      });
      seen.forEach(function (weight, passage) {
        var before = found.get(passage) || [0, 0];
        found.set(passage, [before[0] + 1 / group.words.length, before[1] + weight / group.words.length]);
      });
    });
    var must = group.must && holding(group.must, shards, bins);
    var strict = group.strict.map(function (word) { return holding(word, shards, bins); });
    found.forEach(function (hit, passage) {
      if (must && !must.has(passage)) found.delete(passage);
      else if (hit[0] > WHOLE && !strict.every(function (one) { return one.has(passage); })) found.set(passage, [.9, hit[1]]);
    });
    return found;
  }

  // The pages that answer every group, best first; those that come near, where no page has every word.
  function ranked(answers, index, like) {
    var pages = new Map();
    answers.forEach(function (found, number) {
      found.forEach(function (hit, passage) {
        var at = pageOf(index.pages, passage);
        var page = pages.get(at) || { path: index.paths[at], title: index.titles[at], shares: answers.map(function () { return 0; }), passages: new Map() };
        page.shares[number] = Math.max(page.shares[number], hit[0]);
        page.passages.set(passage, (page.passages.get(passage) || 0) + hit[0] * hit[1]);
        pages.set(at, page);
      });
    });
    var all = Array.from(pages.values());
    var whole = all.filter(function (page) { return Math.min.apply(null, page.shares) > WHOLE; });
    var near = all.filter(function (page) { return Math.min.apply(null, page.shares) >= NEAR; });
    return { near: !whole.length, pages: (whole.length ? whole : near).map(scored.bind(null, like)).sort(byScore) };
  }

  // By the best passage; a page that has the words in its title goes up.
  function scored(like, page) {
    page.parts = Array.from(page.passages).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
    page.score = (page.parts[0][1] + .1 * Math.log(page.parts.length))
      * (1 + (page.title.match(like) || []).join("").length / page.title.length);
    return page;
  }

  function byScore(a, b) {
    return b.score - a.score || a.parts[0][0] - b.parts[0][0];
  }

  function pageOf(starts, passage) {
    var low = 0, high = starts.length - 1;
    while (low < high) {
      var middle = Math.ceil((low + high) / 2);
      if (starts[middle] <= passage) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function text(passage, index) {
    for (var part = 0, first = 0; ; first += index.parts[part], part += 1) {
      if (passage < first + index.parts[part]) {
        return load("texts-" + part).then(function (at, all) { return all[at]; }.bind(null, passage - first));
      }
    }
  }

  // The texts of a page's best passages.
  function furnished(page, index) {
    return Promise.all(page.parts.slice(0, SHOWN).map(function (part) { return text(part[0], index); }));
  }

  function matches(string, like) {
    return string.search(like) >= 0;
  }

  function search(typed) {
    var query = plain(typed), turn = asked += 1;
    tell("", "");
    if (query.search(WORD) < 0) return query ? tell(said.none, typed) : undefined;
    tell(said.searching, typed);
    load("index").then(function (index) {
      spellings = index.spellings;
      var wanted = groups(query), bins = Array.from(new Set([].concat.apply([], wanted.map(function (group) {
        return group.words.concat(group.strict);
      })).map(function (word) { return bin(word, index.bins); })));
      return Promise.all(bins.map(function (one) { return load("words-" + one); })).then(function (loaded) {
        var shards = {}, size = index.parts.reduce(function (sum, part) { return sum + part; }, 0);
        bins.forEach(function (one, place) { shards[one] = loaded[place]; });
        var answers = wanted.map(function (group) { return answer(group, shards, index.bins, size); });
        var like = pattern(query), found = ranked(answers, index, like), count = found.pages.length;
        return batch(found.pages, index, like).then(function (nodes) {
          if (turn !== asked) return;
          tell(!count ? said.none : found.near ? said.near : count === 1 ? said.one : said.many, typed, count);
          add(nodes, found.pages, index, like);
        });
      });
    }).catch(function () {
      if (turn === asked) tell(said.failed, typed);
    });
  }

  function tell(words, typed, count) {
    status.textContent = words.replace("[COUNT]", count).replace("[SEARCH_TERM]", typed);
    list.textContent = "";
    more.hidden = true;
  }

  // Takes the next pages from those found and makes their items: those that come into view at once with what stands
  // in them, the others when they come near, so that only their texts are loaded and nothing in view moves.
  function batch(pages, index, like) {
    var made = pages.splice(0, PAGE).map(function (page) { return item(page, index, like); });
    var first = made.slice(0, Math.ceil(window.innerHeight / HIGH));
    return Promise.all(first.map(function (one) { return one.fill(); })).then(function () { return made; });
  }

  function add(made, pages, index, like) {
    made.forEach(function (one) {
      list.appendChild(one.node);
      if (one.node.className) near(one.node, one.fill);
    });
    more.hidden = !pages.length;
    more.onclick = function () {
      var turn = asked;
      batch(pages, index, like).then(function (next) {
        if (turn !== asked) return;
        add(next, pages, index, like);
        next[0].node.querySelector("a").focus();
      });
    };
  }

  function near(node, act) {
    if (!window.IntersectionObserver) return act();
    var watch = new IntersectionObserver(function (seen) {
      if (!seen.some(function (one) { return one.isIntersecting; })) return;
      watch.disconnect();
      act();
    }, { rootMargin: MARGIN });
    watch.observe(node);
  }

  // A page: its title, and what fills the room below it.
  function item(page, index, like) {
    var node = document.createElement("li"), title = document.createElement("h2");
    title.appendChild(link(page.path, "", page.title, like));
    node.append(title);
    node.className = "kb-finder__waits";
    return { node: node, fill: function () {
      return furnished(page, index).then(function (texts) {
        node.className = "";
        fill(node, page.path, texts, like);
      });
    } };
  }

  function fill(node, path, texts, like) {
    var first = texts.find(function (one) { return matches(one[1] + " " + one[2], like); }) || texts[0];
    var links = document.createElement("p"), cut = document.createElement("p");
    if (first[ENTRY]) texts.filter(function (one) { return one[ENTRY]; }).forEach(function (one) {
      node.appendChild(entry(path, one, like));
    });
    else node.appendChild(mark(cut, excerpt(first[2], like), like));
    texts.filter(function (one) { return one[0] && !(one[ENTRY] && first[ENTRY]); }).forEach(function (one) {
      links.appendChild(link(path, one[0], one[1], like));
    });
    if (links.firstChild) node.appendChild(links);
  }

  // A figure: how much, of what, and below it what is counted, where and when.
  function entry(path, passage, like) {
    var node = document.createElement("p"), value = document.createElement("strong"), about = document.createElement("small");
    mark(value, passage[ENTRY], like);
    mark(about, passage.slice(ENTRY + 1).map(function (words) { return words.replace(/[。.]$/, ""); }).join(" · "), like);
    node.className = "kb-finder__entry";
    node.append(value, " ", link(path, passage[0], passage[1], like), about);
    return node;
  }

  function link(path, anchor, words, like) {
    var node = document.createElement("a");
    node.href = new URL((path || ".") + "/", root).href + (location.protocol === "file:" ? "index.html" : "");
    if (anchor) node.hash = anchor;
    mark(node, words, like);
    return node;
  }

  function excerpt(string, like) {
    var at = Math.max(0, string.search(like)), from = Math.max(0, at - BEFORE);
    var latin = /[a-z]{3} [a-z]/i.test(string) ? 2 : 1, to = at + AFTER * latin;
    if (from && latin > 1) from = string.indexOf(" ", from) + 1;
    if (to < string.length && latin > 1) to = string.lastIndexOf(" ", to);
    return (from ? "…" : "") + string.slice(from, to) + (to < string.length ? "…" : "");
  }

  function mark(node, string, like) {
    var at = 0;
    string.replace(like, function (found) {
      var place = arguments[arguments.length - 2], hit = document.createElement("mark");
      if (!found.trim()) return found;
      hit.textContent = found.trim();
      node.append(string.slice(at, place + found.search(/\S/)), hit);
      at = place + found.search(/\S/) + hit.textContent.length;
      return found;
    });
    node.append(string.slice(at));
    return node;
  }

  function ask() {
    var address = new URL(location.href);
    clearTimeout(timer);
    if (input.value.trim()) address.searchParams.set("q", input.value.trim());
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    search(input.value.trim());
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    ask();
  });
  input.addEventListener("input", function (event) {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", function () { timer = setTimeout(ask, WAIT); });
  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) search(input.value);
})();
