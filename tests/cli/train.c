/* train.c: "train": what it prints, what it writes, and that the same settings give the same weights.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include "engine/evaluate.h"
#include "engine/run-record.h"
#include "engine/weights.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SMALL "train --data names --hidden 16 --iterations 1500 "
#define RESULT_KEYS                                                                                                    \
  "event model iterations train_accuracy held_out_accuracy held_out_macro seconds names_per_second weights"

static const char *const models[] = { "rnn", "lstm", "gate-lstm", "gate-lstm-hidden" };

/* ---- What others ask ---- */

static void
assert_same_file (const Place *place, const char *one, const char *other)
{
  g_autoptr (GBytes) a = place_read (place, one);
  g_autoptr (GBytes) b = place_read (place, other);

  g_assert_true (g_bytes_equal (a, b));
}

static void
assert_other_file (const Place *place, const char *one, const char *other)
{
  g_autoptr (GBytes) a = place_read (place, one);
  g_autoptr (GBytes) b = place_read (place, other);

  g_assert_false (g_bytes_equal (a, b));
}

static NnRunRecord *
load_record (const Place *place, const char *name)
{
  g_autofree char *path = place_path (place, name);
  g_autoptr (GError) error = NULL;
  NnRunRecord *record = nn_run_record_load (path, &error);

  g_assert_no_error (error);
  return record;
}

static NnModel *
load_weights (const Place *place, const char *name, NnWeightsFacts **facts)
{
  g_autofree char *path = place_path (place, name);
  g_autoptr (GError) error = NULL;
  NnModel *model = nn_weights_load (path, NULL, NULL, facts, &error);

  g_assert_no_error (error);
  return model;
}

/* ---- Printing ---- */

static void
test_json (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (place, SMALL "--model all --hold-out 0.3 --out o --json");
  g_autoptr (GPtrArray) events = lines_json (output);
  guint points[3] = { 0 };

  /* Two points a network, of 1,000 and of 500 iterations, then the results in the networks' order. */
  g_assert_cmpuint (events->len, ==, 9);
  for (guint i = 0; i < 6; i++)
    {
      const json_t *event = g_ptr_array_index (events, i);
      guint which = 0;

      assert_keys (event, "event model iteration loss accuracy held_out_accuracy");
      g_assert_cmpstr (string_of (event, "event"), ==, "progress");
      while (strcmp (string_of (event, "model"), models[which]) != 0)
        which++;
      g_assert_cmpuint (which, <, 3);
      g_assert_cmpfloat (number_of (event, "iteration"), ==, points[which]++ == 0 ? 1000 : 1500);
      g_assert_cmpfloat (number_of (event, "loss"), >, 0);
      g_assert_cmpfloat (number_of (event, "accuracy"), <=, 1);
      g_assert_cmpfloat (number_of (event, "held_out_accuracy"), <=, 1);
    }
  for (guint i = 0; i < 3; i++)
    {
      const json_t *event = g_ptr_array_index (events, 6 + i);
      g_autofree char *weights = g_strdup_printf ("o/%s.safetensors", models[i]);

      assert_keys (event, RESULT_KEYS);
      g_assert_cmpstr (string_of (event, "event"), ==, "result");
      g_assert_cmpstr (string_of (event, "model"), ==, models[i]);
      g_assert_cmpfloat (number_of (event, "iterations"), ==, 1500);
      g_assert_cmpfloat (number_of (event, "train_accuracy"), <=, 1);
      g_assert_cmpfloat (number_of (event, "held_out_accuracy"), <=, 1);
      g_assert_cmpfloat (number_of (event, "held_out_macro"), <=, 1);
      g_assert_cmpfloat (number_of (event, "seconds"), >, 0);
      g_assert_cmpfloat (number_of (event, "names_per_second"), >, 0);
      g_assert_cmpstr (string_of (event, "weights"), ==, weights);
    }
}

