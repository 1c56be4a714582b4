// A lesson on a page of its own: predictions are entered and locked before anything is shown.

// Where a page may not keep anything, a reload begins again.
const keptAnswers = (() => {
  const key = `regpath:${location.pathname}`;
  return {
    read() {
      try {
        return JSON.parse(sessionStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(value) {
      try {
        sessionStorage.setItem(key, JSON.stringify(value));
      } catch {
        // not kept
      }
    },
  };
})();

// Returns a promise that is kept once all predictions are locked.
function askFirst({ asked }, Drawing) {
  const form = document.getElementById("predictions");
  if (!form) return Promise.resolve();
  const fields = [...form.querySelectorAll("fieldset")];
  const [lock, again, status] = ["lock", "again", "locked"].map((id) => document.getElementById(id));
  const drawn = {};
  const put = (place, host) => {
    const data = { ...asked[place], answer: drawn[place] ?? null };
    host.replaceChildren();
    new Drawing(host, data, (value) => { drawn[place] = value; status.textContent = ""; });
  };
  const hosts = [...form.querySelectorAll("[data-drawing]")];
  const inputs = [...form.querySelectorAll("input, select")];
  const told = () => inputs.map((node) => (node.type === "radio" ? node.checked : node.value));
  const kept = keptAnswers.read();
  if (kept && kept.told.length === inputs.length) {
    inputs.forEach((node, k) => { node[node.type === "radio" ? "checked" : "value"] = kept.told[k]; });
    Object.assign(drawn, kept.drawn);
  }
  for (const host of hosts) put(host.dataset.drawing, host);
  return new Promise((resolve) => {
    const close = () => {
      for (const field of fields) field.disabled = true;
      for (const host of hosts) host.inert = true;
      for (const node of form.querySelectorAll("[data-truth]")) node.hidden = false;
      for (const host of form.querySelectorAll("[data-drawn]")) {
        const place = host.dataset.drawn;
        new Drawing(host, { ...asked[place].shown, answer: drawn[place] }, () => {});
      }
      lock.disabled = true;
      again.hidden = false;
      status.textContent = "Locked in. Now look at what the data say, below.";
      for (const part of ["steps", "main"]) document.querySelector(`[data-part=${part}]`).hidden = false;
      resolve();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const missing = hosts.find((host) => drawn[host.dataset.drawing] === undefined);
      if (missing) {
        status.textContent = "One prediction is missing: put it on its chart first.";
        missing.scrollIntoView({ block: "center" });
        return;
      }
      const twice = fields.find((field) => {
        const chosen = [...field.querySelectorAll("select")].map((node) => node.value);
        return new Set(chosen).size < chosen.length;
      });
      if (twice) {
        status.textContent = "One name stands twice in an order.";
        twice.scrollIntoView({ block: "center" });
        return;
      }
      keptAnswers.write({ told: told(), drawn, locked: true });
      close();
    });
    again.addEventListener("click", () => { keptAnswers.write(null); location.hash = ""; location.reload(); });
    if (kept?.locked) close();
  });
}

// Figures of steps, each drawn once it is on the page, in the colours of the page.
function drawFigures({ figures }, colours, plotly) {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const tinted = (value) => {
    if (typeof value === "string") return dark.matches ? (colours[value] ?? value) : value;
    if (Array.isArray(value)) return value.map(tinted);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, tinted(v)]));
    return value;
  };
  const at = {};
  const draw = (host) => {
    const frames = figures[host.dataset.figure];
    const [first] = frames, frame = frames[at[host.dataset.figure] ?? 0];
    const data = first.data.map((trace, k) => frame.data[k] ?? trace);
    plotly.react(host, tinted(data), { ...tinted(frame.layout ?? first.layout), autosize: true }, { displayModeBar: false, responsive: true });
  };
  const hosts = [...document.querySelectorAll("[data-figure]")];
  hosts.forEach(draw);
  for (const slider of document.querySelectorAll("[data-moves]")) {
    const number = slider.dataset.moves;
    const move = () => {
      // The frame in the middle comes first: it is the one that the others differ from.
      const middle = Math.floor(figures[number].length / 2), place = Number(slider.value);
      at[number] = place === middle ? 0 : place < middle ? place + 1 : place;
      const { told } = figures[number][at[number]];
      slider.nextElementSibling.textContent = told;
      slider.setAttribute("aria-valuetext", told);
      draw(hosts.find((host) => host.dataset.figure === number));
    };
    slider.addEventListener("input", move);
    move();
  }
  dark.addEventListener("change", () => hosts.forEach(draw));
}
