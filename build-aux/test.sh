#!/bin/sh
# sh build-aux/test.sh: everything from a fresh machine to the result of the whole test suite.
#
# Installs the packages that are missing, builds into build-test/ with warnings as errors, runs all tests and ends with
# the line "N passed, N failed" (", N skipped" behind it where some were). Exits with 0 if none failed.
set -u

cd "$(dirname "$0")/.." || exit 1
# shellcheck source=build-aux/packages.sh
. build-aux/packages.sh
# shellcheck source=build-aux/configure.sh
. build-aux/configure.sh

give_up ()
{
  echo "$1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

install_packages build || give_up "The packages that the build needs are not all here."
install_packages test || give_up "The packages that the tests need are not all here."

# Always configured again: a validator that was not there the last time may be there now.
reconfigure=yes
configure_build build-test --buildtype=debugoptimized -Dwerror=true -Dtests=true ||
  give_up "Setting up the build in build-test/ failed."
meson compile -C build-test || give_up "Compiling in build-test/ failed."

log=build-test/meson-logs/testlog.json
rm -f "$log"
meson test -C build-test --no-rebuild --print-errorlogs --num-processes "$(getconf _NPROCESSORS_ONLN)"
status=$?
echo
python=/usr/bin/python3
[ -x "$python" ] || python=python3
exec "$python" build-aux/count-tests.py "$log" "$status"
