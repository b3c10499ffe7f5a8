// Search on the search page: ?q= or what is typed. Loads the parts of the index (scripts/kuaibao/finder.py) that a
// query needs, as scripts, so that it works from a disk too.
(function () {
  "use strict";
  var PAGE = 10, SHOWN = 3, BEFORE = 24, AFTER = 96, WAIT = 200, NEAR = .33, WHOLE = .999, ENTRY = 6; // pages, parts of a page, characters,
  // milliseconds, share of the words that must be there; where the entry of a figure begins in a passage
  var WORD = /[a-zà-öø-ÿ]+|\d[\d,]*(?:\.\d+)?|[\u3400-\u9fff]+/g;
  var box = document.getElementById("kb-finder");
  var said = JSON.parse(document.getElementById("kb-finder-words").textContent);
  var form = box.querySelector("form"), input = box.querySelector("input");
  var status = box.querySelector("[role=status]"), list = box.querySelector("ol"), more = box.querySelector(".kb-finder__more");
  var here = new URL("./", location.href), root = new URL("../", here);
  var spellings = [], loading = {}, arrived = {}, asked = 0, timer = 0, rest = [];

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

  // What is asked for: groups of words that belong together; a beginning stands for all words that begin so.
  function groups(query) {
    return (query.match(WORD) || []).map(function (found) {
      if (/^\d/.test(found)) return { words: [found.replace(/,/g, "")] };
      if (found < "\u3400") return { words: [stem(found)], begins: found.length > 2 };
      if (found.length === 1) return { words: [found], begins: true };
      return { words: Array.from(found.slice(1), function (sign, place) { return found[place] + sign; }) };
    });
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

  // The runs of Chinese in a query, each with the number before it, that a passage must hold as they stand: the index
  // knows only pairs of characters. Gives the number of the run's last group and what the run looks like.
  function runs(query) {
    var words = query.match(WORD) || [], at = 0, found = [];
    words.forEach(function (word, number) {
      var place = query.indexOf(word, at), before = number && place === at && /^\d/.test(words[number - 1]);
      at = place + word.length;
      if (word < "\u3400" || word.length < 3 && !before) return;
      found.push({ group: number, like: pattern((before ? words[number - 1] : "") + word) });
    });
    return found;
  }

  // Takes from the answers, as not whole, the passages that do not hold a run.
  function verified(answers, query, index) {
    return Promise.all(runs(query).map(function (run) {
      var found = answers[run.group], whole = Array.from(found.keys()).filter(function (passage) {
        return found.get(passage)[0] > WHOLE;
      });
      return Promise.all(whole.map(function (passage) {
        return text(passage, index).then(function (one) {
          if (!one.slice(1).some(function (string) { return matches(string, run.like); })) {
            found.set(passage, [.9, found.get(passage)[1]]);
          }
        });
      }));
    })).then(function () { return answers; });
  }

  function decode(numbers) {
    var place = 0;
    return numbers.map(function (number) {
      place += number >> 2;
      return [place, number & 3];
    });
  }

  // How well each passage answers one group: passage -> [share of its words, weight].
  function answer(group, shards, bins, size) {
    var found = new Map();
    group.words.forEach(function (word) {
      var shard = shards[bin(word, bins)], seen = new Map();
      var words = group.begins ? Object.keys(shard).filter(function (one) { return one.indexOf(word) === 0; })
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
    return found;
  }

  // The pages that answer every group, best first; those that come near, where no page has every word.
  function ranked(answers, index) {
    var pages = new Map();
    answers.forEach(function (found, number) {
      found.forEach(function (hit, passage) {
        var at = pageOf(index.pages, passage);
        var page = pages.get(at) || { shares: answers.map(function () { return 0; }), passages: new Map() };
        page.shares[number] = Math.max(page.shares[number], hit[0]);
        page.passages.set(passage, (page.passages.get(passage) || 0) + hit[0] * hit[1]);
        pages.set(at, page);
      });
    });
    var all = Array.from(pages.values());
    var whole = all.filter(function (page) { return Math.min.apply(null, page.shares) > WHOLE; });
    var near = all.filter(function (page) { return Math.min.apply(null, page.shares) >= NEAR; });
    return { near: !whole.length, pages: (whole.length ? whole : near).map(scored).sort(byScore) };
  }

  function scored(page) {
    page.parts = Array.from(page.passages).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
    page.score = page.parts[0][1] + .1 * Math.log(page.parts.length);
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

  // The texts of a page's best passages; a page that has the words as typed, most of all in its title, goes up.
  function furnished(page, index, like) {
    return Promise.all(page.parts.slice(0, SHOWN).map(function (part) { return text(part[0], index); }))
      .then(function (texts) {
        page.texts = texts;
        page.first = texts.find(function (one) { return matches(one[3] + " " + one[4], like); }) || texts[0];
        if (matches(texts.join(" "), like)) page.score *= 2;
        var title = (texts[0][1].match(like) || []).join("").length / texts[0][1].length;
        page.score *= 1 + title;
        return page;
      });
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
      var wanted = groups(query), bins = Array.from(new Set([].concat.apply([], wanted.map(function (group) { return group.words; }))
        .map(function (word) { return bin(word, index.bins); })));
      return Promise.all(bins.map(function (one) { return load("words-" + one); })).then(function (loaded) {
        var shards = {}, size = index.parts.reduce(function (sum, part) { return sum + part; }, 0);
        bins.forEach(function (one, place) { shards[one] = loaded[place]; });
        var answers = wanted.map(function (group) { return answer(group, shards, index.bins, size); });
        return verified(answers, query, index);
      }).then(function (answers) {
        var found = ranked(answers, index), like = pattern(query);
        return Promise.all(found.pages.slice(0, 2 * PAGE).map(function (page) { return furnished(page, index, like); }))
          .then(function (best) {
            if (turn === asked) show(typed, found, best.sort(byScore), index, like);
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

  function show(typed, found, best, index, like) {
    var count = found.pages.length;
    tell(!count ? said.none : found.near ? said.near : count === 1 ? said.one : said.many, typed, count);
    rest = best.concat(found.pages.slice(best.length));
    next(index, like);
  }

  function next(index, like) {
    var now = rest.splice(0, PAGE), first = list.children.length;
    return Promise.all(now.map(function (page) { return page.texts ? page : furnished(page, index, like); }))
      .then(function (pages) {
        pages.forEach(function (page) { list.appendChild(item(page, like)); });
        more.hidden = !rest.length;
        more.onclick = function () {
          next(index, like).then(function () { list.children[first + PAGE].querySelector("a").focus(); });
        };
      });
  }

  function item(page, like) {
    var node = document.createElement("li"), links = document.createElement("p");
    var title = document.createElement("h2"), cut = document.createElement("p");
    title.appendChild(link(page.texts[0], "", page.texts[0][1], like));
    node.append(title);
    if (page.first[ENTRY]) page.texts.filter(function (one) { return one[ENTRY]; }).forEach(function (one) {
      node.appendChild(entry(one, like));
    });
    else node.appendChild(mark(cut, excerpt(page.first[4], like), like));
    page.texts.filter(function (one) { return one[2] && !(one[ENTRY] && page.first[ENTRY]); }).forEach(function (one) {
      links.appendChild(link(one, one[2], one[3], like));
    });
    if (links.firstChild) node.appendChild(links);
    return node;
  }

  // A figure: how much, of what, and below it what is counted, where and when.
  function entry(passage, like) {
    var node = document.createElement("p"), value = document.createElement("strong"), about = document.createElement("small");
    mark(value, passage[ENTRY], like);
    mark(about, passage.slice(ENTRY + 1).map(function (words) { return words.replace(/[。.]$/, ""); }).join(" · "), like);
    node.className = "kb-finder__entry";
    node.append(value, " ", link(passage, passage[2], passage[3], like), about);
    return node;
  }

  function link(passage, anchor, words, like) {
    var node = document.createElement("a");
    node.href = new URL((passage[0] || ".") + "/", root).href + (location.protocol === "file:" ? "index.html" : "");
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
