// The picture of a chart as PNG: the browser draws the SVG file, in the reader's own fonts, at twice its size.
// The file comes as a script, since a page that was opened from a disk may not read any other.
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

  window.kuaibaoPicture = function (name, svg) {
    var image = new Image();
    image.onload = function () {
      drawn(image).toBlob(function (blob) { save(blob, name + ".png"); }, "image/png");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
  };

  document.querySelectorAll(".kb-chart__files button[data-picture]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var script = document.createElement("script");
      script.src = button.dataset.picture;
      script.onload = script.onerror = function () { script.remove(); };
      document.head.appendChild(script);
    });
  });
})();
