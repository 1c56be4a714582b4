// Terms in plain words, for whoever meets them here first.

import { tiny, whole } from "./numbers.js";

export const TERMS = {
  lambda: "How strong the penalty is. A large λ keeps the model simple: small coefficients, and with L1 few features. A small one lets it follow the training rows closely.",
  C: "The same strength in scikit-learn's LogisticRegression, the other way round: a large C is a weak penalty.",
  kept: "Features with a coefficient other than zero. The others play no part in the prediction.",
  columns: "A column of words has one feature for each of its levels, so there may be more features than columns.",
  explained: "How much of what a model could explain in the training rows it does explain: 0 % without features, 100 % if it fits perfectly. It only grows as the penalty gets weaker, so it cannot choose one.",
  validation: "The score on training rows that were held out in turn, with a band of one standard error: what the strength is chosen by.",
  simpler: "Towards this side the penalty is stronger: fewer or smaller coefficients, a simpler model.",
  closer: "Towards this side the penalty is weaker: the model follows the training rows more closely, and at some point their noise, too.",
  apart: "A combination of features tells these classes apart without a mistake. Without a penalty, coefficients would grow without end: here they do nothing else. The After page shows which.",
};

export function scoreHelp({ help, label, larger_is_better }) {
  return help || `${label}: ${larger_is_better ? "higher" : "lower"} is better.`;
}

export function proofHelp({ arrays: { dual_gap, kkt_violation, converged }, L }) {
  const proven = converged.reduce((sum, ok) => sum + ok, 0);
  return (i) =>
    `Checked from the data, whoever computed it: no other coefficients do better by more than a share of ${tiny(dual_gap[i])} (duality gap), ` +
    `and the conditions of an optimum hold within ${tiny(kkt_violation[i])} (KKT violation). ${whole(proven)} of ${whole(L)} strengths are proven.`;
}
