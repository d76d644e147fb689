"""What the window writes and reads: figures in three formats, weights."""

import json
import os
import re
import shutil
import struct

from driver import (ENDLESS, QUICK, Picture, Program, check, check_equal, check_matches, folder, invented_names,
                    main, run, wait_for, write_names)

NETWORKS = ["LSTM", "LSTM by hand", "RNN"]


def trained(files, n_classes=3):
    """A program, not started yet, whose first action will be to train."""
    return Program(write_names(f"{files}/names", invented_names(n_classes)), settings=QUICK)


def train(program):
    program.wait_for_data("names")
    program.act("win.train")
    program.wait_until_finished()


def png_resolution(path):
    """Dots per inch across and down, from the file's pHYs."""
    with open(path, "rb") as file:
        data = file.read()
    check_equal(data[:8], b"\x89PNG\r\n\x1a\n", "the signature")
    at = data.index(b"pHYs") + 4
    across, down, unit = struct.unpack(">IIB", data[at:at + 9])
    check_equal(unit, 1, "the unit of pHYs")
    return round(across * 0.0254), round(down * 0.0254)


def check_png(path, least_width):
    check_equal(png_resolution(path), (300, 300), f"the resolution of {path}")
    picture = Picture.read(path)
    check(picture.width >= least_width, f"{path} is {picture.width} wide")
    picture.check_not_blank(path)
    check(picture.luminance() > 230, f"{path} is dark")


def check_svg(path):
    if shutil.which("xmllint"):
        run("xmllint", "--noout", "--nonet", path)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    check_matches(r"<svg[^>]+\bwidth=", text, path)
    check(text.count("<use") + text.count("<path") > 100, f"{path} holds little")


def check_pdf(path, words):
    with open(path, "rb") as file:
        check_equal(file.read(5), b"%PDF-", f"the beginning of {path}")
    if shutil.which("pdftotext"):
        text = run("pdftotext", path, "-").decode()
        for word in words:
            check(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text), f"{word!r} is not in {path}:\n{text}")


def exports_pages():
    """Both pages are exported as PNG, SVG and PDF"""
    with folder() as files, trained(files) as program:
        train(program)
        for page in ("compare", "gates"):
            program.set_state("win.page", page)
            for ending in ("png", "svg", "PDF"):
                path = f"{files}/{page} of all.{ending}"
                program.act("win.export", path)
                program.wait_for_notice("^Exported .*" + re.escape(path))
                check(os.path.getsize(path) > 1000, f"{path} is small")
            check_png(f"{files}/{page} of all.png", 2000)
            check_svg(f"{files}/{page} of all.svg")
            check_pdf(f"{files}/{page} of all.PDF",
                      [*NETWORKS, "Kind01", *(["S", "t", "forget gate"] if page == "gates" else ["loss", "guess"])])
        with open(f"{files}/compare of all.png", "rb") as first, open(f"{files}/gates of all.png", "rb") as second:
            check(first.read() != second.read(), "both pages give the same picture")


def exports_in_training():
    """A page is exported before the training and during it"""
    with folder() as files, Program(write_names(f"{files}/names", invented_names(3)), settings=ENDLESS) as program:
        program.wait_for_data("names")
        program.act("win.export", f"{files}/before.pdf")
        program.wait_for_notice("before.pdf")
        check_pdf(f"{files}/before.pdf", NETWORKS)
        program.act("win.train")
        wait_for(lambda: min(at for at, _ in program.iterations().values()) > 5000, "training")
        for page in ("compare", "gates"):
            program.set_state("win.page", page)
            program.act("win.export", f"{files}/{page}.png")
            program.wait_for_notice(f"{page}.png")
            check_png(f"{files}/{page}.png", 2000)
        check(program.is_enabled("win.pause"), "the training has ended")


def exports_all():
    """All pages are exported into a folder, which is made"""
    with folder() as files, trained(files) as program:
        train(program)
        program.act("win.export-all", f"{files}/new/deep")
        program.wait_for_notice("^Exported the pages into .*/new/deep")
        check_equal(sorted(os.listdir(f"{files}/new/deep")),
                    sorted(f"{page}.{ending}" for page in ("compare", "gates") for ending in ("png", "svg", "pdf")),
                    "the files")
        for page in ("compare", "gates"):
            check_png(f"{files}/new/deep/{page}.png", 2000)
            check_svg(f"{files}/new/deep/{page}.svg")
            check_pdf(f"{files}/new/deep/{page}.pdf", NETWORKS)


