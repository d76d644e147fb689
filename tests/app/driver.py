"""driver.py: starts the window program and does with it what a person does, from outside.

For tests that display.sh runs. A program's actions are reached over D-Bus, its widgets through the accessibility bus,
keys and clicks go through the X server.
"""

import collections
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

# The scripts have all of it from here.
from basics import (BUILD, PATIENCE, SOURCE, GLib, Skip, check, check_equal, check_matches, run, skip_all, stays,
                    wait_for)
from accessibility import Node, accessibility_bus, call, call_all, session_bus

PROGRAM = os.path.join(BUILD, "src", "app", "gatescope")
APPLICATION = "io.github.gatescope.Gatescope"
OBJECT = "/io/github/gatescope/Gatescope"
OWN_NAMES = os.path.join(SOURCE, "data", "names")

# What GLib and GTK log as a warning or worse fails the test. These are about the display, not about the program.
ALLOWED_COMPLAINTS = (
    "Unable to acquire the address of the accessibility bus",
    "Failed to register with the accessibility bus",
)


# ---- Data and settings ----

def write_names(folder, classes):
    """A folder of names: classes maps each class to its names."""
    os.makedirs(folder, exist_ok=True)
    for name, names in classes.items():
        with open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8") as file:
            file.write("\n".join(names) + "\n")
    return folder


