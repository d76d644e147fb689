/* order.c: "train --order": exactly these names, one step each, against PyTorch's values.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include "engine/run-record.h"
#include "engine/weights.h"
#include "support/known-weights.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 2e-5
#define N_NAMES 18
#define N_STEPS 200

static void
assert_near (double actual, double expected, const char *what)
{
  if (!(fabs (actual - expected) <= TOLERANCE * MAX (1.0, fabs (expected))))
    g_error ("%s is %.9g, PyTorch has %.9g", what, actual, expected);
}

static GKeyFile *
open_golden (NnKind kind)
{
  g_autofree char *name = g_strconcat (nn_kind_id (kind), ".ini", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "golden", name, NULL);
  g_autoptr (GError) error = NULL;
  GKeyFile *golden = g_key_file_new ();

  g_key_file_load_from_file (golden, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return golden;
}

/* The weights that the file's values start from, and its names in the order of its steps, as files. */
static void
write_case (const Place *place, GKeyFile *golden, NnKind kind)
{
  g_auto (GStrv) classes = g_key_file_get_string_list (golden, "case", "classes", NULL, NULL);
  g_autofree char *path = place_path (place, "known.safetensors");
  g_autoptr (GError) error = NULL;
  g_autoptr (NnModel) model = nn_model_new (kind, 128, (const char *const *) classes, &error);
  g_autoptr (GString) lines = g_string_new (NULL);

  g_assert_no_error (error);
  known_weights_fill (model, (guint) g_key_file_get_integer (golden, "case", "seed", NULL));
  nn_weights_save (model, NULL, path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_STEPS; i++)
    {
      g_autofree char *group = g_strdup_printf ("name %u", i % N_NAMES);
      g_autofree char *raw = g_key_file_get_string (golden, group, "raw", NULL);
      g_autofree char *class_name = g_key_file_get_string (golden, group, "class", NULL);

      g_string_append_printf (lines, "%s\t%s\n", raw, class_name);
    }
  place_write (place, "order.tsv", lines->str);
}

static void
check_losses (GKeyFile *golden, const NnRunRecord *record)
{
  gsize n;
  g_autofree double *losses = g_key_file_get_double_list (golden, "sgd", "loss per step", &n, NULL);

  g_assert_cmpuint (n, ==, N_STEPS);
  g_assert_cmpuint (record->n_order_losses, ==, N_STEPS);
  for (guint i = 0; i < n; i++)
    assert_near (record->order_losses[i], losses[i], "a loss");
}

static void
check_weights (GKeyFile *golden, const NnModel *model)
{
  for (guint k = 0; k < model->n_tensors; k++)
    {
      const NnTensor *tensor = &model->tensors[k];
      g_autofree char *key = g_strconcat ("weight norm ", tensor->name, NULL);
      g_autoptr (GError) error = NULL;
      double expected = g_key_file_get_double (golden, "sgd", key, &error);
      gsize n = nn_tensor_n_elements (tensor);
      g_autofree float *values = g_new (float, n);
      double squares = 0;

      g_assert_no_error (error);
      nn_tensor_read (tensor, model->parameters, values);
      for (gsize j = 0; j < n; j++)
        squares += (double) values[j] * values[j];
      assert_near (sqrt (squares), expected, key);
    }
}

static void
test_golden (Place *place, gconstpointer data)
{
  NnKind kind = (NnKind) GPOINTER_TO_INT (data);
  g_autoptr (GKeyFile) golden = open_golden (kind);
  g_autofree char *names = g_build_filename (g_getenv ("GATESCOPE_SOURCE_DIR"), "data", "names", NULL);
  g_autofree char *rate = g_key_file_get_string (golden, "sgd", "lr", NULL);
  g_autofree char *line = g_strdup_printf ("train --model %s --data '%s' --init known.safetensors --order order.tsv "
                                           "--learning-rate %s --out reached.safetensors --json",
                                           nn_kind_id (kind), names, rate);
  g_autofree char *path = place_path (place, "reached.safetensors");
  g_autofree char *record_path = place_path (place, "reached.run.json");
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnRunRecord) record = NULL;
  g_autoptr (NnModel) model = NULL;
  g_autoptr (GPtrArray) events = NULL;

  write_case (place, golden, kind);
  output = program_succeed (place, line);
  events = lines_json (output);
  g_assert_cmpuint (events->len, ==, 2);
  g_assert_cmpstr (string_of (g_ptr_array_index (events, 0), "event"), ==, "progress");
  g_assert_cmpfloat (number_of (g_ptr_array_index (events, 0), "iteration"), ==, N_STEPS);
  g_assert_cmpfloat (number_of (g_ptr_array_index (events, 1), "iterations"), ==, N_STEPS);
  record = nn_run_record_load (record_path, &error);
  g_assert_no_error (error);
  check_losses (golden, record);
  model = nn_weights_load (path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  check_weights (golden, model);
}

