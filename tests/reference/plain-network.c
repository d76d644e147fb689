/* plain-network.c: the four networks in the plainest loops, to hold the engine against.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain-network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  I,
  F,
  G,
  O,
  C,
  H,
  N_STATES
};

static void
add_tensor (PlainNetwork *n, const char *name, size_t size)
{
  n->names[n->n_tensors] = name;
  n->sizes[n->n_tensors] = size;
  n->weights[n->n_tensors] = calloc (size, sizeof (PlainReal));
  n->gradients[n->n_tensors] = calloc (size, sizeof (PlainReal));
  n->n_tensors++;
}

PlainNetwork *
plain_network_new (PlainKind kind, int hidden, int classes)
{
  PlainNetwork *n = calloc (1, sizeof *n);
  size_t h = (size_t) hidden, c = (size_t) classes, both = PLAIN_LETTERS + h;

  n->kind = kind;
  n->hidden = hidden;
  n->classes = classes;
  if (kind == PLAIN_RNN)
    {
      add_tensor (n, "i2h.weight", h * both);
      add_tensor (n, "i2h.bias", h);
      add_tensor (n, "i2o.weight", c * both);
      add_tensor (n, "i2o.bias", c);
    }
  else if (kind == PLAIN_LSTM)
    {
      add_tensor (n, "lstm.weight_ih_l0", 4 * h * PLAIN_LETTERS);
      add_tensor (n, "lstm.weight_hh_l0", 4 * h * h);
      add_tensor (n, "lstm.bias_ih_l0", 4 * h);
      add_tensor (n, "lstm.bias_hh_l0", 4 * h);
      add_tensor (n, "linear.weight", c * h);
      add_tensor (n, "linear.bias", c);
    }
  else
    {
      static const char *const names[][2] = { { "forget_gate.weight", "forget_gate.bias" },
                                              { "input_gate.weight", "input_gate.bias" },
                                              { "cell_update.weight", "cell_update.bias" },
                                              { "output_gate.weight", "output_gate.bias" } };
      for (int gate = 0; gate < 4; gate++)
        {
          add_tensor (n, names[gate][0], h * both);
          add_tensor (n, names[gate][1], h);
        }
      add_tensor (n, "classify.weight", c * h);
      add_tensor (n, "classify.bias", c);
    }
  n->states = calloc ((PLAIN_MAX_STEPS + 1) * N_STATES * h, sizeof (PlainReal));
  n->logits = calloc (c, sizeof (PlainReal));
  n->pre_gradients = calloc (4 * h, sizeof (PlainReal));
  n->d_hidden = calloc (h, sizeof (PlainReal));
  n->d_cell = calloc (h, sizeof (PlainReal));
  n->d_hidden_before = calloc (h, sizeof (PlainReal));
  return n;
}

void
plain_network_free (PlainNetwork *n)
{
  for (int k = 0; k < n->n_tensors; k++)
    {
      free (n->weights[k]);
      free (n->gradients[k]);
    }
  free (n->states);
  free (n->logits);
  free (n->pre_gradients);
  free (n->d_hidden);
  free (n->d_cell);
  free (n->d_hidden_before);
  free (n);
}

static PlainReal *
state (PlainNetwork *n, int step, int which)
{
  return n->states + ((size_t) (step + 1) * N_STATES + (size_t) which) * (size_t) n->hidden;
}

/* gate-lstm's tensors come in the order f, i, g, o. */
static int
tensor_of_gate (int gate)
{
  static const int order[4] = { 2, 0, 4, 6 };
  return order[gate];
}

