/* libtorch_peer.cpp: the report's three networks in PyTorch's C++ library, trained as torch_peer.py trains them.
 *
 * In C++, for that is what the library is written for: it tells what of PyTorch's time is Python's. It reads what
 * bench-worker prepared and answers the same commands as the peers in Python (see peer.py).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <torch/torch.h>

#include <jansson.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace
{

const char LETTERS[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,;'";
const int64_t N_LETTERS = sizeof LETTERS - 1;
const int64_t HIDDEN = 128;

/* A name: its letters as one-hot vectors [T x 1 x 57], and its class [1]. */
struct Example
{
  torch::Tensor line, target;
};

struct Network : torch::nn::Module
{
  virtual torch::Tensor forward (const torch::Tensor &line) = 0; /* log probabilities [1 x C] */
};

struct Rnn : Network
{
  torch::nn::Linear i2h, i2o;

  explicit Rnn (int64_t n_classes) : i2h (N_LETTERS + HIDDEN, HIDDEN), i2o (N_LETTERS + HIDDEN, n_classes)
  {
    register_module ("i2h", i2h);
    register_module ("i2o", i2o);
  }

  torch::Tensor forward (const torch::Tensor &line) override
  {
    torch::Tensor hidden = torch::zeros ({ 1, HIDDEN }), output;

    for (int64_t t = 0; t < line.size (0); t++)
      {
        const torch::Tensor combined = torch::cat ({ line[t], hidden }, 1);
        hidden = i2h (combined);
        output = i2o (combined);
      }
    return torch::log_softmax (output, 1);
  }
};

struct Lstm : Network
{
  torch::nn::LSTM lstm;
  torch::nn::Linear linear;

  explicit Lstm (int64_t n_classes) : lstm (N_LETTERS, HIDDEN), linear (HIDDEN, n_classes)
  {
    register_module ("lstm", lstm);
    register_module ("linear", linear);
  }

  torch::Tensor forward (const torch::Tensor &line) override
  {
    const torch::Tensor output = std::get<0> (lstm (line));

    return torch::log_softmax (linear (output[-1]), 1);
  }
};

struct GateLstm : Network
{
  torch::nn::Linear forget_gate, input_gate, cell_update, output_gate, classify;

  explicit GateLstm (int64_t n_classes)
    : forget_gate (N_LETTERS + HIDDEN, HIDDEN), input_gate (N_LETTERS + HIDDEN, HIDDEN),
      cell_update (N_LETTERS + HIDDEN, HIDDEN), output_gate (N_LETTERS + HIDDEN, HIDDEN), classify (HIDDEN, n_classes)
  {
    register_module ("forget_gate", forget_gate);
    register_module ("input_gate", input_gate);
    register_module ("cell_update", cell_update);
    register_module ("output_gate", output_gate);
    register_module ("classify", classify);
  }

  torch::Tensor forward (const torch::Tensor &line) override
  {
    torch::Tensor hidden = torch::zeros ({ 1, HIDDEN }), cell = torch::zeros ({ 1, HIDDEN }), output;

    for (int64_t t = 0; t < line.size (0); t++)
      {
        const torch::Tensor combined = torch::cat ({ line[t], hidden }, 1);
        const torch::Tensor forget = torch::sigmoid (forget_gate (combined));
        const torch::Tensor keep = torch::sigmoid (input_gate (combined));
        const torch::Tensor update = torch::tanh (cell_update (combined));
        output = torch::sigmoid (output_gate (combined));
        cell = forget * cell + keep * update;
        hidden = output * torch::tanh (cell);
      }
    return torch::log_softmax (classify (output), 1);
  }
};

std::shared_ptr<Network>
new_network (const std::string &kind, int64_t n_classes)
{
  if (kind == "rnn")
    return std::make_shared<Rnn> (n_classes);
  if (kind == "lstm")
    return std::make_shared<Lstm> (n_classes);
  if (kind == "gate-lstm")
    return std::make_shared<GateLstm> (n_classes);
  throw std::runtime_error ("there is no network " + kind);
}

/* ---- What bench-worker prepared ---- */

std::vector<Example>
read_order (const std::string &folder)
{
  std::ifstream file (folder + "/order.tsv");
  std::vector<Example> order;
  std::string row;

  while (std::getline (file, row))
    {
      const size_t tab = row.find ('\t');
      torch::Tensor line = torch::zeros ({ (int64_t) tab, 1, N_LETTERS });

      for (size_t t = 0; t < tab; t++)
        line[(int64_t) t][0][std::strchr (LETTERS, row[t]) - LETTERS] = 1;
      order.push_back ({ line, torch::tensor ({ (int64_t) std::stol (row.substr (tab + 1)) }) });
    }
  return order;
}

