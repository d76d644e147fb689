# shellcheck shell=sh
# Sourced by run.sh and test.sh: install_packages build|test installs what the system lacks, and nothing else.
#
# One list for each package manager. "a|b": either of them will do; the first that is offered gets installed.
# "a?", "a|b?": installed where the system offers it, done without where it does not.

# In the lists: one Chinese, Japanese and Korean font, for the names and the Chinese translation in the figures; the SVG
# loader and the icon theme, for GTK's icons.
apt_build_packages='build-essential meson ninja-build pkg-config|pkgconf libgtk-4-dev libgtk-4-bin libgsl-dev
  libjansson-dev gettext desktop-file-utils appstream libglib2.0-bin libglib2.0-dev-bin gtk-update-icon-cache
  adwaita-icon-theme librsvg2-common fonts-wqy-microhei|fonts-noto-cjk'
apt_test_packages='python3 xvfb xauth xdotool openbox x11-utils imagemagick dbus at-spi2-core gir1.2-atspi-2.0
  python3-gi valgrind libc6-dbg clang libclang-rt-dev|libclang-rt-14-dev? strace xclip poppler-utils
  libimage-exiftool-perl mandoc shellcheck libxml2-utils appstream-util procps locales'

dnf_build_packages='gcc meson ninja-build pkgconf-pkg-config gtk4-devel gsl-devel jansson-devel glib2-devel gettext
  desktop-file-utils appstream gtk-update-icon-cache adwaita-icon-theme librsvg2
  wqy-microhei-fonts|google-noto-sans-cjk-fonts|google-noto-sans-cjk-vf-fonts'
dnf_test_packages='python3 xorg-x11-server-Xvfb xorg-x11-xauth xdotool? openbox? xprop? xwininfo? ImageMagick
  dbus-daemon at-spi2-core python3-gobject valgrind clang compiler-rt? libasan? libubsan? libtsan? strace xclip?
  poppler-utils perl-Image-ExifTool? mandoc? ShellCheck? libxml2 libappstream-glib? procps-ng glibc-locale-source?'

pacman_build_packages='base-devel meson ninja pkgconf gtk4 gsl jansson glib2 glib2-devel? gettext desktop-file-utils
  appstream gtk-update-icon-cache adwaita-icon-theme librsvg wqy-microhei|noto-fonts-cjk'
pacman_test_packages='python xorg-server-xvfb xorg-xauth xdotool openbox xorg-xprop xorg-xwininfo imagemagick dbus
  at-spi2-core python-gobject valgrind clang compiler-rt strace xclip poppler perl-image-exiftool? mandoc? shellcheck?
  libxml2 appstream-glib? procps-ng'

# Commands and libraries that tell, on a system whose package manager we do not know, whether a package is missing.
plain_build_commands='cc meson ninja pkg-config msgfmt glib-compile-resources glib-compile-schemas'
plain_build_libraries='gtk4 gsl jansson'
plain_test_commands='python3 Xvfb dbus-run-session'

package_manager ()
{
  for manager in apt-get dnf pacman
  do
    if command -v "$manager" >/dev/null 2>&1
    then
      echo "$manager"
      return
    fi
  done
}

package_installed () # MANAGER PACKAGE
{
  case $1 in
    # A line for each architecture that it is installed for.
    apt-get) dpkg-query -W -f '${db:Status-Status}\n' "$2" 2>/dev/null | grep -qx installed ;;
    dnf) rpm -q --whatprovides "$2" >/dev/null 2>&1 ;;
    pacman) pacman -T "$2" >/dev/null 2>&1 || pacman -Qg "$2" >/dev/null 2>&1 ;;
  esac
}

package_offered () # MANAGER PACKAGE
{
  case $1 in
    apt-get) [ -n "$(apt-cache show "$2" 2>/dev/null)" ] ;;
    dnf) [ -n "$(dnf -q repoquery "$2" 2>/dev/null)" ] ;;
    pacman) pacman -Si "$2" >/dev/null 2>&1 ;;
  esac
}

