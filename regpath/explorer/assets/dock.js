// On a phone: what is chosen and the slider that chooses it, at the bottom of the screen.

import { byIndex, say } from "./dom.js";
import { score, short, whole } from "./numbers.js";
import { describe } from "./words.js";

export function makeDock({ line, slider }, model, cursor) {
  const [first] = model.scores.map((each, s) => ({ ...each, s })).filter((each) => each.at_first);
  const { lambdas, n_nonzero } = model.arrays;
  const words = byIndex((i) =>
    [
      `λ ${short(lambdas[i])}`,
      `${whole(n_nonzero[i])} of ${whole(model.n_features)} kept`,
      ...(first ? [`${model.part} ${first.label} ${score(model.score(first.s, model.part, i))}`] : []),
    ].join(" · "),
  );
  const spoken = byIndex((i) => describe(model, i));
  slider.max = model.L - 1;
  slider.oninput = () => cursor.move(Number(slider.value), "");
  slider.onchange = () => cursor.move(Number(slider.value), "now");
  return (i) => {
    say(line, words(i));
    slider.value = i;
    slider.setAttribute("aria-valuetext", spoken(i));
  };
}