/* Preset, iterations and hold-out play no part; all networks learn the same lines; blank ones, CRLF, a byte order mark
 * and a last line without end are no matter. */
static void
test_lines (Place *place, gconstpointer data)
{
  g_autofree char *output = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *path = place_path (place, "o/lstm.run.json");
  g_autoptr (NnRunRecord) record = NULL;
  g_autoptr (NnRunRecord) plain = NULL;
  g_autofree char *plain_path = place_path (place, "plain.run.json");
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;

  place_write (place, "order.tsv",
               "\xEF\xBB\xBFÁlàna\tAla\r\n\r\n  Bobo  \tObo\n \t \nmore\tthan one tab\tUsk\nNova\tObo");
  place_write (place, "plain.tsv", "Alana\tAla\nBobo\tObo\nmorethan one tab\tUsk\nNova\tObo\n");
  output = program_succeed (place, "train --data names --order order.tsv --hidden 16 --preset report --iterations 5000 "
                                   "--hold-out 0.5 --out o --json");
  events = lines_json (output);
  g_assert_cmpuint (events->len, ==, 6);
  for (guint i = 3; i < 6; i++)
    {
      const json_t *result = g_ptr_array_index (events, i);

      g_assert_cmpfloat (number_of (result, "iterations"), ==, 4);
      g_assert_true (json_is_null (json_object_get (result, "held_out_accuracy")));
      g_assert_cmpfloat (number_of (result, "train_accuracy"), >=, 0);
    }
  record = nn_run_record_load (path, &error);
  g_assert_no_error (error);
  g_assert_null (record->preset);
  g_assert_cmpfloat (record->settings.hold_out, ==, 0);
  g_assert_cmpuint (record->settings.iterations, ==, 4);
  g_assert_cmpuint (record->n_order_losses, ==, 4);

  again = program_succeed (place, "train --data names --model lstm --order plain.tsv --hidden 16 --out plain --quiet");
  plain = nn_run_record_load (plain_path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (record->order_losses[i], ==, plain->order_losses[i]);
}

/* A batch at a time, by Adam: the first loss is the mean over the first names of the weights that nothing has changed yet,
 * and the last batch is what is left. */
static void
test_batches (Place *place, gconstpointer data)
{
  g_autofree char *one_path = place_path (place, "one.run.json");
  g_autofree char *path = place_path (place, "batches.run.json");
  g_autofree char *output = NULL;
  g_autofree char *one_output = NULL;
  g_autoptr (NnRunRecord) one = NULL;
  g_autoptr (NnRunRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  place_write (place, "order.tsv", "Alana\tAla\nBobo\tObo\nNusk\tUsk\nNova\tObo\nBala\tAla\n");
  output = program_succeed (place, "train --data names --order order.tsv --hidden 16 --model lstm --batch 2 --optimizer "
                                   "adam --clip 0.5 --weight-decay 0.01 --decay 0.5 --learning-rate 0.25 --quiet "
                                   "--out batches");
  /* Steps too small to change a loss. */
  one_output = program_succeed (place, "train --data names --order order.tsv --hidden 16 --model lstm --learning-rate "
                                       "1e-20 --quiet --out one");
  record = nn_run_record_load (path, &error);
  g_assert_no_error (error);
  one = nn_run_record_load (one_path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (record->n_order_losses, ==, 3);
  g_assert_cmpuint (record->iterations, ==, 3);
  g_assert_cmpuint (one->n_order_losses, ==, 5);
  g_assert_cmpfloat_with_epsilon (record->order_losses[0], (one->order_losses[0] + one->order_losses[1]) / 2, 1e-5);
  g_assert_cmpfloat (fabs (record->order_losses[2] - one->order_losses[4]), >, 0.01);
  g_assert_cmpuint (record->settings.batch, ==, 2);
  g_assert_cmpint (record->settings.optimizer, ==, NN_ADAM);
  g_assert_cmpfloat (record->settings.clip, ==, 0.5);
  g_assert_cmpfloat (record->settings.weight_decay, ==, 0.01);
  g_assert_cmpfloat (record->settings.decay, ==, 0.5);
}

static void
test_errors (Place *place, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "Alana\tAla\nBobo\n", "order:2: the line has no tab; write name, tab, class" },
    { "Alana\tAla\n\nBobo\tObi\n", "order:3: the data has no class “Obi”; give the data that has it with --data" },
    { "Alana\tala\n", "order:1: the data has no class “ala”; give the data that has it with --data" },
    { "Alana\tAla \n", "order:1: the data has no class “Ala ”; give the data that has it with --data" },
    { "\tAla\n", "order:1: no network can read this name; take the line out: “” *" },
    { "Ala\xff\tAla\n", "order:1: the line is not valid UTF-8; save the file as UTF-8" },
    { "", "order: there is no name in it; write lines of name, tab, class" },
    { "\n\r\n", "order: there is no name in it; write lines of name, tab, class" },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      place_write (place, "order", cases[i][0]);
      program_fail (place, 1, cases[i][1], "train --data names --order order");
    }
  for (guint i = 0; i < 65; i++)
    g_string_append_c (text, 'a');
  g_string_append (text, "\tAla");
  place_write (place, "order", text->str);
  program_fail (place, 1,
                "order:1: no network can read this name; take the line out: “aaaa* 65 letters*",
                "train --data names --order order");
  g_string_truncate (text, 0);
  for (guint i = 0; i < 3000; i++)
    g_string_append_c (text, 'a');
  place_write (place, "order", text->str);
  program_fail (place, 1, "order:1: the line has over 2048 bytes; write name, tab, class",
                "train --data names --order order");
  program_fail (place, 1, "/dev/zero:1: the line has over 2048 bytes; write name, tab, class",
                "train --data names --order /dev/zero");
  program_fail (place, 1, "none: can't be read: No such file or directory; choose another file",
                "train --data names --order none");
  program_fail (place, 1, "names: can't be read: Is a directory; choose another file",
                "train --data names --order names");
}

/* The loss of the step that fails is none: what was learned before it is kept. */
static void
test_divergence (Place *place, gconstpointer data)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *path = place_path (place, "o.run.json");
  g_autoptr (NnRunRecord) record = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (lines, "Faralan\t%s\n", i % 2 == 0 ? "Ala" : "Usk");
  place_write (place, "order", lines->str);
  outcome = program_run (place, "train --data names --model rnn --order order --learning-rate 5 --out o --json");
  g_assert_cmpint (outcome.status, ==, 1);
  events = lines_json (outcome.output);
  g_assert_cmpstr (string_of (g_ptr_array_index (events, events->len - 2), "event"), ==, "diverged");
  record = nn_run_record_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (record->diverged);
  g_assert_cmpuint (record->iterations, <, 2000);
  g_assert_cmpuint (record->n_order_losses, ==, record->iterations);
  g_assert_true (place_has (place, "o"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      g_autofree char *name = g_strconcat ("/order/golden/", nn_kind_id ((NnKind) kind), NULL);
      g_test_add (name, Place, GINT_TO_POINTER (kind), place_set_up, test_golden, place_tear_down);
    }
  PLACE_ADD ("/order/lines", test_lines);
  PLACE_ADD ("/order/batches", test_batches);
  PLACE_ADD ("/order/errors", test_errors);
  PLACE_ADD ("/order/divergence", test_divergence);
  return g_test_run ();
}
