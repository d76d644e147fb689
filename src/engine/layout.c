/* layout.c: where each block of parameters lies in memory.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/layout.h"

#include "engine/alphabet.h"

/* A cache line's worth of floats: rows start on one, and so does each half's first column. */
#define LINE 16

static gsize
padded (gsize n)
{
  return (n + LINE - 1) / LINE * LINE;
}

/* An odd number of lines: rows at a power of two would meet in few sets of a cache, and leave most of it unused. */
static gsize
row_stride (gsize n)
{
  return (padded (n) / LINE | 1) * LINE;
}

static gsize
take (NnLayout *layout, gsize n)
{
  gsize offset = layout->size;

  layout->size += padded (n);
  return offset;
}

/* The RNN is so small that halving it would cost more than it could bring. */
static void
set_halves (NnLayout *layout, NnKind kind, guint hidden)
{
  guint first = kind == NN_RNN ? hidden : MIN (hidden, (guint) padded ((hidden + 1) / 2));

  layout->first_unit[0] = 0;
  layout->n_units[0] = first;
  layout->first_column[0] = 0;
  layout->first_unit[1] = first;
  layout->n_units[1] = hidden - first;
  layout->first_column[1] = layout->n_gates * first;
}

void
nn_layout_init (NnLayout *layout, NnKind kind, guint hidden, guint n_classes)
{
  *layout = (NnLayout){ .n_gates = nn_kind_has_gates (kind) ? NN_N_GATES : 1 };
  set_halves (layout, kind, hidden);
  layout->columns = (gsize) layout->n_gates * hidden;
  layout->stride = row_stride (layout->columns);
  layout->units_stride = padded (hidden);
  layout->classes_stride = padded (n_classes);
  layout->letter = take (layout, NN_ALPHABET_SIZE * layout->stride);
  layout->recurrent = take (layout, hidden * layout->stride);
  layout->bias = take (layout, layout->stride);
  if (kind == NN_LSTM)
    layout->second_bias = take (layout, layout->stride);
  layout->read = take (layout, n_classes * layout->units_stride);
  if (kind == NN_RNN)
    layout->read_letter = take (layout, NN_ALPHABET_SIZE * layout->classes_stride);
  layout->read_bias = take (layout, layout->classes_stride);
}

gsize
nn_layout_column (const NnLayout *layout, guint gate, guint unit)
{
  guint half = unit >= layout->n_units[0];

  return layout->first_column[half] + (gsize) gate * layout->n_units[half] + (unit - layout->first_unit[half]);
}
