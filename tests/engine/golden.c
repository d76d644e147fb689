/* golden.c: the four networks against PyTorch's values.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/inspect.h"
#include "engine/network.h"
#include "support/known-weights.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 2e-5
#define N_NAMES 18

typedef struct
{
  GKeyFile *file;
  char **classes;
  NnModel *model;
  guint64 compared;
} Case;

static void
case_open (Case *golden, NnKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat (nn_kind_id (kind), ".ini", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "golden", name, NULL);

  *golden = (Case){ .file = g_key_file_new () };
  g_key_file_load_from_file (golden->file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  golden->classes = g_key_file_get_string_list (golden->file, "case", "classes", NULL, NULL);
  golden->model = nn_model_new (kind, 128, (const char *const *) golden->classes, &error);
  g_assert_no_error (error);
  known_weights_fill (golden->model, (guint) g_key_file_get_integer (golden->file, "case", "seed", NULL));
}

static void
case_close (Case *golden)
{
  nn_model_free (golden->model);
  g_strfreev (golden->classes);
  g_key_file_unref (golden->file);
}

static void
compare (Case *golden, const char *group, const char *key, double actual, double expected)
{
  golden->compared++;
  if (!(fabs (actual - expected) <= TOLERANCE * MAX (1.0, fabs (expected))))
    g_error ("%s: [%s] %s is %.9g, PyTorch has %.9g", nn_kind_id (golden->model->kind), group, key, actual, expected);
}

/* The values of a key, which must be there. */
static double *
values_of (Case *golden, const char *group, const char *key, gsize *n)
{
  g_autoptr (GError) error = NULL;
  double *values = g_key_file_get_double_list (golden->file, group, key, n, &error);

  g_assert_no_error (error);
  return values;
}

static guint
class_of (Case *golden, const char *name)
{
  for (guint k = 0; golden->classes[k] != NULL; k++)
    if (strcmp (golden->classes[k], name) == 0)
      return k;
  g_error ("no class %s", name);
}

static void
check_states (Case *golden, const char *group, const NnTrace *trace)
{
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      const char *id = nn_state_id ((NnState) state);
      const char *keys[3] = { "mean", "unit 0", "unit 77" };

      if (trace->states[state] == NULL)
        continue;
      for (guint which = 0; which < 3; which++)
        {
          g_autofree char *key = g_strdup_printf ("%s %s per step", id, keys[which]);
          gsize n;
          g_autofree double *expected = values_of (golden, group, key, &n);

          g_assert_cmpuint (n, ==, trace->length);
          for (guint t = 0; t < n; t++)
            {
              const float *row = nn_trace_state (trace, (NnState) state, t);
              double mean = 0;

              for (guint unit = 0; unit < trace->hidden; unit++)
                mean += (double) row[unit] / trace->hidden;
              compare (golden, group, key, which == 0 ? mean : (double) row[which == 1 ? 0 : 77], expected[t]);
            }
        }
    }
}

static void
check_flow (Case *golden, const char *group, const NnTrace *trace)
{
  for (guint which = 0; which < (nn_kind_has_gates (trace->kind) ? 2 : 1); which++)
    {
      const char *key = which == 0 ? "loss gradient norm by hidden per step" : "loss gradient norm by cell per step";
      gsize n;
      g_autofree double *expected = values_of (golden, group, key, &n);

      g_assert_cmpuint (n, ==, trace->length);
      for (guint t = 0; t < n; t++)
        compare (golden, group, key, which == 0 ? trace->hidden_gradient_norm[t] : trace->cell_gradient_norm[t],
                 expected[t]);
    }
}

/* Norm, sum and three elements of every tensor's gradient. */
static void
check_gradients (Case *golden, const char *group, const char *ascii, guint target)
{
  NnModel *model = golden->model;
  g_autoptr (NnWorkspace) workspace = nn_workspace_new (model);
  float *block = nn_model_new_block (model);
  guint guess;
  float loss;

  nn_workspace_set_name (workspace, ascii);
  g_assert_true (nn_network_learn (model, workspace, target, block, 1.0f, &guess, &loss));
  for (guint k = 0; k < model->n_tensors; k++)
    {
      gsize length = nn_tensor_n_elements (&model->tensors[k]), n;
      g_autofree char *key = g_strconcat ("grad ", model->tensors[k].name, NULL);
      g_autofree double *expected = values_of (golden, group, key, &n);
      g_autofree float *values = g_new (float, length);
      double squares = 0, sum = 0;

      g_assert_cmpuint (n, ==, 5);
      nn_tensor_read (&model->tensors[k], block, values);
      for (gsize j = 0; j < length; j++)
        {
          squares += (double) values[j] * values[j];
          sum += values[j];
        }
      compare (golden, group, key, sqrt (squares), expected[0]);
      compare (golden, group, key, sum, expected[1]);
      compare (golden, group, key, values[0], expected[2]);
      compare (golden, group, key, values[length / 3], expected[3]);
      compare (golden, group, key, values[length - 1], expected[4]);
    }
  g_aligned_free (block);
}

