"""The curves of the Compare page: their controls, their gestures, their keys."""

import re
import tempfile

from driver import (GLib, QUICK, Program, check, check_equal, check_matches, folder, invented_names, main, run, shutil,
                    wait_for, write_names)

FIGURES = ("Loss curves", "Accuracy curves")


def trained(program, files):
    program.wait_for_data("small")
    program.act("win.train")
    program.wait_until_finished()
    wait_for(lambda: program.figures()["Loss curves"].description.count("after 3,000 iterations") == 3, "the curves")


def small(files):
    return write_names(f"{files}/small", invented_names(3))


def set_state(program, action, kind, value):
    program.action_call(action, "SetState", ("v", GLib.Variant(kind, value)), ("a{sv}", {}))


def activate(program, action, kind, value):
    program.action_call(action, "Activate", ("av", [GLib.Variant(kind, value)]), ("a{sv}", {}))


def descriptions(program):
    figures = program.figures()
    return [figures[name].description for name in FIGURES]


def wait_until_said(program, words, which=FIGURES):
    def is_said():
        found = program.figures()
        return all(re.search(words, found[name].description) for name in which)
    wait_for(is_said, f"{words!r} in {which}")


def wait_until_unsaid(program, words):
    wait_for(lambda: not any(re.search(words, text) for text in descriptions(program)), f"no more {words!r}")


def range_shown(program):
    """The iterations that the figures say they show, or None for all; both must say the same."""
    found = [re.search(r"Iterations ([\d,]+) to ([\d,]+) are shown", text) for text in descriptions(program)]
    if not all(found):
        return None
    ranges = {tuple(int(number.replace(",", "")) for number in match.groups()) for match in found}
    return ranges.pop() if len(ranges) == 1 else None


def wait_for_range(program, condition, what):
    return wait_for(lambda: (shown := range_shown(program)) is not None and condition(*shown) and shown, what)


def wait_for_everything(program):
    wait_until_unsaid(program, "are shown")


def point(program, figure, across, down):
    """Where that part of the figure's size is, in the window."""
    x, y, width, height = figure.extents
    return str(int(x + across * width)), str(int(y + down * height))


def move_to(program, figure, across, down, *then):
    program.focus()
    run("xdotool", "mousemove", "--window", program.x_window(), *point(program, figure, across, down), *then)


def has_actions():
    """Every command of the curves is an action, and the curves say what it does"""
    with folder() as files, Program(small(files), settings=QUICK) as program:
        trained(program, files)
        set_state(program, "win.smoothing", "d", 0.5)
        wait_until_said(program, r"s_n = Σ a\^\(n−k\) y_k / Σ a\^\(n−k\), k = 0…n, a = 0\.50")
        check_equal(program.state("win.smoothing"), 0.5, "win.smoothing")
        set_state(program, "win.smoothing", "d", 7.0)
        program.wait_for_notice("from 0 to 0.99")
        check_equal(program.state("win.smoothing"), 0.5, "win.smoothing after a bad one")
        program.act("win.log-loss")
        wait_until_said(program, "The axis is logarithmic", FIGURES[:1])
        check("logarithmic" not in program.figures()["Accuracy curves"].description, "the accuracy's axis changed")
        wait_until_said(program, r"The report ends with RNN 60 %, LSTM 85 %, LSTM by hand 70 %", FIGURES[1:])
        program.act("win.report-values")
        wait_until_unsaid(program, "The report ends")
        program.act("win.toggle-series", "lstm")
        wait_until_said(program, "The line of LSTM is switched off")
        program.act("win.toggle-series", "LSTM by hand")
        wait_until_said(program, "The line of LSTM by hand is switched off")
        program.act("win.toggle-series", "lstm")
        program.act("win.toggle-series", "gate-lstm")
        wait_until_unsaid(program, "is switched off")
        program.act("win.toggle-series", "perceptron")
        program.wait_for_notice("no curve of “perceptron”")
        activate(program, "win.zoom-curves", "d", 0.5)
        check_equal(range_shown(program) or wait_for(lambda: range_shown(program), "a range"), (750, 2250), "the half")
        program.act("win.fit-curves")
        wait_for_everything(program)


def slides():
    """The slider smooths, and has a name and a value"""
    with folder() as files, Program(small(files), settings=QUICK) as program:
        trained(program, files)
        slider = program.node.find("slider", "Smoothing")
        check_equal(slider.value, 0.0, "the slider at first")
        before = program.photograph().pixels
        slider.value = 0.9
        wait_until_said(program, r"a = 0\.90")
        check_equal(program.state("win.smoothing"), 0.9, "win.smoothing")
        wait_for(lambda: program.photograph().pixels != before, "another picture")
        set_state(program, "win.smoothing", "d", 0.0)
        wait_for(lambda: slider.value == 0.0, "the slider back at 0")
        wait_until_unsaid(program, "smoothed")