/* A safetensors file: eight bytes of length (little-endian), a header in JSON, the numbers. */
std::map<std::string, torch::Tensor>
read_weights (const std::string &folder, const std::string &kind)
{
  std::ifstream file (folder + "/" + kind + ".safetensors", std::ios::binary);
  const std::string bytes{ std::istreambuf_iterator<char> (file), std::istreambuf_iterator<char> () };
  std::map<std::string, torch::Tensor> tensors;
  uint64_t length = 0;
  json_t *header, *about;
  const char *name;

  for (int i = 7; i >= 0; i--)
    length = length << 8 | (unsigned char) bytes.at ((size_t) i);
  header = json_loadb (bytes.data () + 8, length, 0, nullptr);
  if (header == nullptr)
    throw std::runtime_error (kind + ".safetensors has no header");
  json_object_foreach (header, name, about)
    {
      const json_t *shape = json_object_get (about, "shape");
      std::vector<int64_t> sizes;
      size_t first;

      if (shape == nullptr)
        continue;
      for (size_t i = 0; i < json_array_size (shape); i++)
        sizes.push_back (json_integer_value (json_array_get (shape, i)));
      first = 8 + length + (size_t) json_integer_value (json_array_get (json_object_get (about, "data_offsets"), 0));
      tensors[name] = torch::from_blob ((void *) (bytes.data () + first), sizes).clone ();
    }
  json_decref (header);
  return tensors;
}

/* ---- Training ---- */

/* The network has the file's weights. */
std::shared_ptr<Network>
load (const std::string &folder, const std::string &kind)
{
  const std::map<std::string, torch::Tensor> weights = read_weights (folder, kind);
  const std::shared_ptr<Network> network
    = new_network (kind, weights.at (kind == "rnn" ? "i2o.bias" : kind == "lstm" ? "linear.bias" : "classify.bias").size (0));
  torch::NoGradGuard no_gradient;

  for (auto &parameter : network->named_parameters ())
    parameter.value ().copy_ (weights.at (parameter.key ()));
  return network;
}

std::vector<torch::Tensor>
learn (Network &network, const std::vector<Example> &order, size_t n, double rate)
{
  std::vector<torch::Tensor> parameters = network.parameters (), losses;

  for (size_t i = 0; i < n; i++)
    {
      const torch::Tensor loss = torch::nll_loss (network.forward (order[i].line), order[i].target);

      loss.backward ();
      torch::NoGradGuard no_gradient;
      for (torch::Tensor &parameter : parameters)
        {
          parameter.add_ (parameter.grad (), -rate);
          parameter.mutable_grad () = torch::Tensor ();
        }
      losses.push_back (loss.detach ());
    }
  return losses;
}

double
seconds (clockid_t clock)
{
  timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + (double) time.tv_nsec * 1e-9;
}

/* "train KIND N" */
void
answer (const std::string &folder, const std::vector<Example> &order, const std::string &line)
{
  std::istringstream words (line);
  std::string command, kind;
  size_t n = 0;

  words >> command >> kind >> n;
  if (command != "train" || n == 0 || n > order.size ())
    throw std::runtime_error ("not understood: " + line);
  const std::shared_ptr<Network> network = load (folder, kind);
  const double processor = seconds (CLOCK_PROCESS_CPUTIME_ID), wall = seconds (CLOCK_MONOTONIC);
  const std::vector<torch::Tensor> losses = learn (*network, order, n, kind == "rnn" ? 0.005 : 0.1);

  std::printf ("{\"names\": %zu, \"processor\": %.9f, \"wall\": %.9f, \"losses\": [", n,
               seconds (CLOCK_PROCESS_CPUTIME_ID) - processor, seconds (CLOCK_MONOTONIC) - wall);
  for (size_t i = 0; i < losses.size (); i++)
    std::printf ("%s%.9g", i > 0 ? ", " : "", (double) losses[i].item<float> ());
  std::printf ("]}\n");
  std::fflush (stdout);
}

} // namespace

int
main (int argc, char **argv)
{
  if (argc != 2)
    {
      std::fprintf (stderr, "Usage: %s FOLDER\n", argv[0]);
      return 2;
    }
  torch::set_num_threads (1);
  const std::vector<Example> order = read_order (argv[1]);
  std::string line;

  std::printf ("{\"name\": \"libtorch %s\", \"kinds\": [\"rnn\", \"lstm\", \"gate-lstm\"]}\n", TORCH_VERSION);
  std::fflush (stdout);
  while (std::getline (std::cin, line))
    answer (argv[1], order, line);
  return 0;
}
