# glmnet as benchmarks/runner.py would run it: loads once, fits on demand.
# Usage: Rscript glmnet_r.R FOLDER FAMILY L1_RATIO N P

suppressPackageStartupMessages(library(glmnet))

read_npy <- function(path) {
  file <- file(path, "rb")
  on.exit(close(file))
  start <- readBin(file, "raw", 10)
  header <- readChar(file, as.integer(start[9]) + 256L * as.integer(start[10]))
  shape <- sub(".*'shape': \\(([^)]*)\\).*", "\\1", header)
  size <- prod(as.numeric(Filter(nzchar, strsplit(shape, "[, ]+")[[1]])))
  readBin(file, "double", size)
}

# Column-major, as R keeps arrays.
write_npy <- function(values, path) {
  shape <- paste0(paste(dim(values), collapse = ", "), ",")
  header <- sprintf("{'descr': '<f8', 'fortran_order': True, 'shape': (%s), }", shape)
  header <- paste0(header, strrep(" ", 63 - (10 + nchar(header)) %% 64), "\n")
  file <- file(path, "wb")
  on.exit(close(file))
  writeBin(c(as.raw(c(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 0x01, 0x00))), file)
  writeBin(nchar(header), file, size = 2, endian = "little")
  writeChar(header, file, eos = NULL)
  writeBin(as.vector(values), file)
}

args <- commandArgs(trailingOnly = TRUE)
folder <- args[1]
family <- args[2]
l1_ratio <- as.numeric(args[3])
n <- as.integer(args[4])
p <- as.integer(args[5])
path_of <- function(name) file.path(folder, paste0(name, ".npy"))

lambdas <- read_npy(path_of("lambdas"))
y <- read_npy(path_of("y"))
folds <- as.integer(read_npy(path_of("folds"))) + 1L
if (family != "gaussian") y <- factor(y)
if (file.exists(path_of("X"))) {
  x <- matrix(read_npy(path_of("X")), n, p)
} else {
  x <- Matrix::sparseMatrix(
    i = as.integer(read_npy(path_of("X_indices"))), p = as.integer(read_npy(path_of("X_indptr"))),
    x = read_npy(path_of("X_data")), dims = c(n, p), index1 = FALSE
  )
}
glmnet.control(fdev = 0, devmax = 1)  # never end the path early

fit <- function(tolerance) {
  glmnet(x, y, family = family, alpha = l1_ratio, lambda = lambdas, standardize = FALSE,
         thresh = tolerance, maxit = 1e8)
}

# cv.glmnet fits the path on all rows itself.
cross_validate <- function(tolerance) {
  cv.glmnet(x, y, family = family, alpha = l1_ratio, lambda = lambdas, standardize = FALSE,
            foldid = folds, type.measure = "deviance", thresh = tolerance, maxit = 1e8)
}

answer <- function(words) {
  tolerance <- as.numeric(words[2])
  started <- proc.time()
  result <- if (words[1] == "fit") fit(tolerance) else cross_validate(tolerance)
  spent <- proc.time() - started
  if (words[1] == "fit") {
    if (length(result$lambda) < length(lambdas)) {
      stop("only ", length(result$lambda), " of ", length(lambdas), " lambdas")
    }
    many <- is.list(result$beta)
    betas <- if (many) result$beta else list(result$beta)
    coefs <- array(0, c(length(lambdas), length(betas), p))
    for (k in seq_along(betas)) coefs[, k, ] <- t(as.matrix(betas[[k]]))
    intercepts <- if (many) t(result$a0) else matrix(result$a0, ncol = 1)
    write_npy(coefs, file.path(words[3], "coefs.npy"))
    write_npy(intercepts, file.path(words[3], "intercepts.npy"))
  } else {
    # Deviance is twice our loss in every family.
    write_npy(array(result$cvm / 2), file.path(words[3], "curve.npy"))
  }
  sprintf("seconds %.6f %.6f", spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]])
}

cat("ready", as.character(packageVersion("glmnet")), "\n")
input <- file("stdin", "r")
while (length(line <- readLines(input, n = 1)) > 0) {
  reply <- tryCatch(
    suppressWarnings(answer(strsplit(line, " ")[[1]])),
    error = function(e) paste("error", strtrim(gsub("\n", " ", conditionMessage(e)), 120))
  )
  cat(reply, "\n", sep = "")
  flush(stdout())
}
