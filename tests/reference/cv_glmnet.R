# Makes cv_glmnet.csv: curves of cv.glmnet on bundled data, to compare cross_validate with.
# From the root of the repository: Rscript tests/reference/cv_glmnet.R
# glmnet runs tight and never stops early; folds and strengths are fixed, so nothing is random.
library(glmnet)
glmnet.control(fdev = 0, devmax = 1)

n_folds <- 5
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
  gaussian_lasso = list("diabetes", "gaussian", "mse", 1, 40, 0.04),
  gaussian_lasso_mae = list("diabetes", "gaussian", "mae", 1, 40, 0.0004),
  binomial_lasso = list("election_1996", "binomial", "deviance", 1, 0.3, 0.001),
  binomial_net_weighted = list("election_1996", "binomial", "deviance", 0.5, 0.6, 0.001),
  binomial_lasso_auc = list("election_1996", "binomial", "auc", 1, 0.3, 0.001),
  multinomial_lasso = list("thirds", "multinomial", "deviance", 1, 0.3, 0.0005),
  multinomial_net_accuracy = list("thirds", "multinomial", "class", 0.5, 0.5, 0.0005)
)

rows <- lapply(names(cases), function(case) {
  spec <- cases[[case]]
  data <- tables[[spec[[1]]]]
  n <- nrow(data$x)
  weights <- if (grepl("weighted", case)) 1 + (seq_len(n) - 1) %% 3 else rep(1, n)
  lambda <- exp(seq(log(spec[[5]]), log(spec[[6]]), length.out = 25))
  cv <- cv.glmnet(
    data$x, data$y, weights = weights, family = spec[[2]], type.measure = spec[[3]],
    alpha = spec[[4]], lambda = lambda, foldid = (seq_len(n) - 1) %% n_folds + 1,
    thresh = 1e-20, maxit = 1e8
  )
  stopifnot(length(cv$lambda) == length(lambda))
  data.frame(
    case = case, table = spec[[1]], measure = spec[[3]], alpha = spec[[4]],
    lambda = sprintf("%.17g", cv$lambda),
    mean = sprintf("%.12g", cv$cvm), se = sprintf("%.12g", cv$cvsd),
    is_min = as.integer(cv$lambda == cv$lambda.min), is_1se = as.integer(cv$lambda == cv$lambda.1se)
  )
})
write.csv(do.call(rbind, rows), file.path("tests", "reference", "cv_glmnet.csv"),
          row.names = FALSE, quote = FALSE)
