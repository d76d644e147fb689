# shellcheck shell=sh
# Sourced by run.sh and test.sh: configure_build FOLDER OPTIONS... leaves a Meson build folder that can be compiled.

# Usable: set up to the end, by a Meson that this one understands, for the sources in this very place.
build_usable () # FOLDER
{
  [ -f "$1/build.ninja" ] && [ -f "$1/meson-info/meson-info.json" ] || return 1
  python3 -c 'import json, sys; sys.exit(json.load(open(sys.argv[1]))["directories"]["source"] != sys.argv[2])' \
    "$1/meson-info/meson-info.json" "$(pwd -P)" 2>/dev/null || return 1
  meson configure "$1" </dev/null >/dev/null 2>&1
}

# Sets up what is not set up, and anew what is broken or stale. A usable folder keeps what the user has set there,
# except for the options given.
configure_build () # FOLDER OPTIONS...
{
  folder=$1
  shift
  if build_usable "$folder"
  then
    [ "${reconfigure:-no}" = no ] || meson setup --reconfigure "$@" "$folder"
    return
  fi
  if [ -d "$folder" ] && [ -n "$(ls -A "$folder")" ]
  then
    if [ ! -d "$folder/meson-private" ]
    then
      echo "The folder $folder is in the way: it is not Meson's. Please move it." >&2
      return 1
    fi
    echo "Setting up $folder anew: what is there cannot be used any more."
    rm -rf "$folder"
  fi
  meson setup "$@" "$folder"
}
