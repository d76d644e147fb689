"""The Gates page: its commands, clicks and keys, and what it then says."""

import os
import re

from gi.repository import GLib

from driver import (QUICK, Program, check, check_equal, check_matches, folder, invented_names, main, run, wait_for,
                    write_names)

SETTINGS = dict(QUICK, page="gates", name="Badolo")


def trained(files):
    return Program(write_names(files, invented_names(3)), settings=SETTINGS)


def ready(program, files):
    program.wait_for_data(files)
    program.act("win.train")
    program.wait_until_finished()


def set_value(program, action, kind, value):
    program.action_call(action, "SetState", ("v", GLib.Variant(kind, value)), ("a{sv}", {}))


def descriptions(program):
    return {name: figure.description for name, figure in program.figures().items()}


def description(program, name):
    """Of a figure, also of strips to which one has to scroll."""
    figure = program.figures().get(name) or program.strips().get(name)
    return figure.description if figure is not None else ""


def says(program, name, pattern):
    """Waits until a figure's description matches."""
    wait_for(lambda: re.search(pattern, description(program, name)), f"{pattern!r} of {name}")


def shows_and_holds():
    """Detail, clamps with what is without them, and one key that undoes them"""
    with folder() as files, trained(files) as program:
        ready(program, files)
        says(program, "Gates of the LSTM", "the mean and the quartiles")
        check(not program.is_enabled("win.unclamp"), "something is held at the start")
        program.set_state("win.gates-detail", "units")
        says(program, "Gates of the LSTM", "the value of each unit")
        check_equal(program.state("win.gates-detail"), "units", "the detail")
        program.set_state("win.gates-detail", "nothing")
        program.wait_for_notice("There is no detail “nothing”")
        before = descriptions(program)["Gates of the LSTM"]
        program.act("win.never-forget")
        says(program, "Gates of the LSTM", r"The forget gate is held at 1\..*LSTM without the clamps: Kind0\d")
        check_equal(program.state("win.clamps"), "forget=1", "the clamps")
        check_matches("^The name Badolo", descriptions(program)["Hidden state of the RNN"], "the RNN")
        check("held" not in descriptions(program)["Hidden state of the RNN"], "a gate of the RNN is held")
        program.act("win.clamp", "output=0@2")
        check_equal(program.state("win.clamps"), "forget=1 output=0@2", "the clamps")
        program.key("F8")
        wait_for(lambda: program.state("win.clamps") == "forget=1", "one clamp less")
        program.key("F7")
        wait_for(lambda: program.state("win.clamps") == "", "no clamp")
        wait_for(lambda: descriptions(program)["Gates of the LSTM"] == before, "what it said before")
        program.act("win.clamp", "output=2")
        program.wait_for_notice("output=2|0, 1")


def pins_by_click():
    """A click on a unit pins it and shows its update; commands do the same"""
    with folder() as files, trained(files) as program:
        ready(program, files)
        program.set_state("win.gates-detail", "units")
        says(program, "Gates of the LSTM", "the value of each unit")
        program.click(program.figures()["Gates of the LSTM"])
        wait_for(lambda: re.fullmatch(r"lstm:\d+", program.state("win.pinned")), "a pinned unit")
        check_equal(program.state("win.gates-pane"), "units", "what is below the strips")
        unit = program.state("win.pinned").split(":")[1]
        says(program, "Pinned units of the LSTM", f"(?i)unit {unit}")
        program.act("win.pin-unit", "lstm:" + unit)
        wait_for(lambda: program.state("win.pinned") == "", "nothing pinned")
        program.act("win.pin-unit", "lstm:99")
        program.wait_for_notice("There is no unit “lstm:99”")


def pointed_at(program, name):
    """The unit that a figure's cursor is at, and its letter: ("5", "3")."""
    found = re.match(r"[^;]*unit (\d+), letter (\d+)", description(program, name))
    return found.groups() if found else None