/* Nothing held out: null, not 0 or NaN. Without --out nothing is written. */
static void
test_json_without (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (place, SMALL "--model rnn --hold-out 0 --json --quiet");
  g_autoptr (GPtrArray) events = lines_json (output);
  g_autoptr (GDir) listing = g_dir_open (place->folder, 0, NULL);
  const json_t *result;

  g_assert_cmpuint (events->len, ==, 3);
  g_assert_true (json_is_null (json_object_get (g_ptr_array_index (events, 0), "held_out_accuracy")));
  result = g_ptr_array_index (events, 2);
  assert_keys (result, RESULT_KEYS);
  g_assert_true (json_is_null (json_object_get (result, "held_out_accuracy")));
  g_assert_true (json_is_null (json_object_get (result, "held_out_macro")));
  g_assert_true (json_is_null (json_object_get (result, "weights")));
  g_assert_cmpstr (g_dir_read_name (listing), ==, "names");
  g_assert_null (g_dir_read_name (listing));
}

static void
test_text (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (place, SMALL "--out o --quiet");
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_true (g_str_has_prefix (lines[0], "network    iterations  training  held out  held out, macro"));
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *end = g_strdup_printf ("  o/%s.safetensors", models[i]);

      g_assert_true (g_str_has_prefix (lines[1 + i], models[i]));
      g_assert_true (g_str_has_suffix (lines[1 + i], end));
    }
}

/* ---- Files ---- */

static void
test_record (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (
    place,
    "train --data names --model lstm --hidden 24 --iterations 2500 --learning-rate 0.05 --seed 7 --hold-out 0.25 "
    "--out deep/down/ --json");
  g_autoptr (GPtrArray) events = lines_json (output);
  const json_t *result = g_ptr_array_index (events, events->len - 1);
  g_autoptr (NnRunRecord) record = load_record (place, "deep/down/lstm.run.json");
  g_autoptr (NnWeightsFacts) facts = NULL;
  g_autoptr (NnModel) model = load_weights (place, "deep/down/lstm.safetensors", &facts);

  g_assert_cmpint (record->settings.kind, ==, NN_LSTM);
  g_assert_cmpuint (record->settings.hidden, ==, 24);
  g_assert_cmpuint (record->settings.iterations, ==, 2500);
  g_assert_cmpfloat (record->settings.learning_rate, ==, 0.05);
  g_assert_cmpuint (record->settings.seed, ==, 7);
  g_assert_cmpfloat (record->settings.hold_out, ==, 0.25);
  g_assert_null (record->preset);
  g_assert_cmpuint (record->iterations, ==, 2500);
  g_assert_cmpuint (nn_history_length (record->history), ==, 3);
  g_assert_cmpuint (record->confusion->total, ==, NN_EVALUATION_DRAWS);
  g_assert_cmpfloat (record->train_accuracy, ==, number_of (result, "train_accuracy"));
  g_assert_cmpfloat (record->held_out_accuracy, ==, number_of (result, "held_out_accuracy"));
  g_assert_cmpfloat (record->held_out_macro, ==, number_of (result, "held_out_macro"));
  g_assert_cmpfloat (nn_history_last (record->history)->held_out_accuracy, ==, record->held_out_accuracy);
  g_assert_cmpstr (record->weights, ==, "lstm.safetensors");
  g_assert_null (record->order_losses);
  g_assert_cmpuint (model->hidden, ==, 24);
  g_assert_cmpuint (facts->iterations, ==, 2500);
  g_assert_cmpuint (facts->seed, ==, 7);
  g_assert_cmpstr (facts->data_hash, ==, record->data_hash);
}

