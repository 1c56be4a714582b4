# Makes strength_glmnet.csv: glmnet's coefficients at single strengths, to compare conversions with.
# From the root of the repository: Rscript tests/reference/strength_glmnet.R
library(glmnet)
glmnet.control(fdev = 0, devmax = 1)

table <- read.csv(file.path("datasets", "diabetes.csv"))
x <- as.matrix(table[names(table) != "progression"])
y <- table$progression

# glmnet's own alpha and lambda; the grid before lambda only warms the start.
cases <- list(ridge = c(0, 40), mixed = c(0.02, 30), lasso = c(1, 2))
rows <- lapply(names(cases), function(case) {
  alpha <- cases[[case]][1]
  lambda <- cases[[case]][2]
  fit <- glmnet(x, y, alpha = alpha, lambda = lambda * c(4, 2, 1), thresh = 1e-24, maxit = 1e7)
  coefs <- as.matrix(coef(fit))[, 3]
  data.frame(case = case, alpha = alpha, lambda = lambda, term = names(coefs), estimate = coefs)
})
result <- do.call(rbind, rows)
result$estimate <- format(result$estimate, digits = 15)
write.csv(result, file.path("tests", "reference", "strength_glmnet.csv"), row.names = FALSE, quote = FALSE)
