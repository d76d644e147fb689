/* optimizer.c: the optimizers against PyTorch's, and what each setting of an update does.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/descent.h"
#include "engine/inspect.h"
#include "engine/trainer.h"
#include "support/known-weights.h"
#include "support/small-data.h"

#include <math.h>
#include <string.h>

#define STEPS 100
#define N_NAMES 18
#define ELEMENTS 7
#define LOSS_TOLERANCE 2e-5
#define WEIGHT_TOLERANCE 1e-4

/* ---- Against PyTorch ---- */

/* Values that tests/data/adam/make.py wrote, and the names of ../golden that it read. */
typedef struct
{
  GKeyFile *values;
  GKeyFile *golden;
  char **classes;
  NnBatchName names[N_NAMES];
} Reference;

static GKeyFile *
key_file_open (const char *folder, NnKind kind)
{
  GKeyFile *file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat (nn_kind_id (kind), ".ini", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", folder, name, NULL);

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return file;
}

static void
reference_open (Reference *reference, NnKind kind)
{
  reference->values = key_file_open ("adam", kind);
  reference->golden = key_file_open ("golden", kind);
  reference->classes = g_key_file_get_string_list (reference->golden, "case", "classes", NULL, NULL);
  for (guint i = 0; i < N_NAMES; i++)
    {
      g_autofree char *group = g_strdup_printf ("name %u", i);
      g_autofree char *class_name = g_key_file_get_string (reference->golden, group, "class", NULL);
      guint target = 0;

      while (strcmp (reference->classes[target], class_name) != 0)
        target++;
      reference->names[i]
          = (NnBatchName){ g_key_file_get_string (reference->golden, group, "ascii", NULL), target };
    }
}

static void
reference_close (Reference *reference)
{
  for (guint i = 0; i < N_NAMES; i++)
    g_free ((char *) reference->names[i].ascii);
  g_strfreev (reference->classes);
  g_key_file_unref (reference->values);
  g_key_file_unref (reference->golden);
}

static double
real_of (Reference *reference, const char *group, const char *key)
{
  g_autoptr (GError) error = NULL;
  double value = g_key_file_get_double (reference->values, group, key, &error);

  g_assert_no_error (error);
  return value;
}

static NnSettings
settings_of_group (Reference *reference, NnKind kind, const char *group)
{
  g_autofree char *optimizer = g_key_file_get_string (reference->values, group, "optimizer", NULL);
  NnSettings settings = {
    .kind = kind,
    .hidden = 128,
    .iterations = STEPS,
    .learning_rate = real_of (reference, group, "learning rate"),
    .batch = (guint) real_of (reference, group, "batch"),
    .clip = real_of (reference, group, "clip"),
    .weight_decay = real_of (reference, group, "weight decay"),
  };

  g_assert_true (nn_optimizer_from_id (optimizer, &settings.optimizer));
  g_assert_true (nn_settings_check (&settings, NULL));
  return settings;
}

static void
check_weights (Reference *reference, const char *group, const NnModel *model)
{
  for (guint k = 0; k < model->n_tensors; k++)
    {
      g_autofree char *key = g_strconcat ("weight ", model->tensors[k].name, NULL);
      gsize length = nn_tensor_n_elements (&model->tensors[k]), n;
      g_autofree double *expected = g_key_file_get_double_list (reference->values, group, key, &n, NULL);
      g_autofree float *values = g_new (float, length);
      double squares = 0;

      g_assert_cmpuint (n, ==, ELEMENTS + 1);
      nn_tensor_read (&model->tensors[k], model->parameters, values);
      for (gsize j = 0; j < length; j++)
        squares += (double) values[j] * (double) values[j];
      g_assert_cmpfloat_with_epsilon (sqrt (squares), expected[0], WEIGHT_TOLERANCE * MAX (1, expected[0]));
      for (gsize i = 0; i < ELEMENTS; i++)
        g_assert_cmpfloat_with_epsilon ((double) values[i * (length - 1) / (ELEMENTS - 1)], expected[i + 1],
                                        WEIGHT_TOLERANCE);
    }
}

static void
check_group (Reference *reference, NnKind kind, const char *group)
{
  const NnSettings settings = settings_of_group (reference, kind, group);
  guint seed = (guint) g_key_file_get_integer (reference->golden, "case", "seed", NULL);
  g_autoptr (NnModel) model = nn_model_new (kind, 128, (const char *const *) reference->classes, NULL);
  g_autoptr (NnDescent) descent = NULL;
  gsize n;
  g_autofree double *losses = g_key_file_get_double_list (reference->values, group, "loss per step", &n, NULL);

  g_assert_cmpuint (n, ==, STEPS);
  known_weights_fill (model, seed);
  descent = nn_descent_new (&settings, model);
  for (guint step = 0; step < STEPS; step++)
    {
      NnBatchName names[8];
      double loss;
      guint right;

      for (guint i = 0; i < settings.batch; i++)
        names[i] = reference->names[(step * settings.batch + i) % N_NAMES];
      g_assert_true (nn_descent_step (descent, names, settings.batch, step, &loss, &right));
      g_assert_cmpfloat_with_epsilon (loss, losses[step], LOSS_TOLERANCE);
    }
  check_weights (reference, group, model);
}

static void
test_pytorch (gconstpointer data)
{
  const NnKind kind = (NnKind) GPOINTER_TO_INT (data);
  Reference reference;
  g_auto (GStrv) groups = NULL;
  gsize n;

  reference_open (&reference, kind);
  groups = g_key_file_get_groups (reference.values, &n);
  g_assert_cmpuint (n, ==, 4);
  for (gsize i = 0; i < n; i++)
    check_group (&reference, kind, groups[i]);
  reference_close (&reference);
}

/* ---- What each setting does ---- */

static NnSettings
settings_of (NnKind kind, guint64 iterations)
{
  return (NnSettings){
    .kind = kind, .hidden = 24, .iterations = iterations, .learning_rate = 0.01, .seed = 3, .batch = 4,
  };
}

static NnTrainer *
trained (const NnSettings *settings)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new (settings, split, NULL, &error);

  g_assert_no_error (error);
  while (nn_trainer_run (trainer, 333) == NN_TRAINER_RUNNING)
    ;
  return trainer;
}

