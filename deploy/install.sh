#!/bin/sh
# Install regpath into an environment of its own, with everything compiled beforehand.
#
#     deploy/install.sh SOURCE TARGET
#
# SOURCE is a checkout, TARGET a folder that is made. Needs Python 3.11 or newer with venv and pip.
# TARGET/bin/regpath-serve starts the app; it takes the options of `regpath app`.
set -eu
source=$1
target=$2
python=${PYTHON:-python3}

"$python" -m venv "$target"
"$target/bin/python" -m pip install --quiet --no-cache-dir --disable-pip-version-check "$source"
# Who serves may not write here, so that kernels and bytecode are made now.
NUMBA_CACHE_DIR=$target/kernels "$target/bin/python" -c \
    'from regpath.core.solvers import warm_up; warm_up()'
"$target/bin/python" -m compileall -q "$target/lib" || true # some packages ship what no Python reads
install -m 755 "$source/deploy/serve.sh" "$target/bin/regpath-serve"
"$target/bin/python" -m pip uninstall --quiet --yes --disable-pip-version-check pip
"$target/bin/python" -m regpath --version
