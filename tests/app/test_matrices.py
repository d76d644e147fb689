"""The confusion matrices: what they count and show, and the names of a cell."""

import re
import subprocess
import tempfile

from driver import (QUICK, Program, check, check_equal, folder, invented_names, main, run, stays, wait_for,
                    write_names)

# The frame around the cell that the cursor is at.
ACCENT = (0xC0, 0x1C, 0x28)


def trained(files, **settings):
    return Program(write_names(files, invented_names(3)), settings=dict(QUICK, **settings))


def train(program, files):
    program.wait_for_data(files)
    program.act("win.train")
    program.wait_until_finished()


def matrices(program):
    return program.figures()["Confusion matrices"]


def says(program, pattern):
    wait_for(lambda: re.search(pattern, matrices(program).description), f"{pattern!r} of the matrices")


def chooses():
    """What is counted and shown is chosen by actions, which say their states"""
    with folder() as files, trained(files) as program:
        train(program, files)
        for action, state in (("counted", "draws"), ("cells", "percent"), ("order", "alphabetical"),
                              ("difference", "")):
            check_equal(program.describe("win.matrix-" + action), (True, "s", state), action)
        check_equal(program.describe("win.matrix-scores"), (True, "", False), "scores")
        check_equal(program.describe("win.matrix-large"), (True, "", False), "large cells")
        says(program, r"RNN: 10,000 class-uniform draws, \d+\.\d % right")
        program.act("win.matrix-counted", "rows")
        says(program, r"RNN: all 60 names, .*LSTM: all 60 names, ")
        program.set_state("win.matrix-counted", "held-out")
        says(program, r"RNN: 6 names held out, ")
        program.node.find("label", "Counted: held out", shown=True)
        program.act("win.matrix-counted", "nonsense")
        check_equal(program.state("win.matrix-counted"), "held-out", "what is counted")
        program.act("win.matrix-difference", "lstm-rnn")
        says(program, r"LSTM − RNN: names held out, [+−]?\d+\.\d points right")
        program.act("win.matrix-difference", "gate-lstm-lstm")
        says(program, r"LSTM by hand − LSTM: names held out")
        check("RNN:" not in matrices(program).description, "a network that is no part of the difference")
        program.act("win.matrix-difference", "lstm-gate-lstm-hidden")
        says(program, "RNN:")
        program.act("win.matrix-difference", "")
        program.act("win.matrix-scores")
        says(program, r"Lowest F1: Kind0\d \(\d+\.\d %\)")


def remembers():
    """The choices are there again after a restart"""
    with folder() as files, tempfile.TemporaryDirectory() as home:
        write_names(files, invented_names(3))
        with Program(files, settings=QUICK, home=home) as program:
            program.wait_for_data(files)
            for action, state in (("counted", "rows"), ("cells", "counts"), ("order", "clustered"),
                                  ("difference", "rnn-lstm")):
                program.act("win.matrix-" + action, state)
            program.act("win.matrix-scores")
            program.act("win.matrix-large")
        with Program(files, home=home) as program:
            program.wait_for_data(files)
            for action, state in (("counted", "rows"), ("cells", "counts"), ("order", "clustered"),
                                  ("difference", "rnn-lstm"), ("scores", True), ("large", True)):
                check_equal(program.state("win.matrix-" + action), state, action)


def pictures():
    """Every choice shows in the picture"""
    with folder() as files, trained(files) as program:
        train(program, files)
        says(program, "10,000 class-uniform draws")
        x, y, width, height = matrices(program).extents
        seen = [program.photograph().colors(x, y, width, height)]
        for action, parameter in (("cells", ["none"]), ("cells", ["counts"]), ("scores", []),
                                  ("difference", ["lstm-rnn"])):
            program.act("win.matrix-" + action, *parameter)
            wait_for(lambda: program.photograph().colors(x, y, width, height) not in seen, f"a picture with {action}")
            seen.append(program.photograph().colors(x, y, width, height))


def grows():
    """Eighteen classes get cells in which their numbers can be read, and the page goes there"""
    with folder() as files:
        write_names(files, invented_names(18))
        with Program(files, settings=QUICK) as program:
            train(program, files)
            says(program, "10,000 class-uniform draws")
            abreast = matrices(program).extents
            program.key("ctrl+shift+m")
            wait_for(lambda: program.state("win.matrix-large"), "the key's effect")
            large = wait_for(lambda: matrices(program).extents[3] > 1.5 * abreast[3] and matrices(program).extents,
                             "larger matrices")
            # Three matrices of 18 rows, of which each has room for a number.
            check(large[3] > 18 * 12 * 2, f"the matrices are {large[3]} high")
            choices = program.button("Large")
            wait_for(lambda: 0 <= choices.extents[1] < 120, "the choices at the top of the page")
            # The cursor can be seen wherever the keys bring it.
            figure = matrices(program)
            x, y, _, _ = figure.extents
            run("xdotool", "mousemove", "--window", program.x_window(), str(x + 5), str(y + 5), "click", "1")
            run("xdotool", "mousemove", "--window", program.x_window(), "4", "4")
            wait_for(lambda: "focused" in figure.states, "the focus of the matrices")
            stays(lambda: figure.extents[1] == y, "the page where it was clicked")
            program.key("Right", *["Down"] * 17, "End", "Right", "End", "Right")
            wait_for(lambda: figure.description.startswith("LSTM by hand;Kind18 taken for Kind01"), "the last row")
            top = wait_for(lambda: accent_box(program), "the cursor")[1]
            check(top < program.x_size(program.x_window())[1] - 100, f"the cursor at {top}")
            run("xdotool", "key", "Escape")
            program.act("win.matrix-large")
            wait_for(lambda: matrices(program).extents[3] == abreast[3], "the size from before")
            # Counts have no room otherwise.
            program.act("win.matrix-cells", "counts")
            wait_for(lambda: matrices(program).extents[3] > 1.5 * abreast[3], "larger matrices for counts")