# Prints those of the list's entries for which no package is installed.
missing_entries () # MANAGER ENTRY...
{
  manager=$1
  shift
  for entry
  do
    found=no
    for package in $(echo "${entry%\?}" | tr '|' ' ')
    do
      if package_installed "$manager" "$package"
      then
        found=yes
        break
      fi
    done
    [ "$found" = yes ] || echo "$entry"
  done
}

# Prints the packages to install for the missing entries: of alternatives the first that is offered.
packages_to_install () # MANAGER ENTRY...
{
  manager=$1
  shift
  for entry
  do
    chosen=
    case $entry in
      *\|* | *\?)
        for package in $(echo "${entry%\?}" | tr '|' ' ')
        do
          if package_offered "$manager" "$package"
          then
            chosen=$package
            break
          fi
        done
        ;;
    esac
    case $entry in
      *\?) ;;
      *) chosen=${chosen:-${entry%%|*}} ;;
    esac
    [ -z "$chosen" ] || echo "$chosen"
  done
}

as_root () # COMMAND...
{
  if [ "$(id -u)" -eq 0 ]
  then
    "$@"
  else
    sudo "$@"
  fi
}

missing_without_manager () # build|test
{
  commands=$plain_build_commands
  [ "$1" = build ] || commands="$commands $plain_test_commands"
  for command in $commands
  do
    command -v "$command" >/dev/null 2>&1 || echo "$command"
  done
  for library in $plain_build_libraries
  do
    pkg-config --exists "$library" >/dev/null 2>&1 || echo "$library"
  done
}

# What the build needs, or with "test" what the tests need besides. Returns 1, after a sentence, if something is missing
# that cannot be installed.
install_packages () # build|test
{
  manager=$(package_manager)
  case $manager in
    apt-get) entries=$apt_build_packages more=$apt_test_packages ;;
    dnf) entries=$dnf_build_packages more=$dnf_test_packages ;;
    pacman) entries=$pacman_build_packages more=$pacman_test_packages ;;
    *)
      missing=$(missing_without_manager "$1" | tr '\n' ' ')
      [ -n "$missing" ] || return 0
      echo "Missing: ${missing% }. Neither apt-get, dnf nor pacman is here; please install them by hand." >&2
      return 1
      ;;
  esac
  [ "$1" = build ] || entries="$entries $more"

  set -f # an entry's "?" is no pattern
  # shellcheck disable=SC2086 # the lists are words
  missing=$(missing_entries "$manager" $entries)
  # shellcheck disable=SC2086
  set -- $missing
  set +f
  [ $# -gt 0 ] || return 0

  # A system that has never fetched its lists offers nothing. Fetch them first where a package is needed for certain;
  # for one that we can do without, what the system knows already is enough.
  needed=no
  for entry
  do
    case $entry in
      *\?) ;;
      *) needed=yes ;;
    esac
  done
  if [ "$needed" = no ]
  then
    set -f
    # shellcheck disable=SC2046
    set -- $(packages_to_install "$manager" "$@")
    set +f
    [ $# -gt 0 ] || return 0
  fi

  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1
  then
    echo "Missing packages: $*. There is no sudo here; please install them as root with $manager." >&2
    return 1
  fi

  case $manager in
    apt-get)
      as_root apt-get -q update || echo "apt-get update failed; trying with the package lists that are here." >&2
      ;;
    pacman)
      ls /var/lib/pacman/sync/*.db >/dev/null 2>&1 || as_root pacman -Sy
      ;;
  esac
  if [ "$needed" = yes ]
  then
    set -f
    # shellcheck disable=SC2046
    set -- $(packages_to_install "$manager" "$@")
    set +f
  fi

  echo "Installing with $manager: $*"
  case $manager in
    apt-get)
      as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o DPkg::Lock::Timeout=120 --no-install-recommends install "$@"
      ;;
    dnf) as_root dnf -y install "$@" ;;
    pacman) as_root pacman -S --needed --noconfirm "$@" ;;
  esac || {
    echo "Installing with $manager failed (see above). Missing: $*" >&2
    return 1
  }
}
