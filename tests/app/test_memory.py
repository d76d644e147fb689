"""The whole program under Valgrind: no invalid access, no leak of ours.

VALGRIND: its command. What GTK, GLib and fontconfig are known to do is suppressed.
"""

import os
import shlex
import shutil

from driver import (ENDLESS, QUICK, SOURCE, Program, check, folder, invented_names, main, run, skip_all, wait_for,
                    write_names)

# Everything is some twenty times slower.
SECONDS = 120
TYPED = ("Satoshi", "", "王", "Größe", "x" * 65, "Novak")


def valgrind():
    command = os.environ.get("VALGRIND", "valgrind")
    if shutil.which(shlex.split(command)[0]) is None:
        skip_all("Valgrind is not installed")
    suppressions = [f"{SOURCE}/tests/valgrind.supp", f"{SOURCE}/tests/app/valgrind.supp",
                    "/usr/share/gtk-4.0/valgrind/gtk.supp", "/usr/share/glib-2.0/valgrind/glib.supp"]
    return [*shlex.split(command), "--quiet", "--fair-sched=try", "--error-exitcode=9", "--leak-check=full",
            "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite", "--num-callers=40",
            *(f"--suppressions={path}" for path in suppressions if os.path.exists(path))]


def memory_checked(folder_of_names, settings):
    # As small a window as there is: drawing it is what takes the time.
    return Program(folder_of_names, settings=dict(settings, width=720, height=480, **{"hidden-size": 8}),
                   wrapper=valgrind(), accessible=False, environment={"GTK_A11Y": "none", "G_SLICE": "always-malloc"})


def wait_until(program, action, enabled=True):
    wait_for(lambda: program.is_enabled(action) == enabled, f"{action} to be {enabled}", SECONDS)


def leaks_nothing():
    """Training to its end, both pages, files, messages"""
    with folder() as files:
        names = write_names(f"{files}/names", invented_names(3, 8))
        other = write_names(f"{files}/other", invented_names(2, 8))
        with memory_checked(names, dict(QUICK, iterations=200)) as program:
            wait_until(program, "win.train")
            program.act("win.step")
            wait_until(program, "win.reset")
            program.act("win.reset")
            program.act("win.undo-reset")
            program.act("win.reset")
            program.act("win.train")
            wait_until(program, "win.save-weights")
            wait_until(program, "win.pause", False)
            for page in ("gates", "compare"):
                program.set_state("win.page", page)
                for name in TYPED:
                    program.set_state("win.name", name)
                    wait_for(lambda: program.state("win.name") == name, f"the name {name!r}", SECONDS)
                # Not PNG: so many pixels would take a minute.
                for ending in ("svg", "pdf", "bmp"):
                    program.act("win.export", f"{files}/{page}.{ending}")
            program.act("win.save-weights", f"{files}/saved")
            program.act("win.open-weights", f"{files}/saved/lstm.safetensors")
            program.act("win.open-weights", f"{files}/missing")
            program.act("win.toggle-network", "rnn")
            program.set_state("win.preset", "none")
            program.act("win.open-data", f"{files}/missing")
            program.act("win.open-data", other)
            program.act("win.sidebar")
            wait_until(program, "win.reset", False)
            program.set_state("win.preset", "report")
            wait_for(lambda: program.state("win.preset") == "report", "the other preset", SECONDS)
            check(sorted(os.listdir(files)) == sorted(
                ["names", "other", "saved", *(f"{page}.{ending}" for page in ("gates", "compare")
                                              for ending in ("svg", "pdf"))]), f"the files {os.listdir(files)}")
            program.quit()
            program.check_ended(SECONDS)


def ends_cleanly():
    """An end in the middle of training"""
    # One network: Valgrind runs one thread at a time, and with three the window would get but an eighth of it.
    with folder() as files, memory_checked(write_names(f"{files}/names", invented_names(3, 8)),
                                           dict(ENDLESS, page="gates", networks=["gate-lstm"])) as program:
        wait_until(program, "win.train")
        program.act("win.train")
        wait_until(program, "win.save-weights")
        run("xdotool", "mousemove", "700", "400")
        run("xdotool", "mousemove", "800", "450")
        program.set_state("win.page", "compare")
        program.quit()
        program.check_ended(SECONDS)


main(leaks_nothing, ends_cleanly)
