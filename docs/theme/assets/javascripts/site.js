// What CSS cannot do: the menu's state, the appearance, tables that overflow, links on a page opened as a file.
(function () {
  "use strict";
  var root = document.documentElement;

  function menu() {
    var button = document.querySelector(".kb-header__menu");
    function set(open) {
      button.setAttribute("aria-expanded", String(open));
      root.classList.toggle("kb-menu-open", open);
    }
    button.addEventListener("click", function () {
      set(button.getAttribute("aria-expanded") !== "true");
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && root.classList.contains("kb-menu-open")) {
        set(false);
        button.focus();
      }
    });
    document.addEventListener("click", function (event) {
      if (!event.target.closest(".kb-header")) set(false);
    });
  }

  function appearance() {
    var button = document.querySelector(".kb-theme");
    var next = { auto: "light", light: "dark", dark: "auto" };
    function current() {
      return root.getAttribute("data-theme") || "auto";
    }
    function tell() {
      var text = button.dataset.label + ": " + button.dataset[current()];
      button.setAttribute("aria-label", text);
      button.title = text;
    }
    button.addEventListener("click", function () {
      var theme = next[current()];
      if (theme === "auto") root.removeAttribute("data-theme");
      else root.setAttribute("data-theme", theme);
      try {
        localStorage.setItem("kuaibao-theme", theme);
      } catch (error) { /* storage may be barred: the choice holds for this page */ }
      tell();
    });
    tell();
  }

  function contents() {
    var toc = document.querySelector(".kb-toc");
    var wide = window.matchMedia("(min-width: 75em)");
    if (!toc) return;
    function fold() { toc.open = wide.matches; }
    fold();
    if (wide.addEventListener) wide.addEventListener("change", fold);
  }

  // A table that fits needs no scroll box, so that its head can stick to the top of the window.
  function tables() {
    document.querySelectorAll(".kb-table").forEach(function (box) {
      box.classList.add("kb-table--fits");
      box.classList.toggle("kb-table--fits", box.scrollWidth <= box.clientWidth + 1);
    });
    document.querySelectorAll(".md-typeset pre > code, .md-typeset table").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    });
  }

  // Opened from a disk, a folder's address shows a listing: name its page.
  function files() {
    if (location.protocol !== "file:") return;
    document.querySelectorAll("a[href]").forEach(function (link) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    });
  }

  menu();
  appearance();
  contents();
  tables();
  files();
  // Letters may grow without the window: the tables tell.
  var grown = new ResizeObserver(tables);
  document.querySelectorAll(".kb-table > table").forEach(function (table) { grown.observe(table); });
  window.addEventListener("resize", tables);
})();
