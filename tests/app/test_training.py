"""Training, as it is started, watched and steered from the window."""

import re

from driver import (ENDLESS, OWN_NAMES, PATIENCE, QUICK, Program, Skip, check, check_equal, check_matches, folder,
                    invented_names, main, stays, wait_for, write_names)

NETWORKS = ["LSTM", "LSTM by hand", "RNN"]
SETTINGS = ["Hidden units", "Iterations", "Seed"]
BARS = ["Progress of LSTM", "Progress of LSTM by hand", "Progress of RNN"]


def small(files, n_classes=3):
    return write_names(f"{files}/small", invented_names(n_classes))


def wait_until_all_advance(program):
    """Three networks, each further than before, twice."""
    before = {}
    for _ in range(3):
        def all_are_further():
            now = program.iterations()
            return now if sorted(now) == BARS and all(now[bar][0] > before.get(bar, 0) for bar in BARS) else None
        before = {bar: at for bar, (at, _) in
                  wait_for(all_are_further, f"the progress of three networks beyond {before}").items()}


def is_paused(program):
    return program.node.find_all("label", "paused", shown=True)


def wait_until_paused(program):
    wait_for(lambda: len(is_paused(program)) == 3, "three paused networks")
    at = program.iterations()
    stays(lambda: program.iterations() == at, f"what is paused at {at}")
    return at


def steers_training():
    """Train, Pause and Resume by click, key and action"""
    # A progress bar tells of a change from a thousandth on.
    settings = dict(ENDLESS, iterations=50_000_000)
    with folder() as files, Program(small(files), settings=settings) as program:
        program.wait_for_data("small")
        program.click(program.button("Train"))
        wait_until_all_advance(program)
        program.button("Pause")
        for action, enabled in (("pause", True), ("step", False), ("reset", True), ("preset", False)):
            check_equal(program.is_enabled("win." + action), enabled, f"win.{action} during a run")
        wait_for(lambda: 0 < min(program.progress().values()) < 1, "three bars")
        for label in (r"\d+:\d\d(:\d\d)? left", r"loss \d\S* · \S+ % right · [\d,]+ names/s"):
            wait_for(lambda: len(program.node.find_all("label", label, shown=True)) == 3, f"three labels {label!r}")
        program.click(program.button("Pause"))
        wait_until_paused(program)
        check_equal(program.is_enabled("win.pause"), False, "win.pause while it is paused")

        program.key("F5")
        wait_until_all_advance(program)
        program.key("F5")
        wait_until_paused(program)
        program.click(program.button("Resume"))
        wait_until_all_advance(program)
        program.act("win.pause")
        wait_until_paused(program)
        program.act("win.train")
        wait_until_all_advance(program)
        program.act("win.toggle-training")
        wait_until_paused(program)


def steps():
    """Step trains each network on exactly one name"""
    with folder() as files, Program(small(files), settings=ENDLESS) as program:
        program.wait_for_data("small")
        for number, step in enumerate((lambda: program.act("win.step"), lambda: program.key("F6"),
                                       lambda: program.click(program.button("Step"))), 1):
            step()
            wait_for(lambda: [at for at, _ in program.iterations().values()] == [number] * 3, f"iteration {number}")
            stays(lambda: [at for at, _ in program.iterations().values()] == [number] * 3, f"iteration {number}", 0.3)
        program.act("win.train")
        wait_until_all_advance(program)
        program.act("win.pause")
        before = wait_until_paused(program)
        program.act("win.step")
        after = {bar: (at + 1, of) for bar, (at, of) in before.items()}
        wait_for(lambda: program.iterations() == after, f"one iteration more than {before}")


