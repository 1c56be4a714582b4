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

let inSigns = (text) => text; // before decimals; `askFirst` is told them, and how they are read
let readNumber = Number;
const inDigits = (value, digits) => inSigns(String(Number(value.toPrecision(digits))));

// How far a sketched curve is from the data at every strength, as a share of their height.
function sketchDistance({ x, truth, height }, points) {
  const last = points.length - 1;
  const apart = x.map((value, k) => {
    const at = last * (value - x[0]) / (x.at(-1) - x[0]), left = Math.min(Math.floor(at), last - 1);
    return Math.abs(truth[k] - points[left] - (at - left) * (points[left + 1] - points[left]));
  });
  return apart.reduce((sum, value) => sum + value, 0) / apart.length / height;
}

// Pairs of an order that stand the other way round than in the data.
function wrongPairs(order, truth) {
  const places = order.map((name) => truth.indexOf(name));
  return places.reduce((sum, place, k) => sum + places.slice(k + 1).filter((later) => later < place).length, 0);
}

// What was predicted, how far it is from the data, and that in words; as the app has it.
const JUDGES = {
  number: ({ truth }, given) => {
    const distance = Math.abs(given - truth);
    return { distance, said: inDigits(given, 4), apart: inDigits(distance, 3) };
  },
  choice: ({ truth, options }, given) => {
    const distance = Number(given !== truth);
    return { distance, said: options[given], apart: distance ? "another option" : "none" };
  },
  order: ({ truth }, given) => {
    const distance = wrongPairs(given, truth);
    const apart = `${distance} ${distance === 1 ? "pair" : "pairs"} the other way round`;
    return { distance, said: given.join(", then "), apart };
  },
  marker: ({ truth }, given) => {
    const distance = Math.abs(given - truth), side = given > truth ? "too strong" : "too weak";
    const factor = inDigits(10 ** distance, 3);
    const apart = factor === "1" ? "none" : `a factor of ${factor}, ${side}`;
    return { distance, said: `λ = ${inDigits(10 ** given, 3)}`, apart };
  },
  sketch: (one, given) => {
    const distance = sketchDistance(one, given);
    return { distance, said: "your curve", apart: `${Math.round(100 * distance)}% of its height, on average` };
  },
};

// What was entered in the fields of one question; a marker and a curve are drawn.
function entered(field, drawn) {
  const { kind } = field.dataset;
  if (kind === "number") return readNumber(field.querySelector("input").value);
  if (kind === "choice") return Number(field.querySelector("input:checked").value);
  return kind === "order" ? [...field.querySelectorAll("select")].map((node) => node.value) : drawn;
}

// What is wrong with a typed number; nothing if it is one.
function refusal(field) {
  if (field.dataset.kind !== "number") return "";
  const { value, dataset } = field.querySelector("input"), given = readNumber(value);
  if (Number.isNaN(given)) return `${value.trim()} is no number, or could be two: write no sign between thousands.`;
  if (given < Number(dataset.low ?? -Infinity)) return `${value.trim()} is too small.`;
  return given > Number(dataset.high ?? Infinity) ? `${value.trim()} is too large.` : "";
}

// Returns a promise that is kept once all predictions are locked.
function askFirst({ asked, judged }, Drawing, numbers) {
  ({ inSigns, readNumber } = numbers);
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
      for (const line of form.querySelectorAll("[data-judged]")) {
        const place = Number(line.dataset.judged), one = judged[place];
        const { distance, said, apart } = JUDGES[one.kind](one, entered(fields[place], drawn[place]));
        line.dataset.right = String(distance <= one.within);
        line.textContent = `You predicted: ${said}. ${distance <= one.within ? "✓" : "≠"} Distance: ${apart}.`;
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
      const refused = fields.find(refusal);
      if (refused) {
        status.textContent = refusal(refused);
        refused.querySelector("input").focus();
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
function drawFigures({ figures }, colours, plotly, place) {
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
  const hosts = [...place.querySelectorAll("[data-figure]")];
  hosts.forEach(draw);
  for (const slider of place.querySelectorAll("[data-moves]")) {
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
