#!/usr/bin/env python3
"""Writes the .ini files beside it: what torch.optim and clip_grad_norm_ make of the four networks, in float64.

    python3 make.py

Needs PyTorch, and the names and classes of ../golden/*.ini. The weights are those of the rule in
tests/support/known-weights.h. SPDX-License-Identifier: GPL-3.0-or-later
"""

import configparser
import math
import os

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,;'"
HIDDEN, STEPS, ELEMENTS = 128, 100, 7
MASK = (1 << 64) - 1

# Small steps: with large ones a network is so sure of eighteen names after a while that rounding decides its loss.
# Group, optimizer, batch, learning rate, largest norm (0: no limit), decoupled weight decay.
CASES = [
    ("adam", "adam", 1, 0.001, 0.0, 0.0),
    ("adam clipped", "adam", 4, 0.0005, 0.25, 0.0),
    ("adam with weight decay", "adam", 5, 0.0005, 0.0, 0.5),
    ("sgd clipped", "sgd", 3, 0.05, 0.5, 0.0),
]

torch.set_default_dtype(torch.float64)


def known_weight(seed, k, j, bound):
    z = ((seed << 40) + (k << 32) + j + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    z = z ^ (z >> 31)
    return (2.0 * ((z >> 11) * 2.0**-53) - 1.0) * bound


class RNN(torch.nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.i2h = torch.nn.Linear(57 + HIDDEN, HIDDEN)
        self.i2o = torch.nn.Linear(57 + HIDDEN, classes)

    def forward(self, letters):
        hidden = torch.zeros(1, HIDDEN)
        for letter in letters:
            both = torch.cat((letter, hidden), 1)
            hidden = self.i2h(both)
            output = self.i2o(both)
        return torch.log_softmax(output, 1)


class LSTM(torch.nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.lstm = torch.nn.LSTM(57, HIDDEN)
        self.linear = torch.nn.Linear(HIDDEN, classes)

    def forward(self, letters):
        output, _ = self.lstm(letters)
        return torch.log_softmax(self.linear(output[-1]), 1)


class GateLSTM(torch.nn.Module):
    def __init__(self, classes, on_hidden):
        super().__init__()
        self.forget_gate = torch.nn.Linear(57 + HIDDEN, HIDDEN)
        self.input_gate = torch.nn.Linear(57 + HIDDEN, HIDDEN)
        self.cell_update = torch.nn.Linear(57 + HIDDEN, HIDDEN)
        self.output_gate = torch.nn.Linear(57 + HIDDEN, HIDDEN)
        self.classify = torch.nn.Linear(HIDDEN, classes)
        self.on_hidden = on_hidden

    def forward(self, letters):
        hidden = torch.zeros(1, HIDDEN)
        cell = torch.zeros(1, HIDDEN)
        for letter in letters:
            both = torch.cat((letter, hidden), 1)
            gate = torch.sigmoid(self.output_gate(both))
            cell = torch.sigmoid(self.forget_gate(both)) * cell + torch.sigmoid(self.input_gate(both)) * torch.tanh(
                self.cell_update(both)
            )
            hidden = gate * torch.tanh(cell)
        return torch.log_softmax(self.classify(hidden if self.on_hidden else gate), 1)


def new_model(kind, classes, seed):
    model = {
        "rnn": lambda: RNN(classes),
        "lstm": lambda: LSTM(classes),
        "gate-lstm": lambda: GateLSTM(classes, False),
        "gate-lstm-hidden": lambda: GateLSTM(classes, True),
    }[kind]()
    for k, (name, parameter) in enumerate(model.named_parameters()):
        on_hidden = name.startswith(("lstm.", "linear.", "classify."))
        bound = 1.0 / math.sqrt(HIDDEN if on_hidden else 57 + HIDDEN)
        values = [known_weight(seed, k, j, bound) for j in range(parameter.numel())]
        parameter.data = torch.tensor(values).to(torch.float32).to(torch.float64).reshape(parameter.shape)
    return model


def one_hot(name):
    letters = torch.zeros(len(name), 1, 57)
    for t, letter in enumerate(name):
        letters[t, 0, LETTERS.index(letter)] = 1
    return letters


def reals(values):
    return "".join("%.10e;" % value for value in values)


def run_case(model, names, case):
    group, optimizer_id, batch, rate, clip, weight_decay = case
    if optimizer_id == "sgd":
        optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    else:
        optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=weight_decay)
        if weight_decay == 0:
            optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    losses = []
    for step in range(STEPS):
        drawn = [names[(step * batch + i) % len(names)] for i in range(batch)]
        optimizer.zero_grad()
        loss = sum(-model(letters)[0, target] for letters, target in drawn) / batch
        loss.backward()
        if clip > 0:
            torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    lines = ["[%s]" % group, "optimizer=%s" % optimizer_id, "batch=%d" % batch, "learning rate=%g" % rate,
             "clip=%g" % clip, "weight decay=%g" % weight_decay, "loss per step=" + reals(losses)]
    for name, parameter in model.named_parameters():
        flat = parameter.detach().reshape(-1)
        some = [flat[i * (flat.numel() - 1) // (ELEMENTS - 1)].item() for i in range(ELEMENTS)]
        lines.append("weight %s=" % name + reals([flat.norm().item()] + some))
    return lines


def main():
    for kind in ("rnn", "lstm", "gate-lstm", "gate-lstm-hidden"):
        golden = configparser.ConfigParser(interpolation=None, delimiters=("=",))
        golden.optionxform = str
        golden.read(os.path.join(HERE, "..", "golden", kind + ".ini"), encoding="utf-8")
        classes = golden["case"]["classes"].rstrip(";").split(";")
        seed = int(golden["case"]["seed"])
        groups = [golden["name %d" % i] for i in range(18)]
        names = [(one_hot(group["ascii"]), classes.index(group["class"])) for group in groups]
        lines = ["# torch.optim and clip_grad_norm_ over %d steps in float64, made by make.py." % STEPS]
        for case in CASES:
            lines += [""] + run_case(new_model(kind, len(classes), seed), names, case)
        with open(os.path.join(HERE, kind + ".ini"), "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
