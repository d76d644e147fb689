"""The name: what may be typed, and what the window says of it."""

import re

from driver import (ENDLESS, OWN_NAMES, QUICK, Program, folder, invented_names, main, run, stays,
                    wait_for, write_names)


NO_LETTER = "None of its letters"


def statuses(program):
    """All that the window says of the name, in the bar and on the page."""
    return [node.text for node in program.node.find_all("status bar", shown=True) if program.is_on_top(node)]


def has_guesses(program):
    return all(re.fullmatch(r"\S+ \d+ %", words[0]) for words in program.guesses().values())


def reads_any_name():
    """Names of any kind are read, or the window says why not"""
    read = (
        ("a", None), ("Satoshi", None), ("O'Neill", None), ("de la Cruz", None), ("  Smith  ", None),
        ("a" * 64, None), ("Größe", "ß.*dropped"), ("Ślusàrski", "Slusarski"), ("Łęcki ß", "Ł.*ß|ß.*Ł"),
        ("王Li", "王.*dropped"), ("A-B", "-.*dropped"),
    )
    unread = (
        ("", "Type a name"), ("   ", "Type a name"), ("王伟", NO_LETTER), ("ß", NO_LETTER), ("123", NO_LETTER),
        ("a" * 65, "65.*64"), ("a" * 2000, "2,?000.*64"),
    )
    settings = dict(QUICK, page="gates")
    with folder() as files, Program(write_names(files, invented_names(3)), settings=settings) as program:
        program.wait_for_data(files)
        program.act("win.train")
        program.wait_until_finished()
        for name, word in read:
            program.entry().text = name
            wait_for(lambda: program.state("win.name") == name, f"the name {name!r}")
            if word is None:
                wait_for(lambda: not any(re.search(f"dropped|at most|{NO_LETTER}", text) for text in statuses(program)),
                         f"no word against {name!r}")
            else:
                wait_for(lambda: any(re.search(word, text) for text in statuses(program)), f"{word!r} on {name!r}")
            wait_for(lambda: has_guesses(program), f"guesses for {name!r}")
            # Long names take so much room that a figure may be below the others.
            figures = wait_for(program.figures, f"figures for {name!r}")
            for title, figure in figures.items():
                wait_for(lambda: re.search(r"Kind0\d \d+ %", figure.description), f"numbers for {name!r} of {title}")
            program.photograph().check_not_blank(f"the page for {name!r}", 340, 110, 900, 500)
        for name, word in unread:
            program.entry().text = name
            wait_for(lambda: program.state("win.name") == name, f"the name {name!r}")
            wait_for(lambda: any(re.search(word, text) for text in statuses(program)), f"{word!r} on {name!r}")
            wait_for(lambda: not any("%" in word for words in program.guesses().values() for word in words),
                     f"no guess for {name!r}")
            wait_for(lambda: not program.figures(), f"no figure for {name!r}")
        program.set_state("win.name", "Novák")
        wait_for(lambda: program.entry().text == "Novák" and has_guesses(program), "a good name after bad ones")
        wait_for(lambda: len(program.figures()) == 3, "its figures")


def takes_quick_typing():
    """Thirty quick keys lose no letter, also while three networks train"""
    letters = "abcdefghijklmnopqrstuvwxyzABCD"
    with Program(OWN_NAMES, settings=dict(ENDLESS, page="gates", name="")) as program:
        program.wait_for_data("names")
        for training in (False, True):
            if training:
                program.act("win.train")
                wait_for(lambda: min(at for at, _ in program.iterations().values()) > 1000, "training")
            program.set_state("win.name", "")
            wait_for(lambda: program.entry().text == "", "an empty entry")
            program.key("ctrl+l")
            wait_for(lambda: "focused" in program.entry().states, "the entry's focus")
            run("xdotool", "type", "--delay", "4", letters)
            wait_for(lambda: program.entry().text == letters, f"{letters}; {program.entry().text!r}")
            wait_for(lambda: program.state("win.name") == letters, "win.name")
            wait_for(lambda: len(program.strips()) == 3 and all(
                f"The name {letters}," in figure.description for figure in program.strips().values()), "its figures")
            program.key("BackSpace")
            wait_for(lambda: program.state("win.name") == letters[:-1], "one letter less")


def takes_composed_letters():
    """A letter that is composed of several keys is read when it is whole, and not before"""
    settings = dict(QUICK, page="gates", name="M")
    with folder() as files, Program(write_names(files, invented_names(3)), settings=settings) as program:
        program.wait_for_data(files)
        program.act("win.train")
        program.wait_until_finished()
        program.key("ctrl+l")
        wait_for(lambda: "focused" in program.entry().states, "the entry's focus")
        program.key("End")
        # U+00FC; what is composed stands in the entry underlined, but is no text of it yet.
        run("xdotool", "key", "ctrl+shift+u", "f", "c")
        stays(lambda: program.state("win.name") == "M" and program.entry().text == "M", "the name while a letter is composed")
        run("xdotool", "key", "space", "l")
        wait_for(lambda: program.state("win.name") == "Mül", "the composed letter")
        wait_for(lambda: len(program.strips()) == 3 and all(
            "The name Mül," in figure.description for figure in program.strips().values()), "its figures")


def takes_pasted_lines():
    """What is odd does no harm: lines, marks of direction, many combining marks"""
    odd = ("two\nlines", "tab\there", "‮evil", "a" + "́" * 300, "\U0001f600 Li", "<b>&amp;</b>", "%s%n%d")
    settings = dict(QUICK, page="gates")
    with folder() as files, Program(write_names(files, invented_names(3)), settings=settings) as program:
        program.wait_for_data(files)
        program.act("win.train")
        program.wait_until_finished()
        for name in odd:
            program.set_state("win.name", name)
            wait_for(lambda: has_guesses(program), f"guesses for {name!r}")
            wait_for(lambda: len(program.figures()) == 3, f"figures for {name!r}")


main(reads_any_name, takes_quick_typing, takes_composed_letters, takes_pasted_lines)