static gboolean
same_weights (NnTrainer *a, NnTrainer *b)
{
  const NnModel *x = nn_trainer_model (a), *y = nn_trainer_model (b);

  return memcmp (x->parameters, y->parameters, x->layout.size * sizeof (float)) == 0;
}

static double
norm_of (NnTrainer *trainer)
{
  const NnModel *model = nn_trainer_model (trainer);
  double squares = 0;

  for (gsize j = 0; j < model->layout.size; j++)
    squares += (double) model->parameters[j] * (double) model->parameters[j];
  return sqrt (squares);
}

/* With all settings at once: the same seed gives the same bits, another one others. */
static void
test_same_seed_same_bits (gconstpointer data)
{
  NnSettings settings = settings_of ((NnKind) GPOINTER_TO_INT (data), 300);
  g_autoptr (NnTrainer) first = NULL, second = NULL, other = NULL;

  settings.batch = 37;
  settings.optimizer = NN_ADAM;
  settings.clip = 1;
  settings.decay = 0.9;
  settings.weight_decay = 0.01;
  settings.dropout = 0.3;
  settings.letter_dropout = 0.2;
  settings.averaging = 0.9;
  first = trained (&settings);
  second = trained (&settings);
  g_assert_true (same_weights (first, second));
  g_assert_cmpuint (nn_trainer_n_names (first), ==, 300 * 37);
  settings.seed = 4;
  other = trained (&settings);
  g_assert_false (same_weights (first, other));
}

static void
test_learns (gconstpointer data)
{
  NnSettings settings = settings_of ((NnKind) GPOINTER_TO_INT (data), 1000);
  g_autoptr (NnTrainer) trainer = NULL;

  settings.optimizer = NN_ADAM;
  settings.batch = 8;
  settings.dropout = 0.1;
  settings.averaging = 0.9;
  trainer = trained (&settings);
  g_assert_cmpint (nn_trainer_status (trainer), ==, NN_TRAINER_FINISHED);
  g_assert_cmpuint (nn_history_length (nn_trainer_history (trainer)), ==, 1);
  g_assert_cmpfloat (nn_history_last (nn_trainer_history (trainer))->accuracy, >, 0.85);
}

/* A batch of one is the plain way to within rounding; that way itself is taken only where nothing else is asked for. */
static void
test_batch_of_one (gconstpointer data)
{
  NnSettings settings = settings_of ((NnKind) GPOINTER_TO_INT (data), 50);
  g_autoptr (NnTrainer) plain = NULL, batch = NULL;

  settings.batch = 1;
  g_assert_true (nn_settings_are_plain (&settings));
  plain = trained (&settings);
  settings.clip = 1e5;
  g_assert_false (nn_settings_are_plain (&settings));
  batch = trained (&settings);
  for (gsize j = 0; j < nn_trainer_model (plain)->layout.size; j++)
    g_assert_cmpfloat_with_epsilon (nn_trainer_model (plain)->parameters[j], nn_trainer_model (batch)->parameters[j],
                                    1e-5);
}