static void
test_presets (Place *place, gconstpointer data)
{
  static const char *const presets[] = { "report", "default" };

  for (guint i = 0; i < 2; i++)
    for (guint kind = 0; kind < NN_N_KINDS; kind++)
      {
        /* As small as can be: what counts is what was planned. */
        g_autofree char *line = g_strdup_printf (
          "train --data names --preset %s --model %s --hidden 8 --out o/ --quiet", presets[i], models[kind]);
        g_autofree char *name = g_strdup_printf ("o/%s.run.json", models[kind]);
        g_autofree char *output = program_succeed (place, line);
        g_autoptr (NnRunRecord) record = load_record (place, name);

        g_assert_cmpuint (record->settings.iterations, ==, 100000);
        g_assert_cmpfloat (record->settings.learning_rate, ==, kind == NN_RNN ? 0.005 : 0.1);
        g_assert_cmpfloat (record->settings.hold_out, ==, i == 0 ? 0 : 0.1);
        g_assert_cmpuint (record->settings.seed, ==, 1);
        g_assert_null (record->preset);
      }
}

/* A run is called after its preset unless an option changes what that says. */
static void
test_preset_name (Place *place, gconstpointer data)
{
  g_autofree char *plain = program_succeed (place, "train --data names --model rnn --seed 5 --out plain --quiet");
  g_autofree char *named
      = program_succeed (place, "train --data names --model rnn --preset report --out named --quiet");
  g_autoptr (NnRunRecord) plain_record = load_record (place, "plain.run.json");
  g_autoptr (NnRunRecord) named_record = load_record (place, "named.run.json");

  g_assert_cmpstr (plain_record->preset, ==, "default");
  g_assert_cmpuint (plain_record->settings.hidden, ==, 128);
  g_assert_cmpuint (plain_record->settings.seed, ==, 5);
  g_assert_cmpstr (named_record->preset, ==, "report");
}

/* What --out means. */
static void
test_out (Place *place, gconstpointer data)
{
  g_autofree char *folder = place_path (place, "there");
  g_autofree char *output = NULL;

  output = program_succeed (place, SMALL "--model rnn --out file.safetensors --quiet");
  g_assert_true (place_has (place, "file.safetensors") && place_has (place, "file.run.json"));
  g_free (output);
  output = program_succeed (place, SMALL "--model rnn --out file.bin --quiet");
  g_assert_true (place_has (place, "file.bin") && place_has (place, "file.bin.run.json"));
  g_free (output);
  output = program_succeed (place, SMALL "--model rnn --out ./none/more/ --quiet");
  g_assert_true (place_has (place, "none/more/rnn.safetensors") && place_has (place, "none/more/rnn.run.json"));
  g_free (output);
  g_assert_cmpint (g_mkdir (folder, 0777), ==, 0);
  output = program_succeed (place, SMALL "--model rnn --out there --quiet");
  g_assert_true (place_has (place, "there/rnn.safetensors") && place_has (place, "there/rnn.run.json"));
  g_free (output);
  output = program_succeed (place, SMALL "--out all.safetensors --quiet");
  g_assert_true (place_has (place, "all.safetensors/gate-lstm.safetensors"));
  /* A file that is there already is replaced. */
  assert_same_file (place, "file.safetensors", "file.bin");
  g_free (output);
  output = program_succeed (place, SMALL "--model rnn --seed 2 --out file.bin --quiet");
  assert_other_file (place, "file.safetensors", "file.bin");
}

