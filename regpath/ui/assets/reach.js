// Within reach of everybody: links to the chart and the script for whoever uses keys, a button down
// a long page for a lecture, and words that Streamlit's own parts lack.

const MAIN = '[data-testid="stMain"]';
const LINKS = [
  ["To the chart", () => within("[role=slider][data-part=cursor]") ?? null],
  ["To the script", () => labelled("script")],
];
const LINE = 56; // pixels of the page before that stay in sight
let made = false;

export default function () {
  if (made) return;
  made = true;
  document.body.prepend(skipLinks());
  document.body.append(downButton());
  const mend = debounced(() => MENDS.forEach((each) => each()));
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  mend();
}

// The explorer stands in a shadow root.
function within(selector) {
  const hosts = [...document.querySelectorAll(".st-key-explorer *")].filter(({ shadowRoot }) => shadowRoot);
  return hosts.map(({ shadowRoot }) => shadowRoot.querySelector(selector)).find(Boolean);
}

function labelled(words) {
  return [...document.querySelectorAll(`${MAIN} button`)].find(({ textContent }) => textContent.includes(words));
}

function skipLinks() {
  const nav = document.createElement("nav");
  nav.className = "rp-skip";
  nav.setAttribute("aria-label", "Skip");
  for (const [words, find] of LINKS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.onclick = () => {
      const target = find();
      if (!target) return;
      target.scrollIntoView({ block: "nearest" });
      target.focus();
    };
    MENDS.push(() => (button.hidden = !find())); // a page without it offers no way to it
    nav.append(button);
  }
  return nav;
}

// A lecture's pages that are longer than the screen say so, and go on by one screen.
function downButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "rp-down";
  button.textContent = "More below ↓";
  const main = () => document.querySelector(MAIN);
  const show = () => {
    const node = main();
    button.hidden = !node || node.scrollTop + node.clientHeight >= node.scrollHeight - LINE;
  };
  button.onclick = () => main()?.scrollBy({ top: main().clientHeight - LINE, behavior: "smooth" });
  document.addEventListener("scroll", show, { capture: true, passive: true });
  addEventListener("resize", show);
  MENDS.push(show);
  return button;
}

const MENDS = [
  // What scrolls is reached by keys.
  () => {
    for (const node of document.querySelectorAll(`${MAIN} pre`)) {
      const scrolls = node.scrollWidth > node.clientWidth || node.scrollHeight > node.clientHeight;
      if (scrolls && node.tabIndex < 0) node.tabIndex = 0;
    }
  },
  // A place to drop a file has a name, so it is something.
  () => {
    for (const node of document.querySelectorAll('[data-testid="stFileUploaderDropzone"][role="presentation"]')) node.setAttribute("role", "group");
  },
  // The column of ticks and numbers at the left of a table.
  () => {
    for (const node of document.querySelectorAll("canvas th:empty")) node.textContent = "row";
  },
];

function debounced(act) {
  let waiting = 0;
  return () => {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      act();
    });
  };
}
