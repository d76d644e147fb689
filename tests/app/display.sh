#!/bin/sh
# display.sh COMMAND [ARGUMENT...]: runs a test that speaks TAP in a private X display.
#
# The display has a window manager, a session bus, a home and settings of its own, which all end with the command, so
# that any number of tests run side by side and none sees the desktop or the settings of whoever runs it. Where no such
# display can be had, it says so as a skipped test and exits with 0: a TAP test has no other way to be skipped.
# SCREEN: the screen's size and depth. LIMIT: seconds after which the command is ended (then it exits with 124).
set -u

skip () # SENTENCE
{
  echo "1..0 # SKIP $1"
  exit 0
}

for command in Xvfb dbus-run-session openbox
do
  command -v "$command" >/dev/null 2>&1 || skip "$command is not installed; a window is tested with it"
done

private=$(mktemp -d "${TMPDIR:-/tmp}/gatescope-display.XXXXXX") || exit 1
server=
manager=
run=

# The session's own children (the bus, the accessibility bus) end with the session.
# shellcheck disable=SC2317 # the trap calls it
clean ()
{
  trap - EXIT HUP INT TERM
  for process in $run $manager $server
  do
    kill "$process" 2>/dev/null
  done
  wait
  rm -rf "$private"
}
trap clean EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir -m 700 "$private/home" "$private/run" || exit 1
mkfifo "$private/display" || exit 1
Xvfb -displayfd 9 -screen 0 "${SCREEN:-1280x900x24}" -nolisten tcp 9>"$private/display" >"$private/server.log" 2>&1 &
server=$!
number=$(timeout 60 head -n 1 "$private/display")
[ -n "$number" ] || skip "Xvfb does not start: $(tail -n 1 "$private/server.log")"

# Nothing of the desktop that this may run in.
unset WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS GTK_MODULES GTK_THEME GDK_SCALE \
  GDK_DPI_SCALE GTK_IM_MODULE SESSION_MANAGER LANGUAGE
export DISPLAY=":$number" GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_A11Y=atspi GTK_USE_PORTAL=0 \
  GIO_USE_VFS=local GSETTINGS_BACKEND="${GSETTINGS_BACKEND:-memory}" LC_ALL=C.UTF-8 HOME="$private/home" \
  XDG_RUNTIME_DIR="$private/run" XDG_CONFIG_HOME="$private/config" XDG_DATA_HOME="$private/data" \
  XDG_STATE_HOME="$private/state" XDG_CACHE_HOME="$private/cache" XDG_CURRENT_DESKTOP=

openbox >/dev/null 2>&1 &
manager=$!
# A window that comes before the manager is ready may never get its first frame. A server that is just up may refuse the
# manager, which then ends: it is started again.
deadline=$(($(date +%s) + 60))
until ! command -v xprop >/dev/null 2>&1 || xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'
do
  [ "$(date +%s)" -le "$deadline" ] || skip "the window manager does not start"
  sleep 0.05
  kill -0 "$manager" 2>/dev/null && continue
  openbox >/dev/null 2>&1 &
  manager=$!
done

# In the background, so that a signal ends the wait for it. What the buses say belongs in no test's output.
timeout --kill-after=5 "${LIMIT:-300}" dbus-run-session -- sh -c 'exec "$@" >&3 2>&4 3>&- 4>&-' sh "$@" \
  3>&1 4>&2 >"$private/session.log" 2>&1 &
run=$!
wait "$run"
status=$?
run=
exit "$status"
