# Makes adaptive_glmnet.csv: the adaptive lasso with ridge as its first fit, by glmnet alone.
# From the root of the repository: Rscript tests/reference/adaptive_glmnet.R
# glmnet runs tight and never stops early. It rescales the factors to sum to their number; the
# largest factor is kept below what it would take for an exclusion (9.9e35). The response of the
# gaussian case has unit spread, since glmnet weighs squares by that spread.
library(glmnet)
glmnet.control(fdev = 0, devmax = 1)

read <- function(name) read.csv(file.path("datasets", paste0(name, ".csv")))
parts <- function(table, target) {
  numeric <- sapply(table, is.numeric) & names(table) != target
  list(x = as.matrix(table[numeric]), y = table[[target]])
}
spread <- function(column) sqrt(mean((column - mean(column))^2))
diabetes <- parts(read("diabetes"), "progression")
diabetes$y <- (diabetes$y - mean(diabetes$y)) / spread(diabetes$y)
cases <- list(
  gaussian = list(diabetes, "gaussian", 0.05, 1),
  gaussian_squared = list(diabetes, "gaussian", 0.05, 2),
  binomial = list(parts(read("election_1996"), "vote"), "binomial", 0.01, 1)
)

rows <- lapply(names(cases), function(case) {
  spec <- cases[[case]]
  x <- spec[[1]]$x
  first <- glmnet(x, spec[[1]]$y, family = spec[[2]], alpha = 0, lambda = spec[[3]],
                  thresh = 1e-20, maxit = 1e8)
  sizes <- abs(as.vector(coef(first))[-1]) * apply(x, 2, spread)
  factors <- (max(sizes) / sizes)^spec[[4]]
  lambda <- exp(seq(log(0.1), log(0.001), length.out = 6))
  # so that lambda means what it means to us, whatever glmnet divides factors by
  fit <- glmnet(x, spec[[1]]$y, family = spec[[2]], lambda = lambda * mean(factors),
                penalty.factor = factors, thresh = 1e-20, maxit = 1e8)
  stopifnot(length(fit$lambda) == length(lambda))
  coefs <- as.matrix(coef(fit))[-1, ]
  data.frame(
    case = case, first_lambda = spec[[3]], gamma = spec[[4]],
    lambda = sprintf("%.17g", rep(lambda, each = nrow(coefs))),
    feature = rep(rownames(coefs), length(lambda)), factor = sprintf("%.12g", factors),
    value = sprintf("%.12g", as.vector(coefs))
  )
})
write.csv(do.call(rbind, rows), file.path("tests", "reference", "adaptive_glmnet.csv"),
          row.names = FALSE, quote = FALSE)
