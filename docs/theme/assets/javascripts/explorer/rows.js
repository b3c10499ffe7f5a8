// Draws the rows of a table that are in view; the page itself scrolls, and what is out of view is empty space.
// The table is as high as all rows, and each drawn row has its place in it, so nothing moves as others come and go.

const NARROW = "(max-width: 45em)";
export const PRINTED = 2000; // rows that a print holds at most
const BESIDE = 10; // rows drawn above and below what is in view

// How far the page can be scrolled.
function lowest() {
  return document.documentElement.scrollHeight - window.innerHeight;
}

export class Rows {
  // `cells` fills an empty row element: (element, row of the data); `need` hears that rows are not loaded.
  constructor(virtual, table, space, cells, need) {
    Object.assign(this, { virtual, table, space, cells, need });
    this.body = table.tBodies[0];
    this.name();
    this.rows = [];
    this.edge = -1;
    this.usual = 64; // px, until rows have been drawn
    this.drawn = new Map();
    this.narrow = window.matchMedia(NARROW);
    this.virtualizer = new virtual.Virtualizer(this.options());
    // Rows above that turn out higher push the page, but for a leap: it leaves nothing in view that was there before.
    this.virtualizer.shouldAdjustScrollPositionOnItemSizeChange = (item) => !this.leap && item.start < this.virtualizer.scrollOffset;
    this.virtualizer._didMount();
    this.virtualizer._willUpdate();
    const again = () => this.relayout();
    if (this.narrow.addEventListener) this.narrow.addEventListener("change", again);
    new ResizeObserver(() => this.place()).observe(document.querySelector(".kb-article"));
    window.addEventListener("beforeprint", () => this.print(true));
    window.addEventListener("afterprint", () => this.print(false));
  }

  // Rows that are laid out one by one are no table to a screen reader any more: say what each part is.
  name() {
    const [head] = this.table.tHead.rows;
    this.table.setAttribute("role", "table");
    [this.table.tHead, this.body].forEach((group) => group.setAttribute("role", "rowgroup"));
    head.setAttribute("role", "row");
    head.setAttribute("aria-rowindex", "1");
    Array.from(head.cells).forEach((cell) => cell.setAttribute("role", "columnheader"));
  }

  options() {
    const { Virtualizer, ...tools } = this.virtual;
    return {
      count: this.rows.length,
      getScrollElement: () => window,
      estimateSize: () => this.usual,
      getItemKey: (place) => this.rows[place],
      overscan: BESIDE,
      scrollMargin: this.margin || 0,
      scrollToFn: tools.windowScroll,
      observeElementRect: tools.observeWindowRect,
      observeElementOffset: tools.observeWindowOffset,
      initialRect: { width: window.innerWidth, height: window.innerHeight },
      onChange: () => this.schedule()
    };
  }

  // Where the rows begin on the page; filters above them grow and shrink.
  place() {
    const head = this.narrow.matches ? 0 : this.table.tHead.offsetHeight;
    const margin = Math.round(this.space.getBoundingClientRect().top + window.scrollY + head);
    if (margin === this.margin) return;
    this.margin = margin;
    this.update();
  }

  // `rows`: rows of the data in order; `edge`: the place of the first of which only a bound is known, or -1.
  show(rows, edge) {
    this.rows = rows;
    this.edge = edge;
    this.table.setAttribute("aria-rowcount", rows.length + 1);
    this.clear();
    this.place();
    this.update();
    if (!this.learnt) this.learn();
  }

  // Takes the usual height from the rows that are drawn: most others then need no correction.
  learn() {
    const heights = Array.from(this.drawn.values(), (element) => element.offsetHeight).sort((a, b) => a - b);
    if (!heights.length) return;
    this.usual = heights[Math.floor(heights.length / 2)];
    this.learnt = true;
    this.virtualizer.measure();
    this.update();
  }

  clear() {
    this.drawn.forEach((element, place) => this.remove(place));
  }

  relayout() {
    this.clear();
    this.virtualizer.measure();
    this.place();
    this.update();
    this.learn();
  }

  update() {
    this.virtualizer.setOptions(this.options());
    this.virtualizer._willUpdate();
    this.draw();
  }

  schedule() {
    if (this.waiting || this.printing) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      const stays = window.scrollY > lowest() - 1;
      this.draw();
      if (stays) window.scrollTo(0, lowest());
    });
  }

  // Rows are measured as they are drawn, which may bring others into view; then each goes to its place.
  draw() {
    const { virtualizer } = this;
    let items = virtualizer.getVirtualItems();
    let fresh;
    this.leap = !items.some((item) => this.drawn.has(item.index));
    do {
      items = virtualizer.getVirtualItems();
      fresh = this.insert(items);
      fresh.forEach((element) => virtualizer.measureElement(element));
      // measureElement leaves rows as they are while the page scrolls
      fresh.forEach((element) => virtualizer.resizeItem(Number(element.dataset.index), element.offsetHeight));
    } while (fresh.length);
    const { scrollMargin } = virtualizer.options;
    items.forEach((item) => {
      this.drawn.get(item.index).style.transform = "translateY(" + (item.start - scrollMargin) + "px)";
    });
    this.body.style.height = virtualizer.getTotalSize() + "px";
  }

  // Takes away the rows that are out of view and gives those that were not there.
  insert(items) {
    const wanted = new Set(items.map((item) => item.index));
    this.drawn.forEach((element, place) => {
      if (!wanted.has(place)) this.remove(place);
    });
    const fresh = [];
    let next = this.body.firstChild;
    for (const { index } of items) {
      if (this.drawn.has(index)) next = this.drawn.get(index).nextSibling;
      else fresh.push(this.body.insertBefore(this.element(index), next));
    }
    return fresh;
  }

  remove(place) {
    this.drawn.get(place).remove();
    this.drawn.delete(place);
  }

  element(place) {
    const element = document.createElement("tr");
    element.setAttribute("role", "row");
    element.setAttribute("aria-rowindex", place + 2);
    element.dataset.index = place;
    if (place === this.edge) element.className = "kb-explorer__edge";
    if (!this.cells(element, this.rows[place])) {
      element.style.minHeight = this.usual + "px";
      this.need();
    }
    this.drawn.set(place, element);
    return element;
  }

  // Draws anew the rows that were not loaded.
  refresh() {
    this.drawn.forEach((element, place) => {
      if (element.dataset.empty !== undefined) this.remove(place);
    });
    this.schedule();
  }

  print(begins) {
    this.printing = begins;
    this.clear();
    if (!begins) {
      this.update();
      return;
    }
    this.body.style.height = "";
    const count = Math.min(this.rows.length, PRINTED);
    for (let place = 0; place < count; place++) this.body.appendChild(this.element(place));
  }
}
