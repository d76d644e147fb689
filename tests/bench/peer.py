"""peer.py: what the peers of the benchmark have in common: they read what bench-worker prepared, and its commands."""

import json
import os
import struct
import sys
import time

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,;'"
RATES = {"rnn": 0.005, "lstm": 0.1, "gate-lstm": 0.1}


def read_order(folder):
    """The names in order: positions of their letters, and the number of their class."""
    with open(os.path.join(folder, "order.tsv"), encoding="ascii") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [([LETTERS.index(letter) for letter in name], int(target)) for name, target in rows]


def read_weights(folder, kind):
    """The tensors of a safetensors file: their names, shapes and bytes (little-endian float32)."""
    with open(os.path.join(folder, kind + ".safetensors"), "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    header.pop("__metadata__", None)
    return {name: (about["shape"], data[slice(*about["data_offsets"])]) for name, about in header.items()}


def serve(about, train):
    """Answers commands "train KIND N" with the seconds and losses of N names from the first weights.

    train(kind, n) prepares what is not to be timed and gives a function that learns from the n names and returns their
    losses.
    """
    print(json.dumps(about), flush=True)
    for line in sys.stdin:
        command, kind, n = line.rstrip("\n").split("\t")
        assert command == "train", command
        learn = train(kind, int(n))
        processor, wall = time.process_time(), time.perf_counter()
        losses = learn()
        processor, wall = time.process_time() - processor, time.perf_counter() - wall
        print(json.dumps({"names": int(n), "processor": processor, "wall": wall, "losses": losses}), flush=True)