def tab_to(program, name):
    """Moves the focus with the tab key until that figure has it."""
    for _ in range(60):
        figure = program.strips().get(name)
        if figure is not None and "focused" in figure.states:
            return
        program.key("Tab")
    raise AssertionError(f"{name} can't be reached with the tab key")


def pins_by_keys():
    """Units are found, pinned, held and let go with the keyboard alone, and the cursor stays where it was put"""
    with folder() as files, trained(files) as program:
        ready(program, files)
        program.set_state("win.gates-detail", "units")
        says(program, "Gates of the LSTM", "the value of each unit")
        tab_to(program, "Gates of the LSTM")
        program.key("Down")
        wait_for(lambda: pointed_at(program, "Gates of the LSTM") == ("0", "1"), "the first unit's first letter")
        program.key("Down", "Down", "Right", "Right", "Right")
        wait_for(lambda: pointed_at(program, "Gates of the LSTM") == ("2", "4"), "another unit's fourth letter")
        program.key("Return")
        wait_for(lambda: program.state("win.pinned") == "lstm:2", "a pinned unit")
        says(program, "Pinned units of the LSTM", "(?i)unit 2")
        check_equal(pointed_at(program, "Gates of the LSTM"), ("2", "4"), "the cursor below which the strips moved")
        program.key("Up", "Up", "Return")
        wait_for(lambda: program.state("win.pinned") == "lstm:2 lstm:0", "a second one")
        set_value(program, "win.clamp-pinned", "b", True)
        program.act("win.clamp", "input=0")
        wait_for(lambda: program.state("win.clamps") == "input=0:0,2", "the pinned units held")
        says(program, "Gates of the LSTM", "input gate is held at 0")
        check_equal(pointed_at(program, "Gates of the LSTM"), ("0", "4"), "the cursor among more strips")
        program.key("BackSpace")
        wait_for(lambda: program.state("win.clamps") == "", "nothing held")
        program.set_state("win.gates-order", "last")
        wait_for(lambda: pointed_at(program, "Gates of the LSTM") == ("0", "4"), "the same unit in another order")
        program.key("Return")
        wait_for(lambda: program.state("win.pinned") == "lstm:2", "one unit less")
        program.key("Escape")
        wait_for(lambda: pointed_at(program, "Gates of the LSTM") is None, "no cursor")


def stays_under_the_pointer():
    """A click moves nothing under the pointer, so that a second one is of another unit"""
    with folder() as files, trained(files) as program:
        ready(program, files)
        program.set_state("win.gates-detail", "units")
        program.set_state("win.gates-pane", "letters")
        says(program, "Gates of the LSTM", "the value of each unit")
        wait_for(lambda: "Letters that counted for the LSTM" in program.figures(), "what is below the strips")
        program.focus()
        before = program.strips()["Gates of the LSTM"].extents
        x, y = before[0] + before[2] // 2, before[1] + 266
        for number, shift in enumerate((0, 12, 24)):
            run("xdotool", "mousemove", "--window", program.x_window(), str(x), str(y + shift), "click", "1")
            wait_for(lambda: len(program.state("win.pinned").split()) == number + 1, f"{number + 1} pinned units")
            check_equal(program.strips()["Gates of the LSTM"].extents, before, "where the strips stand")


