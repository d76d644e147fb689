/* gradients.c: the engine's derivatives against central differences in double of the plain networks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/network.h"
#include "reference/plain-network.h"
#include "support/known-weights.h"

#include <math.h>
#include <string.h>

#define STEP 1e-5
#define TOLERANCE 2e-5

typedef struct
{
  NnKind kind;
  guint hidden;
  guint classes;
  const char *name;
} Size;

/* Odd sizes, one letter, and the longest name. */
static const Size sizes[] = {
  { NN_RNN, 8, 2, "A" },         { NN_RNN, 13, 5, "Bo" },          { NN_RNN, 33, 3, "O'Neill" },
  { NN_LSTM, 8, 2, "A" },        { NN_LSTM, 13, 5, "Bo" },         { NN_LSTM, 37, 3, "Van den Berg" },
  { NN_GATE_LSTM, 8, 2, "A" },   { NN_GATE_LSTM, 13, 5, "Bo" },    { NN_GATE_LSTM, 37, 3, "Van den Berg" },
  { NN_GATE_LSTM_HIDDEN, 8, 2, "A" }, { NN_GATE_LSTM_HIDDEN, 21, 64, "Li, Jr.; x" },
  { NN_LSTM, 9, 4, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,;'abcdefg" },
};

static NnModel *
new_model (const Size *size)
{
  g_auto (GStrv) classes = g_new0 (char *, size->classes + 1);
  g_autoptr (GError) error = NULL;
  NnModel *model;

  for (guint k = 0; k < size->classes; k++)
    classes[k] = g_strdup_printf ("Class%02u", k);
  model = nn_model_new (size->kind, size->hidden, (const char *const *) classes, &error);
  g_assert_no_error (error);
  known_weights_fill (model, 7);
  return model;
}

/* The same weights, in double. */
static PlainNetwork *
new_plain (const NnModel *model)
{
  PlainNetwork *plain = plain_network_new ((PlainKind) model->kind, (int) model->hidden, (int) model->n_classes);

  g_assert_cmpint (plain->n_tensors, ==, (int) model->n_tensors);
  for (guint k = 0; k < model->n_tensors; k++)
    {
      gsize n = nn_tensor_n_elements (&model->tensors[k]);
      g_autofree float *values = g_new (float, n);

      g_assert_cmpstr (plain->names[k], ==, model->tensors[k].name);
      g_assert_cmpuint (plain->sizes[k], ==, n);
      nn_tensor_read (&model->tensors[k], model->parameters, values);
      for (gsize j = 0; j < n; j++)
        plain->weights[k][j] = (double) values[j];
    }
  return plain;
}

static int
letters_of (const char *name, int *letters)
{
  int n = 0;

  for (; name[n] != '\0'; n++)
    letters[n] = nn_letter_index (name[n]);
  return n;
}

static double
difference (PlainNetwork *plain, guint k, gsize j, const int *letters, int steps, int target)
{
  double kept = plain->weights[k][j], above, below;

  plain->weights[k][j] = kept + STEP;
  above = plain_network_forward (plain, letters, steps, target);
  plain->weights[k][j] = kept - STEP;
  below = plain_network_forward (plain, letters, steps, target);
  plain->weights[k][j] = kept;
  return (above - below) / (2 * STEP);
}

static void
test_central_differences (gconstpointer data)
{
  const Size *size = data;
  g_autoptr (NnModel) model = new_model (size);
  g_autoptr (NnWorkspace) workspace = nn_workspace_new (model);
  PlainNetwork *plain = new_plain (model);
  float *block = nn_model_new_block (model);
  int letters[NN_MAX_LETTERS], steps = letters_of (size->name, letters), target = (int) size->classes - 1;
  guint guess;
  float loss;
  double plain_loss;

  nn_workspace_set_name (workspace, size->name);
  g_assert_true (nn_network_learn (model, workspace, (guint) target, block, 1.0f, &guess, &loss));
  plain_loss = plain_network_forward (plain, letters, steps, target);
  g_assert_cmpfloat_with_epsilon ((double) loss, plain_loss, TOLERANCE * MAX (1, plain_loss));
  plain_network_backward (plain, letters, steps, target);
  for (guint k = 0; k < model->n_tensors; k++)
    {
      gsize n = nn_tensor_n_elements (&model->tensors[k]);
      g_autofree float *values = g_new (float, n);

      nn_tensor_read (&model->tensors[k], block, values);
      /* Every element against the plain network's own derivative, some of each tensor by differences. */
      for (gsize j = 0; j < n; j++)
        g_assert_cmpfloat_with_epsilon ((double) values[j], plain->gradients[k][j], TOLERANCE);
      for (gsize j = 0; j < n; j += MAX (1, n / 41))
        g_assert_cmpfloat_with_epsilon ((double) values[j], difference (plain, k, j, letters, steps, target),
                                        TOLERANCE);
    }
  g_aligned_free (block);
  plain_network_free (plain);
}

/* The padding of a block belongs to no tensor and stays 0, so that no sum can pick it up. */
static void
test_padding_stays_zero (gconstpointer data)
{
  const Size *size = data;
  g_autoptr (NnModel) model = new_model (size);
  g_autoptr (NnWorkspace) workspace = nn_workspace_new (model);
  guint guess;
  float loss;

  nn_workspace_set_name (workspace, size->name);
  for (guint i = 0; i < 5; i++)
    g_assert_true (nn_network_learn (model, workspace, 0, model->parameters, -0.1f, &guess, &loss));
  for (guint k = 0; k < model->n_tensors; k++)
    {
      g_autofree float *zeros = g_new0 (float, nn_tensor_n_elements (&model->tensors[k]));
      nn_tensor_write (&model->tensors[k], model->parameters, zeros);
    }
  for (gsize j = 0; j < model->layout.size; j++)
    g_assert_true (model->parameters[j] == 0.0f);
}

/* A step in place is the one along the gradient in a block, whichever way it is taken. With @largest among the recurrent
 * weights the product that goes with the update is no longer sure to be finite. */
static void
assert_in_place (const Size *size, float largest)
{
  g_autoptr (NnModel) model = new_model (size);
  g_autoptr (NnWorkspace) workspace = nn_workspace_new (model);
  g_autofree float *expected = NULL;
  float *block = nn_model_new_block (model);
  guint guess;
  float loss;

  if (largest > 0)
    model->parameters[model->layout.recurrent] = largest;
  nn_workspace_set_name (workspace, size->name);
  g_assert_true (nn_network_learn (model, workspace, 0, block, 1.0f, &guess, &loss));
  expected = g_memdup2 (model->parameters, model->layout.size * sizeof (float));
  g_assert_true (nn_network_learn (model, workspace, 0, model->parameters, -0.1f, &guess, &loss));
  for (gsize j = 0; j < model->layout.size; j++)
    {
      const double should = (double) expected[j] - 0.1 * (double) block[j];

      g_assert_cmpfloat_with_epsilon ((double) model->parameters[j], should, 1e-6 + 1e-6 * fabs (should));
    }
  g_aligned_free (block);
}

static void
test_in_place (gconstpointer data)
{
  const Size *size = data;

  assert_in_place (size, 0);
  /* A gate closes on such a weight; the RNN has none, and more letters would take it to a power. */
  if (size->kind != NN_RNN && strlen (size->name) == 2)
    assert_in_place (size, 1e31f);
}

/* A gradient that leaves float32's range at the first letter alone must not have changed what later ones teach. */
static void
test_infinite_first_letter (void)
{
  static const Size size = { NN_RNN, 8, 3, "Abc" };
  g_autoptr (NnModel) model = new_model (&size);
  g_autoptr (NnWorkspace) workspace = nn_workspace_new (model);
  g_autofree float *kept = NULL;
  const gsize bytes = model->layout.size * sizeof (float);
  guint guess;
  float loss;

  nn_workspace_set_name (workspace, "Abc");
  /* Hidden states that are 0 keep the loss finite, whatever they are multiplied with. */
  memset (model->parameters + model->layout.letter, 0, NN_ALPHABET_SIZE * model->layout.stride * sizeof (float));
  memset (model->parameters + model->layout.bias, 0, model->layout.stride * sizeof (float));
  for (guint unit = 0; unit < size.hidden; unit++)
    model->parameters[model->layout.recurrent + unit * model->layout.stride] = 1e38f;
  for (guint k = 0; k < size.classes; k++)
    model->parameters[model->layout.read + k * model->layout.units_stride] = 100.0f * (float) (k + 1);
  kept = g_memdup2 (model->parameters, bytes);
  g_assert_false (nn_network_learn (model, workspace, 0, model->parameters, -0.1f, &guess, &loss));
  g_assert_cmpmem (model->parameters, bytes, kept, bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *differences = g_strdup_printf ("/gradients/differences/%s/%u/%u", nn_kind_id (sizes[i].kind),
                                                      sizes[i].hidden, (guint) strlen (sizes[i].name));
      g_autofree char *padding = g_strdup_printf ("/gradients/padding/%s/%u/%u", nn_kind_id (sizes[i].kind),
                                                  sizes[i].hidden, (guint) strlen (sizes[i].name));

      g_autofree char *in_place = g_strdup_printf ("/gradients/in-place/%s/%u/%u", nn_kind_id (sizes[i].kind),
                                                   sizes[i].hidden, (guint) strlen (sizes[i].name));

      g_test_add_data_func (differences, &sizes[i], test_central_differences);
      g_test_add_data_func (padding, &sizes[i], test_padding_stays_zero);
      g_test_add_data_func (in_place, &sizes[i], test_in_place);
    }
  g_test_add_func ("/gradients/infinite-first-letter", test_infinite_first_letter);
  return g_test_run ();
}
