// Within reach of everybody: links to the chart and the script for whoever uses keys, a lecture's
// screens, and words that Streamlit's own parts lack.

import { Screens } from "./screens.js";
import { carryOver, listen } from "./typed.js";

const MAIN = '[data-testid="stMain"]';
const LINKS = [
  ["To the chart", () => within("[role=slider][data-part=cursor]") ?? null],
  ["To the script", () => labelled("script")],
];
let made = false;
let screens = null;

export default function () {
  if (made) return;
  made = true;
  document.body.prepend(skipLinks());
  screens = new Screens();
  MENDS.push(() => screens.arrange(), carryOver);
  listen();
  const mend = debounced(() => MENDS.forEach((each) => each()));
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  new MutationObserver(mend).observe(document.documentElement, { attributeFilter: ["data-rp-present", "data-rp-slide"] });
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
      screens.reveal(target);
      target.scrollIntoView({ block: "nearest" });
      target.focus();
    };
    MENDS.push(() => (button.hidden = !find())); // a page without it offers no way to it
    nav.append(button);
  }
  return nav;
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
  // The keys of a phone for a number that has no minus.
  () => {
    for (const node of document.querySelectorAll('[class*="-decimal-"] input:not([inputmode])')) node.inputMode = "decimal";
  },
  // Texts of a lesson in another language than the page's: what says so is the name of their place.
  () => {
    for (const place of document.querySelectorAll('[class*="st-key-rp-text-"], [class*="st-key-rp-options-"]')) {
      const [, kind, language] = /st-key-rp-(text|options)-([A-Za-z0-9-]+?)--/.exec(place.className) ?? [];
      if (!language) continue;
      const nodes = kind === "text" ? [place] : place.querySelectorAll('[role="radiogroup"] label');
      for (const node of nodes) if (node.lang !== language) node.lang = language;
    }
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