def asks_below():
    """Letters, other letters, damage, drivers and the table say their numbers"""
    with folder() as files, trained(files) as program:
        ready(program, files)
        for number, (pane, pattern) in enumerate((("letters", "Letters that counted for the RNN"),
                                                  ("substitution", "Other letters for the RNN"))):
            program.key(f"ctrl+{number + 2}")
            wait_for(lambda: program.state("win.gates-pane") == pane, pane)
            wait_for(lambda: pattern in program.figures(), pattern)
            says(program, pattern, "Kind0")
            path = os.path.join(files, pane + ".svg")
            program.act("win.export-pane", path)
            wait_for(lambda: os.path.exists(path), path)
        program.act("win.damage")
        wait_for(lambda: "forget gate at its mean" in program.labels(), "the table of damage")
        check("nothing held" in program.labels(), "no row without a clamp")
        program.act("win.pin-unit", "lstm:5")
        program.set_state("win.gates-pane", "drivers")
        wait_for(lambda: any(re.fullmatch(r"\w*\[\w\]\w*", label) for label in program.labels()), "drivers")
        label = next(node for node in program.node.find_all("label", r"\w*\[\w\]\w*", shown=True)
                     if program.is_on_top(node))
        name = label.name.replace("[", "").replace("]", "")
        program.click(label)
        wait_for(lambda: program.state("win.name") == name, f"{name} to be read")
        program.set_state("win.name", "Badolo")
        wait_for(lambda: program.state("win.name") == "Badolo", "another name")
        program.key("Down", "Return")
        wait_for(lambda: program.state("win.name") != "Badolo", "a name of the list, read by keys")
        program.set_state("win.gates-pane", "table")
        wait_for(lambda: {"Probability", "Mean forget gate"} <= set(program.labels()), "the table")
        path = os.path.join(files, "table.pdf")
        program.act("win.export-pane", path)
        wait_for(lambda: os.path.exists(path), path)


def reads_two_names_and_times():
    """A second name, an earlier moment of the training, and reading aloud"""
    with folder() as files, trained(files) as program:
        ready(program, files)
        program.set_state("win.second-name", "Fabibi")
        says(program, "Gates of the LSTM", "LSTM of Fabibi: Kind0")
        program.set_state("win.second-name", "a" * 65)
        wait_for(lambda: any(re.search("65.*64", node.text) for node in program.node.find_all("status bar", shown=True)),
                 "a word on the long name")
        program.set_state("win.second-name", "")
        wait_for(lambda: "Fabibi" not in descriptions(program)["Gates of the LSTM"], "one name alone")
        now = descriptions(program)["Gates of the LSTM"]
        set_value(program, "win.time", "d", 0.0)
        wait_for(lambda: descriptions(program)["Gates of the LSTM"] != now, "the untrained network")
        check("iteration 0" in program.labels(), "the moment isn't told")
        set_value(program, "win.time", "d", 1.0)
        wait_for(lambda: descriptions(program)["Gates of the LSTM"] == now, "the network of now")
        program.act("win.next-letter")
        wait_for(lambda: "guessed since letter 1 (B)" in descriptions(program)["Gates of the LSTM"], "the first letter")
        set_value(program, "win.play-speed", "d", 0.05)
        program.act("win.play")
        wait_for(lambda: program.state("win.play") is False
                 and descriptions(program)["Gates of the LSTM"] == now, "the whole name")


def presents_by_keys():
    """On a projector: nothing but the page, the space bar goes on, Escape leads back"""
    with folder() as files, trained(files) as program:
        ready(program, files)
        set_value(program, "win.runs", "b", True)
        program.key("F11")
        wait_for(lambda: "Summary" not in [node.name for node in program.node.find_all("toggle button", shown=True)],
                 "nothing but the page")
        program.wait_for_notice("Space reads the next letter")
        check_equal(program.state("win.runs"), False, "the list of runs")
        for number, letter in enumerate("Bad"):
            program.key("space")
            says(program, "Gates of the LSTM", rf"guessed since letter \d \([{'Bad'[:number + 1]}]\)")
            wait_for(lambda: len(set(re.findall(r"since letter (\d)", description(program, "Gates of the LSTM")))) == 1
                     and int(re.search(r"since letter (\d)", description(program, "Gates of the LSTM"))[1]) <= number + 1,
                     f"{letter} alone")
        program.key("Escape")
        check_equal(program.state("win.present"), True, "the presentation after the reading")
        program.key("Escape")
        wait_for(lambda: program.state("win.present") is False, "the window as before")
        check_equal(program.state("win.runs"), True, "the list of runs")


main(shows_and_holds, pins_by_click, pins_by_keys, stays_under_the_pointer, asks_below, reads_two_names_and_times,
     presents_by_keys)