def resets():
    """Reset gives fresh networks, and Undo the old ones"""
    with folder() as files, Program(small(files), settings=ENDLESS) as program:
        program.wait_for_data("small")
        program.act("win.train")
        wait_until_all_advance(program)
        program.act("win.pause")
        reached = wait_until_paused(program)
        guesses = wait_for(lambda: program.guesses() if "%" in program.guesses()["RNN"][0] else None, "guesses")
        program.click(program.button("Reset"))
        program.wait_for_notice("reset to fresh weights")
        fresh = {bar: (0, of) for bar, (_, of) in reached.items()}
        wait_for(lambda: program.iterations() == fresh, "fresh networks")
        wait_for(lambda: "untrained" in program.guesses()["RNN"][0], "the word that they are untrained")
        program.click(wait_for(lambda: program.node.find_all("push button", "Undo", shown=True), "the button Undo")[0])
        wait_for(lambda: program.iterations() == reached, "the old networks")
        wait_for(lambda: program.guesses() == guesses, f"the old guesses {guesses}")
        wait_for(lambda: program.notice() == "", "the message's end")

        # By keys, and during a run.
        program.act("win.train")
        wait_until_all_advance(program)
        program.key("ctrl+shift+r")
        wait_for(lambda: program.iterations() == fresh, "fresh networks")
        check_equal(program.is_enabled("win.undo-reset"), True, "win.undo-reset")
        program.key("ctrl+shift+z")
        wait_for(lambda: min(at for at, _ in program.iterations().values()) >= min(at for at, _ in reached.values()),
                 "the old networks")
        wait_until_paused(program)

        # New training puts an end to it.
        program.act("win.reset")
        wait_for(lambda: program.iterations() == fresh, "fresh networks")
        program.act("win.train")
        wait_for(lambda: not program.is_enabled("win.undo-reset"), "the end of win.undo-reset")


def finishes():
    """The numbers stay at the end, and one can train on"""
    with folder() as files, Program(small(files), settings=QUICK) as program:
        program.wait_for_data("small")
        program.act("win.train")
        program.wait_until_finished()
        check_equal(program.progress(), dict.fromkeys(BARS, 1.0), "the bars")
        wait_for(lambda: program.node.find_all("label", "3,000", shown=True), "the iterations in the table")
        figures = program.figures()
        wait_for(lambda: figures["Loss curves"].description.count("after 3,000 iterations") == 3, "the curves")
        # The live numbers give way to the final ones.
        wait_for(lambda: figures["Confusion matrices"].description.count("10,000 class-uniform") == 3, "counts")

        def numbers():
            return [label for label in program.labels() if re.search(r"\d", label)]

        def are_measured():
            found = numbers()
            return found if sum("%" in label for label in found) >= 9 else None
        final = wait_for(are_measured, "the final numbers")
        stays(lambda: numbers() == final, f"the final numbers {final}")

        wait_for(lambda: program.node.find_all("push button", "Train on", shown=True), "the button Train on")
        check_equal(program.is_enabled("win.pause"), False, "win.pause at the end")
        program.click(program.button("Train on"))
        wait_for(lambda: program.iterations() == dict.fromkeys(BARS, (6000, 6000)), "twice as many iterations")
        program.wait_until_finished()
        wait_for(lambda: figures["Loss curves"].description.count("after 6,000 iterations") == 3, "the curves")


def spin_buttons(program):
    return {node.name: node for node in program.node.find_all("spin button", shown=True)}


def greys_out_settings():
    """Settings can't change during a run, and the window says why"""
    with folder() as files, Program(small(files), settings=ENDLESS) as program:
        def are_free(free):
            controls = [*spin_buttons(program).values(), program.node.find("combo box", "Preset"),
                        *program.node.find_all("check box", "Train and show (RNN|LSTM|LSTM by hand)")]
            return len(controls) >= 10 and all(("sensitive" in node.states) == free for node in controls)

        def reasons():
            return program.node.find_all("label", ".*can't change while.*Reset.*", shown=True)

        program.wait_for_data("small")
        wait_for(lambda: are_free(True), "settings that can change")
        check_equal(reasons(), [], "reasons before training")
        program.act("win.train")
        wait_for(lambda: are_free(False), "settings that can't change")
        wait_for(reasons, "the reason")
        check_equal(program.is_enabled("win.preset"), False, "win.preset")
        program.act("win.pause")
        wait_until_paused(program)
        check(are_free(False), "the settings of a paused run can change")
        program.act("win.reset")
        wait_for(lambda: are_free(True), "settings that can change again")
        wait_for(lambda: not any(program.is_on_top(node) for node in reasons()), "the end of the reason")
        check_equal(program.is_enabled("win.preset"), True, "win.preset")


