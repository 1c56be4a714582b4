# Makes poisson_glmnet.csv and the rows they are of, poisson_rows.csv: paths and curves of glmnet and cv.glmnet for counts, with and without
# exposures, weights and standardization, to compare fit_path and cross_validate with.
# From the root of the repository: Rscript tests/reference/poisson_glmnet.R
# Nothing is random: features are waves, counts are rounded rates. glmnet runs tight.
library(glmnet)
glmnet.control(fdev = 0, devmax = 1)

n <- 120
i <- seq_len(n)
x <- sapply(1:6, function(j) sin(i * (0.37 + 0.61 * j)) + j * cos(i * 0.11 * j) / 3)
colnames(x) <- paste0("x", 0:5)
exposure <- 0.5 + (i * 7) %% 11 / 4
rate <- exp(0.6 + 0.5 * x[, 1] - 0.4 * x[, 2] + 0.2 * x[, 3])
y <- floor(exposure * rate * (0.6 + (i * 5) %% 9 / 10))
n_folds <- 5
foldid <- (i - 1) %% n_folds + 1

# alpha, weighted, exposed, standardized, first and last lambda
cases <- list(
  lasso = list(1, FALSE, FALSE, TRUE, 2, 0.002),
  lasso_exposed = list(1, FALSE, TRUE, TRUE, 2, 0.002),
  net_exposed_weighted = list(0.5, TRUE, TRUE, TRUE, 3, 0.002),
  ridge_exposed = list(0, FALSE, TRUE, TRUE, 5, 0.005),
  net_raw_units = list(0.3, TRUE, FALSE, FALSE, 3, 0.005)
)

rows <- lapply(names(cases), function(case) {
  spec <- cases[[case]]
  weights <- if (spec[[2]]) 1 + (i - 1) %% 3 else rep(1, n)
  offset <- if (spec[[3]]) log(exposure) else NULL
  lambda <- exp(seq(log(spec[[5]]), log(spec[[6]]), length.out = 12))
  args <- list(
    x = x, y = y, weights = weights, offset = offset, family = "poisson", alpha = spec[[1]],
    lambda = lambda, standardize = spec[[4]], thresh = 1e-20, maxit = 1e8
  )
  fit <- do.call(glmnet, args)
  cv <- do.call(cv.glmnet, c(args, list(foldid = foldid, type.measure = "deviance")))
  error <- do.call(cv.glmnet, c(args, list(foldid = foldid, type.measure = "mae")))
  stopifnot(length(fit$lambda) == length(lambda))
  data.frame(
    case = case, alpha = spec[[1]], weighted = as.integer(spec[[2]]),
    exposed = as.integer(spec[[3]]), standardize = as.integer(spec[[4]]),
    lambda = sprintf("%.17g", fit$lambda), dev_ratio = sprintf("%.12g", fit$dev.ratio),
    intercept = sprintf("%.12g", fit$a0), apply(as.matrix(fit$beta), 1, sprintf, fmt = "%.12g"),
    mean = sprintf("%.12g", cv$cvm), se = sprintf("%.12g", cv$cvsd),
    mae = sprintf("%.12g", error$cvm),
    is_min = as.integer(cv$lambda == cv$lambda.min), is_1se = as.integer(cv$lambda == cv$lambda.1se)
  )
})
write.csv(do.call(rbind, rows), file.path("tests", "reference", "poisson_glmnet.csv"),
          row.names = FALSE, quote = FALSE)
data <- data.frame(apply(x, 2, sprintf, fmt = "%.17g"), exposure, y)
write.csv(data, file.path("tests", "reference", "poisson_rows.csv"), row.names = FALSE,
          quote = FALSE)
