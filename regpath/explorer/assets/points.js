// Where Streamlit asks for points: a plane to draw them on, what their path says, and the strength.

import { PointBoard } from "./point_board.js";
import { writeNumbers } from "./numbers.js";

const known = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  writeNumbers(data.numbers);
  let kept = known.get(parentElement);
  if (kept && kept.owner !== data.owner) {
    kept.end();
    kept = undefined;
  }
  if (!kept) {
    const board = new PointBoard(parentElement, data);
    const end = () => { board.end(); known.delete(parentElement); };
    kept = { owner: data.owner, board, end };
    known.set(parentElement, kept);
  }
  kept.board.report = (name, value) => setStateValue(name, value);
  kept.board.answer(data);
  return kept.end;
}
