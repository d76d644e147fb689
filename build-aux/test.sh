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
jobs=$(getconf _NPROCESSORS_ONLN)
logs=
status=0

# Builds into FOLDER with the options given and runs the suites given, all of them where none is.
build_and_test () # FOLDER SUITES OPTIONS...
{
  folder=$1
  suites=$2
  shift 2
  configure_build "$folder" --buildtype=debugoptimized -Dwerror=true -Dtests=true "$@" ||
    give_up "Setting up the build in $folder/ failed."
  # All of it is to compile; of the other builds, what their suites need, which "meson test" finds out.
  [ -n "$suites" ] || meson compile -C "$folder" || give_up "Compiling in $folder/ failed."
  log=$folder/meson-logs/testlog.json
  rm -f "$log"
  # shellcheck disable=SC2086 # a word a suite
  meson test -C "$folder" --print-errorlogs --num-processes "$jobs" $suites || status=$?
  logs="$logs $log"
}

build_and_test build-test ""

# The engine and the runs again, watched by the sanitizers. They find what is theirs to find without the window.
ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
  build_and_test build-test-address "--suite engine --suite run --timeout-multiplier 5" \
  -Dgui=disabled -Db_sanitize=address,undefined
# GLib itself is not instrumented: what it does inside can't be judged.
TSAN_OPTIONS=ignore_noninstrumented_modules=1:halt_on_error=1 \
  build_and_test build-test-thread "--suite run --timeout-multiplier 5" -Dgui=disabled -Db_sanitize=thread

echo
python=/usr/bin/python3
[ -x "$python" ] || python=python3
# shellcheck disable=SC2086 # a word a log
exec "$python" build-aux/count-tests.py "$status" $logs
