"""The report from the window: the dialog that asks, how far it is, breaking it off."""

import os
import re
import time

from driver import QUICK, PATIENCE, Program, check, check_equal, check_matches, folder, invented_names, main, \
    wait_for, write_names

N_FILES = 9 * 3 + 2 + 8 * 2 + 4


def files_below(path):
    return sorted(os.path.join(at, name) for at, _, names in os.walk(path) for name in names)


def started(files):
    return Program(write_names(f"{files}/names", invented_names(3)), settings=QUICK)


def field(dialog, role, name):
    return next(node for node in dialog.find_all(role) if node.name == name)


def press(dialog, name):
    wait_for(lambda: dialog.find_all("push button", name, shown=True), f"the button {name}")[0].press()


def makes_report():
    """The dialog's report is written, and the dialog says where"""
    with folder() as files, started(files) as program:
        program.wait_for_data("names")
        program.act("win.report-dialog")
        dialog = program.wait_for_dialog()
        check_equal(dialog.name, "Report", "the dialog's title")
        field(dialog, "text", "Folder").text = f"{files}/new/report"
        field(dialog, "text", "Author").text = "A. Author"
        field(dialog, "spin button", "Iterations").value = 300
        press(dialog, "Make the Report")
        wait_for(lambda: dialog.find_all("label", f"The report is in {re.escape(files)}/new/report.", shown=True),
                 "the report", 4 * PATIENCE)
        check_equal(len(files_below(f"{files}/new/report")), N_FILES, "the number of files")
        with open(f"{files}/new/report/report.tex", encoding="utf-8") as file:
            tex = file.read()
        check_matches(r"\\author\{A. Author\}", tex, "report.tex")
        check_matches("--data names --seed 1 --language en --iterations 300", tex, "report.tex")
        check(dialog.find_all("push button", "Show the PDF", shown=True), "there is no button to show it")
        press(dialog, "Close")
        program.wait_for_no_dialog()


def breaks_off():
    """A report that is cancelled, or whose window is closed, leaves nothing"""
    with folder() as files, started(files) as program:
        program.wait_for_data("names")
        program.act("win.report", f"{files}/first")
        dialog = program.wait_for_dialog()
        bar = field(dialog, "progress bar", "How far the report is")
        wait_for(lambda: bar.value > 0, "progress")
        # A second report does not disturb the first.
        program.act("win.report", f"{files}/second")
        press(dialog, "Cancel")
        wait_for(lambda: dialog.find_all("label", "Cancelled; nothing was written.", shown=True), "the end")
        check_equal(sorted(os.listdir(files)), ["names"], "the files")
        field(dialog, "text", "Folder").text = f"{files}/third"
        press(dialog, "Make the Report")
        wait_for(lambda: bar.value > 0, "progress again")
        program.quit()
        program.check_ended()
        check_equal(sorted(os.listdir(files)), ["names"], "the files after the program has ended")


def tells_of_errors():
    """What keeps the report from being written is told in the dialog"""
    with folder() as files, started(files) as program:
        program.wait_for_data("names")
        with open(f"{files}/file", "w", encoding="utf-8") as file:
            file.write("not a folder")
        program.act("win.report-dialog")
        dialog = program.wait_for_dialog()
        field(dialog, "text", "Folder").text = f"{files}/file/report"
        field(dialog, "spin button", "Iterations").value = 50
        press(dialog, "Make the Report")
        wait_for(lambda: dialog.find_all("label", r".*/file: the folder can't be made \(.*\); choose another one",
                                         shown=True), "the message", 4 * PATIENCE)
        field(dialog, "text", "Folder").text = ""
        button = dialog.find("push button", "Make the Report")
        wait_for(lambda: "sensitive" not in button.states, "no report without a folder")


def uses_runs():
    """The dialog says which runs fit, and why others do not"""
    with folder() as files, started(files) as program:
        program.wait_for_data("names")
        program.act("win.report-dialog")
        dialog = program.wait_for_dialog()
        pattern = r"(?s)RNN: trained anew, for it is not trained yet\..*by hand.*"
        note = wait_for(lambda: dialog.find_all("label", pattern), "the note")
        check(note[0].is_shown, "the note is not shown")
        press(dialog, "Cancel")
        program.wait_for_no_dialog()
        program.act("win.train")
        program.wait_until_finished()
        program.act("win.report-dialog")
        dialog = program.wait_for_dialog()
        wait_for(lambda: dialog.find_all("label", r"(?s)RNN: trained anew, for its settings are not those of .*"),
                 "the note on the settings")


def knows_fitting_runs():
    """A run with the report's settings is one that the report can use"""
    settings = {"preset": "", "iterations": 300, "hidden-size": 128, "seed": 1, "hold-out": 0.0}
    with folder() as files, Program(write_names(f"{files}/names", invented_names(3)), settings=settings) as program:
        program.wait_for_data("names")
        program.act("win.train")
        program.wait_until_finished()
        program.act("win.report-dialog")
        dialog = program.wait_for_dialog()
        button = field(dialog, "check box", "Use the runs shown where they fit")
        check("sensitive" not in button.states, "runs of 300 iterations fit a report of 100,000")
        field(dialog, "spin button", "Iterations").value = 300
        wait_for(lambda: dialog.find_all("label", r"RNN: used\.\nLSTM: used\.\nLSTM by hand: used\.", shown=True),
                 "the note")
        check("sensitive" in button.states, "no run can be used")
        field(dialog, "spin button", "Seed").value = 2
        wait_for(lambda: dialog.find_all("label", r"(?s)RNN: trained anew, for it has another seed\..*", shown=True),
                 "the note on the seed")


def does_not_block():
    """The window answers at once while a report is made"""
    with folder() as files, started(files) as program:
        program.wait_for_data("names")
        program.act("win.report", f"{files}/report")
        dialog = program.wait_for_dialog()
        bar = field(dialog, "progress bar", "How far the report is")
        wait_for(lambda: bar.value > 0, "progress")
        slowest = 0
        for _ in range(50):
            before = time.monotonic()
            program.describe("win.page")
            slowest = max(slowest, time.monotonic() - before)
        check(slowest < 1, f"the window took {slowest:.2f} s to answer")
        press(dialog, "Cancel")


main(makes_report, breaks_off, tells_of_errors, uses_runs, knows_fitting_runs, does_not_block)
