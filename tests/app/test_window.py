"""The window itself: its pages, its names for whoever can't see it, its keys."""

import re
import subprocess

from driver import (PROGRAM, QUICK, Node, Program, check, check_equal, check_matches, folder, invented_names, main, run,
                    wait_for, write_names)

CONTROLS = {"push button", "toggle button", "check box", "text", "spin button", "progress bar", "combo box", "page tab",
            "image", "dialog", "frame"}


def starts():
    """The window opens with the names that come with it"""
    with Program() as program:
        check_equal(program.node.name, "gatescope", "the program's name on the accessibility bus")
        check_equal(run("xdotool", "getwindowname", program.x_window()).decode().strip(), "Gatescope", "the title")
        program.wait_for_data("names")
        program.node.find("label", r"\d+,\d+ names, 18 classes", shown=True)
        check_equal(program.describe("win.page"), (True, "s", "compare"), "win.page")
        check_equal(program.describe("win.name"), (True, "s", "Satoshi"), "win.name")
        check_equal(program.describe("win.preset"), (True, "s", "default"), "win.preset")
        for action, enabled in (("train", True), ("step", True), ("pause", False), ("reset", False),
                                ("undo-reset", False), ("save-weights", False), ("export", True)):
            check_equal(program.is_enabled("win." + action), enabled, f"whether win.{action} is enabled")


def controls(program):
    """The names of all controls that can be seen, by role. What GTK puts into its own controls is GTK's."""
    inner = {node.path for outer in program.node.find_all("combo box") for node in outer.walk()[1:]}
    found = {}
    for role in CONTROLS:
        nodes = [node for node in program.node.find_all(role, shown=True) if node.path not in inner]
        found[role] = Node.names(nodes)
    return found


def has_names():
    """Every control says what it is, and none like another"""
    with folder() as files, Program(write_names(files, invented_names(3)), settings=QUICK) as program:
        program.wait_for_data(files)
        for page in ("compare", "gates"):
            program.set_state("win.page", page)
            wait_for(lambda: len(program.figures()) == 3, f"the page {page}")
            program.act("win.train")
            program.wait_until_finished()
            found = controls(program)
            nameless = {role: names for role, names in found.items()
                        if any(re.match(r"\s*$|(Gtk|Gdk|Scope)[A-Z]", name) for name in names)}
            check_equal(nameless, {}, f"controls of {page} without a name")
            for role in ("check box", "text", "spin button", "progress bar", "combo box", "page tab", "image"):
                names = found[role]
                check_equal(sorted(set(names)), sorted(names), f"the names of every {role}")
            check_equal(found["text"], ["Another name to compare with", "Name"] if page == "gates" else ["Name"],
                        "the entries")
            for name in ("Train and show RNN", "Train and show LSTM", "Train and show LSTM by hand"):
                check(name in found["check box"], f"{name}: {found['check box']}")
            for name in ("Iterations", "Seed", "Hidden units", "Learning rate of the RNN"):
                check(name in found["spin button"], f"{name}: {found['spin button']}")
            program.act("win.reset")


def describes_figures():
    """Figures are images that say their numbers"""
    with folder() as files, Program(write_names(files, invented_names(3)), settings=QUICK) as program:
        program.wait_for_data(files)
        figures = program.figures()
        check_equal(sorted(figures), ["Accuracy curves", "Confusion matrices", "Loss curves"], "the figures of Compare")
        for name, words in (("Loss curves", "not trained yet"), ("Confusion matrices", "nothing counted yet")):
            wait_for(lambda: figures[name].description.count(words) == 3, f"{words!r} of three networks in {name}")
        program.act("win.train")
        program.wait_until_finished()
        networks = ("RNN", "LSTM", "LSTM by hand")
        for name in ("Loss curves", "Accuracy curves"):
            for network in networks:
                wait_for(lambda: re.search(rf"\b{network}: loss \d+\.\d\d, accuracy \d+\.\d % after 3,000 iterations\. "
                                           r"On names held out: \d+\.\d %\.", figures[name].description),
                         f"the numbers of the {network} in {name}")
        for network in networks:
            wait_for(lambda: re.search(rf"\b{network}: 10,000 class-uniform draws, \d+\.\d % right",
                                       figures["Confusion matrices"].description), f"the matrix of the {network}")
        program.set_state("win.page", "gates")
        wait_for(lambda: len(program.figures()) == 3, "the figures of Gates")
        check_equal(sorted(program.figures()), ["Gates of the LSTM", "Gates of the LSTM by hand",
                                                "Hidden state of the RNN"], "the figures of Gates")
        for name, figure in program.figures().items():
            check_matches(r"The name Satoshi, read letter by letter\. .*: Kind0\d \d+ %, guessed since letter \d",
                          figure.description, name)
            check_equal(figure.description.count("Mean forget gate at the end: 0."), 0 if "RNN" in name else 1,
                        f"forget gates of {name}")


def shown_page(program):
    return next((tab.name for tab in program.node.find_all("page tab") if "selected" in tab.states), None)