/* Each setting by itself changes what is learned, and in the direction that it says. */
static void
test_each_setting (void)
{
  const NnSettings usual = settings_of (NN_LSTM, 200);
  g_autoptr (NnTrainer) reference = trained (&usual);
  NnSettings settings = usual;

#define CHANGED(change)                                                                                                \
  g_autoptr (NnTrainer) changed = NULL;                                                                                \
  settings = usual;                                                                                                    \
  change;                                                                                                              \
  changed = trained (&settings);                                                                                       \
  g_assert_false (same_weights (reference, changed))
  {
    CHANGED (settings.batch = 5);
  }
  {
    CHANGED (settings.optimizer = NN_ADAM);
  }
  {
    CHANGED (settings.clip = 0.01);
  }
  {
    CHANGED (settings.decay = 0.5);
  }
  {
    CHANGED (settings.weight_decay = 0.5);
    g_assert_cmpfloat (norm_of (changed), <, norm_of (reference));
  }
  {
    CHANGED (settings.dropout = 0.5);
  }
  {
    CHANGED (settings.letter_dropout = 0.5);
  }
  {
    CHANGED (settings.averaging = 0.99);
  }
#undef CHANGED
}

/* The learning rate is the distance of a step of SGD along a gradient that is clipped to length 1. */
static void
test_rate_falls (void)
{
  NnSettings settings = settings_of (NN_LSTM, 101);

  g_assert_cmpfloat (nn_settings_rate_at (&settings, 0), ==, 0.01);
  g_assert_cmpfloat (nn_settings_rate_at (&settings, 100), ==, 0.01);
  settings.decay = 0.8;
  g_assert_cmpfloat (nn_settings_rate_at (&settings, 0), ==, 0.01);
  g_assert_cmpfloat_with_epsilon (nn_settings_rate_at (&settings, 50), 0.006, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_settings_rate_at (&settings, 100), 0.002, 1e-12);
  g_assert_cmpfloat_with_epsilon (nn_settings_rate_at (&settings, 100000), 0.002, 1e-12);
  settings.iterations = 1;
  g_assert_cmpfloat (nn_settings_rate_at (&settings, 0), ==, 0.01);
}

static void
test_clip (void)
{
  float gradient[3] = { 3, 0, 4 };

  nn_gradient_clip (gradient, 3, 5, 6);
  g_assert_cmpfloat (gradient[0], ==, 3);
  nn_gradient_clip (gradient, 3, 5, 1);
  g_assert_cmpfloat_with_epsilon (gradient[0], 3.0 / 5.000001, 1e-6);
  g_assert_cmpfloat (gradient[1], ==, 0);
  g_assert_cmpfloat_with_epsilon (gradient[2], 4.0 / 5.000001, 1e-6);
}

/* The mean is of all weights so far while they are few, and what the trainer gives to evaluate and to save. */
static void
test_average (void)
{
  NnSettings settings = settings_of (NN_RNN, 3);
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnTrainer) plain = nn_trainer_new (&settings, split, NULL, NULL);
  g_autoptr (NnTrainer) averaged = NULL;
  gsize size = nn_trainer_model (plain)->layout.size;
  g_autofree double *sum = g_new0 (double, size);

  settings.averaging = 0.99;
  averaged = nn_trainer_new (&settings, split, NULL, NULL);
  for (guint step = 0; step < 3; step++)
    {
      nn_trainer_step (plain);
      nn_trainer_step (averaged);
      for (gsize j = 0; j < size; j++)
        sum[j] += (double) nn_trainer_model (plain)->parameters[j];
    }
  for (gsize j = 0; j < size; j++)
    g_assert_cmpfloat_with_epsilon ((double) nn_trainer_model (averaged)->parameters[j], sum[j] / 3, 1e-6);
}

