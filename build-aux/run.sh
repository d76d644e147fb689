#!/bin/sh
# sh build-aux/run.sh [ARGUMENT...]: everything from a fresh machine to the open window.
#
# Installs the packages that are missing, builds a release into build/ and opens the window. Without a display it trains
# the three networks in the terminal instead and writes weights, curves and matrices into report/. The arguments go to
# the program: to gatescope, or to "gatescope-cli train", where a folder that comes first stands for --data FOLDER.
set -u

start=$(pwd -P)
cd "$(dirname "$0")/.." || exit 1
root=$(pwd -P)
# shellcheck source=build-aux/packages.sh
. build-aux/packages.sh
# shellcheck source=build-aux/configure.sh
. build-aux/configure.sh

install_packages build || exit 1
configure_build build --buildtype=release || exit 1
meson compile -C build || exit 1

# The program runs where the caller stands, so that the paths in its arguments mean what they say.
cd "$start" || exit 1
if [ "$start" = "$root" ]
then
  here=
else
  here=$root/
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
then
  exec "$root/build/src/app/gatescope" "$@"
fi

cli=$root/build/src/cli/gatescope-cli
data=${here}data/names
out=${here}report/
if [ $# -gt 0 ] && [ -d "$1" ]
then
  data=$1
  shift
fi

# Where the caller's own --out leads, the figures go as well.
previous=
for argument
do
  [ "$previous" != --out ] || out=$argument
  case $argument in
    --out=*) out=${argument#--out=} ;;
  esac
  previous=$argument
done

echo "No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): training in the terminal, results go to $out"

# Figures are drawn from this run alone, not from what an earlier one left: what is older than this file does not count.
stamp=$(mktemp) || exit 1
trap 'rm -f "$stamp"' EXIT
# Ctrl-C ends the training, which keeps the weights reached; the figures are still drawn from them.
trap : INT
"$cli" train --model all --preset default --data "$data" --out "${here}report/" "$@"
status=$?
trap - INT

folder=${out%/}
set --
for model in rnn lstm gate-lstm gate-lstm-hidden
do
  run=$folder/$model.run.json
  if [ -f "$run" ] && [ -z "$(find "$stamp" -newer "$run")" ]
  then
    set -- "$@" --run "$run"
  fi
done
[ $# -gt 0 ] || exit "$status"

drawn=
for kind in loss accuracy confusion
do
  for ending in svg csv
  do
    if "$cli" figure "$kind" "$@" --out "$folder/$kind.$ending"
    then
      drawn="$drawn $folder/$kind.$ending"
    else
      echo "The figure $folder/$kind.$ending could not be made." >&2
      [ "$status" -ne 0 ] || status=1
    fi
  done
done
[ -z "$drawn" ] || echo "Figures:$drawn"
exit "$status"
