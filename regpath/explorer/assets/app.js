// One explorer on one page: model, view, panels and cursor, and how a change runs through them.

import { makeAxis } from "./axis.js";
import { Bars } from "./bars.js";
import { Caption } from "./caption.js";
import { Cursor } from "./cursor.js";
import { choosePanels, fillPanel, isRescaled } from "./curves.js";
import { byIndex, download, fill, part, say } from "./dom.js";
import { makeDock } from "./dock.js";
import { Dots } from "./dots.js";
import { makeEvents } from "./events.js";
import { drawFigure } from "./figure.js";
import { arrange, scaleX } from "./geometry.js";
import { Heat, wantsHeat } from "./heat.js";
import { sentenceHelp } from "./glossary.js";
import { Help } from "./help.js";
import { Items, MOST_PINS } from "./items.js";
import { highlightItems } from "./highlight.js";
import { Hover } from "./hover.js";
import { drawOverlay, fontOf, roomOfMarks } from "./overlay.js";
import { makeOutcome } from "./outcome.js";
import { pictureOf } from "./picture.js";
import { Player } from "./player.js";
import { isPhone, roomFor } from "./room.js";
import { SPANS, lastScaled } from "./scale.js";
import { inFull, sentence } from "./sentence.js";
import { makeTables } from "./tables.js";
import { chooseLook } from "./theme.js";
import { makeTiles } from "./tiles.js";
import { makeRoom, makeToolbar, placeHint } from "./toolbar.js";
import { Tour } from "./tour.js";
import { Tween, curvesOf } from "./tween.js";
import { isLecture, isSlide, isTight, typeSize } from "./type.js";
import { changed, startView } from "./view.js";
import { alternative, describe, rest, spoken } from "./words.js";
import { Zoom, around } from "./zoom.js";

const KEYS = "Drag, or keys: ← → PgUp PgDn Home End; N, P next and previous event; R reset; space play; + − 0 zoom; E enlarge.";
const CHANGES_FIGURE = ["axis", "units", "class", "scores", "large", "pins", "open", "span", "zoom", "enlarged"];

