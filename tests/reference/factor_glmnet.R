# Makes factor_glmnet.csv: coefficients of glmnet under penalty factors, on bundled data.
# From the root of the repository: Rscript tests/reference/factor_glmnet.R
# glmnet runs tight and never stops early. It rescales the factors to sum to their number, and
# weighs the squares of a gaussian elastic net by the spread of y, which is therefore one here.
library(glmnet)
glmnet.control(fdev = 0, devmax = 1)

read <- function(name) read.csv(file.path("datasets", paste0(name, ".csv")))
parts <- function(table, target) {
  numeric <- sapply(table, is.numeric) & names(table) != target
  list(x = as.matrix(table[numeric]), y = table[[target]])
}
tables <- list(
  diabetes = parts(read("diabetes"), "progression"),
  election_1996 = parts(read("election_1996"), "vote")
)
cycle <- function(values, n) rep(values, length.out = n)

cases <- list(
  gaussian_lasso = list("diabetes", "gaussian", 1, c(0, 1, 2, 0.5), FALSE, TRUE),
  gaussian_net_weighted = list("diabetes", "gaussian", 0.4, c(1, 0, 3), TRUE, TRUE),
  gaussian_ridge = list("diabetes", "gaussian", 0, c(1, 2, 0.1), FALSE, TRUE),
  gaussian_centred = list("diabetes", "gaussian", 0.7, c(1, 0, 2), TRUE, FALSE),
  binomial_lasso = list("election_1996", "binomial", 1, c(1, 1, 0, 2), FALSE, TRUE),
  binomial_net_weighted = list("election_1996", "binomial", 0.5, c(0, 1, 0.2, 3), TRUE, TRUE),
  binomial_ridge = list("election_1996", "binomial", 0, c(1, 0, 2), FALSE, TRUE),
  binomial_centred = list("election_1996", "binomial", 0.5, c(0, 1, 2), TRUE, FALSE)
)

rows <- lapply(names(cases), function(case) {
  spec <- cases[[case]]
  data <- tables[[spec[[1]]]]
  n <- nrow(data$x)
  weights <- if (spec[[5]]) cycle(1:3, n) else rep(1, n)
  if (spec[[2]] == "gaussian") {
    centre <- weighted.mean(data$y, weights)
    data$y <- (data$y - centre) / sqrt(weighted.mean((data$y - centre)^2, weights))
  }
  lambda <- exp(seq(log(0.3), log(0.003), length.out = 6))
  fit <- glmnet(
    data$x, data$y, weights = weights, family = spec[[2]], alpha = spec[[3]], lambda = lambda,
    penalty.factor = cycle(spec[[4]], ncol(data$x)), standardize = spec[[6]],
    thresh = 1e-20, maxit = 1e8
  )
  stopifnot(length(fit$lambda) == length(lambda))
  coefs <- as.matrix(coef(fit))
  data.frame(
    case = case, table = spec[[1]], alpha = spec[[3]],
    factors = paste(spec[[4]], collapse = " "), weighted = as.integer(spec[[5]]),
    standardize = as.integer(spec[[6]]),
    lambda = sprintf("%.17g", rep(fit$lambda, each = nrow(coefs))),
    dev_ratio = sprintf("%.12g", rep(fit$dev.ratio, each = nrow(coefs))),
    feature = rep(rownames(coefs), length(lambda)), value = sprintf("%.12g", as.vector(coefs))
  )
})
write.csv(do.call(rbind, rows), file.path("tests", "reference", "factor_glmnet.csv"),
          row.names = FALSE, quote = FALSE)
