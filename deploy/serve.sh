#!/bin/sh
# Start regpath, installed by install.sh, where nothing can be written but a temporary folder:
# compiled kernels are only read from a folder that can be written.
set -eu
home=$(dirname "$(dirname "$(readlink -f "$0")")")
NUMBA_CACHE_DIR=$(mktemp -d)
export NUMBA_CACHE_DIR
cp -Rp "$home/kernels/." "$NUMBA_CACHE_DIR"
exec "$home/bin/python" -m regpath app --no-browser "$@"