def remembers():
    """Smoothing, axis and marks are as they were left"""
    home = tempfile.mkdtemp(prefix="gatescope-home.")
    with folder() as files:
        with Program(small(files), settings=QUICK, home=home) as program:
            program.wait_for_data("small")
            set_state(program, "win.smoothing", "d", 0.25)
            for action in ("log-loss", "report-values", "seed-bands"):
                program.act("win." + action)
        with Program(small(files), home=home) as program:
            program.wait_for_data("small")
            states = [program.state("win." + name) for name in ("smoothing", "log-loss", "report-values", "seed-bands")]
            check_equal(states, [0.25, True, False, False], "the states at the next start")
    shutil.rmtree(home, ignore_errors=True)


def takes_pointer():
    """The wheel, a drag, a double click and a click into the legend"""
    with folder() as files, Program(small(files), settings=QUICK) as program:
        trained(program, files)
        loss, accuracy = (program.figures()[name] for name in FIGURES)

        move_to(program, loss, 0.6, 0.6, "click", "4")
        low, high = wait_for_range(program, lambda low, high: high - low < 2900, "a part of the iterations")
        check(0 < low < high < 3000, f"the wheel shows {low} to {high}")
        move_to(program, loss, 0.6, 0.6, "click", "4")
        wait_for_range(program, lambda a, b: b - a < 0.9 * (high - low), "a smaller part")
        move_to(program, accuracy, 0.6, 0.5, "click", "--repeat", "2", "--delay", "60", "1")
        wait_for_everything(program)

        move_to(program, accuracy, 0.4, 0.5, "mousedown", "1")
        for across in (0.45, 0.5, 0.6):
            move_to(program, accuracy, across, 0.5)
        before = program.photograph().pixels
        move_to(program, accuracy, 0.7, 0.5)
        wait_for(lambda: program.photograph().pixels != before, "a band that follows")
        check_equal(range_shown(program), None, "the range before the button is let go")
        run("xdotool", "mouseup", "1")
        low, high = wait_for_range(program, lambda low, high: high - low < 2000, "what the drag spans")
        check(400 < low < 1500 < high < 2700, f"the drag shows {low} to {high}")
        move_to(program, loss, 0.6, 0.6, "click", "--repeat", "2", "--delay", "60", "1")
        wait_for_everything(program)

        move_to(program, loss, 0.06, 0.07, "click", "1")
        wait_until_said(program, "The line of RNN is switched off")
        check_matches("RNN: loss", loss.description, "the line's numbers")
        # A second click at once would be a double one.
        move_to(program, loss, 0.5, 0.9)
        move_to(program, accuracy, 0.06, 0.07, "click", "1")
        wait_until_unsaid(program, "is switched off")


def takes_keys():
    """Everything by the keyboard"""
    with folder() as files, Program(small(files), settings=QUICK) as program:
        trained(program, files)
        loss = program.figures()["Loss curves"]
        move_to(program, loss, 0.5, 0.6, "click", "1")
        wait_for(lambda: "focused" in loss.states, "the focus")
        run("xdotool", "mousemove", "0", "0")
        program.key("End")
        wait_for(lambda: loss.description.startswith("Iteration 3,000;"), "the reading at the end")
        program.key("Left")
        wait_for(lambda: loss.description.startswith("Iteration 2,000;"), "the reading before it")
        check_matches(r"RNN: \d\.\d{3};.*LSTM: \d\.\d{3};.*LSTM by hand: \d\.\d{3}\.", loss.description, "the reading")

        program.key("plus")
        low, high = wait_for_range(program, lambda low, high: high - low < 2100, "two thirds")
        check(low < 2000 < high, f"+ shows {low} to {high}")
        program.key("shift+Left")
        wait_for_range(program, lambda a, b: a < low and abs((b - a) - (high - low)) <= 1, "a range further left")
        program.key("minus")
        wait_for_everything(program)
        program.key("plus")
        wait_for_range(program, lambda low, high: high - low < 2100, "two thirds")
        program.key("0")
        wait_for_everything(program)
        program.key("plus")
        wait_for_range(program, lambda low, high: high - low < 2100, "two thirds")
        program.key("ctrl+0")
        wait_for_everything(program)

        program.key("l")
        wait_until_said(program, "The axis is logarithmic", FIGURES[:1])
        check_equal(program.state("win.log-loss"), True, "win.log-loss")
        program.key("ctrl+shift+l")
        wait_until_unsaid(program, "logarithmic")
        program.key("2")
        wait_until_said(program, "The line of LSTM is switched off")
        program.key("2")
        wait_until_unsaid(program, "is switched off")
        program.key("Up", "Right", "Right", "Return")
        wait_until_said(program, "The line of LSTM by hand is switched off")
        shows = "LSTM by hand: a click or Enter shows its line"
        wait_for(lambda: loss.description.startswith(shows), "the entry's words")
        program.key("Return", "Down")
        wait_until_unsaid(program, "is switched off")
        wait_for(lambda: loss.description.startswith("Iteration "), "the reading of the plot")
        program.key("Page_Up", "Escape")
        before = program.photograph().pixels
        program.key("0")
        wait_for(lambda: program.photograph().pixels != before, "the values' whole axis again")


main(has_actions, slides, remembers, takes_pointer, takes_keys)
