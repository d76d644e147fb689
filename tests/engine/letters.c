/* letters.c: which letters of a name counted: taken out, by gradient, replaced, and as a sum.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decomposition.h"
#include "engine/gradient-x-input.h"
#include "engine/inspect.h"
#include "engine/occlusion.h"
#include "engine/substitution.h"
#include "support/plain-model.h"

#include <math.h>
#include <string.h>

#define CLASSES 5
#define HIDDEN 21

static const NnKind kinds[] = { NN_RNN, NN_LSTM, NN_GATE_LSTM, NN_GATE_LSTM_HIDDEN };

/* ---- Taken out ---- */

static void
test_occlusion (gconstpointer data)
{
  static const char *const names[] = { "Bo", "Otto", "Van den Berg" };
  g_autoptr (NnModel) model = known_model ((NnKind) GPOINTER_TO_INT (data), HIDDEN, CLASSES, 7);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (NnOcclusion) occlusion = nn_occlusion_new (model, names[i]);
      float whole[CLASSES], rest[CLASSES];

      g_assert_true (occlusion->has_effects);
      g_assert_cmpuint (occlusion->length, ==, strlen (names[i]));
      g_assert_cmpuint (occlusion->guess, ==, nn_model_predict (model, names[i], whole));
      g_assert_cmpmem (occlusion->log_probs, sizeof whole, whole, sizeof whole);
      for (guint t = 0; t < occlusion->length; t++)
        {
          g_autofree char *without = g_strdup_printf ("%.*s%s", (int) t, names[i], names[i] + t + 1);

          g_assert_cmpuint (occlusion->guess_without[t], ==, nn_model_predict (model, without, rest));
          for (guint k = 0; k < CLASSES; k++)
            g_assert_cmpfloat (nn_occlusion_change (occlusion, t, k), ==, (double) (rest[k] - whole[k]));
        }
    }
}

static void
test_occlusion_of_one_letter (void)
{
  g_autoptr (NnModel) model = known_model (NN_LSTM, HIDDEN, CLASSES, 7);
  g_autoptr (NnOcclusion) occlusion = nn_occlusion_new (model, "A");
  float whole[CLASSES];

  g_assert_false (occlusion->has_effects);
  g_assert_cmpuint (occlusion->guess, ==, nn_model_predict (model, "A", whole));
  g_assert_true (isnan (nn_occlusion_change (occlusion, 0, 0)));
}

/* ---- Gradient times input ---- */

/* Column @letter of every weight on the letters, times @factor, into column @to. */
static void
copy_letter (PlainNetwork *plain, int letter, int to, double factor)
{
  for (int k = 0; k < plain->n_tensors; k++)
    {
      const gboolean on_both = g_str_has_suffix (plain->names[k], ".weight")
                               && !g_str_has_prefix (plain->names[k], "linear")
                               && !g_str_has_prefix (plain->names[k], "classify");
      const gsize width = strcmp (plain->names[k], "lstm.weight_ih_l0") == 0 ? 57 : on_both ? 57 + HIDDEN : 0;

      for (gsize at = 0; width > 0 && at < plain->sizes[k]; at += width)
        plain->weights[k][at + (gsize) to] = factor * plain->weights[k][at + (gsize) letter];
    }
}

/* The letter at one place becomes a letter of its own (a comma, which the names lack), whose weights are those of the
 * letter times the number that its one-hot vector has there: 1, a little more, a little less. */
static double
logit_with (const NnModel *model, const char *name, int place, double strength, int target)
{
  g_autoptr (PlainNetwork) plain = plain_model (model);
  int letters[NN_MAX_LETTERS], steps = plain_letters (name, letters);

  copy_letter (plain, letters[place], nn_letter_index (','), strength);
  letters[place] = nn_letter_index (',');
  plain_network_forward (plain, letters, steps, 0);
  return plain->logits[target];
}

static void
test_gradient_x_input (gconstpointer data)
{
  static const char *const names[] = { "A", "Bo", "Otto", "Van den Berg" };
  g_autoptr (NnModel) model = known_model ((NnKind) GPOINTER_TO_INT (data), HIDDEN, CLASSES, 7);
  float log_probs[CLASSES];

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (int target = -1; target < CLASSES; target += 2)
      {
        NnGradientXInput result;

        nn_gradient_x_input (model, names[i], target, &result);
        g_assert_cmpuint (result.length, ==, strlen (names[i]));
        g_assert_cmpuint (result.target, ==,
                          target >= 0 ? (guint) target : nn_model_predict (model, names[i], log_probs));
        g_assert_cmpfloat_with_epsilon (result.logit, logit_with (model, names[i], 0, 1, (int) result.target), 2e-6);
        for (int t = 0; t < (int) result.length; t++)
          g_assert_cmpfloat_with_epsilon (result.values[t],
                                          (logit_with (model, names[i], t, 1 + 1e-5, (int) result.target)
                                           - logit_with (model, names[i], t, 1 - 1e-5, (int) result.target))
                                              / 2e-5,
                                          2e-6);
      }
}