def switches_pages():
    """Pages switch by action, tab and key"""
    with folder() as files, Program(write_names(files, invented_names(3)), settings=QUICK) as program:
        def wait_for_page(page, figure):
            wait_for(lambda: program.state("win.page") == page and figure in program.figures(), f"the page {page}")

        program.wait_for_data(files)
        program.set_state("win.page", "gates")
        wait_for_page("gates", "Gates of the LSTM")
        check("Loss curves" not in program.figures(), "the curves are still there")
        program.photograph().check_not_blank("the page Gates", 340, 60, 900, 600)
        program.act("win.page", "compare")
        wait_for_page("compare", "Loss curves")
        program.click(program.node.find("page tab", "Gates").find("label"))
        wait_for_page("gates", "Gates of the LSTM")
        program.key("alt+1")
        wait_for_page("compare", "Loss curves")
        program.key("alt+2")
        wait_for_page("gates", "Gates of the LSTM")
        program.act("win.page", "nowhere")
        check_equal(program.state("win.page"), "gates", "the page after one that there isn't")


def hides_the_side_bar():
    """F9 hides the side bar and shows it again"""
    with folder() as files, Program(write_names(files, invented_names(3)), settings=QUICK) as program:
        def left_edge():
            return program.figures()["Loss curves"].extents[0]

        program.wait_for_data(files)
        with_bar = left_edge()
        check_equal(program.state("win.sidebar"), True, "win.sidebar")
        program.key("F9")
        wait_for(lambda: program.state("win.sidebar") is False and left_edge() < 40, "the side bar's going away")
        program.key("F9")
        wait_for(lambda: program.state("win.sidebar") is True and left_edge() == with_bar, "the side bar")
        program.click(program.button("Side bar"))
        wait_for(lambda: program.state("win.sidebar") is False, "the side bar's going away")


def shows_help():
    """The shortcuts' window and the About window open and close"""
    with folder() as files, Program(write_names(files, invented_names(3)), settings=QUICK) as program:
        program.wait_for_data(files)
        program.key("F1")
        wait_for(lambda: program.node.find_all("label", "Train, pause or resume", shown=True), "the shortcuts")
        program.wait_for_dialog()
        run("xdotool", "key", "Escape")
        program.wait_for_no_dialog()
        program.act("app.about")
        about = program.wait_for_dialog()
        check_matches("About", about.name, "the About window's name")
        version = run(PROGRAM, "--version").decode().split()[-1]
        wait_for(lambda: about.find_all("label", re.escape(version)), "the version in the About window")
        run("xdotool", "key", "Escape")
        program.wait_for_no_dialog()


def focuses_the_name():
    """Ctrl+L goes to the name, and typing changes it"""
    with folder() as files, Program(write_names(files, invented_names(3)), settings=QUICK) as program:
        program.wait_for_data(files)
        program.key("ctrl+l")
        wait_for(lambda: "focused" in program.entry().states, "the entry's focus")
        program.key("ctrl+a")
        run("xdotool", "type", "--delay", "1", "Novak")
        wait_for(lambda: program.state("win.name") == "Novak", "the name that was typed")
        check_equal(program.entry().text, "Novak", "the entry")


def fits_small_screens():
    """A window as small as it goes still shows both pages"""
    with folder() as files, Program(write_names(files, invented_names(3)),
                                    settings=dict(QUICK, width=720, height=480)) as program:
        program.wait_for_data(files)
        program.act("win.train")
        program.wait_until_finished()
        for page in ("compare", "gates"):
            program.set_state("win.page", page)
            wait_for(lambda: program.figures(), f"the figures of {page}")
            picture = program.photograph()
            check(picture.width <= 1280 and picture.height <= 600, f"it takes {picture.width} x {picture.height}")
            picture.check_not_blank(page)
            for name, figure in program.figures().items():
                check(figure.extents[2] >= 200, f"{name} is only {figure.extents[2]} wide")


def tells_its_version():
    """--version and --help answer without a window"""
    check_matches(r"^gatescope \d+\.\d+\.\d+\n$", run(PROGRAM, "--version").decode(), "--version")
    check_matches(r"FOLDER", run(PROGRAM, "--help").decode(), "--help")
    wrong = subprocess.run([PROGRAM, "--no-such-option"], capture_output=True, check=False, timeout=60)
    check(wrong.returncode != 0 and b"--no-such-option" in wrong.stderr, f"an unknown option: {wrong}")


def takes_seeds():
    """--seeds sets how many seeds each network trains with, or says what is wrong"""
    with Program("--seeds", "3") as program:
        wait_for(lambda: program.state("win.seeds") == 3, "three seeds")
    wrong = subprocess.run([PROGRAM, "--seeds", "21"], capture_output=True, check=False, timeout=60)
    check(wrong.returncode == 1 and wrong.stderr == b"gatescope: --seeds is 21; give a number from 1 to 20\n", f"{wrong}")


main(starts, has_names, describes_figures, switches_pages, hides_the_side_bar, shows_help, focuses_the_name,
     fits_small_screens, tells_its_version, takes_seeds)