/* What unit @u of @gate adds up from the letter and the hidden state before. */
static PlainReal
pre_activation (PlainNetwork *n, int gate, int u, int letter, const PlainReal *before)
{
  int hidden = n->hidden;
  PlainReal sum;

  if (n->kind == PLAIN_LSTM)
    {
      int row = gate * hidden + u;
      const PlainReal *w = n->weights[1] + (size_t) row * (size_t) hidden;

      sum = n->weights[0][row * PLAIN_LETTERS + letter] + n->weights[2][row] + n->weights[3][row];
      for (int k = 0; k < hidden; k++)
        sum += w[k] * before[k];
    }
  else
    {
      int tensor = n->kind == PLAIN_RNN ? 0 : tensor_of_gate (gate);
      const PlainReal *w = n->weights[tensor] + (size_t) u * (size_t) (PLAIN_LETTERS + hidden);

      sum = w[letter] + n->weights[tensor + 1][u];
      for (int k = 0; k < hidden; k++)
        sum += w[PLAIN_LETTERS + k] * before[k];
    }
  return sum;
}

static PlainReal
sigmoid (PlainReal x)
{
  return 1 / (1 + (PlainReal) exp ((double) -x));
}

static void
step_forward (PlainNetwork *n, int step, int letter)
{
  const PlainReal *before = state (n, step - 1, H);

  for (int u = 0; u < n->hidden; u++)
    {
      PlainReal i, f, g, o, c;

      if (n->kind == PLAIN_RNN)
        {
          state (n, step, H)[u] = pre_activation (n, 0, u, letter, before);
          continue;
        }
      i = state (n, step, I)[u] = sigmoid (pre_activation (n, I, u, letter, before));
      f = state (n, step, F)[u] = sigmoid (pre_activation (n, F, u, letter, before));
      g = state (n, step, G)[u] = (PlainReal) tanh ((double) pre_activation (n, G, u, letter, before));
      o = state (n, step, O)[u] = sigmoid (pre_activation (n, O, u, letter, before));
      c = state (n, step, C)[u] = f * state (n, step - 1, C)[u] + i * g;
      state (n, step, H)[u] = o * (PlainReal) tanh ((double) c);
    }
}

/* What the classifier reads at the last step. */
static PlainReal *
classified (PlainNetwork *n, int steps)
{
  if (n->kind == PLAIN_RNN)
    return state (n, steps - 2, H);
  return state (n, steps - 1, n->kind == PLAIN_GATE_LSTM ? O : H);
}

PlainReal
plain_network_forward (PlainNetwork *n, const int *letters, int steps, int target)
{
  const PlainReal *weight = n->weights[n->n_tensors - 2], *bias = n->weights[n->n_tensors - 1];
  int skip = n->kind == PLAIN_RNN ? PLAIN_LETTERS : 0;
  PlainReal sum = 0, *x;

  for (int t = 0; t < steps; t++)
    step_forward (n, t, letters[t]);
  x = classified (n, steps);
  for (int k = 0; k < n->classes; k++)
    {
      const PlainReal *row = weight + k * (skip + n->hidden);

      n->logits[k] = bias[k] + (skip ? row[letters[steps - 1]] : 0);
      for (int u = 0; u < n->hidden; u++)
        n->logits[k] += row[skip + u] * x[u];
    }
  for (int k = 0; k < n->classes; k++)
    sum += (PlainReal) exp ((double) n->logits[k]);
  return (PlainReal) log ((double) sum) - n->logits[target];
}

/* Gradients of one gate's weights at one step, and what reaches the hidden state before. */
static void
gate_backward (PlainNetwork *n, int gate, int u, int letter, const PlainReal *before, PlainReal d)
{
  int hidden = n->hidden;

  if (n->kind == PLAIN_LSTM)
    {
      int row = gate * hidden + u;

      n->gradients[0][row * PLAIN_LETTERS + letter] += d;
      n->gradients[2][row] += d;
      n->gradients[3][row] += d;
      for (int k = 0; k < hidden; k++)
        {
          n->gradients[1][row * hidden + k] += d * before[k];
          n->d_hidden_before[k] += d * n->weights[1][row * hidden + k];
        }
    }
  else
    {
      int tensor = n->kind == PLAIN_RNN ? 0 : tensor_of_gate (gate);
      int row = u * (PLAIN_LETTERS + hidden);

      n->gradients[tensor][row + letter] += d;
      n->gradients[tensor + 1][u] += d;
      for (int k = 0; k < hidden; k++)
        {
          n->gradients[tensor][row + PLAIN_LETTERS + k] += d * before[k];
          n->d_hidden_before[k] += d * n->weights[tensor][row + PLAIN_LETTERS + k];
        }
    }
}