/* Said at once: an hour's training is not lost to a path. */
static void
test_out_errors (Place *place, gconstpointer data)
{
  const char *const endless = "train --data names --model rnn --iterations 1000000000 --out ";
  static const char *const cases[][2] = {
    { "none/file", "none/file: there is no such folder; make it, or give another --out" },
    { "names/Ala.txt/file", "names/Ala.txt/file: can't be written: Not a directory; give another --out" },
    { "names/Ala.txt/", "names/Ala.txt/: the folder can't be made: Not a directory; give another --out" },
    { "/dev/full", "/dev/full: can't be written: it is no file; give another --out" },
    { "/proc/nothing/", "/proc/nothing/: the folder can't be made: No such file or directory; give another --out" },
    { "/proc/nothing", "/proc/nothing: there is no such folder; make it, or give another --out" },
    { "loop", "loop: can't be written: Too many levels of symbolic links; give another --out" },
  };
  g_autofree char *loop = place_path (place, "loop");
  g_autoptr (GFile) file = g_file_new_for_path (loop);

  g_assert_true (g_file_make_symbolic_link (file, "loop", NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = g_strconcat (endless, cases[i][0], NULL);
      program_fail (place, 1, cases[i][1], line);
    }
  program_fail (place, 1, "names/Ala.txt: the folder can't be made: Not a directory; give another --out",
                "train --data names --iterations 1000000000 --out names/Ala.txt");
  /* What stands in the way of the record counts as well. */
  place_write (place, "w.run.json/file", "");
  program_fail (place, 1, "w.run.json: can't be written: it is no file; give another --out",
                "train --data names --model rnn --iterations 1000000000 --out w.safetensors");
}

/* ---- The same again ---- */

static void
test_seed (Place *place, gconstpointer data)
{
  g_autofree char *first = program_succeed (place, SMALL "--out a --quiet --seed 0");
  g_autofree char *second = program_succeed (place, SMALL "--out b --quiet --seed 0");
  g_autofree char *other = program_succeed (place, SMALL "--out c --quiet --seed 1");
  g_autofree char *unsaid = program_succeed (place, SMALL "--out d --quiet");

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *a = g_strdup_printf ("a/%s.safetensors", models[i]);
      g_autofree char *b = g_strdup_printf ("b/%s.safetensors", models[i]);
      g_autofree char *c = g_strdup_printf ("c/%s.safetensors", models[i]);
      g_autofree char *d = g_strdup_printf ("d/%s.safetensors", models[i]);
      g_autofree char *line = g_strdup_printf (SMALL "--seed 0 --model %s --out alone --quiet", models[i]);
      g_autofree char *alone = program_succeed (place, line);

      assert_same_file (place, a, b);
      assert_other_file (place, a, c);
      assert_same_file (place, c, d);
      /* Three at once learn what each learns alone. */
      assert_same_file (place, a, "alone");
    }
}

/* Saved and gone on with: the same weights, to the bit, as in one go. */
static void
test_resume (Place *place, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      const char *model = models[i];
      g_autofree char *whole = g_strdup_printf ("train --data names --hidden 16 --seed 9 --model %s --iterations 2300 "
                                                "--out whole.safetensors --quiet", model);
      g_autofree char *first = g_strdup_printf ("train --data names --hidden 16 --seed 9 --model %s --iterations 1250 "
                                                "--out half.safetensors --quiet", model);
      g_autofree char *rest =
        g_strdup_printf ("train --data names --init half.safetensors --model %s --iterations 1050 "
                         "--out resumed.safetensors --json",
                         model);
      g_autofree char *output = program_succeed (place, whole);
      g_autofree char *of_first = program_succeed (place, first);
      g_autofree char *of_rest = program_succeed (place, rest);
      g_autoptr (GPtrArray) events = lines_json (of_rest);
      g_autoptr (NnRunRecord) record = load_record (place, "resumed.run.json");

      assert_same_file (place, "whole.safetensors", "resumed.safetensors");
      g_assert_cmpuint (record->settings.seed, ==, 9);
      g_assert_cmpuint (record->iterations, ==, 2300);
      /* The first point after the stop ends where points always end. */
      g_assert_cmpfloat (number_of (g_ptr_array_index (events, 0), "iteration"), ==, 2000);
      g_assert_cmpfloat (number_of (g_ptr_array_index (events, events->len - 1), "iterations"), ==, 2300);
    }
}