def refuses_bad_exports():
    """What can't be exported is told, and nothing is written"""
    with folder() as files, trained(files) as program:
        train(program)
        with open(f"{files}/file", "w", encoding="utf-8") as file:
            file.write("not a folder")
        before = sorted(os.listdir(files))
        for path, pattern in ((f"{files}/page.bmp", r"page\.bmp.*PNG.*SVG.*PDF|page\.bmp.*\.png.*\.svg.*\.pdf"),
                              (f"{files}/page", r"page\b.*(\.png|PNG)"),
                              (f"{files}/missing/page.png", r"missing/page\.png: .+"),
                              (f"{files}/file/page.svg", r"file/page\.svg: .+"),
                              ("/proc/page.pdf", r"/proc/page\.pdf: .+")):
            program.act("win.export", path)
            program.wait_for_notice(pattern)
            check_equal(sorted(os.listdir(files)), before, f"the files after {path}")
        program.act("win.export-all", f"{files}/file/folder")
        program.wait_for_notice(r"file/folder: .+")
        program.set_state("win.page", "gates")
        program.set_state("win.name", "")
        program.act("win.export", f"{files}/no-name.png")
        program.wait_for_notice("(?i)name")
        check_equal(sorted(os.listdir(files)), before, "the files after an export without a name")


def safetensors_header(path):
    """The header; the file must hold exactly what it says."""
    with open(path, "rb") as file:
        length, = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        size = len(file.read())
    ends = [tensor["data_offsets"][1] for name, tensor in header.items() if name != "__metadata__"]
    check_equal(size, max(ends), f"the bytes of {path}")
    return header


def saves_and_opens_weights():
    """Weights are saved, and opened again beside the networks"""
    with folder() as files, trained(files) as program:
        program.wait_for_data("names")
        check_equal(program.is_enabled("win.save-weights"), False, "win.save-weights before training")
        program.act("win.train")
        program.wait_until_finished()
        program.act("win.save-weights", f"{files}/saved")
        program.wait_for_notice("^Saved .*/saved")
        kinds = ("gate-lstm", "lstm", "rnn")
        check_equal(sorted(os.listdir(f"{files}/saved")),
                    sorted(f"{kind}.{ending}" for kind in kinds for ending in ("run.json", "safetensors")), "the files")
        for kind in kinds:
            facts = safetensors_header(f"{files}/saved/{kind}.safetensors")["__metadata__"]
            check_equal(facts["gatescope.model"], kind, "the kind in the metadata")
            check_equal(facts["gatescope.iterations"], "3000", "the iterations in the metadata")
            with open(f"{files}/saved/{kind}.run.json", encoding="utf-8") as file:
                json.load(file)

        guess = program.guesses()["LSTM"][0]
        program.act("win.open-weights", f"{files}/saved/lstm.safetensors")
        program.wait_for_notice(r"^Opened .*lstm\.safetensors")
        title = "LSTM (lstm.safetensors)"
        wait_for(lambda: program.guesses().get(title, [""])[0] == guess, f"{guess} by {title}")
        wait_for(lambda: f"{title}: 10,000 class-uniform draws" in program.figures()["Confusion matrices"].description,
                 "the matrix of the opened network")
        program.set_state("win.page", "gates")
        figures = wait_for(lambda: program.strips() if len(program.strips()) == 4 else None, "four figures")
        own, opened = (figures[f"Gates of the {name}"] for name in ("LSTM", title))
        wait_for(lambda: opened.description.replace(title, "LSTM") == own.description, "the same numbers")
        program.act("win.save-weights", f"{files}/again")
        program.wait_for_notice("^Saved .*/again")
        check_equal(len(os.listdir(f"{files}/again")), 6, "the files saved with an opened network")

        # A reset leaves it as it is.
        program.act("win.reset")
        wait_for(lambda: "untrained" in program.guesses()["LSTM"][0], "fresh networks")
        check_equal(program.guesses()[title][0], guess, "the opened network's guess")
        program.click(program.button(f"Close {re.escape(title)}"))
        wait_for(lambda: sorted(program.guesses()) == NETWORKS, "three networks")
        wait_for(lambda: len(program.figures()) == 3, "three figures")


def opens_weights_at_the_start():
    """A file of weights may be the argument"""
    with folder() as files:
        with trained(files) as program:
            train(program)
            program.act("win.save-weights", f"{files}/saved")
            program.wait_for_notice("^Saved")
        with Program(f"{files}/names", f"{files}/saved/rnn.safetensors", settings=QUICK) as program:
            program.wait_for_data("names")
            wait_for(lambda: "RNN (rnn.safetensors)" in program.guesses(), "the opened network")


