"""numpy_peer.py: the LSTM in NumPy, forward, backward and update by hand, for the record.

It takes the short cuts that one would take: the letter's weights are looked up rather than multiplied with zeros and
ones, and the recurrent gradient is one product over all letters.
"""

import sys

import peer

try:
    import numpy as np
except ImportError:
    sys.exit("NumPy is not installed")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class LSTM:
    def __init__(self, weights):
        self.w_x, self.w_h, self.b_x, self.b_h, self.v, self.c = weights
        self.n = self.w_h.shape[1]

    def learn(self, letters, target, rate):
        """One step of SGD on one name. Returns its loss."""
        n, steps = self.n, len(letters)
        gates = np.empty((steps, 4, n), np.float32)
        cells = np.zeros((steps + 1, n), np.float32)
        hiddens = np.zeros((steps + 1, n), np.float32)
        bias = self.b_x + self.b_h
        for t, letter in enumerate(letters):
            z = (self.w_x[:, letter] + bias + self.w_h @ hiddens[t]).reshape(4, n)
            gates[t] = sigmoid(z)
            gates[t, 2] = np.tanh(z[2])
            i, f, g, o = gates[t]
            cells[t + 1] = f * cells[t] + i * g
            hiddens[t + 1] = o * np.tanh(cells[t + 1])
        logits = self.v @ hiddens[steps] + self.c
        shifted = logits - logits.max()
        log_probabilities = shifted - np.log(np.exp(shifted).sum())

        d_logits = np.exp(log_probabilities)
        d_logits[target] -= 1
        d_hidden = d_logits @ self.v
        d_cell = np.zeros(n, np.float32)
        d_gates = np.empty((steps, 4, n), np.float32)
        for t in reversed(range(steps)):
            i, f, g, o = gates[t]
            tanh_cell = np.tanh(cells[t + 1])
            d_cell = d_cell + d_hidden * o * (1 - tanh_cell * tanh_cell)
            d_gates[t, 0] = d_cell * g * i * (1 - i)
            d_gates[t, 1] = d_cell * cells[t] * f * (1 - f)
            d_gates[t, 2] = d_cell * i * (1 - g * g)
            d_gates[t, 3] = d_hidden * tanh_cell * o * (1 - o)
            d_hidden = d_gates[t].reshape(-1) @ self.w_h
            d_cell = d_cell * f

        flat = d_gates.reshape(steps, 4 * n)
        self.v -= rate * np.outer(d_logits, hiddens[steps])
        self.c -= rate * d_logits
        self.w_h -= rate * (flat.T @ hiddens[:steps])
        for t, letter in enumerate(letters):
            self.w_x[:, letter] -= rate * flat[t]
        d_bias = flat.sum(axis=0)
        self.b_x -= rate * d_bias
        self.b_h -= rate * d_bias
        return -float(log_probabilities[target])


def main(folder):
    order = peer.read_order(folder)

    def train(kind, n):
        network = LSTM([np.frombuffer(data, np.float32).reshape(shape).copy()
                        for shape, data in peer.read_weights(folder, kind).values()])
        rate = np.float32(peer.RATES[kind])
        return lambda: [network.learn(letters, target, rate) for letters, target in order[:n]]

    peer.serve({"name": f"NumPy {np.__version__}", "kinds": ["lstm"]}, train)


if __name__ == "__main__":
    main(sys.argv[1])
