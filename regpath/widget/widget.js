// Where a notebook calls in: once for each place that shows the widget. Stands below the bundle.

const GROUNDS = ["--jp-layout-color0", "--vscode-editor-background", "--colab-primary-surface-color"];
let shown = 0;

function ground(el) {
  const style = getComputedStyle(el);
  const known = GROUNDS.map((name) => style.getPropertyValue(name).trim()).find(Boolean);
  if (known) return known;
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  return dark && document.documentElement.classList.contains("dark") ? PAPERS.dark : PAPERS.light;
}

// Ids that one explorer's parts know each other by must not be another's.
function own(html) {
  shown += 1;
  return html.replace(/\b(rp-(?:names|hint|help))\b(?=")/g, `$1-${shown}`);
}

async function render({ model, el }) {
  let explorer = null;
  let current = 0;
  el.classList.add("rp-widget");
  async function start() {
    const turn = ++current;
    el.style.setProperty("--st-background-color", ground(el));
    const frame = document.createElement("div");
    frame.innerHTML = own(HTML); // ours; text of the data only ever becomes textContent
    try {
      const { Explorer, readModel } = regpathExplorer;
      const read = await readModel(model.get("payload"));
      if (turn !== current) return; // newer data came meanwhile
      explorer?.destroy();
      el.replaceChildren(frame);
      explorer = new Explorer(frame.firstElementChild, read, Plotly, {
        index: Math.min(model.get("index"), read.L - 1),
        view: {},
        report: (chosen) => {
          if (chosen.index === model.get("index")) return;
          model.set("index", chosen.index);
          model.save_changes();
        },
      });
      await explorer.ready;
      el.dataset.ready = "";
    } catch (error) {
      const words = document.createElement("p");
      words.setAttribute("role", "alert");
      words.textContent = `The explorer could not start: ${error.message}`;
      el.replaceChildren(words);
      throw error;
    }
  }
  const moved = () => explorer?.command(model.get("index"));
  model.on("change:payload", start);
  model.on("change:index", moved);
  await start();
  return () => {
    current += 1;
    model.off("change:payload", start);
    model.off("change:index", moved);
    explorer?.destroy();
  };
}

export default { render };
