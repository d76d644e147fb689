"""torch_peer.py: the report's three networks in PyTorch, trained as the report trains them, eagerly on one thread.

What is timed for each name: forward, loss, backward, and one step of plain SGD. What is not: letters and classes are
made into tensors before. Gradients are dropped rather than zeroed, and the loss stays a tensor until the end.
"""

import sys

import peer

try:
    import torch
except ImportError:
    sys.exit("PyTorch is not installed")

HIDDEN = 128


class RNN(torch.nn.Module):
    def __init__(self, n_letters, n_hidden, n_classes):
        super().__init__()
        self.n_hidden = n_hidden
        self.i2h = torch.nn.Linear(n_letters + n_hidden, n_hidden)
        self.i2o = torch.nn.Linear(n_letters + n_hidden, n_classes)
        self.softmax = torch.nn.LogSoftmax(dim=1)

    def forward(self, line):
        hidden = torch.zeros(1, self.n_hidden)
        for letter in line:
            combined = torch.cat((letter, hidden), 1)
            hidden = self.i2h(combined)
            output = self.i2o(combined)
        return self.softmax(output)


class LastOutputRNN(RNN):
    """The same without what nobody reads: outputs before the last letter, and the last hidden state."""

    def forward(self, line):
        hidden = torch.zeros(1, self.n_hidden)
        for letter in line[:-1]:
            hidden = self.i2h(torch.cat((letter, hidden), 1))
        return self.softmax(self.i2o(torch.cat((line[-1], hidden), 1)))


class LSTM(torch.nn.Module):
    def __init__(self, n_letters, n_hidden, n_classes):
        super().__init__()
        self.lstm = torch.nn.LSTM(n_letters, n_hidden)
        self.linear = torch.nn.Linear(n_hidden, n_classes)
        self.softmax = torch.nn.LogSoftmax(dim=1)

    def forward(self, line):
        output, _ = self.lstm(line)
        return self.softmax(self.linear(output[-1]))


class GateLSTM(torch.nn.Module):
    def __init__(self, n_letters, n_hidden, n_classes):
        super().__init__()
        self.n_hidden = n_hidden
        self.forget_gate = torch.nn.Linear(n_letters + n_hidden, n_hidden)
        self.input_gate = torch.nn.Linear(n_letters + n_hidden, n_hidden)
        self.cell_update = torch.nn.Linear(n_letters + n_hidden, n_hidden)
        self.output_gate = torch.nn.Linear(n_letters + n_hidden, n_hidden)
        self.classify = torch.nn.Linear(n_hidden, n_classes)
        self.softmax = torch.nn.LogSoftmax(dim=1)

    def forward(self, line):
        hidden = torch.zeros(1, self.n_hidden)
        cell = torch.zeros(1, self.n_hidden)
        for letter in line:
            combined = torch.cat((letter, hidden), 1)
            forget = torch.sigmoid(self.forget_gate(combined))
            keep = torch.sigmoid(self.input_gate(combined))
            update = torch.tanh(self.cell_update(combined))
            output = torch.sigmoid(self.output_gate(combined))
            cell = forget * cell + keep * update
            hidden = output * torch.tanh(cell)
        return self.softmax(self.classify(output))


# A network of ours and how it is written here. The second RNN is for the record.
NETWORKS = {"rnn": RNN, "rnn-last-output": LastOutputRNN, "lstm": LSTM, "gate-lstm": GateLSTM}


def one_hot(letters):
    line = torch.zeros(len(letters), 1, len(peer.LETTERS))
    for step, letter in enumerate(letters):
        line[step, 0, letter] = 1
    return line


def main(folder):
    torch.set_num_threads(1)
    order = [(one_hot(letters), torch.tensor([target])) for letters, target in peer.read_order(folder)]

    def train(kind, n):
        ours = kind.removesuffix("-last-output")
        weights = {name: torch.frombuffer(bytearray(data), dtype=torch.float32).reshape(shape)
                   for name, (shape, data) in peer.read_weights(folder, ours).items()}
        n_classes = next(reversed(weights.values())).shape[0]
        network = NETWORKS[kind](len(peer.LETTERS), HIDDEN, n_classes)
        network.load_state_dict(weights)
        parameters = list(network.parameters())
        criterion = torch.nn.NLLLoss()
        rate = peer.RATES[ours]

        def learn():
            losses = []
            for line, target in order[:n]:
                loss = criterion(network(line), target)
                loss.backward()
                for parameter in parameters:
                    parameter.data.add_(parameter.grad, alpha=-rate)
                    parameter.grad = None
                losses.append(loss.detach())
            return [loss.item() for loss in losses]

        return learn

    peer.serve({"name": f"PyTorch {torch.__version__}", "kinds": list(NETWORKS)}, train)


if __name__ == "__main__":
    main(sys.argv[1])
