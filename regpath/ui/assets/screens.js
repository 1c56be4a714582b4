// A lecture's page, screen by screen: what is not shown whole waits for its turn, and its screen is
// named. Nothing stands below the fold, and nothing is left out without a word.

const MAIN = '[data-testid="stMain"]';
const CONTENT = '[data-testid="stMainBlockContainer"]';
const HEADER = '[data-testid="stHeader"]';
// Of one piece, however tall: charts, tables and what draws itself.
const WHOLE = ".js-plotly-plot, [data-testid=stDataFrame], pre, table, svg, canvas, iframe, img, button, input";
// What only arranges others, and from which share of a screen on its parts may part.
const LAYOUT = "[data-testid=stHorizontalBlock], [data-testid=stVerticalBlock], [data-testid=stColumn], [data-testid=stLayoutWrapper], .rp-main, .rp-left, .rp-right";
const DIVIDED = 0.4;
const LATER = "data-rp-later";
const TITLES = "h1, h2, h3";
const WORDS = "label p, summary p, p, button p";
const NARROW = "(max-width: 1240px)"; // where the bar stands at the bottom, as in the style sheet
const BAR = 48; // pixels of it
const SLACK = 2; // pixels that rounding makes
const GAP = 8; // pixels between the header and a screen
const AGAIN = 56; // pixels of a piece taller than a screen that its next screen shows again
const REST = 450; // ms in which one turn of a wheel is one screen
const MOST = 99; // screens of a page
const LONGEST = 26; // letters of a name that its button holds
const FEWEST = 1.5; // letters without which there is no name

export class Screens {
  constructor() {
    this.screens = [];
    this.later = new Set(); // the pieces that are not seen
    this.at = 0;
    this.anchor = null; // what the screen begins with, so that it stays in sight when others grow
    this.turned = 0;
    [this.bar, this.back, this.said, this.on] = makeBar();
    this.back.onclick = () => this.go(this.at - 1);
    this.on.onclick = () => this.go(this.at + 1);
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("wheel", (event) => this.#wheel(event), { passive: true });
    addEventListener("resize", () => this.arrange());
    this.sizes = new ResizeObserver(() => this.arrange());
  }

  // Which pieces share a screen; asked again whenever the page changes.
  arrange() {
    const main = document.querySelector(MAIN);
    const content = main?.querySelector(CONTENT);
    if (!content) return;
    if (this.watched !== content) this.#watch(content);
    const { rpPresent, rpSlide } = document.documentElement.dataset;
    if (rpPresent !== "true" || rpSlide === "true") {
      this.#release();
      return;
    }
    const top = document.querySelector(HEADER)?.getBoundingClientRect().bottom ?? 0;
    this.room = innerHeight - top - GAP - (matchMedia(NARROW).matches ? BAR : 0);
    this.shift = top + GAP - main.scrollTop; // from a place on the screen to one in the page
    const pieces = piecesOf(content, this.room).map((node) => place(node, this.shift));
    this.screens = screensOf(pieces, this.room);
    document.documentElement.dataset.rpScreens = String(this.screens.length);
    // The nodes of another page may be the same, filled anew.
    const page = `${location.pathname} ${main.querySelector("h1")?.textContent}`;
    if (page !== this.page) Object.assign(this, { page, at: 0, anchor: null });
    const begins = ({ shown } = { shown: [] }) => shown.some(({ node }) => node === this.anchor);
    const kept = this.at === 0 || begins(this.screens[this.at]) ? this.at : this.screens.findIndex(begins);
    this.#show(Math.max(0, kept));
    document.dispatchEvent(new CustomEvent("regpath:arranged"));
  }

  go(to) {
    if (to < 0 || to >= this.screens.length) return;
    this.anchor = null;
    this.#show(to);
  }

  // Brings an element on the screen, so that it can be reached.
  reveal(target) {
    const on = this.screens.findIndex(({ shown }) => shown.some(({ node }) => holds(node, target)));
    if (on >= 0) this.go(on);
  }

  #show(at) {
    this.at = at;
    const { start, shown } = this.screens[at] ?? { start: 0, shown: [] };
    if (!shown.some(({ node }) => node === this.anchor)) this.anchor = shown.find(({ top }) => top >= start - SLACK)?.node ?? null;
    const seen = new Set(shown.map(({ node }) => node));
    const later = new Set(this.screens.flatMap((each) => each.shown.map(({ node }) => node)).filter((node) => !seen.has(node)));
    for (const node of this.later) if (!later.has(node)) node.removeAttribute(LATER);
    for (const node of later) node.setAttribute(LATER, "");
    this.later = later;
    const main = document.querySelector(MAIN);
    const wanted = at ? Math.round(start) : 0;
    if (Math.abs(main.scrollTop - wanted) > 1) main.scrollTop = wanted;
    this.#say();
  }

