#!/bin/sh
# test-install.sh SOURCE BUILD: what "meson install" puts where, and that an installed program works under any prefix.
# shellcheck disable=SC2016 # the inner shell expands these
# Speaks TAP.
set -u
source=$1
build=$2
private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT
number=0

check () # DESCRIPTION COMMAND...
{
  number=$((number + 1))
  description=$1
  shift
  if "$@" >"$private/output" 2>&1
  then
    echo "ok $number $description"
  else
    echo "not ok $number $description"
    sed 's/^/# /' "$private/output"
  fi
}

# The window's files, from the build that is tested.
check "everything installs" meson install -C "$build" --no-rebuild --destdir "$private/whole"
share=$(dirname "$(find "$private/whole" -type d -name gatescope -path '*/share/gatescope' | head -n 1)")
if [ -d "$share/applications" ]
then
  id=io.github.gatescope.Gatescope
  check "the desktop entry is valid" desktop-file-validate "$share/applications/$id.desktop"
  check "the metainfo is valid" appstreamcli validate --no-net "$share/metainfo/$id.metainfo.xml"
  check "the schema is valid" glib-compile-schemas --strict --dry-run "$share/glib-2.0/schemas"
  check "the scalable icon is there" test -s "$share/icons/hicolor/scalable/apps/$id.svg"
  check "the symbolic icon is there" test -s "$share/icons/hicolor/symbolic/apps/$id-symbolic.svg"
  check "the Chinese catalogue is there" test -s "$share/locale/zh_CN/LC_MESSAGES/gatescope.mo"
  check "the manual page of the window is there" test -s "$share/man/man1/gatescope.1"
fi
check "the manual page of the terminal program is there" test -s "$share/man/man1/gatescope-cli.1"
check "all eighteen languages are there" test "$(find "$share/gatescope/names" -name '*.txt' | wc -l)" -eq 18

# A prefix of its own: the program finds its names there, with the sources out of its sight.
prefix="$private/a prefix"
check "it sets up under another prefix" meson setup "$private/build" "$source" --prefix="$prefix" -Dgui=disabled -Dtests=false
check "it builds there" meson compile -C "$private/build"
check "it installs there" meson install -C "$private/build" --no-rebuild
program="$prefix/bin/gatescope-cli"
mv "$private/build" "$private/gone" 2>/dev/null
check "the installed program tells its version" sh -c '"$1" --version | grep -q "^gatescope-cli [0-9]"' sh "$program"
check "the installed program finds its names" \
  sh -c 'cd / && unset GATESCOPE_DATA_DIR && "$1" data --json | grep -q "\"class\": *\"Vietnamese\""' sh "$program"
check "those are the installed ones" \
  sh -c 'mv "$2" "$2.away" && cd / && unset GATESCOPE_DATA_DIR && ! "$1" data --json' sh "$program" "$prefix/share/gatescope/names"
echo "1..$number"
