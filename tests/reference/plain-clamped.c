/* plain-clamped.c: the LSTMs in the plainest loops, with gates that are replaced.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain-clamped.h"

#include <math.h>
#include <stdlib.h>

/* PyTorch's nn.LSTM stacks the rows of i, f, g, o; the LSTM by hand has a Linear for each of f, i, g, o. */
static double
sum_of (const PlainNetwork *network, PlainGate gate, int unit, int letter, const double *hidden)
{
  static const int stacked[PLAIN_N_GATES] = { 1, 0, 2, 3 };
  const int h = network->hidden;
  double sum = 0;

  if (network->kind == PLAIN_LSTM)
    {
      const int row = stacked[gate] * h + unit;

      sum = network->weights[0][row * 57 + letter] + network->weights[2][row] + network->weights[3][row];
      for (int k = 0; k < h; k++)
        sum += network->weights[1][row * h + k] * hidden[k];
      return sum;
    }
  for (int k = 0; k < h; k++)
    sum += network->weights[2 * gate][unit * (57 + h) + 57 + k] * hidden[k];
  return sum + network->weights[2 * gate][unit * (57 + h) + letter] + network->weights[2 * gate + 1][unit];
}

void
plain_clamped_forward (const PlainNetwork *network, const int *letters, int steps, PlainReplace replace, void *data,
                       double *values, double *logits)
{
  const int h = network->hidden;
  const PlainReal *weight = network->weights[network->n_tensors - 2];
  const PlainReal *bias = network->weights[network->n_tensors - 1];
  double *nothing = calloc ((size_t) h, sizeof (double));
  const double *read;

  for (int t = 0; t < steps; t++)
    {
      double *now = values + t * PLAIN_N_VALUES * h;
      const double *cell = t > 0 ? now - PLAIN_N_VALUES * h + 4 * h : nothing;
      const double *hidden = t > 0 ? now - PLAIN_N_VALUES * h + 5 * h : nothing;

      for (int u = 0; u < h; u++)
        {
          for (int gate = 0; gate < PLAIN_N_GATES; gate++)
            {
              double a = sum_of (network, (PlainGate) gate, u, letters[t], hidden);

              a = gate == PLAIN_CANDIDATE ? tanh (a) : 1 / (1 + exp (-a));
              now[gate * h + u] = replace ((PlainGate) gate, t, u, a, data);
            }
          now[4 * h + u] = now[u] * cell[u] + now[h + u] * now[2 * h + u];
          now[5 * h + u] = now[3 * h + u] * tanh (now[4 * h + u]);
        }
    }
  read = values + ((steps - 1) * PLAIN_N_VALUES + (network->kind == PLAIN_GATE_LSTM ? 3 : 5)) * h;
  for (int k = 0; k < network->classes; k++)
    {
      logits[k] = bias[k];
      for (int u = 0; u < h; u++)
        logits[k] += weight[k * h + u] * read[u];
    }
  free (nothing);
}
