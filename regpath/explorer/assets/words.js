// Sentences: what a screen reader says, captions of events, alternatives to the charts.

import { plural, score, short, whole } from "./numbers.js";

const SIGNS = { 1: "positive", "-1": "negative" };

export function describe(model, i) {
  const { lambdas, C, n_nonzero } = model.arrays;
  const parts = [
    `lambda ${short(lambdas[i], 3)}`,
    `C ${short(C[i], 3)}`,
    `${whole(n_nonzero[i])} of ${plural(model.n_features, "feature")} kept`,
    ...model.scores
      .map((each, s) => ({ ...each, s }))
      .filter((each) => each.at_first)
      .map(({ label, s }) => `${model.part} ${label} ${score(model.score(s, model.part, i))}`),
  ];
  if (!model.arrays.converged[i]) parts.push("not certified");
  return parts.join(", ");
}

export function eventSentence(model, { j, k, kind, sign }) {
  const name = model.names[j] + (model.many ? ` (class ${model.classes[k]})` : "");
  if (kind === 0) return `${name} enters, ${SIGNS[sign]}`;
  if (kind === 1) return `${name} leaves`;
  return `${name} changes sign and is ${SIGNS[sign]} from here`;
}

// One sentence on what happens at this strength, or on what there is.
export function caption(model, i) {
  const kept = `${whole(model.arrays.n_nonzero[i])} of ${plural(model.n_features, "feature")} kept`;
  const apart = model.separated_from !== null && i >= model.separated_from ? " Classes come apart here." : "";
  const events = model.eventsAt.get(i) ?? [];
  if (!events.length) return `${i === 0 ? `The strongest penalty: ${kept}` : kept}.${apart}`;
  const told = events.slice(0, 2).map((event) => eventSentence(model, event));
  const more = events.length > 2 ? `; ${events.length - 2} more events` : "";
  return `${told.join("; ")}${more}: ${kept}.${apart}`;
}

export function spoken(model, i) {
  const events = (model.eventsAt.get(i) ?? []).slice(0, 3).map((event) => eventSentence(model, event));
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
  return `${counts.length ? `${counts.join(", ")}.` : ""}${sent}${start}`.trim();
}