export class Explorer {
  // `report({index, view})` tells the page's owner what was chosen, `moved(index)` where the cursor is.
  constructor(root, model, plotly, { index, view, report, moved = () => {} }) {
    Object.assign(this, { root, model, plotly, report, moved });
    this.view = startView(model, view);
    if (isLecture()) this.view.large = true;
    this.look = chooseLook(root, model.looks);
    this.stop = new AbortController();
    this.help = new Help(root, part(root, "help"), { index: () => this.cursor.index, signal: this.stop.signal });
    this.tiles = makeTiles(part(root, "tiles"), model, this.help);
    this.outcome = makeOutcome(part(root, "outcome"), model, { view: this.view, help: this.help, changed: () => this.#report() });
    this.outcome.look(this.look);
    const pick = {
      pin: (item) => this.#pin(item), hover: (item) => this.#highlight(item ? [item] : []), open: (column) => this.#open(column),
      name: (item, node) => this.hover.name(item, node),
    };
    this.pick = pick;
    const atCursor = { rows: part(root, "rows"), sides: part(root, "sides"), title: part(root, "bars-title"), scale: part(root, "scale") };
    this.coefs = {
      bars: new Bars(atCursor, { model, pick, flip: () => this.#change({ scale: this.view.scale === "own" ? "global" : "own" }) }),
      heat: new Heat(atCursor, { model, pick }),
    };
    this.events = makeEvents({ list: part(root, "events"), title: part(root, "events-title") }, model, (i) => this.go(i));
    this.dots = new Dots(part(root, "dots"));
    // Before the cursor: what two fingers do is not for it.
    this.zoom = new Zoom({
      surfaces: [part(root, "hit"), part(root, "cursor")], buttons: part(root, "zoom"), signal: this.stop.signal,
      now: () => ({ count: model.L, index: this.cursor.next, stretch: this.#stretch().zoom, nearest: (x) => this.cursor.nearest(x) }),
      change: (zoom) => this.#change({ zoom }),
    });
    this.cursor = new Cursor({
      node: part(root, "cursor"), hit: part(root, "hit"), count: model.L,
      index: Math.min(model.L - 1, Math.max(0, index ?? model.marks[0].index)),
      paint: (i) => this.#show(i), release: (i) => this.#release(i), describe: byIndex((i) => describe(model, i)),
      held: () => this.zoom.pinching,
    });
    this.dock = makeDock({ line: part(root, "dock-line"), slider: part(root, "dock-slider") }, model, this.cursor);
    this.chosen = this.cursor.index;
    this.tiles(this.chosen); // they have their height before the charts are given what is left
    this.tween = new Tween(root, part(root, "over"));
    this.hover = new Hover(part(root, "hit"), part(root, "hover"), { explorer: this, pick, signal: this.stop.signal });
    this.tables = makeTables(part(root, "tables"), {
      model, help: this.help, index: () => this.cursor.index,
      state: () => ({ items: this.items, view: this.view, outcome: this.outcome }),
    });
    this.player = new Player({
      button: part(root, "play"), cursor: this.cursor, hasEvent: (i) => model.eventsAt.has(i),
      told: (i) => say(part(root, "spoken"), inFull(this.sentence(i))),
      speed: () => this.view.speed,
    });
    this.caption = new Caption({ line: part(root, "caption"), lead: part(root, "lead"), rest: part(root, "sentence") });
    this.sentence = byIndex((i) => sentence(model, i));
    this.help.explain(part(root, "caption"), sentenceHelp(model, part(root, "caption")));
    const steps = { line: "tour", text: "tour-text", next: "tour-next", leave: "tour-leave", again: "tour-again" };
    const nodes = Object.entries(steps).map(([name, at]) => [name, part(root, at)]);
    this.tour = new Tour(Object.fromEntries(nodes), model, this.stop.signal);
    this.#controls();
    this.#watch();
    this.ready = this.#draw();
  }

  go(index) {
    this.player.stop();
    this.cursor.move(index, "now");
  }

  // The owner moves the cursor: nothing to report back.
  command(index) {
    this.player.stop();
    this.cursor.move(index, "");
    this.settled = this.cursor.next;
    this.#keepInSight(this.cursor.next);
  }

  // Somebody else's cursor leads ours; what it comes to is reported once it rests.
  follow(index, rests) {
    this.player.stop();
    this.cursor.move(index, rests ? "now" : "");
  }

  // How the path is looked at, as far as it is not as at the start; type is each screen's own.
  get manner() {
    const { large, ...said } = changed(this.model, this.view);
    return said;
  }

  retheme() {
    const look = chooseLook(this.root, this.model.looks);
    if (look === this.look) return;
    this.look = look;
    this.outcome.look(look);
    this.#draw();
  }

  destroy() {
    this.player.stop();
    this.tween.stop();
    this.stop.abort();
    this.resizer.disconnect();
    this.lecture.disconnect();
    this.cursor.destroy();
    this.plotly.purge(part(this.root, "plot"));
  }

  #controls() {
    const { root, model } = this;
    makeToolbar(root, {
      model, view: this.view, cursorKeys: KEYS,
      change: (some) => this.#change(some), go: (i) => this.go(i),
      find: {
        show: (words) => this.#highlight(this.items.find(words)),
        pin: (words) => this.items.find(words).slice(0, 1).forEach((item) => this.#pin(item)),
      },
    });
    const span = part(root, "span");
    fill(span, SPANS, this.view.span);
    span.onchange = () => this.#change({ span: span.value });
    part(root, "save").onclick = () => this.#save();
    part(root, "play").onclick = () => this.player.toggle();
    part(root, "previous").onclick = () => this.#jump(-1);
    part(root, "next").onclick = () => this.#jump(1);
    part(root, "stage").addEventListener("keydown", (event) => this.#key(event), { signal: this.stop.signal });
    const on = { signal: this.stop.signal };
    // A frame shows where keys go; a finger needs none.
    root.addEventListener("pointerdown", () => root.classList.add("rp-pointed"), { ...on, capture: true });
    root.addEventListener("keydown", () => root.classList.remove("rp-pointed"), { ...on, capture: true });
    part(root, "enlarge").onclick = () => this.#enlargeNext();
    // Where the cursor was before each of the last two presses: a double click chooses nothing.
    this.pressed = [];
    part(root, "stage").addEventListener("pointerdown", () => this.pressed = [...this.pressed.slice(-1), this.cursor.next], { ...on, capture: true });
    for (const name of ["hit", "cursor"]) {
      part(root, name).addEventListener("pointerdown", () => this.player.stop(), on);
      part(root, name).addEventListener("dblclick", (event) => this.#enlargeAt(event), on);
    }
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = {
      n: () => this.#jump(1), p: () => this.#jump(-1), r: () => this.go(this.model.marks[0].index),
      " ": () => this.player.toggle(), e: () => this.#enlargeNext(),
    };
    const act = acts[event.key.toLowerCase()];
    if (act) act();
    else if (!this.zoom.key(event.key)) return;
    event.preventDefault();
  }

  #jump(step) {
    const place = this.events.neighbour(this.cursor.next, step);
    if (place !== null) this.go(place);
  }

  #change(some) {
    Object.assign(this.view, some);
    if (CHANGES_FIGURE.some((name) => name in some)) this.#draw();
    else this.#setBars();
    this.#paint(this.cursor.index);
    this.tables.refresh();
    this.#report();
  }

  #pin(item) {
    const { pins } = this.view;
    const kept = pins.includes(item.id) ? pins.filter((id) => id !== item.id) : [...pins, item.id];
    this.#change({ pins: kept.slice(-MOST_PINS) });
  }

  #open(column) {
    const { open } = this.view;
    this.#change({ open: open.includes(column) ? open.filter((c) => c !== column) : [...open, column] });
  }

  #highlight(items) {
    highlightItems(this.highlight, items, this.drawn);
  }

  // Everything static: panels, curves, names, rules. The cursor only moves over it.
  async #draw() {
    const { root, model, view, look } = this;
    if (this.stop.signal.aborted) return;
    const size = typeSize(view), tight = isTight(size);
    root.classList.toggle("rp-large", size > 1);
    root.classList.toggle("rp-lecture", view.large);
    root.classList.toggle("rp-slide", isSlide());
    root.style.setProperty("--rp-size", size);
    makeRoom(root, view.large, tight);
    placeHint(root, isLecture());
    this.caption.measure();
    const stage = part(root, "stage");
    const width = Math.floor(stage.clientWidth);
    if (width < 50) return;
    this.items = new Items(model, view, lastScaled(model, 0));
    const stretch = this.#stretch();
    const axis = makeAxis(model, view.axis, stretch.zoom);
    this.room = roomFor(root, stage, tight);
    this.zoom.show(view.zoom);
    const buttons = part(root, "zoom").offsetWidth;
    const marks = roomOfMarks(model, { size, buttons, font: fontOf(part(root, "labels"), size) });
    const box = arrange({ width, height: this.room, panels: choosePanels(model, { ...view, large: tight }), size, marks });
    const panels = box.panels.map((panel) => ({ ...panel, ...fillPanel(panel, { model, items: this.items, view, look, stretch }) }));
    const before = this.drawn && curvesOf(this.drawn, look);
    this.drawn = { box, axis, panels, model, look, view, stretch, size };
    stage.style.height = `${box.height}px`;
    part(root, "plot").setAttribute("aria-label", alternative(model, this.items));
    const px = scaleX(box, axis.range);
    this.pixels = Float64Array.from(axis.x, px);
    const nodes = { over: part(root, "over"), labels: part(root, "labels") };
    this.highlight = drawOverlay(nodes, { ...this.drawn, pick: this.pick, help: this.help });
    this.dots.set(this.drawn, this.pixels);
    this.#setBars();
    this.outcome.fit?.(isPhone(root) ? null : stage.getBoundingClientRect().bottom, this.cursor.index);
    Object.assign(part(root, "hit").style, { left: `${box.left}px`, width: `${box.plotWidth}px`, top: `${box.top}px`, height: `${box.plotBottom - box.top}px` });
    this.cursor.place(this.pixels, stretch.zoom, box.top, box.plotBottom);
    say(part(root, "hint"), [rest(model, this.items), KEYS].filter(Boolean).join(" "));
    const font = getComputedStyle(root).fontFamily;
    const drawing = drawFigure(this.plotly, part(root, "plot"), { ...this.drawn, font });
    this.tween.start(before, curvesOf(this.drawn, look));
    await drawing;
    root.dataset.drawn = String(Number(root.dataset.drawn ?? 0) + 1);
  }

  // The strengths in sight, and the last that the choice is scaled to.
  #stretch() {
    const { model, view } = this;
    return { zoom: view.zoom ?? [0, model.L - 1], scaled: lastScaled(model, this.chosen), chosen: this.chosen };
  }

  // What is chosen is in sight, and in "to the choice" on the scale.
  #keepInSight(i) {
    this.chosen = i;
    const zoom = around(this.view.zoom, i, this.model.L);
    const rescaled = this.view.span === "choice" && this.drawn && isRescaled(this.drawn, this.items, this.#stretch());
    if (zoom === this.view.zoom && !rescaled) return;
    this.view.zoom = zoom;
    this.#draw();
  }

  // The panel under a place takes all the room, and gives it back.
  #enlargeAt({ clientY }) {
    const y = clientY - part(this.root, "stage").getBoundingClientRect().top;
    const panel = this.drawn.panels.find(({ y0, y1, rug }) => y >= y0 && y <= y1 + rug);
    if (!panel) return;
    this.cursor.move(this.pressed[0], "now");
    this.#change({ enlarged: this.view.enlarged ? null : panel.id });
  }

