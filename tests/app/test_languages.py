"""The window in Chinese, and in a language that it doesn't speak."""

import gettext
import os
import re

from driver import (BUILD, QUICK, Node, Program, check, folder, invented_names, main, run, wait_for, write_names)

CHINESE = {"LANGUAGE": "zh_CN", "LC_ALL": "C.UTF-8"}
HEBREW = {"LANGUAGE": "he", "LC_ALL": "C.UTF-8"}

# Whatever language the window is in, these are in Latin letters.
PROPER = re.compile(r"gatescope-cli( figure .*)?|Gatescope|LSTM|RNN|PNG|SVG|PDF|CSV|Markdown|LaTeX|pgfplots|DPI|"
                    r"safetensors|Ctrl|Shift|Alt|Satoshi|nat\b|Wilson|Zou|Donner|McNemar|/tmp/\S*")

# Some of what a person sees first, so that a catalogue that can't be found doesn't pass.
WORDS = (("command", "Train"), ("command", "Step"), ("command", "Reset"), ("page", "Compare"), ("page", "Gates"),
         ("side bar", "Networks"), ("side bar", "Settings"), (None, "Iterations"), (None, "Seed"))


def words_of(program):
    """All that the window says: names, descriptions and texts of what can be seen."""
    said = {}
    for role in ("label", "push button", "check box", "text", "spin button", "progress bar", "combo box", "page tab",
                 "image", "status bar", "alert"):
        for node in program.node.find_all(role, shown=True):
            for words in (node.name, node.description):
                said.setdefault(words, role)
    # GTK's own: classes of unnamed parts, and the window's buttons, which GTK translates.
    return {words: role for words, role in said.items()
            if not re.match(r"(Gtk|Gdk|Scope)[A-Z]|(Minimize|Maximize|Close)\b", words)}


def check_no_english(program, where):
    left = sorted(words for words in words_of(program) if re.search(r"[A-Za-z]{3,}", PROPER.sub("", words)))
    check(not left, f"English on {where}: {left}")


def speaks_chinese():
    """No English is left in Chinese"""
    catalogue = os.path.join(BUILD, "po", "zh_CN", "LC_MESSAGES", "gatescope.mo")
    check(os.path.exists(catalogue), f"there is no {catalogue}")
    with open(catalogue, "rb") as file:
        chinese = gettext.GNUTranslations(file)
    with folder() as files:
        names = invented_names(3)
        names = write_names(f"{files}/姓", dict(zip(("甲", "乙", "丙"), names.values())))
        with Program(names, settings=QUICK, environment=CHINESE) as program:
            program.wait_for_data("姓")
            for context, words in WORDS:
                translated = chinese.pgettext(context, words) if context else chinese.gettext(words)
                check(translated != words, f"{words!r} is not translated")
                wait_for(lambda: program.node.find_all(name=re.escape(translated), shown=True), f"{translated!r}")
            check_no_english(program, "Compare before training")
            program.act("win.train")
            wait_for(lambda: set(program.progress().values()) == {1.0} and not program.is_enabled("win.pause"),
                     "the end of the training")
            for page in ("compare", "gates"):
                program.set_state("win.page", page)
                wait_for(lambda: len(program.figures()) == 3, f"the figures of {page}")
                check_no_english(program, page)
                program.photograph().check_not_blank(page)
            program.act("win.export-dialog")
            program.wait_for_dialog()
            check_no_english(program, "the dialog of figures")
            run("xdotool", "key", "Escape")
            program.wait_for_no_dialog()
            for name in ("", "王伟", "x" * 65, "Größe"):
                program.set_state("win.name", name)
                wait_for(lambda: program.state("win.name") == name, f"the name {name!r}")
                said = [words for words in words_of(program) if name == "" or name not in words]
                left = [words for words in said if re.search(r"[A-Za-z]{3,}", PROPER.sub("", words))]
                # The letters that networks read are told as a-z, A-Z.
                check(not left, f"English at the name {name!r}: {left}")
            program.act("win.reset")
            wait_for(program.notice, "the message of the reset")
            check_no_english(program, "the message of the reset")
            program.act("win.export", f"{files}/图.bmp")
            told = PROPER.sub("", program.wait_for_notice("图").split("图", 1)[1]).replace("bmp", "")
            check(not re.search(r"[A-Za-z]{4,}", told), f"English in {told!r}")


def speaks_chinese_in_menus():
    """The menu and the shortcuts are in Chinese"""
    with folder() as files, Program(write_names(f"{files}/姓", invented_names(2)), settings=QUICK,
                                    environment=CHINESE) as program:
        program.wait_for_data("姓")
        program.key("F10")
        # From here on the keys go to what has opened.
        items = wait_for(lambda: program.node.find_all("menu item", shown=True), "the menu's items")
        names = [name for name in Node.names(items) if name]
        check(len(names) >= 8, f"the menu's items: {names}")
        left = [name for name in names if re.search(r"[A-Za-z]{3,}", PROPER.sub("", name))]
        check(not left, f"English in the menu: {left}")
        run("xdotool", "key", "Escape")
        wait_for(lambda: not program.node.find_all("menu item", shown=True), "the menu's end")
        program.key("F1")
        overlay = program.wait_for_dialog()
        labels = [name for name in Node.names(overlay.find_all("label", shown=True))
                  if not re.match(r"(Gtk|Gdk)[A-Z]|[+\w ]{1,2}$|F\d+$|Ctrl|Shift|Alt|Control", name)]
        check(sum(bool(re.search(r"[一-鿿]", name)) for name in labels) >= 8, f"the shortcuts: {labels}")
        run("xdotool", "key", "Escape")
        program.wait_for_no_dialog()


def speaks_english_otherwise():
    """A language without a translation gives an English window"""
    with folder() as files, Program(write_names(f"{files}/small", invented_names(3)), settings=QUICK,
                                    environment=HEBREW) as program:
        program.wait_for_data("small")
        program.act("win.train")
        program.wait_until_finished()
        program.button("Train on")
        # GLib leaves GTK's words and direction as ours are.
        program.button("Minimize")
        check(program.node.find("check box").extents[0] < 100, "the side bar is at the right")


main(speaks_chinese, speaks_chinese_in_menus, speaks_english_otherwise)