static void
check_name (Case *golden, const char *group)
{
  g_autofree char *raw = g_key_file_get_string (golden->file, group, "raw", NULL);
  g_autofree char *ascii = g_key_file_get_string (golden->file, group, "ascii", NULL);
  g_autofree char *class_name = g_key_file_get_string (golden->file, group, "class", NULL);
  g_autofree char *reduced = nn_name_reduce (raw, NULL);
  g_auto (GStrv) guesses = g_key_file_get_string_list (golden->file, group, "guess per step", NULL, NULL);
  guint target = class_of (golden, class_name);
  g_autoptr (NnTrace) trace = nn_trace_new (golden->model, ascii, (int) target);
  float log_probs[NN_MAX_CLASSES];
  gsize n;
  g_autofree double *expected = values_of (golden, group, "log_probs", &n);

  g_assert_cmpstr (reduced, ==, ascii);
  g_assert_cmpuint (n, ==, golden->model->n_classes);
  nn_model_predict (golden->model, ascii, log_probs);
  for (guint k = 0; k < n; k++)
    {
      compare (golden, group, "log_probs", log_probs[k], expected[k]);
      compare (golden, group, "log_probs", trace->log_probs[(trace->length - 1) * n + k], expected[k]);
    }
  compare (golden, group, "loss", trace->loss, g_key_file_get_double (golden->file, group, "loss", NULL));
  for (guint t = 0; t < trace->length; t++)
    g_assert_cmpstr (golden->classes[trace->guess[t]], ==, guesses[t]);
  check_states (golden, group, trace);
  check_flow (golden, group, trace);
  check_gradients (golden, group, ascii, target);
}

static void
test_names (gconstpointer data)
{
  Case golden;

  case_open (&golden, (NnKind) GPOINTER_TO_INT (data));
  for (guint i = 0; i < N_NAMES; i++)
    {
      g_autofree char *group = g_strdup_printf ("name %u", i);
      check_name (&golden, group);
    }
  g_assert_cmpuint (golden.compared, >, 18 * 60);
  case_close (&golden);
}

/* Takes the file's SGD steps: in place, or by way of a gradient block of their own. */
static void
check_sgd (NnKind kind, gboolean in_place)
{
  Case golden;
  gsize n;
  g_autofree double *losses = NULL;
  double rate;
  float *block;

  case_open (&golden, kind);
  g_autoptr (NnWorkspace) workspace = nn_workspace_new (golden.model);
  losses = values_of (&golden, "sgd", "loss per step", &n);
  g_assert_cmpuint (n, ==, 200);
  rate = g_key_file_get_double (golden.file, "sgd", "lr", NULL);
  block = nn_model_new_block (golden.model);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *group = g_strdup_printf ("name %u", i % N_NAMES);
      g_autofree char *ascii = g_key_file_get_string (golden.file, group, "ascii", NULL);
      g_autofree char *class_name = g_key_file_get_string (golden.file, group, "class", NULL);
      guint guess;
      float loss;

      nn_workspace_set_name (workspace, ascii);
      g_assert_true (nn_network_learn (golden.model, workspace, class_of (&golden, class_name),
                                       in_place ? golden.model->parameters : block,
                                       in_place ? (float) -rate : 1.0f, &guess, &loss));
      compare (&golden, "sgd", "loss per step", loss, losses[i]);
      for (gsize j = 0; !in_place && j < golden.model->layout.size; j++)
        {
          golden.model->parameters[j] -= (float) rate * block[j];
          block[j] = 0;
        }
    }
  for (guint k = 0; k < golden.model->n_tensors; k++)
    {
      const NnTensor *tensor = &golden.model->tensors[k];
      g_autofree char *key = g_strconcat ("weight norm ", tensor->name, NULL);
      gsize length = nn_tensor_n_elements (tensor);
      g_autofree float *values = g_new (float, length);
      double squares = 0;

      nn_tensor_read (tensor, golden.model->parameters, values);
      for (gsize j = 0; j < length; j++)
        squares += (double) values[j] * values[j];
      compare (&golden, "sgd", key, sqrt (squares), g_key_file_get_double (golden.file, "sgd", key, NULL));
    }
  g_aligned_free (block);
  case_close (&golden);
}

static void
test_sgd_in_place (gconstpointer data)
{
  check_sgd ((NnKind) GPOINTER_TO_INT (data), TRUE);
}

static void
test_sgd_accumulated (gconstpointer data)
{
  check_sgd ((NnKind) GPOINTER_TO_INT (data), FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      g_autofree char *names = g_strdup_printf ("/golden/%s/names", nn_kind_id ((NnKind) kind));
      g_autofree char *in_place = g_strdup_printf ("/golden/%s/sgd-in-place", nn_kind_id ((NnKind) kind));
      g_autofree char *accumulated = g_strdup_printf ("/golden/%s/sgd-accumulated", nn_kind_id ((NnKind) kind));

      g_test_add_data_func (names, GINT_TO_POINTER (kind), test_names);
      g_test_add_data_func (in_place, GINT_TO_POINTER (kind), test_sgd_in_place);
      g_test_add_data_func (accumulated, GINT_TO_POINTER (kind), test_sgd_accumulated);
    }
  return g_test_run ();
}
