# Makes relax_glmnet.csv: unpenalized fits of glmnet on the features that its path chose, to
# compare relax_path with. From the root of the repository: Rscript tests/reference/relax_glmnet.R
# glmnet runs tight and never stops early; strengths are fixed, so nothing is random.
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
third <- cut(tables$diabetes$y, c(-Inf, 100, 180, Inf), labels = c("little", "much", "very_much"))
tables$thirds <- list(x = tables$diabetes$x, y = third)

cases <- list(
  gaussian_lasso = list("diabetes", "gaussian", 1, 30, 0.3),
  binomial_lasso = list("election_1996", "binomial", 1, 0.1, 0.003),
  binomial_net_weighted = list("election_1996", "binomial", 0.5, 0.2, 0.005),
  multinomial_lasso = list("thirds", "multinomial", 1, 0.15, 0.01)
)

rows <- lapply(names(cases), function(case) {
  spec <- cases[[case]]
  data <- tables[[spec[[1]]]]
  n <- nrow(data$x)
  weights <- if (grepl("weighted", case)) 1 + (seq_len(n) - 1) %% 3 else rep(1, n)
  lambda <- exp(seq(log(spec[[4]]), log(spec[[5]]), length.out = 12))
  # glmnet evaluates its own call again to relax, so the call must hold values.
  fit <- do.call(glmnet, list(
    x = data$x, y = data$y, weights = weights, family = spec[[2]], alpha = spec[[3]],
    lambda = lambda, relax = TRUE, thresh = 1e-22, maxit = 1e9
  ))
  stopifnot(length(fit$lambda) == length(lambda))
  free <- coef(fit$relaxed)
  if (!is.list(free)) free <- list(only = free)
  do.call(rbind, lapply(names(free), function(label) {
    table <- as.matrix(free[[label]])
    data.frame(
      case = case, table = spec[[1]], alpha = spec[[3]], class = label,
      lambda = rep(sprintf("%.17g", fit$lambda), each = nrow(table)),
      feature = rownames(table), coef = sprintf("%.12g", c(table))
    )
  }))
})
write.csv(do.call(rbind, rows), file.path("tests", "reference", "relax_glmnet.csv"),
          row.names = FALSE, quote = FALSE)
