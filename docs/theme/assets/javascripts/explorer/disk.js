// Opened from a disk, where browsers refuse modules and data, the explorer says at once where the figures are.
(function () {
  "use strict";
  if (location.protocol !== "file:") return;
  var root = document.getElementById("kb-explorer");
  function part(name) {
    return root.querySelector("[data-part=" + name + "]");
  }
  part("failed-text").textContent = part("failed").dataset.disk;
  part("failed").hidden = false;
  part("form").hidden = true;
  part("progress").hidden = true;
})();
