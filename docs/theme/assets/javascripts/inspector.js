// A figure explains itself: its card opens over the page on hover or focus, and stays after a click, Enter or a tap;
// it has buttons to copy and one that leads to the data row.
// Without this script, or where a card does not load, the figure is a link to the same card.
(function () {
  "use strict";
  var HOVER = 250, FOCUS = 120, LEAVE = 300, GAP = 6, LOW = 480; // milliseconds, pixels
  var DATA = /\/bulletins\/([^/]+)\/data\/(?:index\.html)?$/;
  var root = document.documentElement;
  var cards = {}, words = {}, loading = {};
  var box = make("div", "kb-inspector md-typeset");
  var status = make("p", "kb-inspector__status");
  var shown = null, how = ""; // the link whose card is open; what opened it: hover, focus or tap (a click too)
  var wanted = null, dismissed = null; // the card asked for last; the link whose card was waved away
  var by = "", timer = 0; // what was used last: mouse, touch or keys

  window.kuaibaoCards = function (found, said) {
    Object.assign(cards, found);
    words = said;
  };

  function make(tag, name) {
    var node = document.createElement(tag);
    node.className = name;
    return node;
  }

  function each(within, selector, act) {
    Array.prototype.forEach.call(within.querySelectorAll(selector), act);
  }

  // Where a link to a figure leads: the figure, the page that holds its card, the script that brings it.
  function target(link) {
    var url = new URL(link.getAttribute("href") || "", location.href);
    var bulletin = DATA.exec(url.pathname);
    var id = url.hash.slice(1);
    if (!bulletin || url.pathname === location.pathname || id.indexOf(bulletin[1] + ".")) return null;
    var shard = "cards-" + id.slice(bulletin[1].length + 1, -1) + ".js";
    return { id: id, href: url.href, script: new URL(shard, url).href };
  }

  function find(node) {
    var link = node && node.closest ? node.closest("a.fig") : null;
    return link && target(link) ? link : null;
  }

  function load(to) {
    if (!loading[to.script]) {
      loading[to.script] = new Promise(function (done, fail) {
        var script = document.createElement("script");
        script.onload = done;
        script.onerror = function () {
          delete loading[to.script];
          fail();
        };
        script.src = to.script;
        document.head.appendChild(script);
      });
    }
    return loading[to.script];
  }

  function open(link, reason) {
    var to = target(link), mine = { tap: reason === "tap" };
    clearTimeout(timer);
    wanted = mine;
    function settle() {
      if (wanted !== mine) return; // meanwhile something else was asked for
      if (cards[to.id]) draw(link, to, reason);
      else missing(to, reason);
    }
    load(to).then(settle, settle);
  }

  function missing(to, reason) {
    wanted = null;
    if (reason === "tap") location.assign(to.href);
  }

  function draw(link, to, reason) {
    close();
    box.innerHTML = cards[to.id];
    box.setAttribute("aria-labelledby", to.id + "-name");
    box.querySelector("h3").setAttribute("aria-level", "2");
    each(box, "a[href]", function (a) {
      a.href = new URL(a.getAttribute("href"), to.href).href;
      if (a.protocol === "file:" && /\/$/.test(a.pathname)) a.pathname += "index.html";
    });
    furnish(to);
    prepare(box);
    box.classList.remove("kb-inspector--sheet");
    box.hidden = false;
    box.scrollTop = 0;
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "true");
    link.setAttribute("aria-controls", box.id);
    shown = link;
    how = reason;
    if (reason === "tap") pin();
    else place();
  }

  // The card stays until it is closed; a low window has no room beside the figure.
  function pin() {
    how = "tap";
    box.classList.toggle("kb-inspector--sheet", by === "touch" || root.clientHeight < LOW);
    place();
    box.focus({ preventScroll: true });
  }

  // Tells whether more stands below what is in view.
  function fold() {
    box.classList.toggle("kb-inspector--more", box.scrollHeight - box.scrollTop - box.clientHeight > 2);
  }

  function furnish(to) {
    var row = make("a", "kb-btn kb-btn--main"), shut = make("button", "kb-inspector__close");
    row.href = to.href;
    row.textContent = words.open_row;
    shut.type = "button";
    shut.textContent = "×";
    shut.setAttribute("aria-label", words.close);
    box.querySelector(".kb-copies").prepend(row, " ");
    box.appendChild(shut);
  }

  // Below the figure if there is room, else above it; never beyond the window's sides.
  function place() {
    if (shown && !shown.isConnected) close(); // the explorer takes rows away that are out of view
    if (!shown) return;
    var at = shown.getBoundingClientRect(), style = box.style;
    style.setProperty("--room", "none");
    var below = root.clientHeight - at.bottom - 2 * GAP, above = at.top - 2 * GAP, height = box.offsetHeight;
    var up = height > below && above > below;
    var room = Math.max(up ? above : below, Math.min(height, 160));
    var left = Math.max(GAP, Math.min(at.left, root.clientWidth - box.offsetWidth - GAP));
    style.setProperty("--room", room + "px");
    style.setProperty("--left", left + window.pageXOffset + "px");
    style.setProperty("--top", (up ? at.top - GAP - Math.min(height, room) : at.bottom + GAP) + window.pageYOffset + "px");
    fold();
  }

  function close(back) {
    clearTimeout(timer);
    wanted = null;
    if (!shown) return;
    var link = shown, inside = box.contains(document.activeElement);
    shown = null;
    link.removeAttribute("aria-expanded");
    link.removeAttribute("aria-controls");
    if (back) dismissed = link;
    if (back && inside) link.focus();
    box.hidden = true;
  }

  function later(act, delay, link, reason) {
    clearTimeout(timer);
    timer = setTimeout(act, delay, link, reason);
  }

  function hover(event) {
    var link = find(event.target);
    if (event.pointerType === "touch" || (wanted && wanted.tap)) return;
    if (link !== dismissed) dismissed = null;
    if (box.contains(event.target) || (link && link === shown)) clearTimeout(timer);
    else if (box.contains(document.activeElement)) return;
    else if (link && !dismissed) {
      load(target(link)).catch(function () { /* it stays a link */ });
      later(open, HOVER, link, "hover");
    } else if (shown && how === "hover") later(close, LEAVE);
    else {
      clearTimeout(timer);
      wanted = null;
    }
  }

  function focus(event) {
    var link = find(event.target);
    if (box.contains(event.target)) how = "tap";
    if (box.contains(event.target) || (link && link === shown)) return;
    if (link && by === "keys" && link !== dismissed) later(open, FOCUS, link, "focus");
    else if (shown && how !== "hover") close();
    if (link !== dismissed) dismissed = null;
  }

  function key(event) {
    by = "keys";
    if (event.key === "Escape") close(true);
    if (event.key !== "Tab" || !shown || !box.contains(document.activeElement)) return;
    var first = box.querySelector("a[href]"), last = box.querySelector(".kb-inspector__close");
    var active = document.activeElement;
    if (event.shiftKey ? active === first || active === box : active === last) {
      shown.focus(); // from here Tab goes on to what follows the figure
      if (event.shiftKey) event.preventDefault();
    }
  }

  function click(event) {
    var on = event.target, link = find(on), button = on.closest("[data-copy]");
    var plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (button) copy(button);
    else if (on.closest(".kb-inspector__close")) close(true);
    else if (box.contains(on) ? plain && on.closest("a") : link !== shown) close();
    if (!link || !plain || event.defaultPrevented) return;
    if (by === "touch" && link === shown) return; // a second tap follows the link
    event.preventDefault();
    clearTimeout(timer);
    if (link === shown) pin();
    else open(link, "tap");
  }

  // Buttons that only a script can serve, and the day on which a citation is read.
  function prepare(within) {
    var now = new Date();
    var today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    each(within, "[data-copy]", function (button) { button.hidden = false; });
    each(within, ".kb-today", function (day) { day.textContent = today; });
  }

  // What another page needs to embed a chart or figure, written when its panel is first opened.
  function embed(event) {
    var panel = event.target, tools = document.getElementById("kb-embed");
    if (!tools || !panel.matches(".kb-embed") || panel.querySelector(".kb-embed__code")) return;
    var page = panel.querySelector(".kb-embed__page"), frame = document.createElement("iframe");
    panel.appendChild(tools.content.cloneNode(true));
    frame.src = published(page, tools);
    frame.title = page.dataset.title || panel.closest("figure").querySelector(".kb-chart__title").textContent.trim();
    frame.height = page.dataset.height;
    frame.loading = "lazy";
    frame.setAttribute("style", "width:100%;border:0");
    panel.querySelector(".kb-embed__code").textContent = frame.outerHTML;
    panel.querySelector(".kb-embed__address").textContent = published(panel.querySelector(".kb-embed__picture"), tools);
    place();
  }

  // The public address of what a link leads to, wherever this page was opened from.
  function published(link, tools) {
    var root = new URL(tools.dataset.root, location.href).href;
    return tools.dataset.site + link.href.slice(root.length).replace(/index\.html(?=#|$)/, "");
  }

  function copy(button) {
    var text = button.parentNode.parentNode.querySelector("." + button.dataset.copy);
    write(text.textContent, button).then(function () {
      tell(button, button.dataset.done);
    }, function () {
      tell(button, button.dataset.fail);
      var folded = text.closest("details");
      if (folded) folded.open = true;
      getSelection().selectAllChildren(text);
    });
  }

  function write(text, button) {
    if (!navigator.clipboard) return byHand(text, button);
    return navigator.clipboard.writeText(text).catch(function () { return byHand(text, button); });
  }

  // Where there is no clipboard, as on a page without https.
  function byHand(text, button) {
    var area = make("textarea", "kb-inspector__status");
    area.value = text;
    button.parentNode.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    button.focus({ preventScroll: true });
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function tell(button, text) {
    var label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    button.textContent = text;
    status.textContent = "";
    setTimeout(function () { status.textContent = text; }, 50);
    setTimeout(function () { button.textContent = label; }, 2500);
  }

  box.id = "kb-inspector";
  box.hidden = true;
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  status.setAttribute("role", "status");
  document.body.append(box, status);
  prepare(document);
  each(document, "a.fig", function (link) {
    if (target(link)) link.setAttribute("aria-haspopup", "dialog");
  });
  document.addEventListener("pointerdown", function (event) { by = event.pointerType === "touch" ? "touch" : "mouse"; }, true);
  document.addEventListener("pointerover", hover);
  document.addEventListener("focusin", focus);
  document.addEventListener("keydown", key);
  document.addEventListener("click", click);
  document.addEventListener("toggle", embed, true);
  window.addEventListener("resize", place);
  box.addEventListener("scroll", fold, { passive: true });
  document.addEventListener("scroll", function (event) {
    if (event.target !== document && event.target !== box) place();
  }, { capture: true, passive: true });
})();