def takes_settings():
    """Settings are taken over, and presets set them"""
    with folder() as files, Program(small(files), settings=QUICK) as program:
        def totals():
            return {of for _, of in program.iterations().values()}

        program.wait_for_data("small")
        check_equal(program.state("win.preset"), "", "the preset of settings of one's own")
        found = spin_buttons(program)
        found["Iterations"].value = 2500
        wait_for(lambda: totals() == {2500}, "2,500 iterations")
        found["Hidden units"].value = 8
        wait_for(lambda: program.node.find_all("label", "726 parameters", shown=True), "an RNN of 8 units")
        program.set_state("win.preset", "report")
        wait_for(lambda: program.state("win.preset") == "report" and totals() == {100_000}, "the report's preset")
        check_equal(found["Hidden units"].value, 128, "the report's hidden units")
        check_equal(found["Share of the names that is held out, in percent"].value, 0, "the report's share held out")
        check_equal(found["Learning rate of the RNN"].value, 0.005, "the report's rate of the RNN")
        check_equal(found["Learning rate of the LSTM"].value, 0.1, "the report's rate of the LSTM")
        program.set_state("win.preset", "default")
        wait_for(lambda: found["Share of the names that is held out, in percent"].value == 10, "the default's share")
        found["Seed"].value = 7
        check_equal(program.state("win.preset"), "default", "the preset after another seed")
        program.set_state("win.preset", "best")
        program.wait_for_notice("“best”.*“default”.*“report”")
        check_equal(program.state("win.preset"), "default", "the preset after one that there isn't")


def chooses_networks():
    """Networks are chosen with their checks, and only those are trained and shown"""
    with folder() as files, Program(small(files), settings=QUICK) as program:
        program.wait_for_data("small")
        program.click(program.node.find("check box", "Train and show LSTM by hand, corrected"))
        four = [*NETWORKS[:2], "LSTM by hand, corrected", "RNN"]
        wait_for(lambda: sorted(program.guesses()) == four, "four networks")
        program.click(program.node.find("check box", "Train and show RNN"))
        program.act("win.toggle-network", "lstm")
        chosen = ["LSTM by hand", "LSTM by hand, corrected"]
        wait_for(lambda: sorted(program.guesses()) == chosen, "two networks")
        program.act("win.train")
        program.wait_until_finished()
        check_equal(sorted(program.iterations()), ["Progress of " + name for name in chosen], "what was trained")
        wait_for(lambda: re.fullmatch(r"LSTM by hand: .* LSTM by hand, corrected: .*",
                                      program.figures()["Loss curves"].description), "two curves")
        program.set_state("win.page", "gates")
        wait_for(lambda: sorted(program.figures()) == ["Gates of the " + name for name in chosen], "two figures")
        for network in ("gate-lstm", "gate-lstm-hidden"):
            program.act("win.toggle-network", network)
        wait_for(lambda: not program.is_enabled("win.train"), "the end of win.train without a network")
        wait_for(lambda: program.node.find_all("status bar", "No network is chosen.*", shown=True), "a word about it")
        program.set_state("win.page", "compare")
        wait_for(lambda: program.figures()["Loss curves"].description == "No network is chosen.", "no curve")
        program.photograph().check_not_blank("the window without a network")


def guesses_live():
    """The name bar says that networks are untrained, and then what they guess, at every letter typed"""
    with folder() as files, Program(small(files), settings=dict(QUICK, name="")) as program:
        program.wait_for_data("small")
        names = invented_names(3)
        program.entry().text = names["Kind01"][0]
        wait_for(lambda: program.guesses() == dict.fromkeys(NETWORKS, ["untrained, chance is 33.3 %"]), "chance")
        program.act("win.train")
        program.wait_until_finished()
        for kind, some in names.items():
            program.entry().text = some[1]
            wait_for(lambda: all(re.fullmatch(rf"{kind} \d+ %", program.guesses()[network][0]) for network in NETWORKS),
                     f"three guesses {kind} for {some[1]}: {program.guesses()}")
        for words in program.guesses().values():
            check(len(words) >= 2, f"few guesses: {words}")
            shares = [int(re.fullmatch(r"Kind0\d (\d+) %", word)[1]) for word in words]
            check(shares == sorted(shares, reverse=True) and sum(shares) <= 102, f"the shares {shares}")