/* ---- Replaced ---- */

static void
test_substitution (gconstpointer data)
{
  static const char *const names[] = { "A", "Bo", "Otto Katz" };
  g_autoptr (NnModel) model = known_model ((NnKind) GPOINTER_TO_INT (data), HIDDEN, CLASSES, 7);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (NnSubstitution) map = nn_substitution_new (model, names[i], NULL, NULL);
      float log_probs[CLASSES];

      g_assert_cmpuint (map->guess, ==, nn_model_predict (model, names[i], log_probs));
      g_assert_cmpfloat (map->probability, ==, expf (log_probs[map->guess]));
      g_assert_cmpstr (map->ascii, ==, names[i]);
      for (guint letter = 0; letter < NN_ALPHABET_SIZE; letter++)
        for (guint place = 0; place < map->length; place++)
          {
            const gsize at = letter * map->length + place;
            g_autofree char *other = g_strdup (names[i]);

            other[place] = nn_letter (letter);
            g_assert_cmpuint (map->guesses[at], ==, nn_model_predict (model, other, log_probs));
            g_assert_cmpfloat (map->probabilities[at], ==, expf (log_probs[map->guesses[at]]));
            g_assert_cmpfloat (map->kept[at], ==, expf (log_probs[map->guess]));
          }
    }
}

static gboolean
stop_after (double done, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (done, >, *last);
  g_assert_cmpfloat (done, <=, 1);
  *last = done;
  return done < 0.5;
}

static gboolean
count_up (double done, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (done, >, *last);
  *last = done;
  return TRUE;
}

static void
test_substitution_stops (void)
{
  g_autoptr (NnModel) model = known_model (NN_LSTM, HIDDEN, CLASSES, 7);
  double last = 0;

  g_assert_null (nn_substitution_new (model, "Katzenelson", stop_after, &last));
  g_assert_cmpfloat (last, >=, 0.5);
  g_assert_cmpfloat (last, <, 0.52);
  last = 0;
  nn_substitution_free (nn_substitution_new (model, "Katzenelson", count_up, &last));
  g_assert_cmpfloat_with_epsilon (last, 1, 1e-12);
}

/* ---- As a sum ---- */

/* By the differences that a letter's weights make, in double: the logits with the letter less those without it. */
static void
assert_by_differences (const NnModel *model, const char *name, const NnDecomposition *sum)
{
  for (int t = 0; t < (int) sum->length; t++)
    for (int k = 0; k < (int) sum->n_classes; k++)
      g_assert_cmpfloat_with_epsilon (nn_decomposition_row (sum, (guint) t)[k],
                                      logit_with (model, name, t, 1, k) - logit_with (model, name, t, 0, k), 1e-12);
}

static void
test_decomposition (void)
{
  static const char *const names[]
      = { "A", "Bo", "Otto", "Van den Berg", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .;'abcdefgh" };
  g_autoptr (NnModel) model = known_model (NN_RNN, HIDDEN, CLASSES, 7);
  g_autoptr (PlainNetwork) plain = plain_model (model);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (NnDecomposition) sum = nn_decomposition_new (model, names[i]);
      int letters[NN_MAX_LETTERS], steps = plain_letters (names[i], letters);
      NnGradientXInput in_float;

      plain_network_forward (plain, letters, steps, 0);
      g_assert_cmpuint (sum->length, ==, (guint) steps);
      for (guint k = 0; k < CLASSES; k++)
        {
          double total = 0;

          for (guint t = 0; t <= sum->length; t++)
            total += nn_decomposition_row (sum, t)[k];
          nn_gradient_x_input (model, names[i], (int) k, &in_float);
          g_assert_cmpfloat_with_epsilon (sum->logits[k], total, 1e-13);
          g_assert_cmpfloat_with_epsilon (total, plain->logits[k], 1e-12);
          /* The network's own numbers, in float; in a linear network a gradient times its input is the contribution. */
          g_assert_cmpfloat_with_epsilon (total, in_float.logit, 1e-4 * MAX (fabs (total), 0.01));
          for (guint t = 0; t < sum->length; t++)
            g_assert_cmpfloat_with_epsilon (nn_decomposition_row (sum, t)[k], in_float.values[t], 1e-6);
        }
      if (strlen (names[i]) < 20)
        assert_by_differences (model, names[i], sum);
    }
}

static void
add_for_kinds (const char *path, void (*function) (gconstpointer data))
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%s", path, nn_kind_id (kinds[i]));

      g_test_add_data_func (name, GINT_TO_POINTER (kinds[i]), function);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_for_kinds ("/letters/occlusion", test_occlusion);
  add_for_kinds ("/letters/gradient-x-input", test_gradient_x_input);
  add_for_kinds ("/letters/substitution", test_substitution);
  g_test_add_func ("/letters/occlusion-of-one-letter", test_occlusion_of_one_letter);
  g_test_add_func ("/letters/substitution-stops", test_substitution_stops);
  g_test_add_func ("/letters/decomposition", test_decomposition);
  return g_test_run ();
}
