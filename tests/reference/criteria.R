# Makes criteria.csv: AIC and BIC of lm and glm on bundled data, to compare information_criteria
# with. From the root of the repository: Rscript tests/reference/criteria.R
# Weights are given to R as repeated rows, so that they are counts for AIC and BIC too.
read <- function(name) read.csv(file.path("datasets", paste0(name, ".csv")))
cases <- list(
  gaussian = list("diabetes", "progression", 10, FALSE),
  gaussian_weighted = list("diabetes", "progression", 4, TRUE),
  binomial = list("election_1996", "vote", 6, FALSE),
  binomial_weighted = list("election_1996", "vote", 3, TRUE)
)
rows <- lapply(names(cases), function(case) {
  spec <- cases[[case]]
  table <- read(spec[[1]])
  y <- table[[spec[[2]]]]
  numeric <- sapply(table, is.numeric) & names(table) != spec[[2]]
  x <- as.matrix(table[numeric])[, seq_len(spec[[3]]), drop = FALSE]
  counts <- if (spec[[4]]) 1 + (seq_along(y) - 1) %% 3 else rep(1, length(y))
  rows <- rep(seq_along(y), counts)
  if (is.numeric(y)) {
    fit <- lm(y[rows] ~ x[rows, ])
  } else {
    fit <- glm(factor(y[rows]) ~ x[rows, ], family = binomial, control = list(epsilon = 1e-14))
  }
  data.frame(
    case = case, table = spec[[1]], target = spec[[2]], p = spec[[3]],
    weighted = as.integer(spec[[4]]), k = attr(logLik(fit), "df"),
    aic = sprintf("%.12g", AIC(fit)), bic = sprintf("%.12g", BIC(fit))
  )
})
write.csv(do.call(rbind, rows), file.path("tests", "reference", "criteria.csv"),
          row.names = FALSE, quote = FALSE)