def names_of(window):
    """The number of names that the window's summary tells, or None while it looks."""
    for label in window.find_all("label"):
        found = re.match(r"([\d,]+) of ([\d,]+) names", label.name)
        if found:
            return int(found[1]), int(found[2])
    return None


def lists_names():
    """The names of a cell open, and one goes to the Gates page"""
    with folder() as files, trained(files, **{"matrix-counted": "rows"}) as program:
        train(program, files)
        program.act("win.matrix-names", "lstm/Kind01/Kind01")
        window = program.wait_for_dialog()
        check_equal(window.name, "Kind01 recognised", "the title")
        right, total = wait_for(lambda: names_of(window), "the number of names")
        check_equal(total, 20, "all names of the class")
        check(right > 10, f"only {right} names are recognised")
        wait_for(lambda: window.find_all("label", r"Kind01 \d+ %, Kind0\d \d+ %, Kind0\d \d+ %"), "the guesses")
        before = program.state("win.name")
        run("xdotool", "key", "Return")
        wait_for(lambda: program.state("win.page") == "gates" and program.state("win.name") != before, "the name")
        check(program.state("win.name") in invented_names(3)["Kind01"], program.state("win.name"))
        # The filter takes what is typed in it; Enter there means the first that is left.
        wanted = invented_names(3)["Kind01"][7]
        window.find(None, "Filter the names").text = wanted.lower()
        wait_for(lambda: not window.find_all("label", invented_names(3)["Kind01"][3]), "the filter")
        window.find("push button", "Copy").press()
        wait_for(lambda: b"Name\tAs it is read\t" in clipboard(), "the copy")
        run("xdotool", "key", "Escape")
        program.wait_for_no_dialog()


def clipboard():
    return subprocess.run(["xclip", "-selection", "clipboard", "-o"], check=False, capture_output=True,
                          timeout=20).stdout


def refuses_cells():
    """What is no cell is told in the window"""
    with folder() as files, trained(files) as program:
        program.wait_for_data(files)
        for cell, words in (("lstm", "is no cell"), ("mlp/Kind01/Kind02", "No network “mlp” is shown"),
                            ("lstm/Kind01/Kind09", "no class “Kind09”"), ("lstm/Kind01/Kind02", "train it first")):
            program.act("win.matrix-names", cell)
            program.wait_for_notice(words)


def accent_box(program):
    """The rectangle, in the window, of the pixels in the cursor's colour."""
    picture = program.photograph()
    found = []
    for line in range(picture.height):
        row = picture.pixels[3 * line * picture.width:3 * (line + 1) * picture.width]
        at = row.find(bytes(ACCENT))
        while at >= 0:
            if at % 3 == 0:
                found.append((at // 3, line))
            at = row.find(bytes(ACCENT), at + 1)
    if len(found) < 20:
        return None
    return (min(x for x, _ in found), min(y for _, y in found), max(x for x, _ in found), max(y for _, y in found))


def opens_by_click():
    """A click on a cell, and Enter at the cursor, open its names"""
    with folder() as files, trained(files, **{"matrix-counted": "rows"}) as program:
        train(program, files)
        says(program, "all 60 names")
        figure = matrices(program)
        x, y, _, _ = figure.extents
        program.focus()
        # Where there is no cell a click gives the figure the keys and does nothing else.
        run("xdotool", "mousemove", "--window", program.x_window(), str(x + 5), str(y + 5), "click", "1")
        run("xdotool", "mousemove", "--window", program.x_window(), "4", "4")
        wait_for(lambda: "focused" in figure.states, "the focus of the matrices")
        run("xdotool", "key", "Right")
        left, top, right, bottom = wait_for(lambda: accent_box(program), "the cursor")
        check_equal(len(program.node.children), 1, "windows")
        run("xdotool", "key", "Return")
        window = program.wait_for_dialog()
        check_equal(window.name, "Kind01 recognised", "the title")
        run("xdotool", "key", "Escape")
        program.wait_for_no_dialog()
        # The cell at its right.
        at = str((left + right) // 2 + right - left - 1), str((top + bottom) // 2)
        program.focus()
        run("xdotool", "mousemove", "--window", program.x_window(), *at, "click", "1")
        window = program.wait_for_dialog()
        check_equal(window.name, "Kind01 taken for Kind02", "the title")


main(chooses, remembers, pictures, grows, lists_names, refuses_cells, opens_by_click)
