"""Folders of names, opened in every way, good and bad; what is remembered until the next start."""

import os
import re
import subprocess

from driver import (ENDLESS, OWN_NAMES, PROGRAM, QUICK, Program, check, check_equal, folder, invented_names, main, run,
                    wait_for, write_names)


def facts(program):
    return program.node.find("label", ".* names, .* classes", shown=True).name


def opens_folders():
    """A folder is opened by argument and by win.open-data"""
    with folder() as files:
        first = write_names(f"{files}/first", invented_names(3))
        second = write_names(f"{files}/second", invented_names(5, 12))
        with Program(first, settings=QUICK) as program:
            program.wait_for_data("first")
            check_equal(facts(program), "60 names, 3 classes", "the first folder")
            program.act("win.train")
            program.wait_until_finished()
            program.act("win.open-data", second)
            program.wait_for_data("second")
            check_equal(facts(program), "60 names, 5 classes", "the second folder")
            # Networks of three classes are of no use for five.
            wait_for(lambda: {at for at, _ in program.iterations().values()} == {0}, "fresh networks")
            wait_for(lambda: program.guesses()["RNN"] == ["untrained, chance is 20.0 %"], "the chance of five classes")
            program.act("win.train")
            program.wait_until_finished()


def replaces_data_in_training():
    """Other data may be opened during a run"""
    with folder() as files:
        first = write_names(f"{files}/first", invented_names(3))
        second = write_names(f"{files}/second", invented_names(2))
        with Program(first, settings=ENDLESS) as program:
            program.wait_for_data("first")
            program.act("win.train")
            wait_for(lambda: min(at for at, _ in program.iterations().values()) > 1000, "training")
            program.act("win.open-data", second)
            program.wait_for_data("second")
            wait_for(lambda: {at for at, _ in program.iterations().values()} == {0}, "fresh networks")
            program.act("win.train")
            wait_for(lambda: min(at for at, _ in program.iterations().values()) > 1000, "training")


def refuses_bad_folders():
    """A bad folder leaves the old names in place and says why"""
    good = "\n".join(f"Name{letter}" for letter in "abcdefgh")
    with folder() as files:
        def bad(name, **contents):
            os.makedirs(f"{files}/{name}")
            for file, text in contents.items():
                with open(f"{files}/{name}/{file}.txt", "wb") as out:
                    out.write(text if isinstance(text, bytes) else text.encode())
            return f"{files}/{name}"

        cases = (
            (f"{files}/missing", "missing"),
            (bad("empty"), r"empty.*\.txt"),
            (bad("alone", One=good), r"alone.*(classes|\.txt)"),
            (bad("bytes", One=good, Two=b"Fine\nBad \xff\n"), r"Two\.txt:2\b.*UTF-8"),
            (bad("nul", One=good, Two=b"Fine\nB\0d\n"), r"Two\.txt:2\b.*NUL"),
            (bad("long", One=good, Two="x" * 1025 + "\n"), r"Two\.txt:1\b.*1,?024"),
            (bad("many", **{f"Kind{i}": good for i in range(65)}), r"65.*64|64.*65"),
        )
        first = write_names(f"{files}/first", invented_names(3))
        with Program(first, settings=QUICK) as program:
            program.wait_for_data("first")
            program.act("win.train")
            program.wait_until_finished()
            reached = program.iterations()
            for path, pattern in cases:
                program.act("win.open-data", path)
                program.wait_for_notice(pattern)
                check_equal(facts(program), "60 names, 3 classes", f"the data after {path}")
                check_equal(program.iterations(), reached, f"the networks after {path}")
            program.click(program.button("Close the message"))
            wait_for(lambda: program.notice() == "", "the message's end")
        # As the first thing: there's nothing to stay with, so the program's own names are opened.
        with Program(f"{files}/missing", settings=QUICK) as program:
            program.wait_for_notice("missing")
            program.wait_for_data("names")


