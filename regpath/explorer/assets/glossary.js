// Terms in plain words, for whoever meets them here first.

import { tiny, whole } from "./numbers.js";

export const TERMS = {
  lambda: "How strong the penalty is. A large λ keeps the model simple: small coefficients, and with L1 few features. A small one lets it follow the training rows closely.",
  C: "The same strength in scikit-learn's LogisticRegression, the other way round: a large C is a weak penalty.",
  kept: "Features with a coefficient other than zero. The others play no part in the prediction.",
  coefficient: "What a feature is multiplied by before all are added up to the prediction: 0 means it is not used, and the sign says which way it speaks. Marks below the paths: | a feature enters, × it leaves, ◇ it changes sign.",
  sd: "Per SD: for one standard deviation of the feature (about how far its values lie from their mean), so that features in other units can be compared.",
  sentence: "A feature is what a prediction is made from: a column, or one level of a column of words. It is used if its coefficient is not zero. The penalty is a price on large coefficients. Rows it has not seen were kept aside while it was fit, so being right on them is no memory of theirs.",
  columns: "A column of words has one feature for each of its levels, so there may be more features than columns.",
  explained: "How much of what a model could explain in the training rows it does explain: 0 % without features, 100 % if it fits perfectly. It only grows as the penalty gets weaker, so it cannot choose one.",
  validation: "The score on training rows that were held out in turn, with a band of one standard error: what the strength is chosen by.",
  certified: "Whether a proof, computed from the data, shows that no other coefficients do better.",
  simpler: "Towards this side the penalty is stronger: fewer or smaller coefficients, a simpler model.",
  closer: "Towards this side the penalty is weaker: the model follows the training rows more closely, and at some point their noise, too.",
  apart: "A combination of features tells these classes apart without a mistake. Without a penalty, coefficients would grow without end: here they do nothing else. The After page shows which.",
};

// Rules in plain words, before what they compared.
const RULES = {
  "1se": "The strongest penalty that does as well on held-out rows as the best, as far as they can tell: the simplest model among equals.",
  min: "The penalty that does best on training rows that were held out in turn.",
  fit90: "The strongest penalty with nine tenths of the fit to the training rows. No rows were held out to choose it.",
};

export function markHelp({ rule, reason }) {
  return RULES[rule] ? `${RULES[rule]} ${reason}` : reason;
}

// Where the line has no room for all of it, the help begins with the sentence.
export function sentenceHelp(model, line) {
  return (i) => {
    const cut = line.scrollWidth > line.clientWidth ? [line.textContent] : [];
    const said = model.marks.filter(({ index, rule }) => index === i && RULES[rule]).map(({ label, rule }) => `${label}: ${RULES[rule]}`);
    return [...cut, ...said, TERMS.sentence].join(" ");
  };
}

export function ratesHelp(positive) {
  return `Accuracy: the share of rows that are called right. Recall: of the rows that are ${positive}, the share that is called so. Precision: of the rows that are called ${positive}, the share that is. The threshold is the probability from which on a row is called ${positive}.`;
}

export function coefficientHelp(units) {
  return units === "standardized" ? `${TERMS.coefficient} ${TERMS.sd}` : TERMS.coefficient;
}

export function scoreHelp({ help, label, larger_is_better }) {
  return help || `${label}: ${larger_is_better ? "higher" : "lower"} is better.`;
}

export function proofHelp({ arrays: { dual_gap, kkt_violation, converged }, L }) {
  const proven = converged.reduce((sum, ok) => sum + ok, 0);
  return (i) =>
    `Checked from the data, whoever computed it: no other coefficients do better by more than a share of ${tiny(dual_gap[i])} (duality gap), ` +
    `and the conditions of an optimum hold within ${tiny(kkt_violation[i])} (KKT violation). ${whole(proven)} of ${whole(L)} strengths are proven.`;
}
