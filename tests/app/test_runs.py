"""The list of runs: earlier ones are kept, shown, renamed and deleted, and seeds follow each other."""

import os
import re
import tempfile

from gi.repository import GLib

from driver import (ENDLESS, QUICK, Program, check, check_equal, folder, invented_names, main, run, stays, wait_for,
                    write_names)

RATES = {"learning-rate-rnn": 0.01, "learning-rate-lstm": 0.1, "learning-rate-gate-lstm": 0.1}
SETTINGS = dict(QUICK, **RATES)
RNN = "RNN, learning rate 0.01, 16 hidden units, 3000 iterations, seed 1"
LSTM = "LSTM, 16 hidden units, 3000 iterations, seed 1"
BY_HAND = "LSTM by hand, 16 hidden units, 3000 iterations, seed 1"


def small(files):
    return write_names(f"{files}/small", invented_names(3))


def command(program, action, kind, value):
    program.action_call("win." + action, "Activate", ("av", [GLib.Variant(kind, value)]), ("a{sv}", {}))


def set_seeds(program, number):
    program.action_call("win.seeds", "SetState", ("v", GLib.Variant("i", number)), ("a{sv}", {}))


def titles(program):
    """Of the earlier runs, from the top; those that have room."""
    checks = program.node.find_all("check box", "Show “.*” in the figures", shown=True)
    names = [re.fullmatch("Show “(.*)” in the figures", check_box.name)[1] for check_box in checks]
    return [name for name in names if name not in ("RNN", "LSTM", "LSTM by hand", "LSTM by hand, corrected")]


def wait_for_titles(program, expected):
    wait_for(lambda: titles(program) == expected, f"the earlier runs {expected}; now {titles(program)}")


def train_and_reset(program):
    """With the list open, and room for it."""
    program.wait_for_data("small")
    program.act("win.train")
    program.wait_until_finished()
    program.act("win.reset")


