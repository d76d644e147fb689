/* tensor-table.c: PyTorch's names and shapes over a network's parameter block.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/tensor-table.h"

#include "engine/alphabet.h"

/* Which rows of memory a tensor's columns are: all on letters, all on hidden units, or cat (x, h). */
typedef enum
{
  ON_LETTER,
  ON_HIDDEN,
  ON_BOTH,
} Inputs;

static NnTensor *
start (NnTensor *tensor, const char *name, guint n_dimensions, guint rows, guint columns)
{
  *tensor = (NnTensor){ .n_dimensions = n_dimensions, .rows = rows, .columns = columns };
  g_strlcpy (tensor->name, name, sizeof tensor->name);
  return tensor;
}

static void
add_part (NnTensor *tensor, NnTensorPart part)
{
  g_assert (tensor->n_parts < NN_MAX_PARTS);
  if (part.rows > 0)
    tensor->parts[tensor->n_parts++] = part;
}

/* The rows from @row on of @tensor are the units of @gate, for the @columns inputs from @column on, which lie at
 * @offset, a row of memory each. */
static void
add_gate (NnTensor *tensor, const NnLayout *layout, guint gate, guint row, guint column, guint columns, gsize offset)
{
  for (guint half = 0; half < NN_N_HALVES; half++)
    add_part (tensor, (NnTensorPart){
                        .row = row + layout->first_unit[half],
                        .rows = layout->n_units[half],
                        .column = column,
                        .columns = columns,
                        .offset = offset + layout->first_column[half] + (gsize) gate * layout->n_units[half],
                        .row_step = 1,
                        .column_step = layout->stride,
                      });
}

/* A weight of one gate (a Linear's) or of all four (nn.LSTM's), from gate @gate on. */
static void
gate_weight (NnTensor *tensor, const char *name, const NnLayout *layout, guint hidden, guint gate, guint n_gates,
             Inputs inputs)
{
  guint letters = inputs == ON_HIDDEN ? 0 : NN_ALPHABET_SIZE;
  guint units = inputs == ON_LETTER ? 0 : hidden;

  start (tensor, name, 2, n_gates * hidden, letters + units);
  for (guint g = 0; g < n_gates; g++)
    {
      if (letters > 0)
        add_gate (tensor, layout, gate + g, g * hidden, 0, letters, layout->letter);
      if (units > 0)
        add_gate (tensor, layout, gate + g, g * hidden, letters, units, layout->recurrent);
    }
}

static void
gate_bias (NnTensor *tensor, const char *name, const NnLayout *layout, guint hidden, guint gate, guint n_gates,
           gsize offset)
{
  start (tensor, name, 1, n_gates * hidden, 1);
  for (guint g = 0; g < n_gates; g++)
    add_gate (tensor, layout, gate + g, g * hidden, 0, 1, offset);
}

static void
read_weight (NnTensor *tensor, const char *name, const NnLayout *layout, guint hidden, guint n_classes,
             gboolean reads_letter)
{
  guint letters = reads_letter ? NN_ALPHABET_SIZE : 0;

  start (tensor, name, 2, n_classes, letters + hidden);
  if (reads_letter)
    add_part (tensor, (NnTensorPart){ 0, n_classes, 0, letters, layout->read_letter, 1, layout->classes_stride });
  add_part (tensor, (NnTensorPart){ 0, n_classes, letters, hidden, layout->read, layout->units_stride, 1 });
}

static void
read_bias (NnTensor *tensor, const char *name, const NnLayout *layout, guint n_classes)
{
  start (tensor, name, 1, n_classes, 1);
  add_part (tensor, (NnTensorPart){ 0, n_classes, 0, 1, layout->read_bias, 1, 1 });
}

static guint
fill_gate_lstm (NnTensor *tensors, const NnLayout *layout, guint hidden)
{
  static const struct
  {
    const char *weight, *bias;
    NnGate gate;
  } linears[] = {
    { "forget_gate.weight", "forget_gate.bias", NN_GATE_FORGET },
    { "input_gate.weight", "input_gate.bias", NN_GATE_INPUT },
    { "cell_update.weight", "cell_update.bias", NN_GATE_CANDIDATE },
    { "output_gate.weight", "output_gate.bias", NN_GATE_OUTPUT },
  };
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (linears); i++)
    {
      gate_weight (&tensors[n++], linears[i].weight, layout, hidden, linears[i].gate, 1, ON_BOTH);
      gate_bias (&tensors[n++], linears[i].bias, layout, hidden, linears[i].gate, 1, layout->bias);
    }
  return n;
}

guint
nn_tensor_table_fill (NnTensor *tensors, NnKind kind, const NnLayout *layout, guint hidden, guint n_classes)
{
  const char *weight = kind == NN_RNN ? "i2o.weight" : kind == NN_LSTM ? "linear.weight" : "classify.weight";
  const char *bias = kind == NN_RNN ? "i2o.bias" : kind == NN_LSTM ? "linear.bias" : "classify.bias";
  guint n = 0;

  if (kind == NN_RNN)
    {
      gate_weight (&tensors[n++], "i2h.weight", layout, hidden, 0, 1, ON_BOTH);
      gate_bias (&tensors[n++], "i2h.bias", layout, hidden, 0, 1, layout->bias);
    }
  else if (kind == NN_LSTM)
    {
      gate_weight (&tensors[n++], "lstm.weight_ih_l0", layout, hidden, 0, NN_N_GATES, ON_LETTER);
      gate_weight (&tensors[n++], "lstm.weight_hh_l0", layout, hidden, 0, NN_N_GATES, ON_HIDDEN);
      gate_bias (&tensors[n++], "lstm.bias_ih_l0", layout, hidden, 0, NN_N_GATES, layout->bias);
      gate_bias (&tensors[n++], "lstm.bias_hh_l0", layout, hidden, 0, NN_N_GATES, layout->second_bias);
    }
  else
    n = fill_gate_lstm (tensors, layout, hidden);
  read_weight (&tensors[n++], weight, layout, hidden, n_classes, kind == NN_RNN);
  read_bias (&tensors[n++], bias, layout, n_classes);
  g_assert (n <= NN_MAX_TENSORS);
  return n;
}
