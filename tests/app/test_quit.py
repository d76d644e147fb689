"""The end of the program, while three networks train: soon, with 0, and with all that was saved."""

import json
import os
import signal
import struct
import subprocess

from driver import (ENDLESS, OWN_NAMES, Program, check, check_equal, folder, invented_names, main, run, wait_for,
                    write_names)

# Seconds that an end may take on a busy machine.
SOON = 10


def start_training(program):
    program.wait_for_data("names")
    program.act("win.train")
    wait_for(lambda: min(at for at, _ in program.iterations().values()) > 1000, "training")


def ends_by(end):
    for page in ("compare", "gates"):
        with Program(OWN_NAMES, settings=dict(ENDLESS, page=page)) as program:
            start_training(program)
            end(program)
            program.check_ended(SOON)


def quits():
    """app.quit ends it"""
    ends_by(lambda program: program.quit())
    ends_by(lambda program: program.key("ctrl+q"))


def closes():
    """Closing the window ends it"""
    ends_by(lambda program: program.key("ctrl+w"))
    ends_by(lambda program: program.click(program.button("Close")))
    ends_by(lambda program: program.key("alt+F4"))


def ends_before_it_began():
    """It may be ended while it reads the names, measures, or counts"""
    with Program(accessible=False) as program:
        program.quit()
        program.check_ended(SOON)
    with folder() as files:
        names = write_names(f"{files}/names", invented_names(64, 40))
        # Little to train and much to measure.
        with Program(names, settings=dict(ENDLESS, iterations=1, **{"hidden-size": 512})) as program:
            program.wait_for_data("names")
            program.act("win.train")
            program.quit()
            program.check_ended(SOON)


def keeps_what_was_saved():
    """What was saved during the training is whole"""
    with folder() as files, Program(OWN_NAMES, settings=ENDLESS) as program:
        start_training(program)
        program.act("win.save-weights", files)
        program.wait_for_notice("^Saved")
        program.quit()
        program.check_ended(SOON)
        for kind in ("rnn", "lstm", "gate-lstm"):
            with open(f"{files}/{kind}.safetensors", "rb") as file:
                length, = struct.unpack("<Q", file.read(8))
                header = json.loads(file.read(length))
                check(int(header.pop("__metadata__")["gatescope.iterations"]) > 0, f"{kind} was saved untrained")
                check_equal(len(file.read()), max(tensor["data_offsets"][1] for tensor in header.values()), kind)
            with open(f"{files}/{kind}.run.json", encoding="utf-8") as file:
                json.load(file)
        check_equal(len(os.listdir(files)), 6, "the files")


def is_terminated():
    """SIGTERM ends it at once, and the settings stay whole"""
    with folder() as files:
        program = Program(OWN_NAMES, settings=ENDLESS, home=files)
        try:
            program.start()
            start_training(program)
            program.set_state("win.page", "gates")
            program.process.send_signal(signal.SIGTERM)
            try:
                status = program.process.wait(SOON)
            except subprocess.TimeoutExpired:
                raise AssertionError("the program goes on after SIGTERM") from None
            check(status in (0, -signal.SIGTERM), f"the program ended with {status}:\n{program.said()}")
        except BaseException:
            program.give_up()
            raise
        with Program(home=files) as again:
            again.wait_for_data("names")
            check_equal(again.node.find("spin button", "Hidden units").value, 16, "the hidden units")
            check_equal(run("xdotool", "getwindowname", again.x_window()).decode().strip(), "Gatescope", "the title")


main(quits, closes, ends_before_it_began, keeps_what_was_saved, is_terminated)
