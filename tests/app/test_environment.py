"""The window in the surroundings that people have: themes, screens of high resolution, large type."""

import json
import os
import re
import shutil
import subprocess

from driver import QUICK, Program, Skip, check, folder, invented_names, main, wait_for, write_names


def looks_right(environment, dark=False, scale=1):
    with folder() as files, Program(write_names(f"{files}/small", invented_names(3)), settings=QUICK,
                                    environment=environment) as program:
        program.wait_for_data("small")
        program.act("win.train")
        program.wait_until_finished()
        matrices = program.figures()["Confusion matrices"]
        wait_for(lambda: matrices.description.count("10,000 class-uniform") == 3, "the final counts")
        for page in ("compare", "gates"):
            program.set_state("win.page", page)
            figures = wait_for(program.figures, f"the figures of {page}")
            # Its text changes with the page, so that it is drawn.
            picture = wait_for(lambda: drawn(program, figures, scale), f"the drawing of {page}")
            check(picture.width >= 1000 * scale, f"the window is {picture.width} wide")
            for name, figure in figures.items():
                x, y, width, height = (scale * number for number in figure.extents)
                light = picture.luminance(x, y, width, min(height, picture.height - 70 * scale - y))
                check(light < 90 if dark else light > 190, f"the ground of {name} has luminance {light:.0f}")


def drawn(program, figures, scale):
    """A photograph on which no figure is blank, or None."""
    picture = program.photograph()
    try:
        for name, figure in figures.items():
            x, y, width, height = (scale * number for number in figure.extents)
            picture.check_not_blank(name, x, y, width, min(height, picture.height - 70 * scale - y))
    except AssertionError:
        return None
    return picture


def is_light():
    """Light"""
    looks_right({})


def is_dark():
    """Dark"""
    looks_right({"GTK_THEME": "Adwaita:dark"}, dark=True)


def has_contrast():
    """High contrast"""
    looks_right({"GTK_THEME": "HighContrast"})


def has_dark_contrast():
    """High contrast, dark"""
    looks_right({"GTK_THEME": "Default-hc-dark"}, dark=True)


def is_fine():
    """Two pixels a point"""
    looks_right({"GDK_SCALE": "2"}, scale=2)


def is_large():
    """Large type"""
    looks_right({"GDK_DPI_SCALE": "1.5"})


def writes_commas():
    """A locale with commas: files have points all the same"""
    with folder() as files:
        made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", f"{files}/de_DE.UTF-8"], check=False,
                              capture_output=True, timeout=60) if shutil.which("localedef") else None
        if made is None or not os.path.isdir(f"{files}/de_DE.UTF-8"):
            raise Skip("localedef can't make a German locale here")
        settings = dict(QUICK, **{"learning-rate-rnn": 0.004})
        with Program(write_names(f"{files}/small", invented_names(3)), settings=settings,
                     environment={"LC_ALL": "de_DE.UTF-8", "LOCPATH": files}) as program:
            program.wait_for_data("small")
            rate = program.node.find("spin button", "Learning rate of the RNN")
            check(rate.value == 0.004, f"the rate is {rate.value}")
            program.act("win.train")
            program.wait_until_finished()
            program.act("win.save-weights", files)
            program.wait_for_notice("^Saved")
            for page in ("compare", "gates"):
                program.set_state("win.page", page)
                program.act("win.export", f"{files}/{page}.svg")
                program.wait_for_notice(f"{page}.svg")
                with open(f"{files}/{page}.svg", encoding="utf-8") as file:
                    found = re.search(r'\b(x|y|width|height|d|viewBox)="[^"]*\d,\d[^"]*"', file.read())
                check(not found, f"{page}.svg has {found and found[0]}")
            with open(f"{files}/rnn.run.json", encoding="utf-8") as file:
                record = json.load(file)
            check("0.004" in json.dumps(record), f"no rate in {record.keys()}")


main(is_light, is_dark, has_contrast, has_dark_contrast, is_fine, is_large, writes_commas)
