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

const SCORES = {
  accuracy: "Share of the rows whose class is predicted right.",
  balanced_accuracy: "Share of rows predicted right in each class, averaged: a rare class counts as much as a common one.",
  log_loss: "How far predicted probabilities are from what happened: 0 is perfect, and a confident mistake costs most. Lower is better.",
  brier: "Mean squared distance of predicted probabilities from what happened. Lower is better.",
  auc: "How often a row of the second class has the higher probability of two, one of each class. 0.5 is guessing, 1 is perfect.",
  average_precision: "Precision averaged over all thresholds, for the second class. 1 is perfect, its share of the rows is guessing.",
  r2: "Share of the variance of the target that is predicted. 1 is perfect, 0 is no better than always saying the mean.",
  rmse: "Typical size of an error, in units of the target: the root of the mean squared error. Lower is better.",
  mse: "Mean squared error, in squared units of the target. Lower is better.",
  poisson_deviance: "How far expected counts are from those seen, as their chance has it: 0 is perfect. Lower is better.",
  mae: "Mean size of an error, in units of the target. Lower is better.",
};

export function scoreHelp({ name, label, larger_is_better }) {
  return SCORES[name] ?? `${label}: ${larger_is_better ? "higher" : "lower"} is better.`;
}

export function proofHelp({ arrays: { dual_gap, kkt_violation, converged }, L }) {
  const proven = converged.reduce((sum, ok) => sum + ok, 0);
  return (i) =>
    `Checked from the data, whoever computed it: no other coefficients do better by more than a share of ${tiny(dual_gap[i])} (duality gap), ` +
    `and the conditions of an optimum hold within ${tiny(kkt_violation[i])} (KKT violation). ${whole(proven)} of ${whole(L)} strengths are proven.`;
}