  // One panel after the other, then all again.
  #enlargeNext() {
    const ids = choosePanels(this.model, { ...this.view, enlarged: null, large: false }).map(({ id }) => id);
    this.#change({ enlarged: [...ids, null][ids.indexOf(this.view.enlarged) + 1] });
  }

  #setBars() {
    const { items, view, look } = this;
    this.bars = wantsHeat(this.model, view) ? this.coefs.heat : this.coefs.bars;
    this.bars.set({ items, view, look, size: typeSize(view), room: this.room });
    if (this.pixels) this.bars.paint(this.cursor.index);
  }

  async #save() {
    const picture = await pictureOf(this.plotly, this.root, this.drawn);
    download("path.svg", picture, "image/svg+xml");
  }

  #show(i) {
    this.#paint(i);
    this.moved(i);
  }

  #paint(i) {
    this.caption.paint(this.sentence(i));
    this.tiles(i);
    this.dock(i);
    this.bars?.paint(i);
    this.dots.paint(i);
    this.outcome.paint(i);
    this.events.paint(i);
  }

  #release(i) {
    this.#paint(i); // what is told is what is seen, whatever came between
    this.bars.settle();
    this.events.settle();
    this.outcome.settle?.();
    this.tables.settle();
    say(part(this.root, "spoken"), spoken(this.model, i));
    this.#keepInSight(i);
    this.tour.chose(i);
    if (i === this.settled) return;
    this.settled = i;
    this.#report();
  }

  #report() {
    this.report({ index: this.cursor.index, view: changed(this.model, this.view) });
  }

  #watch() {
    let seen = "";
    let frame = 0;
    // Of the stage, and of a box as wide as a letter of the page.
    this.resizer = new ResizeObserver(() => {
      const next = `${Math.floor(part(this.root, "stage").clientWidth)} ${typeSize(this.view)}`;
      if (next === seen) return;
      seen = next;
      cancelAnimationFrame(frame);
      // The first news is of what is drawn for already, unless the page has settled since.
      const { box, size } = this.drawn ?? {};
      if (next !== `${box?.width} ${size}`) frame = requestAnimationFrame(() => this.#draw());
    });
    this.resizer.observe(part(this.root, "stage"));
    this.resizer.observe(part(this.root, "letter"));
    // A page that only now says it is no lecture leaves large type as a link or a person wants it.
    let lecture = isLecture();
    this.lecture = new MutationObserver(() => {
      const before = lecture;
      lecture = isLecture();
      if (lecture !== before && lecture !== this.view.large) this.#change({ large: lecture });
      else if (isSlide() !== this.root.classList.contains("rp-slide")) this.#draw();
    });
    // In a lecture the charts end where the first screen does, whatever comes to stand above them.
    document.addEventListener("regpath:arranged", () => {
      const stage = part(this.root, "stage");
      if (!isLecture() || !stage.clientWidth) return;
      const moved = Math.abs(roomFor(this.root, stage, isTight(typeSize(this.view))) - this.room) >= 1;
      cancelAnimationFrame(frame);
      if (moved) frame = requestAnimationFrame(() => this.#draw());
    }, { signal: this.stop.signal });
    this.lecture.observe(document.documentElement, { attributeFilter: ["data-rp-present", "data-rp-slide"] });
  }
}
