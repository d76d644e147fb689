/* evaluate.c: "evaluate": how often a network is right, by what the engine says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "known-network.h"

#include "engine/evaluate.h"
#include "support/small-data.h"

#include <math.h>
#include <string.h>

static void
check_evaluation (const json_t *object, const NnConfusion *confusion)
{
  const json_t *matrix = json_object_get (object, "confusion");
  const json_t *per_class = json_object_get (object, "per_class");

  assert_keys (object, "model rows accuracy macro_accuracy classes confusion per_class");
  g_assert_cmpstr (string_of (object, "model"), ==, "lstm");
  g_assert_cmpfloat (number_of (object, "rows"), ==, (double) confusion->total);
  g_assert_cmpfloat (number_of (object, "accuracy"), ==, nn_confusion_accuracy (confusion));
  g_assert_cmpfloat (number_of (object, "macro_accuracy"), ==, nn_confusion_macro_accuracy (confusion));
  g_assert_cmpuint (json_array_size (matrix), ==, 3);
  for (guint truth = 0; truth < 3; truth++)
    {
      const json_t *facts = json_array_get (per_class, truth);
      double precision = nn_confusion_precision (confusion, truth);

      g_assert_cmpstr (json_string_value (json_array_get (json_object_get (object, "classes"), truth)), ==,
                       known_classes[truth]);
      g_assert_cmpuint (json_array_size (json_array_get (matrix, truth)), ==, 3);
      for (guint guess = 0; guess < 3; guess++)
        g_assert_cmpint (json_integer_value (json_array_get (json_array_get (matrix, truth), guess)), ==,
                         (gint64) nn_confusion_count (confusion, truth, guess));
      assert_keys (facts, "class precision recall f1 support");
      if (isnan (precision))
        g_assert_true (json_is_null (json_object_get (facts, "precision")));
      else
        g_assert_cmpfloat (number_of (facts, "precision"), ==, precision);
      g_assert_cmpfloat (number_of (facts, "recall"), ==, nn_confusion_recall (confusion, truth));
      g_assert_cmpfloat (number_of (facts, "f1"), ==, nn_confusion_f1 (confusion, truth));
      g_assert_cmpfloat (number_of (facts, "support"), ==, (double) nn_confusion_row_total (confusion, truth));
    }
}

static NnConfusion *
held_out_confusion (const NnModel *model, NnDataset *dataset, double fraction, guint32 seed)
{
  g_autoptr (NnSplit) split = nn_split_new (dataset, fraction, seed, NULL);
  guint n;
  const guint *rows = nn_split_held_out_rows (split, &n);

  return nn_evaluate_rows (model, dataset, rows, n, NULL, NULL);
}

static void
check_held_out (const Place *place, const NnModel *model, const char *options, double fraction, guint32 seed)
{
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autofree char *line =
    g_strdup_printf ("evaluate --weights lstm.safetensors --data names --json --held-out %s", options);
  g_autofree char *output = program_succeed (place, line);
  g_autoptr (json_t) object = only_object (output);
  g_autoptr (NnConfusion) confusion = held_out_confusion (model, dataset, fraction, seed);

  check_evaluation (object, confusion);
}

static void
test_evaluate_json (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_LSTM);
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (NnConfusion) all = nn_evaluate_rows (model, dataset, NULL, 0, NULL, NULL);
  g_autofree char *output = program_succeed (place, "evaluate --weights lstm.safetensors --data names --json");
  g_autoptr (json_t) object = only_object (output);

  g_assert_cmpuint (all->total, ==, 36);
  check_evaluation (object, all);
  /* The file says seed 5. */
  check_held_out (place, model, "", 0.1, 5);
  check_held_out (place, model, "--hold-out 0.4", 0.4, 5);
  check_held_out (place, model, "--hold-out 0.4 --seed 8", 0.4, 8);
  program_fail (place, 1, "no row is held out at 0 of the names; give a larger --hold-out",
                "evaluate --weights lstm.safetensors --data names --held-out --hold-out 0");
}

static double
held_out_accuracy (const Place *place, const char *options)
{
  g_autofree char *line = g_strconcat ("evaluate --data names --held-out --json --weights ", options, NULL);
  g_autofree char *output = program_succeed (place, line);
  g_autoptr (json_t) object = only_object (output);

  return number_of (object, "accuracy");
}

#define TRAIN "train --data names --model rnn --hidden 16 --iterations 2000 "

/* What training measured is what evaluate finds: which rows it held out stands in the record beside the weights, if
 * that is of the same run. */
static void
test_evaluate_as_trained (Place *place, gconstpointer data)
{
  g_autofree char *trained = program_succeed (place, TRAIN "--seed 6 --hold-out 0.4 --out w.safetensors --json");
  g_autofree char *unheld = program_succeed (place, TRAIN "--hold-out 0 --out all --quiet");
  g_autoptr (GPtrArray) events = lines_json (trained);
  double expected = number_of (g_ptr_array_index (events, events->len - 1), "held_out_accuracy");
  g_autofree char *weights = place_path (place, "w.safetensors");
  g_autofree char *copy = place_path (place, "copy");
  g_autofree char *contents = NULL;
  gsize length;
  g_autoptr (GBytes) record = NULL;
  double of_a_tenth;

  g_assert_cmpfloat (held_out_accuracy (place, "w.safetensors"), ==, expected);
  g_assert_cmpfloat (held_out_accuracy (place, "w.safetensors --hold-out 0.4 --seed 6"), ==, expected);
  program_fail (place, 1, "the training held no row out; leave --held-out out",
                "evaluate --data names --held-out --weights all");

  g_assert_true (g_file_get_contents (weights, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (copy, contents, (gssize) length, NULL));
  of_a_tenth = held_out_accuracy (place, "w.safetensors --hold-out 0.1");
  g_assert_cmpfloat (held_out_accuracy (place, "copy"), ==, of_a_tenth);
  record = place_read (place, "all.run.json");
  place_write (place, "copy.run.json", g_bytes_get_data (record, NULL));
  g_assert_cmpfloat (held_out_accuracy (place, "copy"), ==, of_a_tenth);
}

static void
test_evaluate_text (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_LSTM);
  g_autofree char *output = program_succeed (place, "evaluate --weights lstm.safetensors --data names");
  g_autofree char *held_out = program_succeed (place, "evaluate --weights lstm.safetensors --data names --held-out");
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  g_assert_true (g_str_has_prefix (lines[0], "lstm, 36 rows: "));
  g_assert_cmpstr (lines[2], ==, "class  rows  precision   recall      F1  mostly taken for");
  g_assert_cmpuint (g_strv_length (lines), ==, 7);
  g_assert_nonnull (strstr (held_out, " held-out rows: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/evaluate/json", test_evaluate_json);
  PLACE_ADD ("/evaluate/as-trained", test_evaluate_as_trained);
  PLACE_ADD ("/evaluate/text", test_evaluate_text);
  return g_test_run ();
}