/* A list is taken a batch at a time; what is left at its end is one more. */
static void
test_order (void)
{
  NnSettings settings = settings_of (NN_LSTM, 1);
  const NnExample order[] = { { "Alana", 0 }, { "Bobo", 1 }, { "Nusk", 2 }, { "Nova", 1 }, { "Bala", 0 } };
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnTrainer) trainer = nn_trainer_new (&settings, split, NULL, NULL);
  g_autoptr (NnModel) model = nn_model_copy (nn_trainer_model (trainer));
  float log_probs[NN_MAX_CLASSES];
  double sum = 0;

  nn_trainer_set_order (trainer, order, G_N_ELEMENTS (order));
  g_assert_cmpuint (nn_trainer_total (trainer), ==, 2);
  for (guint i = 0; i < 4; i++)
    {
      nn_model_predict (model, order[i].ascii, log_probs);
      sum -= (double) log_probs[order[i].target];
    }
  g_assert_cmpint (nn_trainer_step (trainer), ==, NN_TRAINER_RUNNING);
  g_assert_cmpfloat_with_epsilon (nn_trainer_last_loss (trainer), sum / 4, 1e-6);
  nn_model_predict (nn_trainer_model (trainer), "Bala", log_probs);
  g_assert_cmpint (nn_trainer_step (trainer), ==, NN_TRAINER_FINISHED);
  g_assert_cmpfloat_with_epsilon (nn_trainer_last_loss (trainer), (double) -log_probs[0], 1e-6);
  g_assert_cmpuint (nn_trainer_n_names (trainer), ==, 5);
}

/* A run that diverges stops, and keeps weights that are numbers, under every optimizer. */
static void
test_divergence (void)
{
  NnSettings settings = settings_of (NN_RNN, 100000);

  for (guint optimizer = 0; optimizer < NN_N_OPTIMIZERS; optimizer++)
    for (guint averaging = 0; averaging < 2; averaging++)
      {
        g_autoptr (NnTrainer) trainer = NULL;

        settings.optimizer = (NnOptimizerKind) optimizer;
        settings.learning_rate = optimizer == NN_SGD ? 3 : 50;
        settings.averaging = averaging ? 0.9 : 0;
        trainer = trained (&settings);
        g_assert_cmpint (nn_trainer_status (trainer), ==, NN_TRAINER_DIVERGED);
        g_assert_true (nn_model_is_finite (nn_trainer_model (trainer)));
        g_assert_nonnull (nn_trainer_reason (trainer));
      }
}

/* The step that would not be finite changes nothing. */
static void
test_no_step_from_overflow (void)
{
  NnSettings settings = settings_of (NN_RNN, 10);
  g_autoptr (NnTrainer) plain = NULL, trainer = NULL;
  g_autoptr (NnModel) model = NULL;
  g_autoptr (NnSplit) split = small_data_split (0);

  settings.optimizer = NN_ADAM;
  plain = trained (&settings);
  model = nn_model_copy (nn_trainer_model (plain));
  for (gsize i = 0; i < model->layout.size; i++)
    model->parameters[i] *= 1e37f;
  trainer = nn_trainer_new (&settings, split, model, NULL);
  g_assert_cmpint (nn_trainer_step (trainer), ==, NN_TRAINER_DIVERGED);
  g_assert_cmpuint (nn_trainer_iteration (trainer), ==, 0);
  g_assert_cmpmem (model->parameters, model->layout.size * sizeof (float), nn_trainer_model (trainer)->parameters,
                   model->layout.size * sizeof (float));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      g_autofree char *pytorch = g_strconcat ("/optimizer/pytorch/", nn_kind_id ((NnKind) kind), NULL);
      g_autofree char *same = g_strconcat ("/optimizer/same-seed-same-bits/", nn_kind_id ((NnKind) kind), NULL);
      g_autofree char *learns = g_strconcat ("/optimizer/learns/", nn_kind_id ((NnKind) kind), NULL);
      g_autofree char *one = g_strconcat ("/optimizer/batch-of-one/", nn_kind_id ((NnKind) kind), NULL);

      g_test_add_data_func (pytorch, GINT_TO_POINTER (kind), test_pytorch);
      g_test_add_data_func (same, GINT_TO_POINTER (kind), test_same_seed_same_bits);
      g_test_add_data_func (learns, GINT_TO_POINTER (kind), test_learns);
      g_test_add_data_func (one, GINT_TO_POINTER (kind), test_batch_of_one);
    }
  g_test_add_func ("/optimizer/each-setting", test_each_setting);
  g_test_add_func ("/optimizer/rate-falls", test_rate_falls);
  g_test_add_func ("/optimizer/clip", test_clip);
  g_test_add_func ("/optimizer/average", test_average);
  g_test_add_func ("/optimizer/order", test_order);
  g_test_add_func ("/optimizer/divergence", test_divergence);
  g_test_add_func ("/optimizer/no-step-from-overflow", test_no_step_from_overflow);
  return g_test_run ();
}
