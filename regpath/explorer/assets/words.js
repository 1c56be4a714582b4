// Sentences: what a screen reader says, and alternatives to the charts.

import { plural, score, short, whole } from "./numbers.js";
import { eventWords } from "./sentence.js";

export function describe(model, i) {
  const { lambdas, n_nonzero } = model.arrays;
  const parts = [
    `lambda ${short(lambdas[i], 3)}`,
    ...(model.other_strength ? [`${model.other_strength.name} ${short(model.otherStrength(i), 3)}`] : []),
    `${whole(n_nonzero[i])} of ${plural(model.n_features, "feature")} kept`,
    ...model.scores
      .map((each, s) => ({ ...each, s }))
      .filter((each) => each.at_first)
      .map(({ label, s }) => `${model.part} ${label} ${score(model.score(s, model.part, i))}`),
  ];
  if (!model.arrays.converged[i]) parts.push("not certified");
  return parts.join(", ");
}

export function spoken(model, i) {
  const events = (model.eventsAt.get(i) ?? []).slice(0, 3).map((event) => eventWords(model, event));
  return [describe(model, i), ...events].join(". ");
}

// The alternative to the drawn curves, one sentence per kind of panel.
export function alternative(model, items) {
  const kept = model.arrays.n_nonzero;
  const first = items.all.slice(0, 3).map((item) => item.label);
  const largest = first.length ? `, the most prominent being ${first.join(", ")}` : "";
  const many = model.many ? ` in ${model.classes.length} classes` : "";
  const sentences = [
    `Coefficients of ${plural(model.n_features, "feature")}${many} for ${model.L} strengths from strong to weak${largest}.`,
    `Features kept: ${whole(kept[0])} at the strong end, ${whole(kept[model.L - 1])} at the weak end.`,
  ];
  model.scores.forEach((each, s) => {
    if (!each.at_first) return;
    const ends = model.parts.map(
      (part) => `${part} from ${score(model.score(s, part, 0))} to ${score(model.score(s, part, model.L - 1))}`,
    );
    sentences.push(`${each.label}: ${ends.join(", ")}.`);
  });
  return sentences.join(" ");
}

export function rest(model, items) {
  const drawn = items.named.length;
  const total = model.n_features;
  const unsent = total - model.P;
  const sent = unsent > 0 ? ` The ${whole(model.P)} largest of ${whole(total)} features are here; the path as CSV has all.` : "";
  const never = items.byId.size - items.all.length;
  const start = items.start ? ` Names begin with \u201c${items.start}\u201d.` : "";
  const counts = [
    items.rest.length ? `${whole(drawn)} named, ${whole(items.rest.length)} more in grey` : "",
    never && !model.many && unsent <= 0 ? `${whole(never)} never kept` : "",
  ].filter(Boolean);
  const truth = model.truth?.length && model.K === 1 ? " Marks at the right edge (◂): the effects that were built into these data; hollow, where they are further out." : "";
  return `${counts.length ? `${counts.join(", ")}.` : ""}${sent}${start}${truth}`.trim();
}
