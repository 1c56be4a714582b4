// Where Streamlit asks for a prediction on a chart: the chart itself is a module of its own.

import { Drawing } from "./drawing.js";
import { writeNumbers } from "./numbers.js";

const known = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const before = known.get(parentElement);
  if (before && before.hash === data.hash) {
    before.drawing.report = (value) => setStateValue("drawn", value);
    return before.end;
  }
  before?.drawing.resize.disconnect();
  let host = parentElement.querySelector("[data-part=drawing]");
  if (!host) {
    host = document.createElement("div");
    host.dataset.part = "drawing";
    parentElement.append(host);
  }
  writeNumbers(data.numbers);
  const drawing = new Drawing(host, data, (value) => setStateValue("drawn", value));
  const end = () => { drawing.resize.disconnect(); known.delete(parentElement); };
  known.set(parentElement, { hash: data.hash, drawing, end });
  return end;
}
