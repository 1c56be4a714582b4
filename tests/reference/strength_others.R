# Makes strength_others.csv: glmnet's coefficients of other families at single strengths, per
# standard deviation (1/n). Then strength_statsmodels.py adds its rows.
# From the root of the repository: Rscript tests/reference/strength_others.R
library(glmnet)
glmnet.control(fdev = 0, devmax = 1)

scaled <- function(x) {
  x <- as.matrix(x)
  sd <- sqrt(colMeans(sweep(x, 2, colMeans(x))^2))
  sweep(sweep(x, 2, colMeans(x)), 2, sd, "/")
}
fit <- function(case, data, target, outcome, family, alpha, lambda) {
  table <- read.csv(file.path("datasets", paste0(data, ".csv")))
  x <- scaled(table[names(table) != target])
  found <- glmnet(x, outcome(table[[target]]), family = family, alpha = alpha,
                  lambda = lambda * c(4, 2, 1), thresh = 1e-20, maxit = 1e7)
  coefs <- as.matrix(coef(found))[-1, 3]
  data.frame(case = case, system = "glmnet", data = data, value = lambda, mix = alpha,
             term = names(coefs), estimate = format(unname(coefs), digits = 15, trim = TRUE))
}
ill <- function(kind) as.integer(kind == "malignant")
cases <- list(
  list("glmnet binomial lasso", 1, 0.01),
  list("glmnet binomial mixed", 0.3, 0.05),
  list("glmnet binomial ridge", 0, 0.02)
)
rows <- lapply(cases, function(case) {
  fit(case[[1]], "breast_cancer", "diagnosis", ill, "binomial", case[[2]], case[[3]])
})
write.csv(do.call(rbind, rows), file.path("tests", "reference", "strength_others.csv"),
          row.names = FALSE, quote = FALSE)