/* Which names it holds out, it knows from the record, unless it is told. */
static void
test_resume_held_out (Place *place, gconstpointer data)
{
  static const struct
  {
    const char *options;
    double hold_out;
  } cases[] = { { "", 0.4 }, { "--hold-out 0.2", 0.2 }, { "--preset report", 0 }, { "--seed 3", 0.1 } };
  g_autofree char *whole = program_succeed (place, SMALL "--model rnn --hold-out 0.4 --out whole --quiet");
  g_autofree char *first = program_succeed (place, "train --data names --hidden 16 --iterations 900 --model rnn "
                                                   "--hold-out 0.4 --out half --quiet");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = g_strdup_printf ("train --data names --iterations 600 --model rnn --init half --out rest "
                                               "--quiet %s", cases[i].options);
      g_autofree char *rest = program_succeed (place, line);
      g_autoptr (NnRunRecord) record = load_record (place, "rest.run.json");

      g_assert_cmpfloat (record->settings.hold_out, ==, cases[i].hold_out);
      if (i == 0)
        assert_same_file (place, "whole", "rest");
    }
}

/* A folder of weights for all; and what keeps a run from going on: another seed, other data. */
static void
test_init (Place *place, gconstpointer data)
{
  g_autofree char *whole = program_succeed (place, SMALL "--out whole --quiet --seed 4");
  g_autofree char *first =
    program_succeed (place, "train --data names --hidden 16 --iterations 700 --seed 4 --out half --quiet");
  g_autofree char *rest = program_succeed (place, "train --data names --iterations 800 --init half --out rest --quiet");
  g_autofree char *one =
    program_succeed (place, "train --data names --iterations 800 --init half --model lstm --out one --quiet");
  g_autofree char *seeded = program_succeed (
    place, "train --data names --iterations 800 --init half --model lstm --seed 4 --out seeded --json");
  g_autoptr (GPtrArray) events = lines_json (seeded);
  g_autoptr (NnWeightsFacts) facts = NULL;
  g_autoptr (NnModel) model = load_weights (place, "seeded", &facts);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *a = g_strdup_printf ("whole/%s.safetensors", models[i]);
      g_autofree char *b = g_strdup_printf ("rest/%s.safetensors", models[i]);
      assert_same_file (place, a, b);
    }
  assert_same_file (place, "one", "rest/lstm.safetensors");
  assert_other_file (place, "seeded", "one");
  g_assert_cmpuint (facts->iterations, ==, 800);
  g_assert_cmpfloat (number_of (g_ptr_array_index (events, events->len - 1), "iterations"), ==, 800);
  g_assert_cmpuint (model->hidden, ==, 16);
}

/* Networks of several seeds in one folder: each goes on with its own names, and holds its own out. */
static void
test_init_of_seeds (Place *place, gconstpointer data)
{
  g_autofree char *output = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *line
          = g_strdup_printf ("train --data names --hidden 16 --iterations 600 --hold-out 0.4 --seed %u --model %s "
                             "--out f/ --quiet", i + 1, models[i]);
      g_autofree char *first = program_succeed (place, line);
    }
  output = program_succeed (place, "train --data names --iterations 700 --hold-out 0.4 --init f --out all --quiet");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *line = g_strdup_printf ("train --data names --iterations 700 --hold-out 0.4 --init f --model %s "
                                               "--out one.safetensors --quiet", models[i]);
      g_autofree char *alone = program_succeed (place, line);
      g_autofree char *weights = g_strdup_printf ("all/%s.safetensors", models[i]);
      g_autofree char *name = g_strdup_printf ("all/%s.run.json", models[i]);
      g_autoptr (NnRunRecord) record = load_record (place, name);

      assert_same_file (place, weights, "one.safetensors");
      g_assert_cmpuint (record->settings.seed, ==, i + 1);
    }
}

