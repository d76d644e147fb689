"""run_bench.py: measures what the program is to reach, by turns with what it is compared to, and prints a table.

Ours is measured by bench-worker, the peers by scripts beside this one; all of them run all the time, and each waits
while another works. They train the same names in the same order from the same weights, and their losses must agree, or
there is no table. A round measures everything once; a ratio is the median of the rounds' ratios.

On one thread the processor's time counts, so that turns that other programs had are no part of it; where two threads
are compared, or a whole process, it is the clock on the wall. Bounds, and what is compared to them, are the fastest of
several passes. A measure that falls short fails nothing: no machine is like another.
"""

import argparse
import collections
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))

KINDS = ("rnn", "lstm", "gate-lstm")
N_NAMES = 500       # that everybody trains on
OUR_PASSES = 10     # over them; one alone is over in a hundredth of a second
LOSS_TOLERANCE = 2e-5
REPORT_NAMES = 100_000
MANY_NAMES = 2_000_000
HIDDEN_SIZES = {64: (500, 24), 128: (500, 24), 256: (500, 8), 512: (250, 2)}  # names and passes
LETTERS = (1, 2, 4, 8, 12, 16, 24, 32, 48, 64)

# What is required. 128 is the report's number of hidden units.
TORCH_RATIOS = {"rnn": 50, "lstm": 25, "gate-lstm": 38}
BOUND_FRACTIONS = {128: 0.78, 64: 0.60, 256: 0.60, 512: 0.60}
NO_TORCH = "PyTorch is not installed"

# For PyTorch's allocator: memory that it gives back would be asked for anew at every name.
PEER_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": "100000000",
    "MALLOC_TRIM_THRESHOLD_": "200000000",
    "MALLOC_TOP_PAD_": "67108864",
}


# ---- Who is asked ----