def click_title(program, title, *buttons):
    label = wait_for(lambda: program.node.find_all("label", re.escape(title), shown=True), title)[-1]
    x, y, _, height = label.extents
    program.focus()
    run("xdotool", "mousemove", "--window", program.x_window(), str(x + 20), str(y + height // 2), *buttons)


def keeps_runs():
    """A reset keeps the runs, which can be shown beside those of now, and Undo takes them back"""
    with folder() as files, Program(small(files), settings=SETTINGS) as program:
        for action in ("rename-run", "delete-run", "hide-runs", "undo-delete"):
            check_equal(program.is_enabled("win." + action), False, f"win.{action} without an earlier run")
        check_equal(program.state("win.runs"), False, "win.runs at first")
        program.key("ctrl+r")
        wait_for(lambda: program.state("win.runs"), "the list")
        wait_for(lambda: program.node.find_all("label", "What a network had learned .*", shown=True), "a word about it")
        train_and_reset(program)
        program.wait_for_notice("list of runs")
        wait_for_titles(program, [RNN, LSTM, BY_HAND])
        wait_for(lambda: "3 earlier runs; each can be shown beside those of now" in program.labels(), "their number")
        curves = program.figures()["Loss curves"]
        check("seed 1" not in curves.description, f"a hidden run in {curves.description}")

        # The four networks have 1 to 4.
        command(program, "show-run", "u", 6)
        wait_for(lambda: re.search(r"LSTM, .*seed 1: .*after 3,000 iterations", curves.description), "the run's curve")
        # Networks without training are nothing to look at beside it.
        matrices = program.figures()["Confusion matrices"]
        wait_for(lambda: matrices.description.startswith(f"{LSTM}: 10,000 class-uniform draws"), "its matrix alone")
        check("LSTM by hand" not in matrices.description, f"an untrained network in {matrices.description}")
        box = program.node.find("check box", re.escape(f"Show “{LSTM}” in the figures"))
        wait_for(lambda: "checked" in box.states, "its check")
        program.click(box)
        wait_for(lambda: "seed 1" not in curves.description, "the curve's end")
        program.click(box)
        wait_for(lambda: "seed 1" in curves.description, "the run's curve again")
        program.act("win.hide-runs")
        wait_for(lambda: "seed 1" not in curves.description and "checked" not in box.states, "the curve's end")
        program.act("win.undo-reset")
        wait_for_titles(program, [])


def stays_kept():
    """The list is there again after a restart, as it was, with what the networks had at the end on top"""
    with folder() as files, tempfile.TemporaryDirectory() as home:
        small(files)
        with Program(f"{files}/small", settings=dict(SETTINGS, **{"runs-visible": True}), home=home) as program:
            train_and_reset(program)
            wait_for_titles(program, [RNN, LSTM, BY_HAND])
            command(program, "rename-run", "(us)", (5, "Mine, with Müller"))
            command(program, "delete-run", "u", 7)
            command(program, "show-run", "u", 6)
            wait_for_titles(program, [LSTM, "Mine, with Müller"])
        with Program(f"{files}/small", home=home) as program:
            wait_for_titles(program, [LSTM, "Mine, with Müller"])
            program.wait_for_data("small")
            curves = program.figures()["Loss curves"]
            wait_for(lambda: re.search(r"LSTM, .*seed 1: .*after 3,000 iterations", curves.description), "its curve")
            check("Müller" not in curves.description, f"a hidden run in {curves.description}")
            program.act("win.train")
            program.wait_until_finished()
            broken = os.path.join(home, "data", "gatescope", "runs", "20990101T000000.000000-rnn-0000.run")
            with open(broken, "w", encoding="utf-8") as file:
                file.write("{}")
        with Program(f"{files}/small", home=home) as program:
            program.wait_for_notice("1 earlier run can't be read; its file stays as it is .*-rnn-0000.run: its field")
            wait_for(lambda: "5 earlier runs; each can be shown beside those of now" in program.labels(), "the other runs")
            # The same settings again get a number; what was deleted or renamed has left its title.
            wait_for_titles(program, [RNN, LSTM + " (2)", BY_HAND])
            check(os.path.exists(broken), "the broken file is gone")


def lacks_names():
    """A kept run whose names are not open has its numbers, and says why it has no names"""
    with folder() as files, tempfile.TemporaryDirectory() as home:
        small(files)
        with Program(f"{files}/small", settings=dict(SETTINGS, **{"runs-visible": True}), home=home) as program:
            train_and_reset(program)
            wait_for_titles(program, [RNN, LSTM, BY_HAND])
            command(program, "rename-run", "(us)", (6, "1/2"))
            wait_for_titles(program, [RNN, "1/2", BY_HAND])
        other = write_names(f"{files}/other", invented_names(3, 15))
        with Program(other, home=home) as program:
            program.wait_for_data("other")
            wait_for_titles(program, [RNN, "1/2", BY_HAND])
            wait_for(lambda: program.node.find_all("label", "1/2 · other names", shown=True), "that its names are not open")
            program.click(program.node.find("check box", "Show “1/2” in the figures"))
            matrices = program.figures()["Confusion matrices"]
            wait_for(lambda: "1/2: 10,000 class-uniform draws" in matrices.description, "its matrix")
            program.act("win.matrix-names", "1/2/Kind01/Kind02")
            program.wait_for_notice("1/2 was trained with other names than those that are open; open their folder first")
            program.act("win.open-data", f"{files}/small")
            wait_for(lambda: program.node.find_all("label", "1/2", shown=True), "that its names are open")
            program.act("win.matrix-names", "1/2/Kind01/Kind01")
            program.wait_for_dialog()
            run("xdotool", "key", "Escape")
            program.wait_for_no_dialog()


def renames():
    """F2 and a double click let another title be typed; Escape leaves the old one"""
    with folder() as files, Program(small(files), settings=dict(SETTINGS, **{"runs-visible": True})) as program:
        train_and_reset(program)
        wait_for_titles(program, [RNN, LSTM, BY_HAND])
        click_title(program, LSTM, "click", "1")
        program.key("F2")
        text = wait_for(lambda: program.node.find_all("text", "Title of the run", shown=True), "the entry")[0]
        check_equal(text.text, LSTM, "the text to type over")
        run("xdotool", "type", "Mine, with Müller")
        program.key("Return")
        wait_for_titles(program, [RNN, "Mine, with Müller", BY_HAND])
        # The keyboard is still in that row.
        program.key("F2")
        wait_for(lambda: program.node.find_all("text", "Title of the run", shown=True), "the entry")
        run("xdotool", "type", "Not this")
        program.key("Escape")
        wait_for(lambda: not program.node.find_all("text", "Title of the run", shown=True), "the entry's end")
        wait_for_titles(program, [RNN, "Mine, with Müller", BY_HAND])
        click_title(program, RNN, "click", "--repeat", "2", "1")
        wait_for(lambda: program.node.find_all("text", "Title of the run", shown=True), "the entry")
        run("xdotool", "type", "Slow")
        program.key("Return")
        wait_for_titles(program, ["Slow", "Mine, with Müller", BY_HAND])
        command(program, "rename-run", "(us)", (5, "By hand"))
        wait_for_titles(program, ["Slow", "Mine, with Müller", "By hand"])
        command(program, "rename-run", "(us)", (5, ""))
        program.wait_for_notice("a title of at least one letter")
        command(program, "rename-run", "(us)", (2, "Other"))
        program.wait_for_notice("“LSTM” is a network as it is now")
        command(program, "rename-run", "(us)", (99, "Other"))
        program.wait_for_notice("no run number 99")
        check_equal(titles(program), ["Slow", "Mine, with Müller", "By hand"], "the titles at the end")


def deletes():
    """Deleted runs come back by Undo, by the key in the list and by the command"""
    with folder() as files, Program(small(files), settings=dict(SETTINGS, **{"runs-visible": True})) as program:
        train_and_reset(program)
        wait_for_titles(program, [RNN, LSTM, BY_HAND])
        click_title(program, LSTM, "click", "1")
        program.key("Delete")
        program.wait_for_notice(f"“{LSTM}” was deleted")
        wait_for_titles(program, [RNN, BY_HAND])
        program.click(wait_for(lambda: program.node.find_all("push button", "Undo", shown=True), "the button Undo")[0])
        wait_for_titles(program, [RNN, LSTM, BY_HAND])
        wait_for(lambda: program.notice() == "", "the message's end")
        # Two at once.
        click_title(program, RNN, "click", "1")
        run("xdotool", "keydown", "shift")
        click_title(program, LSTM, "click", "1")
        run("xdotool", "keyup", "shift")
        program.click(program.button("Delete"))
        program.wait_for_notice("2 runs were deleted")
        wait_for_titles(program, [BY_HAND])
        click_title(program, BY_HAND, "click", "1")
        program.key("ctrl+z")
        wait_for_titles(program, [RNN, LSTM, BY_HAND])
        command(program, "delete-run", "u", 5)
        wait_for_titles(program, [RNN, LSTM])
        check_equal(program.is_enabled("win.undo-delete"), True, "win.undo-delete")
        program.act("win.undo-delete")
        wait_for_titles(program, [RNN, LSTM, BY_HAND])
        # A network can't be deleted.
        command(program, "delete-run", "u", 1)
        program.wait_for_notice("“RNN” is a network as it is now")
        check_equal(len(titles(program)), 3, "the number of earlier runs")


def becomes(condition, seconds):
    """Whether it comes true within so many seconds."""
    try:
        return wait_for(condition, "what may be", seconds)
    except AssertionError:
        return False


def opens_menu():
    """The menu of a run by the pointer and by the key"""
    with folder() as files, Program(small(files), settings=dict(SETTINGS, **{"runs-visible": True})) as program:
        train_and_reset(program)
        wait_for_titles(program, [RNN, LSTM, BY_HAND])

        click_title(program, LSTM, "click", "3")
        wait_for(lambda: program.node.find_all("menu item", "Delete", shown=True), "the menu")
        program.key("Escape")
        # A click outside of a menu only ends the menu.
        wait_for(lambda: not program.node.find_all("menu item", "Delete", shown=True), "the menu's end")
        # The click may still have ended the first menu, and nothing else.
        for _ in range(8):
            click_title(program, LSTM, "click", "1")
            program.key("shift+F10")
            if becomes(lambda: program.node.find_all("menu item", "Delete", shown=True), 5):
                break
        wait_for(lambda: program.node.find_all("menu item", "Delete", shown=True), "the menu")
        # By its letter: what is in a menu of its own surface has no place in the window.
        program.key("d")
        program.wait_for_notice(f"“{LSTM}” was deleted")
        wait_for_titles(program, [RNN, BY_HAND])


def trains_seeds():
    """A set of seeds trains one after the other, and all are saved"""
    with folder() as files, Program(small(files), settings=SETTINGS) as program:
        program.wait_for_data("small")
        set_seeds(program, 21)
        program.wait_for_notice("The number of seeds is 21; it must be 1 to 20")
        spin = program.node.find("spin button", "Number of seeds")
        check_equal(spin.value, 1, "the number of seeds")
        set_seeds(program, 3)
        wait_for(lambda: spin.value == 3, "three seeds at the side")
        program.act("win.train")
        wait_for(lambda: len(program.node.find_all("label", "3 seeds done", shown=True)) == 3, "three networks' seeds")
        check_equal(set(program.progress().values()), {1.0}, "the progress")
        check_equal(program.is_enabled("win.train"), False, "win.train after all seeds")
        program.act("win.runs")
        wait_for(lambda: len(titles(program)) >= 2, "the first seeds")
        wait_for(lambda: "6 earlier runs; each can be shown beside those of now" in program.labels(), "their number")
        program.act("win.save-weights", f"{files}/saved")
        expected = sorted(f"{network}-seed-{seed}.{ending}" for network in ("rnn", "lstm", "gate-lstm")
                          for seed in (1, 2, 3) for ending in ("safetensors", "run.json"))
        wait_for(lambda: os.path.isdir(f"{files}/saved") and sorted(os.listdir(f"{files}/saved")) == expected, "files")

        # More seeds follow those that are done.
        set_seeds(program, 4)
        wait_for(lambda: program.is_enabled("win.train"), "win.train for a fourth seed")
        program.act("win.train")
        wait_for(lambda: len(program.node.find_all("label", "4 seeds done", shown=True)) == 3, "four seeds")
        wait_for(lambda: "9 earlier runs; each can be shown beside those of now" in program.labels(), "their number")


def pauses_seeds():
    """The side tells which seed is trained; pause and reset concern the whole set"""
    settings = dict(ENDLESS, seeds=2)
    with folder() as files, Program(small(files), settings=settings) as program:
        program.wait_for_data("small")
        program.act("win.train")
        wait_for(lambda: len(program.node.find_all("label", "seed 1 of 2 · .* left", shown=True)) == 3, "three sets")
        program.act("win.pause")
        wait_for(lambda: len(program.node.find_all("label", "seed 1 of 2 · paused", shown=True)) == 3, "the pause")
        at = program.iterations()
        stays(lambda: program.iterations() == at, f"what is paused at {at}")
        check_equal(program.is_enabled("win.seeds"), False, "win.seeds during a run")
        program.act("win.reset")
        wait_for(lambda: len(program.node.find_all("label", "seed 1 of 2 · ready", shown=True)) == 3, "the reset")
        program.act("win.runs")
        wait_for(lambda: "3 earlier runs; each can be shown beside those of now" in program.labels(), "their number")
        wait_for(lambda: program.node.find_all("label", r".*seed 1 · stopped after [\d,]+ iterations", shown=True),
                 "the word that they were stopped")


main(keeps_runs, stays_kept, lacks_names, renames, deletes, opens_menu, trains_seeds, pauses_seeds)