static void
test_init_errors (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (place, SMALL "--model lstm --out w.safetensors --quiet");
  const char *const line = "train --data names --iterations 10 --init ";
  static const char *const cases[][2] = {
    { "nothing --model rnn", "nothing: can't be read: No such file or directory; choose another file" },
    { "w.safetensors --model rnn", "w.safetensors: *lstm, but rnn *" },
    { "w.safetensors --model lstm --hidden 128",
      "w.safetensors: its hidden size is 16, but --hidden is 128; leave --hidden out" },
    { "names --model lstm", "names/lstm.safetensors: can't be read: No such file or directory; choose another file" },
    { "w.safetensors --model lstm --data more",
      "w.safetensors: the weights are for 3 classes, the data has 2; give with --data what they were trained on" },
    { "w.safetensors --model lstm --data other",
      "w.safetensors: class 2 is “Obo” in the weights and “Oba” in the data; give with --data what they were "
      "trained on" },
  };

  place_write (place, "more/One.txt", "Ann\n");
  place_write (place, "more/Two.txt", "Bob\n");
  place_write (place, "other/Ala.txt", "Ann\n");
  place_write (place, "other/Oba.txt", "Bob\n");
  place_write (place, "other/Usk.txt", "Cid\n");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *whole = g_strconcat (line, cases[i][0], NULL);
      program_fail (place, 1, cases[i][1], whole);
    }
  g_free (output);
  output =
    program_succeed (place, "train --data names --iterations 10 --init w.safetensors --model lstm --hidden 16 --quiet");
}

/* ---- Divergence ---- */

static void
test_divergence (Place *place, gconstpointer data)
{
  g_auto (Outcome) outcome
      = program_run (place, "train --data names --hidden 16 --iterations 3000 --learning-rate 0.5 --out o --json");
  g_autoptr (GPtrArray) events = lines_json (outcome.output);
  const json_t *diverged = NULL;
  const json_t *result;
  g_autoptr (NnRunRecord) record = load_record (place, "o/rnn.run.json");
  g_autoptr (NnRunRecord) other = load_record (place, "o/lstm.run.json");
  g_autoptr (NnWeightsFacts) facts = NULL;
  g_autoptr (NnModel) model = load_weights (place, "o/rnn.safetensors", &facts);
  g_autofree char *errors = NULL;

  g_assert_cmpint (outcome.status, ==, 1);
  for (guint i = 0; i < events->len; i++)
    if (strcmp (string_of (g_ptr_array_index (events, i), "event"), "diverged") == 0)
      {
        g_assert_null (diverged);
        diverged = g_ptr_array_index (events, i);
      }
  assert_keys (diverged, "event model iteration reason");
  g_assert_cmpstr (string_of (diverged, "model"), ==, "rnn");
  errors = g_strdup_printf ("gatescope-cli: diverged: rnn: %s; give a smaller --learning-rate\n",
                            string_of (diverged, "reason"));
  g_assert_cmpstr (outcome.errors, ==, errors);
  result = g_ptr_array_index (events, events->len - 3);
  assert_keys (result, RESULT_KEYS);
  g_assert_cmpfloat (number_of (result, "iterations"), ==, number_of (diverged, "iteration"));
  g_assert_true (record->diverged);
  g_assert_cmpstr (record->reason, ==, string_of (diverged, "reason"));
  g_assert_cmpuint (facts->iterations, ==, record->iterations);
  /* The others went on to their end. */
  g_assert_false (other->diverged);
  g_assert_cmpuint (other->iterations, ==, 3000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/train/json", test_json);
  PLACE_ADD ("/train/json-without", test_json_without);
  PLACE_ADD ("/train/text", test_text);
  PLACE_ADD ("/train/record", test_record);
  PLACE_ADD ("/train/presets", test_presets);
  PLACE_ADD ("/train/preset-name", test_preset_name);
  PLACE_ADD ("/train/out", test_out);
  PLACE_ADD ("/train/out-errors", test_out_errors);
  PLACE_ADD ("/train/seed", test_seed);
  PLACE_ADD ("/train/resume", test_resume);
  PLACE_ADD ("/train/resume-held-out", test_resume_held_out);
  PLACE_ADD ("/train/init", test_init);
  PLACE_ADD ("/train/init-of-seeds", test_init_of_seeds);
  PLACE_ADD ("/train/init-errors", test_init_errors);
  PLACE_ADD ("/train/divergence", test_divergence);
  return g_test_run ();
}