def shows_any_number_of_classes():
    """Two classes and sixty-four are shown as well as eighteen"""
    for n_classes in (2, 64):
        with folder() as files:
            names = write_names(f"{files}/names", invented_names(n_classes, 12))
            with Program(names, settings=QUICK) as program:
                program.wait_for_data("names")
                program.act("win.train")
                program.wait_until_finished()
                wait_for(lambda: program.figures()["Confusion matrices"].description.count("10,000 class-uniform") == 3,
                         "the final counts")
                for page in ("compare", "gates"):
                    program.set_state("win.page", page)
                    figures = wait_for(lambda: program.figures(), f"the figures of {page}")
                    check_equal(len(figures), 3, f"the figures of {page}")
                    picture = program.photograph()
                    check(picture.width <= 1280 and picture.height <= 900, f"{picture.width} x {picture.height}")
                    for name, figure in figures.items():
                        x, y, width, height = figure.extents
                        height = min(height, picture.height - 70 - y)
                        picture.check_not_blank(f"{name} with {n_classes} classes", x, y, width, height)
                        wait_for(lambda: re.search(r"\d+(\.\d)? %", figure.description), f"numbers of {name}")
                guesses = program.guesses()["RNN"]
                check(2 <= len(guesses) <= n_classes, f"the guesses {guesses}")


def remembers():
    """Folder, settings, size, page and name are there again at the next start"""
    with folder() as files:
        home = f"{files}/home"
        names = write_names(f"{files}/mine", invented_names(4))
        with Program(home=home) as program:
            program.wait_for_data("names")
            program.act("win.open-data", names)
            program.wait_for_data("mine")
            program.set_state("win.page", "gates")
            program.set_state("win.name", "Kowalski")
            program.node.find("spin button", "Iterations").value = 12345
            program.act("win.toggle-network", "lstm")
            program.act("win.toggle-network", "gate-lstm-hidden")
            program.key("F9")
            width = program.window.extents[2]
            run("xdotool", "windowsize", program.x_window(), "1150", "750")
            wait_for(lambda: program.window.extents[2] == width - 130, "the window's new size")
        with Program(home=home) as program:
            program.wait_for_data("mine")
            check_equal(program.state("win.page"), "gates", "the page")
            check_equal(program.entry().text, "Kowalski", "the name")
            check_equal(program.state("win.sidebar"), False, "the side bar")
            check_equal(program.node.find("spin button", "Iterations").value, 12345, "the iterations")
            wait_for(lambda: sorted(program.guesses()) == ["LSTM by hand", "LSTM by hand, corrected", "RNN"],
                     "the networks")
            check_equal(program.x_size(program.x_window()), (1150, 750), "the window's size")
            program.key("F9")
            program.act("win.open-data", OWN_NAMES)
            program.wait_for_data("names")
            program.act("win.open-data", names)
            program.wait_for_data("mine")
        # A folder that is gone is not asked for.
        subprocess.run(["mv", names, f"{files}/elsewhere"], check=True)
        with Program(home=home) as program:
            program.wait_for_data("names")
            check_equal(program.state("win.sidebar"), True, "the side bar")


def takes_a_second_launch():
    """A second launch hands its folder to the window that is there"""
    with folder() as files:
        first = write_names(f"{files}/first", invented_names(3))
        write_names(f"{files}/second", invented_names(2))
        with Program(first, settings=QUICK) as program:
            program.wait_for_data("first")
            # A relative path means the second one's folder.
            again = subprocess.run([PROGRAM, "second"], cwd=files, env=program.environment, capture_output=True,
                                   check=False, timeout=60)
            check_equal(again.returncode, 0, f"the second launch: {again}")
            program.wait_for_data("second")
            again = subprocess.run([PROGRAM], env=program.environment, capture_output=True, check=False, timeout=60)
            check_equal(again.returncode, 0, f"the third launch: {again}")
            check_equal(facts(program), "40 names, 2 classes", "the data after a launch without a folder")
            check_equal([node.name for node in program.node.children], ["Gatescope"], "the windows")


main(opens_folders, replaces_data_in_training, refuses_bad_folders, shows_any_number_of_classes, remembers,
     takes_a_second_launch)
