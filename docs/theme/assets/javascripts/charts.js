// The picture of a chart as PNG: the browser draws the SVG file, in the reader's own fonts, at twice its size.
(function () {
  "use strict";
  var SCALE = 2;

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  function drawn(image) {
    var canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  document.querySelectorAll(".kb-chart__files button[data-svg]").forEach(function (button) {
    var address = button.dataset.svg;
    if (location.protocol === "file:") return; // a page opened from a disk may not read pictures
    button.hidden = false;
    button.addEventListener("click", function () {
      var image = new Image();
      image.onload = function () {
        drawn(image).toBlob(function (blob) {
          save(blob, address.split("/").pop().replace(".svg", ".png"));
        }, "image/png");
      };
      image.src = address;
    });
  });
})();