def refuses_bad_weights():
    """Malformed weights are told of, and change nothing"""
    with folder() as files, trained(files) as program:
        train(program)
        program.act("win.save-weights", f"{files}/saved")
        program.wait_for_notice("^Saved")
        with open(f"{files}/saved/lstm.safetensors", "rb") as file:
            good = file.read()
        header = struct.unpack("<Q", good[:8])[0]
        cases = {
            "short": good[:100],
            "cut": good[:-4],
            "text": b"These are no weights.\n" * 20,
            "empty": b"",
            "huge": struct.pack("<Q", 1 << 60) + good[8:],
            "names": good[:8] + good[8:8 + header].replace(b"weight", b"height") + good[8 + header:],
        }
        guesses = program.guesses()
        for name, contents in cases.items():
            with open(f"{files}/{name}.safetensors", "wb") as file:
                file.write(contents)
            program.act("win.open-weights", f"{files}/{name}.safetensors")
            told = program.wait_for_notice(rf"{name}\.safetensors: .+")
            check(not told.startswith("Opened"), told)
            check_equal(program.guesses(), guesses, f"the networks after {name}")
        program.act("win.open-weights", f"{files}/missing.safetensors")
        program.wait_for_notice(r"missing\.safetensors: .+")

        program.act("win.open-data", write_names(f"{files}/five", invented_names(5)))
        program.wait_for_data("five")
        # They bring their own classes along; with names of other classes there's nothing to count.
        program.act("win.open-weights", f"{files}/saved/lstm.safetensors")
        told = program.wait_for_notice(r"saved/lstm\.safetensors: .*|^Opened")
        check(told.startswith("Opened") or ("3" in told and "5" in told), f"weights of 3 classes for 5: {told}")


def saves_to_bad_places():
    """Weights that can't be saved are told of"""
    with folder() as files, trained(files) as program:
        train(program)
        with open(f"{files}/file", "w", encoding="utf-8") as file:
            file.write("not a folder")
        program.act("win.save-weights", f"{files}/file")
        program.wait_for_notice(rf"{files}/file: .+|{files}/file/.*: .+")
        program.act("win.save-weights", "/proc/nowhere")
        program.wait_for_notice("/proc/nowhere")


def asks_for_a_path():
    """Without a path at hand, a dialog asks for one"""
    with folder() as files, trained(files) as program:
        train(program)
        program.key("ctrl+e")
        check_equal(program.wait_for_dialog().name, "Export a Figure", "the dialog")
        run("xdotool", "key", "ctrl+s")
        wait_for(lambda: len(program.node.children) == 3, "the dialog that asks for a path")
        run("xdotool", "key", "ctrl+a")
        run("xdotool", "type", "--delay", "2", f"{files}/chosen.svg")
        run("xdotool", "key", "Return")
        program.wait_for_notice("^Exported .*chosen.svg")
        check_svg(f"{files}/chosen.svg")
        program.wait_for_no_dialog()
        program.key("ctrl+e")
        program.wait_for_dialog()
        run("xdotool", "key", "Escape")
        for action in ("export-all-dialog", "open-data-dialog", "open-weights-dialog", "save-weights-dialog"):
            program.wait_for_no_dialog()
            program.act(f"win.{action}")
            program.wait_for_dialog()
            run("xdotool", "key", "Escape")
        program.wait_for_no_dialog()


def offers_a_menu():
    """A figure's menu opens by the right button and by keys, and its commands work"""
    with folder() as files, trained(files) as program:
        train(program)
        figure = program.figures()["Loss curves"]
        for open_menu in ("3", "shift+F10", "Menu"):
            program.click(figure)
            if open_menu == "3":
                run("xdotool", "click", open_menu)
            else:
                run("xdotool", "key", open_menu)
            wait_for(lambda: len(program.node.find_all("menu item", shown=True)) == 3, f"the menu by {open_menu}")
            run("xdotool", "key", "Escape")
            wait_for(lambda: not program.node.find_all("menu item", shown=True), "the menu's end")
        program.click(figure)
        program.key("ctrl+shift+c")
        program.wait_for_notice("^Copied the figure, as PNG and SVG")
        program.act("win.copy-numbers", "accuracy")
        program.wait_for_notice("^Copied the figure's numbers")
        program.act("win.copy-figure", "pie")
        program.wait_for_notice("There is no figure “pie”")


main(exports_pages, exports_in_training, exports_all, refuses_bad_exports, saves_and_opens_weights,
     opens_weights_at_the_start, refuses_bad_weights, saves_to_bad_places, asks_for_a_path,
     offers_a_menu)