  #say() {
    const { bar, screens, at } = this;
    if (bar.hidden !== screens.length < 2) bar.hidden = screens.length < 2;
    const words = {
      said: `${at + 1} of ${screens.length}`,
      on: at + 1 < screens.length ? `${nameOf(screens[at + 1]) || "More"} →` : "End",
    };
    for (const [name, text] of Object.entries(words)) if (this[name].textContent !== text) this[name].textContent = text;
    this.back.disabled = at === 0;
    this.on.disabled = at + 1 >= screens.length;
  }

  #release() {
    if (!this.screens.length) return;
    for (const node of this.later) node.removeAttribute(LATER);
    this.later = new Set();
    delete document.documentElement.dataset.rpScreens;
    this.screens = [];
    this.bar.hidden = true;
  }

  #watch(content) {
    if (this.watched) this.sizes.unobserve(this.watched);
    this.watched = content;
    this.sizes.observe(content);
  }

  #key(event) {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    const used = event.composedPath()[0].matches?.("input, textarea, select, [role=slider], [role=listbox], canvas");
    if (!step || used || !this.screens.length) return;
    this.go(this.at + step);
    event.preventDefault();
  }

  #wheel(event) {
    if (this.screens.length < 2 || Math.abs(event.deltaY) < Math.abs(event.deltaX)) return;
    const path = event.composedPath();
    const main = document.querySelector(MAIN);
    if (!path.includes(main) || path.slice(0, path.indexOf(main)).some(scrolls)) return;
    if (event.timeStamp - this.turned < REST) return;
    this.turned = event.timeStamp;
    this.go(this.at + Math.sign(event.deltaY));
  }
}

// The parts of a page that are shown or not: as large as a screen holds whole.
function piecesOf(node, room) {
  const { position, display } = getComputedStyle(node);
  // What has a place of its own on the screen does not wait for its turn.
  if (display === "none" || position === "fixed" || position === "absolute") return [];
  const inside = () => [...(node.shadowRoot ?? node).children].flatMap((child) => piecesOf(child, room));
  if (display === "contents") return inside();
  const { height, width } = node.getBoundingClientRect();
  if (height < FEWEST || width < FEWEST) return [];
  const most = node.matches(LAYOUT) ? DIVIDED * room : room;
  if ((height <= most && !node.matches(CONTENT)) || node.matches(WHOLE)) return [node];
  const inner = inside();
  return inner.length ? inner : [node];
}

function place(node, shift) {
  const { top, bottom } = node.getBoundingClientRect();
  return { node, top: top - shift, bottom: bottom - shift };
}

// From where each screen begins, and what it shows.
export function screensOf(pieces, room) {
  const screens = [];
  let waiting = pieces;
  let start = 0;
  while (waiting.length && screens.length < MOST) {
    const from = screens.length ? start - SLACK : -Infinity;
    const end = start + room + SLACK;
    const fits = pieces.filter(({ top, bottom }) => top >= from && bottom <= end);
    const late = lastTitles(fits.filter((piece) => waiting.includes(piece)), waiting);
    // One that no screen holds is seen from its beginning to its end, screen by screen.
    const first = Math.max(start, topOf(waiting)) + SLACK;
    const tall = waiting.filter(({ top, bottom }) => bottom - top > room + SLACK && top <= first);
    const shown = [...fits.filter((piece) => !late.has(piece)), ...tall];
    screens.push({ start, shown });
    waiting = waiting.filter((piece) => !shown.includes(piece) || piece.bottom > end);
    start = Math.max(topOf(waiting), topOf(waiting) > start + SLACK ? 0 : start + room - AGAIN);
  }
  return screens;
}

function topOf(pieces) {
  return Math.min(...pieces.map(({ top }) => top));
}

// Headings go with what they are of: those at the end of a screen wait for the next.
function lastTitles(fresh, waiting) {
  const late = new Set();
  if (fresh.length === waiting.length) return late;
  for (const piece of fresh.sort((a, b) => b.top - a.top).slice(0, -1)) {
    if (!isTitle(piece.node)) break;
    late.add(piece);
  }
  return late;
}

function isTitle(node) {
  const title = node.matches?.(TITLES) ? node : node.querySelector?.(TITLES);
  return Boolean(title) && node.textContent.trim() === title.textContent.trim();
}

function nameOf({ shown, start }) {
  const fresh = shown.filter(({ top }) => top >= start - SLACK).sort((a, b) => a.top - b.top);
  for (const words of [TITLES, WORDS]) {
    for (const { node } of fresh) {
      const named = node.matches(words) ? node : node.querySelector(words);
      const [name] = (named?.textContent ?? "").trim().split("\n");
      if (name) return brief(name);
    }
  }
  return "";
}

// A sentence by its first part, and a long one by its first words.
function brief(name) {
  const part = name.length > LONGEST ? name.split(/[.:;,(]/)[0] : name;
  if (part.length <= LONGEST) return part;
  const words = part.slice(0, LONGEST).split(" ");
  return words.length > 1 ? `${words.slice(0, -1).join(" ")} …` : part;
}

function scrolls(node) {
  if (!(node instanceof Element) || node.scrollHeight <= node.clientHeight + 1) return false;
  return ["auto", "scroll"].includes(getComputedStyle(node).overflowY);
}

function holds(node, target) {
  for (let at = target; at; at = at.parentNode ?? at.host) if (at === node) return true;
  return false;
}

function makeBar() {
  const bar = document.createElement("nav");
  bar.className = "rp-screens";
  bar.setAttribute("aria-label", "Screens of this page");
  bar.hidden = true;
  const [back, said, on] = ["button", "output", "button"].map((tag) => document.createElement(tag));
  for (const button of [back, on]) button.type = "button";
  back.textContent = "←";
  back.setAttribute("aria-label", "Screen before");
  bar.append(back, said, on);
  document.body.append(bar);
  return [bar, back, said, on];
}
