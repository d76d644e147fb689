#!/bin/sh
# sh build-aux/bench.sh [OPTION...]: everything from a fresh machine to the table of speeds beside those of the peers.
#
# Installs the packages that are missing, PyTorch too where the system has it, builds a release into build/ and measures
# for some minutes. Nothing else should run meanwhile. The options go to tests/bench/run_bench.py: --data FOLDER,
# --rounds N, --markdown FILE.
set -u

start=$(pwd -P)
cd "$(dirname "$0")/.." || exit 1
root=$(pwd -P)
# shellcheck source=build-aux/packages.sh
. build-aux/packages.sh
# shellcheck source=build-aux/configure.sh
. build-aux/configure.sh

install_packages build || exit 1

# The peers on top of it. Without PyTorch its rows stay empty.
apt_build_packages="$apt_build_packages python3 python3-torch python3-numpy?"
dnf_build_packages="$dnf_build_packages python3 python3-torch python3-numpy?"
pacman_build_packages="$pacman_build_packages python python-pytorch python-numpy?"
install_packages build || echo "Measuring without PyTorch." >&2

configure_build build --buildtype=release || exit 1
meson compile -C build || exit 1
# A peer that is there where PyTorch's C++ library is.
if meson introspect --targets build | grep -q '"bench-libtorch"' && meson compile -C build bench-libtorch
then
  set -- --libtorch "$root/build/tests/bench/bench-libtorch" "$@"
fi

python=/usr/bin/python3
[ -x "$python" ] || python=python3
cd "$start" || exit 1
exec "$python" "$root/tests/bench/run_bench.py" --worker "$root/build/tests/bench/bench-worker" \
  --cli "$root/build/src/cli/gatescope-cli" "$@"
