// Starts Pagefind's search box on the search page; ?q= fills it.
(function () {
  "use strict";
  var words = JSON.parse(document.getElementById("kb-finder-words").textContent);
  var failed = document.querySelector(".kb-finder__failed");
  if (!window.PagefindUI || location.protocol === "file:") {
    failed.hidden = false;
    return;
  }
  var finder = new window.PagefindUI({
    element: "#kb-finder",
    translations: words,
    showImages: false,
    showSubResults: true,
    resetStyles: false,
    excerptLength: 30,
    pageSize: 10,
    processResult: function (result) {
      // The page's own title is a section to Pagefind, and would be listed twice.
      result.sub_results = result.sub_results.filter(function (part) { return part.title !== result.meta.title; });
      return result;
    }
  });
  var input = document.querySelector("#kb-finder input");
  var query = new URLSearchParams(location.search).get("q");
  if (input) input.setAttribute("aria-label", words.search_label);
  if (query) finder.triggerSearch(query);
})();