class Process:
    """A program that answers each line of words with a line of JSON."""

    def __init__(self, *command, **options):
        self.command = command
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options)

    def answer(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def ask(self, *words):
        try:
            print(*words, sep="\t", file=self.process.stdin, flush=True)
            answer = self.answer()
        except BrokenPipeError:
            answer = None
        if answer is None:
            sys.exit(f"{os.path.basename(self.command[-1])} ended at {' '.join(map(str, words))}")
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


Peers = collections.namedtuple("Peers", "torch libtorch numpy")  # None where what it needs is not installed


def start_peer(*command):
    """The peer, or None where what it needs is not installed."""
    peer = Process(*command, env={**os.environ, **PEER_ENVIRONMENT})
    about = peer.answer()
    if about is None:
        peer.process.wait()
        return None
    peer.name = about["name"]
    return peer


# ---- A round ----

def check_losses(what, ours, theirs):
    worst = max(abs(a - b) for a, b in zip(ours["losses"], theirs["losses"]))
    if not worst <= LOSS_TOLERANCE:
        sys.exit(f"The losses of {what} differ by {worst:.3g} within {len(theirs['losses'])} names; they must agree "
                 f"within {LOSS_TOLERANCE:g}. Speeds of what does not compute the same are not compared.")
    return worst


def speed(answer, clock="processor"):
    """Names a second."""
    return answer["names"] * answer.get("passes", 1) / answer[clock]


def bound(machine, steps, hidden):
    """Seconds that the recurrent weights alone take for an LSTM: see CONTRIBUTING.md.

    At each of the steps they are read once forward and once backward, and each of them gets one multiply-add.
    """
    weights = hidden * 4 * hidden
    return steps * (2 * 4 * weights / machine["read"] + weights / machine["multiply_add"])


class Seen:
    """What was measured: a list by name, a value a round."""

    def __init__(self):
        self.values = {}

    def add(self, name, value):
        self.values.setdefault(name, []).append(value)

    def median(self, name):
        return statistics.median(self.values[name])

    def ratio(self, name, other):
        return statistics.median(a / b for a, b in zip(self.values[name], self.values[other]))


def measure_peer(peer, key, words, what, ours, seen):
    theirs = peer.ask(*words, N_NAMES)
    seen.add("difference", check_losses(what, ours, theirs))
    seen.add(key, speed(theirs))
    seen.add(f"{key}, wall", speed(theirs, "wall"))


def measure_training(worker, peers, seen):
    torch, libtorch, numpy = peers
    for kind in KINDS:
        ours = worker.ask("train", kind, 128, N_NAMES, OUR_PASSES, 1, 1)
        seen.add(kind, speed(ours))
        seen.add("busy", ours["wall"] / ours["processor"])
        if torch:
            measure_peer(torch, f"torch {kind}", ("train", kind), f"{kind} and PyTorch's", ours, seen)
        if torch and kind == "rnn":
            measure_peer(torch, "torch rnn-last-output", ("train", "rnn-last-output"), "rnn and PyTorch's", ours, seen)
        if libtorch:
            measure_peer(libtorch, f"libtorch {kind}", ("train", kind), f"{kind} and libtorch's", ours, seen)
        if kind == "lstm":
            measure_peer(worker, "plain", ("plain", kind), "lstm and the plain loops", ours, seen)
        if numpy and kind == "lstm":
            measure_peer(numpy, "numpy", ("train", kind), "lstm and NumPy's", ours, seen)


def measure_bounds(worker, seen):
    for hidden, (n, passes) in HIDDEN_SIZES.items():
        machine = worker.ask("machine", 16 * hidden * hidden)
        ours = worker.ask("train", "lstm", hidden, n, passes, 1, 1)
        again = worker.ask("machine", 16 * hidden * hidden)
        machine = {rate: max(machine[rate], again[rate]) for rate in machine}
        seen.add(f"fastest {hidden}", n / ours["fastest"])
        seen.add(f"bound {hidden}", n / bound(machine, ours["steps"], hidden))
        seen.add(f"read {hidden}", machine["read"])
        seen.add("multiply_add", machine["multiply_add"])


def measure_letters(worker, seen):
    for n in LETTERS:
        answer = worker.ask("letters", "lstm", n, 100, 3)
        seen.add(f"letters {n}", answer["fastest"] / answer["names"])


def measure_more(worker, seen):
    """Two threads, and batches: by turns with one thread and one name."""
    n = N_NAMES // 32 * 32
    one = worker.ask("train", "lstm", 128, n, 4 * OUR_PASSES, 1, 1)
    two = worker.ask("train", "lstm", 128, n, 4 * OUR_PASSES, 2, 1)
    batch = worker.ask("train", "lstm", 128, n, OUR_PASSES, 1, 32)
    if one["losses"] != two["losses"]:
        sys.exit("Two threads give other losses than one.")
    seen.add("one wall", speed(one, "wall"))
    seen.add("two wall", speed(two, "wall"))
    seen.add("one", speed(one))
    seen.add("batch", speed(batch))
    seen.add("trace warm", worker.ask("trace", "lstm", "warm")["seconds"])
    seen.add("trace flushed", worker.ask("trace", "lstm", "flushed")["seconds"])


def run_alone(worker_path, *words):
    done = subprocess.run([worker_path, *map(str, words)], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def measure_data(worker_path, folder, seen):
    # Not counted: whoever takes memory first that a virtual machine has given back pays for what the others then have.
    run_alone(worker_path, "load", folder)
    for what in ("load", "normalise", "reduce"):
        answer = run_alone(worker_path, what, folder)
        if answer["rows"] != MANY_NAMES:
            sys.exit(f"Of {MANY_NAMES} names, {what} finds {answer['rows']}.")
        seen.add(what, answer["processor"])
        if what == "load":
            seen.add("peak", answer["peak"])


def measure_report(cli, data, folder, seen):
    start = time.perf_counter()
    subprocess.run([cli, "train", "--model", "all", "--preset", "report", "--data", data, "--out", folder, "--quiet"],
                   stdout=subprocess.DEVNULL, check=True)
    seen.add("report", time.perf_counter() - start)


# ---- The table ----

def line_fit(xs, ys):
    """Slope, intercept, and the share of the variance that a straight line explains."""
    mean_x, mean_y = statistics.fmean(xs), statistics.fmean(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)
    intercept = mean_y - slope * mean_x
    left = sum((y - slope * x - intercept) ** 2 for x, y in zip(xs, ys))
    return slope, intercept, 1 - left / sum((y - mean_y) ** 2 for y in ys)


class Table:
    def __init__(self):
        self.rows = [("measure", "ours", "compared with", "ratio", "required", "met")]

    def add(self, measure, ours, peer="", ratio="", required="", met=None):
        self.rows.append((measure, ours, peer, ratio, required, {None: "", True: "yes", False: "no"}[met]))

    def add_ratio(self, measure, ours, peer, ratio, least=None):
        """More is better; without a least it is for the record."""
        required, met = (f"{least:g}x", ratio >= least) if least else ("", None)
        self.add(measure, ours, peer, f"{ratio:.1f}x" if ratio >= 10 else f"{ratio:.2f}x", required, met)

    def add_fraction(self, measure, ours, bound_of, fraction, least):
        self.add(measure, ours, f"bound: {bound_of}", f"{fraction:.0%}", f"{least:.0%}", fraction >= least)

    def add_value(self, measure, value, unit, most):
        """Less is better."""
        self.add(measure, f"{value:.0f} {unit}", "", "", f"<= {most} {unit}", value <= most)

    def as_text(self):
        widths = [max(len(row[i]) for row in self.rows) for i in range(6)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in self.rows]
        return "\n".join([lines[0], "-" * max(map(len, lines))] + lines[1:])

    def as_markdown(self):
        lines = ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join([lines[0], "|---|---|---|---|---|---|"] + lines[1:])


def per_second(value):
    return f"{value:,.0f} names/s"


def add_networks(table, seen, peers):
    torch, libtorch, numpy = peers

    def against(kind, peer, name, least=None):
        table.add_ratio(f"{kind}, batch 1", per_second(seen.median(kind)), f"{name}: {per_second(seen.median(peer))}",
                        seen.ratio(kind, peer), least)

    for kind, least in TORCH_RATIOS.items():
        if torch:
            against(kind, f"torch {kind}", "PyTorch", least)
        else:
            table.add(f"{kind}, batch 1", per_second(seen.median(kind)), NO_TORCH, "", f"{least}x")
    if torch:
        against("rnn", "torch rnn-last-output", "PyTorch, one output a name")
    for kind in KINDS if libtorch else ():
        against(kind, f"libtorch {kind}", "libtorch, C++")
    against("lstm", "plain", "plain C, -O2", 14)
    if numpy:
        against("lstm", "numpy", "NumPy")


def add_bounds(table, seen):
    for hidden, least in BOUND_FRACTIONS.items():
        table.add_fraction(f"lstm, {hidden} hidden", per_second(seen.median(f"fastest {hidden}")),
                           per_second(seen.median(f"bound {hidden}")),
                           seen.ratio(f"fastest {hidden}", f"bound {hidden}"), least)


def add_report(table, seen, torch):
    measure, ours = "train --model all --preset report", f"{seen.median('report'):.2f} s"
    if not torch:
        table.add(measure, ours, NO_TORCH, "", "60x")
        return
    theirs = [sum(REPORT_NAMES / speed for speed in speeds)
              for speeds in zip(*(seen.values[f"torch {kind}, wall"] for kind in KINDS))]
    ratio = statistics.median(a / b for a, b in zip(theirs, seen.values["report"]))
    table.add_ratio(measure, ours, f"PyTorch: {statistics.median(theirs):.0f} s*", ratio, 60)


def add_letters(table, seen):
    """A line through the fastest of all rounds."""
    slope, intercept, explained = line_fit(LETTERS, [min(seen.values[f"letters {n}"]) * 1e6 for n in LETTERS])
    table.add(f"lstm, {LETTERS[0]} to {LETTERS[-1]} letters", f"{slope:.2f} us a letter {intercept:+.1f} us",
              "straight line: share explained", f"{explained:.4f}", ">= 0.995", explained >= 0.995)


def add_data(table, seen):
    for peer, what, most in (("normalise", "reading, NFD by GLib", 1.5), ("reduce", "reading, reducing", None)):
        ratio = seen.ratio("load", peer)
        table.add("loading 2 million names", f"{seen.median('load'):.2f} s", f"{what}: {seen.median(peer):.2f} s",
                  f"{ratio:.2f}x", f"<= {most}x" if most else "", ratio <= most if most else None)
    if seen.median("peak"):
        table.add_value("memory while loading them", seen.median("peak") / 1e6, "MB", 400)


def make_table(seen, peers):
    table = Table()
    add_networks(table, seen, peers)
    add_bounds(table, seen)
    add_report(table, seen, peers.torch)
    for how, most in (("warm", 25), ("flushed", 100)):
        table.add_value(f"a typed name, all gates, caches {how}", seen.median(f"trace {how}") * 1e6, "us", most)
    add_letters(table, seen)
    add_data(table, seen)
    table.add_ratio("lstm by two threads", per_second(seen.median("two wall")),
                    f"one thread: {per_second(seen.median('one wall'))}", seen.ratio("two wall", "one wall"), 1.5)
    table.add_ratio("lstm, batches of 32", per_second(seen.median("batch")),
                    f"batch 1: {per_second(seen.median('one'))}", seen.ratio("batch", "one"), 1.3)
    return table


def first_line(path, start=""):
    try:
        with open(path, encoding="utf-8") as file:
            return next((line.split(":", 1)[-1].strip() for line in file if line.startswith(start)), "")
    except OSError:
        return ""


def notes(seen, rounds, compiler, peers):
    """What the numbers come from, a sentence each."""
    cache = first_line("/sys/devices/system/cpu/cpu0/cache/index2/size")
    machine = [first_line("/proc/cpuinfo", "model name") or platform.machine(), f"{os.cpu_count()} cores"]
    machine += [f"{cache} second-level cache"] if cache else []
    software = [f"{platform.system()} {platform.release()}", compiler] + [peer.name for peer in peers if peer]
    lines = [
        f"Machine: {', '.join(machine)}; {', '.join(software)}.",
        f"Medians over rounds of all measures ({rounds}); on one thread in processor time.",
        "Bound, for a name of T letters: (T - 1) (2 x 4 bytes x W / R + W / F); W: the recurrent weights, "
        "R: what is read a second from a block of their size ("
        + ", ".join(f"{seen.median(f'read {hidden}') / 1e9:.0f} GB/s for {hidden} hidden" for hidden in HIDDEN_SIZES)
        + f"), F: {seen.median('multiply_add') / 1e9:.0f} G multiply-adds/s.",
    ]
    if peers.torch:
        lines.append(f"* Extrapolated from {N_NAMES} names of each network to {REPORT_NAMES:,}, one network after the "
                     "other.")
    lines.append(f"Between all who train them, the losses of {N_NAMES} names differ by at most "
                 f"{max(seen.values['difference']):.1g}.")
    busy = seen.median("busy")
    if busy > 1.1:
        lines.append(f"The machine was busy: other programs had {1 - 1 / busy:.0%} of the time.")
    return lines


# ---- The whole ----

def parse_arguments():
    parser = argparse.ArgumentParser(description="Measures Gatescope's speed beside that of its peers.")
    parser.add_argument("--worker", required=True, help="the program bench-worker of the build")
    parser.add_argument("--cli", required=True, help="the program gatescope-cli of the build")
    parser.add_argument("--libtorch", metavar="PROGRAM", help="the program bench-libtorch, where there is one")
    parser.add_argument("--data", default=os.path.join(SOURCE, "data", "names"), help="folder of names")
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured (5)")
    parser.add_argument("--markdown", metavar="FILE", help="also write the table there, as Markdown")
    arguments = parser.parse_args()
    if arguments.rounds < 1:
        parser.error("--rounds must be at least 1")
    return arguments


def measure(arguments, folder):
    worker = Process(arguments.worker)
    about = worker.ask("prepare", arguments.data, folder)
    peers = Peers(start_peer(sys.executable, os.path.join(HERE, "torch_peer.py"), folder),
                  arguments.libtorch and start_peer(arguments.libtorch, folder),
                  start_peer(sys.executable, os.path.join(HERE, "numpy_peer.py"), folder))
    many = os.path.join(folder, "many")
    os.mkdir(many)
    worker.ask("generate", many, MANY_NAMES)
    seen = Seen()
    for number in range(arguments.rounds):
        print(f"Round {number + 1} of {arguments.rounds} ...", file=sys.stderr, flush=True)
        measure_training(worker, peers, seen)
        measure_bounds(worker, seen)
        measure_more(worker, seen)
        measure_letters(worker, seen)
        measure_data(arguments.worker, many, seen)
        measure_report(arguments.cli, arguments.data, os.path.join(folder, "report"), seen)
    for process in filter(None, (worker, *peers)):
        process.close()
    return make_table(seen, peers), notes(seen, arguments.rounds, about["compiler"], peers)


def main():
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="gatescope-bench-") as folder:
        table, lines = measure(arguments, folder)
    print(table.as_text(), "", *lines, sep="\n")
    if arguments.markdown:
        with open(arguments.markdown, "w", encoding="utf-8") as file:
            print(table.as_markdown(), "", "\n\n".join(lines).replace("* ", "\\* "), sep="\n", file=file)


if __name__ == "__main__":
    main()