def reads_gates_live():
    """Gates follow the name, and the training while it goes on"""
    with folder() as files, Program(OWN_NAMES, settings=dict(ENDLESS, page="gates")) as program:
        program.wait_for_data("names")
        figures = wait_for(lambda: program.figures() if len(program.figures()) == 3 else None, "three figures")
        wait_for(lambda: all("The name Satoshi" in figure.description for figure in figures.values()), "descriptions")
        picture = program.photograph()
        program.entry().text = "Müller"
        wait_for(lambda: all("The name Müller" in figure.description for figure in figures.values()), "the other name")
        wait_for(lambda: program.photograph().pixels != picture.pixels, "another picture")

        program.act("win.train")
        for name, figure in figures.items():
            seen = set()
            wait_for(lambda: seen.add(figure.description) or len(seen) >= 4, f"changes of {name} while it is trained")
        pictures = set()
        wait_for(lambda: pictures.add(program.photograph().pixels) or len(pictures) >= 4, "changes of the picture")
        program.entry().text = "Nguyen"
        wait_for(lambda: all("The name Nguyen" in figure.description for figure in figures.values()), "a third name")
        program.act("win.pause")
        wait_until_paused(program)
        # What is paused has settled, but for a description that was still to come.
        wait_for(lambda: program.photograph().pixels == program.photograph().pixels, "a still picture")


def counts_live():
    """Curves and matrices grow while the training goes on"""
    with Program(OWN_NAMES, settings=ENDLESS) as program:
        program.wait_for_data("names")
        program.act("win.train")
        figures = program.figures()
        pattern = r"RNN: ([\d,]+) class-uniform draws, (\d+\.\d) % right.* LSTM: .* LSTM by hand: .*"
        seen = set()
        matrix = figures["Confusion matrices"]
        wait_for(lambda: seen.update(re.findall(pattern, matrix.description)) or len(seen) >= 3, "other matrices")
        for name in ("Loss curves", "Accuracy curves"):
            seen = set()
            wait_for(lambda: seen.update(re.findall(r"RNN: .* after ([\d,]+) iterations", figures[name].description))
                     or len(seen) >= 3, f"changes of the {name}")
        pictures = set()
        wait_for(lambda: pictures.add(program.photograph().pixels) or len(pictures) >= 3, "changes of the picture")


def tells_of_divergence():
    """A network that diverges is told of, and the others go on"""
    rates = {"learning-rate-rnn": 2.0, "learning-rate-lstm": 0.1, "learning-rate-gate-lstm": 0.1}
    with folder() as files, Program(small(files), settings=dict(ENDLESS, **rates)) as program:
        program.wait_for_data("small")
        program.act("win.train")
        check_matches(r"last finite weights", program.wait_for_notice(r"^RNN diverged at iteration \d+"), "the message")
        wait_for(lambda: program.node.find_all("label", "diverged", shown=True), "the word at the side")
        wait_for(lambda: "diverged" in program.figures()["Loss curves"].description, "the curves' word")
        wait_for(lambda: "RNN · diverged" in program.labels(), "the word in the table")
        before = program.iterations()
        wait_for(lambda: all(program.iterations()[bar][0] > before[bar][0] for bar in BARS[:2]), "the other networks")


# Megabytes of memory that is the program's alone, which three networks of the preset's size may take.
MEMORY = 60


def anonymous_memory(program):
    """In megabytes; None where the system doesn't tell."""
    with open(f"/proc/{program.process.pid}/status", encoding="utf-8") as file:
        found = re.search(r"^RssAnon:\s*(\d+) kB", file.read(), re.MULTILINE)
    return int(found[1]) / 1024 if found else None


def takes_little_memory():
    """Three networks of full size train, and their gates are shown, in 60 MB"""
    with Program(OWN_NAMES, settings={"preset": "default", "page": "gates"}) as program:
        program.wait_for_data("names")
        if anonymous_memory(program) is None:
            raise Skip("the system doesn't tell how much memory is the program's alone")
        program.act("win.train")
        program.set_state("win.name", "Satoshi")
        most = 0

        def has_finished():
            nonlocal most
            most = max(most, anonymous_memory(program))
            return len(program.node.find_all("label", "done in .*", shown=True)) == 3
        wait_for(has_finished, "the end of the training", 4 * PATIENCE)
        print(f"# at most {most:.0f} MB")
        check(most < MEMORY, f"{most:.0f} MB of memory were the program's alone; at most {MEMORY} may be")


main(steers_training, steps, resets, finishes, greys_out_settings, takes_settings, chooses_networks, guesses_live,
     reads_gates_live, counts_live, tells_of_divergence, takes_little_memory)
