// A chart of the app as a file: drawn unseen by Plotly in the size that was asked for, and saved.

import { loadPlotly } from "./plotly.js";

const saved = new Set(); // what was answered: a later run brings the same answer again

export default function ({ parentElement, data, setTriggerValue }) {
  for (const button of parentElement.querySelectorAll("button")) {
    button.textContent = button.dataset.kind.toUpperCase();
    button.setAttribute("aria-label", `${button.textContent}, ${data.size}`);
    button.onclick = () => {
      setTriggerValue("asked", { kind: button.dataset.kind, number: Date.now() });
    };
  }
  const told = parentElement.querySelector("[data-part=told]");
  const { picture } = data;
  if (!picture || saved.has(picture.number)) return;
  saved.add(picture.number);
  save(picture).then(
    () => (told.textContent = "Saved."),
    (error) => (told.textContent = `It could not be drawn: ${error.message}`),
  );
}

async function save({ figure, kind, name, width, height, scale }) {
  const plotly = await loadPlotly();
  const url = await plotly.toImage(JSON.parse(figure), { format: kind, width, height, scale });
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