static void
step_backward (PlainNetwork *n, int step, int letter, const PlainReal *d_output)
{
  const PlainReal *before = state (n, step - 1, H);

  memset (n->d_hidden_before, 0, (size_t) n->hidden * sizeof (PlainReal));
  for (int u = 0; u < n->hidden; u++)
    {
      PlainReal i = state (n, step, I)[u], f = state (n, step, F)[u], g = state (n, step, G)[u];
      PlainReal o = state (n, step, O)[u], tanh_c = (PlainReal) tanh ((double) state (n, step, C)[u]), d_o;

      if (n->kind == PLAIN_RNN)
        {
          gate_backward (n, 0, u, letter, before, n->d_hidden[u]);
          continue;
        }
      d_o = n->d_hidden[u] * tanh_c + (d_output != NULL ? d_output[u] : 0);
      n->d_cell[u] += n->d_hidden[u] * o * (1 - tanh_c * tanh_c);
      gate_backward (n, I, u, letter, before, n->d_cell[u] * g * i * (1 - i));
      gate_backward (n, F, u, letter, before, n->d_cell[u] * state (n, step - 1, C)[u] * f * (1 - f));
      gate_backward (n, G, u, letter, before, n->d_cell[u] * i * (1 - g * g));
      gate_backward (n, O, u, letter, before, d_o * o * (1 - o));
      n->d_cell[u] *= f;
    }
  memcpy (n->d_hidden, n->d_hidden_before, (size_t) n->hidden * sizeof (PlainReal));
}

void
plain_network_backward (PlainNetwork *n, const int *letters, int steps, int target)
{
  int last = n->n_tensors - 2, skip = n->kind == PLAIN_RNN ? PLAIN_LETTERS : 0;
  const PlainReal *x = classified (n, steps);
  PlainReal sum = 0, *read_gradient = n->pre_gradients;

  for (int k = 0; k < n->n_tensors; k++)
    memset (n->gradients[k], 0, n->sizes[k] * sizeof (PlainReal));
  memset (read_gradient, 0, (size_t) n->hidden * sizeof (PlainReal));
  for (int k = 0; k < n->classes; k++)
    sum += (PlainReal) exp ((double) n->logits[k]);
  for (int k = 0; k < n->classes; k++)
    {
      PlainReal d = (PlainReal) exp ((double) n->logits[k]) / sum - (k == target);
      int row = k * (skip + n->hidden);

      if (skip)
        n->gradients[last][row + letters[steps - 1]] = d;
      n->gradients[last + 1][k] = d;
      for (int u = 0; u < n->hidden; u++)
        {
          n->gradients[last][row + skip + u] = d * x[u];
          read_gradient[u] += d * n->weights[last][row + skip + u];
        }
    }

  memset (n->d_hidden, 0, (size_t) n->hidden * sizeof (PlainReal));
  memset (n->d_cell, 0, (size_t) n->hidden * sizeof (PlainReal));
  if (n->kind != PLAIN_GATE_LSTM)
    memcpy (n->d_hidden, read_gradient, (size_t) n->hidden * sizeof (PlainReal));
  for (int t = n->kind == PLAIN_RNN ? steps - 2 : steps - 1; t >= 0; t--)
    step_backward (n, t, letters[t], n->kind == PLAIN_GATE_LSTM && t == steps - 1 ? read_gradient : NULL);
}

void
plain_network_update (PlainNetwork *n, PlainReal rate)
{
  for (int k = 0; k < n->n_tensors; k++)
    for (size_t j = 0; j < n->sizes[k]; j++)
      n->weights[k][j] -= rate * n->gradients[k][j];
}