def invented_names(n_classes, n_names=20):
    """Classes that a network tells apart by their endings; no two share a name."""
    consonants, vowels = "bdfghjklmnprstvz", "aeiou"
    classes = {}
    for number in range(n_classes):
        first = consonants[number % 16]
        ending = vowels[number // 16 % 5] + first + vowels[number % 5]
        classes[f"Kind{number + 1:02}"] = [
            (consonants[i % 16] + vowels[i // 16 % 5] + consonants[(i * 7 + number) % 16] + ending).capitalize()
            for i in range(n_names)]
    return classes


# Small networks that are trained in a moment.
QUICK = {"preset": "", "iterations": 3000, "hidden-size": 16, "seed": 1, "hold-out": 0.1}

# So many iterations that training goes on for as long as a test may take, and a rate at which the RNN holds out.
ENDLESS = dict(QUICK, iterations=500_000_000, **{"learning-rate-rnn": 0.0005})


def write_settings(folder, values):
    """The file of the settings backend "keyfile"."""
    def as_text(key, value):
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            return GLib.Variant("s", value).print_(False)
        if isinstance(value, (list, tuple)):
            return GLib.Variant("as", value).print_(False)
        return repr(value)

    path = os.path.join(folder, "glib-2.0", "settings", "keyfile")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"[{OBJECT.lstrip('/')}]\n")
        file.writelines(f"{key}={as_text(key, value)}\n" for key, value in values.items())


# ---- Pictures ----

class Picture:
    """8-bit pixels."""

    def __init__(self, ppm):
        head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", ppm)
        check(head, "no 8-bit PPM")
        self.width, self.height = int(head[1]), int(head[2])
        self.pixels = ppm[head.end():]

    @staticmethod
    def read(path):
        return Picture(run("convert", path, "-background", "white", "-flatten", "-depth", "8", "ppm:-"))

    def colors(self, x=0, y=0, width=None, height=None):
        """How many pixels of each colour there are in the rectangle."""
        width, height = width or self.width - x, height or self.height - y
        counts = collections.Counter()
        for line in range(max(y, 0), min(y + height, self.height)):
            row = self.pixels[3 * (line * self.width + x):3 * (line * self.width + min(x + width, self.width))]
            counts.update(zip(row[0::3], row[1::3], row[2::3]))
        return counts

    def check_not_blank(self, what, x=0, y=0, width=None, height=None):
        counts = self.colors(x, y, width, height)
        total = sum(counts.values())
        check(len(counts) >= 8 and counts.most_common(1)[0][1] < 0.995 * total,
              f"{what} is blank: {len(counts)} colours, the commonest in {counts.most_common(1)} of {total} pixels")

    def luminance(self, x=0, y=0, width=None, height=None):
        """Of the commonest colour, 0 to 255."""
        red, green, blue = self.colors(x, y, width, height).most_common(1)[0][0]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# ---- The program ----

class Program:
    """A running program, to be used in a "with" statement, at whose end it must have ended well.

    settings: what GSettings holds when it starts; home: the folder of its settings, for two starts with the same ones.
    wrapper: a command that runs it. environment: more variables.
    """

    def __init__(self, *arguments, settings=None, environment=None, wrapper=(), home=None, accessible=True):
        self.arguments = arguments
        self.settings = settings
        self.wrapper = wrapper
        self.own_home = home is None
        self.home = home or tempfile.mkdtemp(prefix="gatescope-home.")
        self.environment = dict(os.environ, GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=self.home,
                                XDG_DATA_HOME=os.path.join(self.home, "data"), **(environment or {}))
        self.accessible = accessible
        self.patience = 4 * PATIENCE if wrapper else PATIENCE
        self.process = None
        self.node = None
        self.window_id = None
        self.progress_bars = None

    # -- Start and end --

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.give_up()
            raise
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            self.give_up()
            return
        try:
            if self.process.poll() is None:
                self.quit()
            self.check_ended()
        except BaseException:
            self.give_up()
            raise
        if self.own_home:
            shutil.rmtree(self.home, ignore_errors=True)

    def start(self):
        if self.settings is not None:
            write_settings(self.home, self.settings)
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([*self.wrapper, PROGRAM, *self.arguments], env=self.environment,
                                        stdin=subprocess.DEVNULL, stdout=self.errors, stderr=self.errors)
        # No widget of the next window is under the pointer.
        run("xdotool", "mousemove", "0", "0")
        wait_for(self.has_window, "the window", self.patience)
        if self.accessible:
            self.node = wait_for(self.find_accessible, "the program on the accessibility bus")

    def has_window(self):
        check(self.process.poll() is None, f"the program ended with {self.process.returncode}:\n{self.said()}")
        try:
            self.describe("win.page")
        except GLib.Error:
            return False
        return True

    def find_accessible(self):
        desktop = Node("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        for child in desktop.children:
            pid, = call(accessibility_bus(), "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                        "GetConnectionUnixProcessID", GLib.Variant("(s)", (child.owner,)))
            if pid == self.process.pid and child.children:
                return child
        return None

    def said(self):
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def quit(self):
        """By app.quit, which is answered before the program ends, or not at all."""
        with contextlib.suppress(GLib.Error):
            self.act("app.quit")

    def check_ended(self, seconds=PATIENCE):
        """The program has ended, or soon does, with 0 and without a word of complaint."""
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the program still runs after {seconds} s") from None
        said = self.said()
        check(status == 0, f"the program ended with {status}:\n{said}")
        complaints = [line for line in said.splitlines() if re.search(r"(WARNING|CRITICAL|ERROR) \*\*", line)
                      and not any(allowed in line for allowed in ALLOWED_COMPLAINTS)]
        check(not complaints, "the program complains:\n" + "\n".join(complaints))

    def give_up(self):
        """After a failure: keeps a picture of the screen and ends the program."""
        if self.process is None:
            return
        if self.process.poll() is None:
            path = os.path.join(BUILD, "meson-logs", os.path.basename(sys.argv[0]) + ".png")
            subprocess.run(["import", "-window", "root", path], check=False, capture_output=True, timeout=60)
            print(f"# the screen: {path}")
            self.process.kill()
            self.process.wait()
        for line in self.said().splitlines()[-30:]:
            print(f"# the program: {line}")
        if self.own_home:
            shutil.rmtree(self.home, ignore_errors=True)

    # -- Actions --

    def action_call(self, action, method, *parameters):
        group, name = action.split(".", 1)
        path = OBJECT if group == "app" else OBJECT + "/window/1"
        kinds, values = zip(*parameters) if parameters else ((), ())
        return call(session_bus(), APPLICATION, path, "org.gtk.Actions", method,
                    GLib.Variant("(s" + "".join(kinds) + ")", (name, *values)), self.patience)

    def act(self, action, *parameter):
        """Activates "win.train" or the like, if need be with one string."""
        self.action_call(action, "Activate", ("av", [GLib.Variant("s", value) for value in parameter]), ("a{sv}", {}))

    def set_state(self, action, state):
        self.action_call(action, "SetState", ("v", GLib.Variant("s", state)), ("a{sv}", {}))

    def describe(self, action):
        """Whether it is enabled, the type of its parameter, its state."""
        (enabled, parameter, state), = self.action_call(action, "Describe")
        return enabled, parameter, state[0] if state else None

    def is_enabled(self, action):
        return self.describe(action)[0]

    def state(self, action):
        return self.describe(action)[2]

    # -- The window --

    @property
    def window(self):
        return next(child for child in self.node.children if child.name == "Gatescope")

    def x_window(self):
        """The X server's number of the window. A tooltip has the window's title, too, but is small."""
        def find():
            search = ["xdotool", "search", "--onlyvisible", "--name", "^Gatescope$"]
            found = subprocess.run(search, check=False, capture_output=True, timeout=60).stdout.decode().split()
            return next((window for window in found if self.x_size(window)[0] > 400), None)
        if self.window_id is None:
            self.window_id = wait_for(find, "the window on the display")
        return self.window_id

    @staticmethod
    def x_size(window):
        said = run("xdotool", "getwindowgeometry", "--shell", window).decode()
        return tuple(int(re.search(rf"^{side}=(\d+)", said, re.MULTILINE)[1]) for side in ("WIDTH", "HEIGHT"))

    def has_focus(self):
        """Whether keys go to the main window; None while nobody has them."""
        said = subprocess.run(["xdotool", "getactivewindow"], check=False, capture_output=True, timeout=60).stdout
        return said.decode().strip() == self.x_window() if said.strip() else None

    def focus(self):
        run("xdotool", "windowactivate", "--sync", self.x_window())
        wait_for(self.has_focus, "the window's focus")

    def wait_for_dialog(self):
        """Until another of the program's windows is there and keys go to it. Gives it."""
        wait_for(lambda: len(self.node.children) > 1 and self.has_focus() is False, "the dialog's focus")
        return next(child for child in self.node.children if child.name != "Gatescope")

    def wait_for_no_dialog(self):
        wait_for(lambda: len(self.node.children) == 1, "the dialog's end")

    def key(self, *keys):
        self.focus()
        run("xdotool", "key", *keys)

    def click(self, node):
        """With the pointer, in the widget's middle."""
        x, y, width, height = wait_for(lambda: node.extents if node.is_shown else None, "a widget to click at")
        self.focus()
        at = str(x + width // 2), str(y + height // 2)
        run("xdotool", "mousemove", "--window", self.x_window(), *at, "click", "1")

    def photograph(self):
        return Picture(run("import", "-silent", "-window", self.x_window(), "-depth", "8", "ppm:-"))

    # -- What the window holds --

    def button(self, name):
        return self.node.find("push button", name)

    def entry(self):
        """The field of the name, which stands below the pages and what they ask for."""
        return self.window.find_all("text")[-1]

    def is_on_top(self, leaf):
        """Whether the widget can be seen and touched in the window: hidden pages keep their size."""
        x, y, width, height = leaf.extents
        if width <= 0 or height <= 0:
            return False
        window = self.window
        bottom = window.extents[3]
        for at in {y + 4, min(y + height, bottom) - 4, (y + min(y + height, bottom)) // 2}:
            point = GLib.Variant("(iiu)", (x + width // 2, at, 1))
            (_, path), = window.call("Component", "GetAccessibleAtPoint", point)
            if path == leaf.path:
                return True
        return False

    def figures(self):
        """The figures of the page shown, by name."""
        return {node.name: node for node in self.node.find_all("image", shown=True) if self.is_on_top(node)}

    def strips(self):
        """The Gates page's figures by name, also those to which one has to scroll."""
        return {node.name: node for node in self.node.find_all("image", "(Gates|Hidden state) of .*", shown=True)}

    def labels(self):
        """The words that can be seen."""
        return Node.names(self.node.find_all("label", shown=True))

    def guesses(self):
        """What the name bar says of each network: "RNN" -> ["Russian 87 %", ...], or what stands there instead."""
        # A label without a word bears the name of its class.
        found = {}
        for group in self.node.find_all("panel", "Guesses of the .*", shown=True):
            title, *words = Node.names(group.find_all("label", shown=True))
            found[title] = [word for word in words if word not in ("", "GtkLabel")]
        return found

    def notice(self):
        """The message over the page, "" while there is none."""
        alert = self.node.find("alert")
        return alert.text if self.is_on_top(alert) else ""

    def wait_for_notice(self, pattern):
        def find():
            notice = self.notice()
            return notice if re.search(pattern, notice) else None
        return wait_for(find, f"the message {pattern!r}")

    def bars(self):
        """The progress bars, which stay as long as their networks do."""
        if self.progress_bars is None:
            self.progress_bars = self.node.find_all("progress bar")
        return [bar for bar in self.progress_bars if bar.is_shown]

    def progress(self):
        """How far each network is, 0 to 1, by the name of its progress bar."""
        return {bar.name: bar.value for bar in self.bars()}

    def iterations(self):
        """How far each network is, in iterations: "Progress of RNN" -> (12, 3000)."""
        found = {}
        for bar in self.bars():
            numbers = re.fullmatch(r"iteration ([\d,]+) of ([\d,]+)", bar.description)
            if numbers:
                found[bar.name] = tuple(int(number.replace(",", "")) for number in numbers.groups())
        return found

    def wait_for_data(self, folder):
        """Until the names of this folder are the ones shown."""
        wait_for(lambda: self.node.find_all("label", re.escape(os.path.basename(folder))), f"the names of {folder}")

    def wait_until_finished(self, seconds=3 * PATIENCE):
        wait_for(lambda: set(self.progress().values()) == {1.0}, "the last iteration", seconds)
        wait_for(lambda: len(self.node.find_all("label", "done in .*", shown=True)) == len(self.bars()),
                 "the end of the training")


# ---- Test programs ----

@contextlib.contextmanager
def folder():
    """A folder of the test's own, removed at its end."""
    path = tempfile.mkdtemp(prefix="gatescope-files.")
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def main(*tests):
    """Runs the functions, or those of them that the command line names; what each says of itself is the test's name."""
    tests = [test for test in tests if test.__name__ in sys.argv[1:]] if len(sys.argv) > 1 else tests
    failed = False
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        name = test.__doc__.splitlines()[0].rstrip(".")
        started = time.monotonic()
        try:
            test()
            print(f"ok {number} - {name}")
        except Skip as skip:
            print(f"ok {number} - {name} # SKIP {skip}")
        except Exception:  # whatever it is, the other tests are run
            failed = True
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {number} - {name}")
        print(f"# {time.monotonic() - started:.1f} s", flush=True)
    sys.exit(1 if failed else 0)
