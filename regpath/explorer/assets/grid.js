// Features that are places on a grid, such as pixels: told by two numbers in each name.

const PLACE = /^(.*?)(\d+)[\s_.,:x×-]+(\d+)\D*$/;
const LEAST = 3; // rows and columns of what is worth a picture
const FULL = 0.5; // of the places that have a feature; constant ones have none

// Where each name stands: { rows, columns, at: [[row, column], ...] }, or null if they are no grid.
export function gridOf(names) {
  const found = names.map((name) => PLACE.exec(name));
  if (!found.every((match) => match && match[1] === found[0][1])) return null;
  const places = found.map(([, , row, column]) => [Number(row), Number(column)]);
  const [top, left] = [0, 1].map((side) => Math.min(...places.map((place) => place[side])));
  const at = places.map(([row, column]) => [row - top, column - left]);
  const [rows, columns] = [0, 1].map((side) => 1 + Math.max(...at.map((place) => place[side])));
  if (rows < LEAST || columns < LEAST || at.length < FULL * rows * columns) return null;
  if (new Set(at.map(String)).size < at.length) return null;
  return { rows, columns, at };
}
