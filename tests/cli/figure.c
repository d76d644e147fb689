/* figure.c: "figure": every figure in every format, and what it refuses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <string.h>

#define TRAIN "train --data names --hidden 16 --iterations 2500 --quiet "

static void
make_runs (const Place *place)
{
  g_autofree char *three = program_succeed (place, TRAIN "--hold-out 0.3 --out o");
  g_autofree char *without = program_succeed (place, TRAIN "--hold-out 0 --model lstm --out without.safetensors");
}

static void
assert_begins (const Place *place, const char *name, const char *magic)
{
  g_autoptr (GBytes) bytes = place_read (place, name);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_assert_cmpuint (length, >, 100);
  g_assert_true (memcmp (data, magic, strlen (magic)) == 0);
}

/* The file as text. */
static char *
text_of (const Place *place, const char *name)
{
  g_autoptr (GBytes) bytes = place_read (place, name);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

static void
test_formats (Place *place, gconstpointer data)
{
  static const char *const figures[] = {
    "loss --run o/rnn.run.json --run o/lstm.run.json --run o/gate-lstm.run.json",
    "accuracy --run o/lstm.run.json",
    "confusion --run o/rnn.run.json --run o/lstm.run.json",
    "confusion --held-out --run o/rnn.run.json",
    "confusion --data names --weights o/rnn.safetensors --weights o/lstm.safetensors",
    "gates --weights o/rnn.safetensors --weights o/gate-lstm.safetensors -- Ünö",
    "gates --detail units --order clustered --weights o/lstm.safetensors -- Ünö",
    "substitutions --weights o/lstm.safetensors -- Ünö",
    "attribution --weights o/rnn.safetensors -- Ünö",
  };
  const gsize n_with_tex = G_N_ELEMENTS (figures) - 2;
  static const char *const formats[][2] = {
    { "png", "\x89PNG\r\n" }, { "svg", "<?xml " }, { "pdf", "%PDF-" }, { "csv", "# title: " }, { "tex", "% title: " }, { "SVG", "<?xml " },
  };

  make_runs (place);
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (formats); j++)
      {
        g_autofree char *name = g_strdup_printf ("f%zu.%s", i, formats[j][0]);
        g_autofree char *line = g_strdup_printf ("figure --dpi 50 --out %s %s", name, figures[i]);
        g_autofree char *output = NULL;

        if (i >= n_with_tex && strcmp (formats[j][0], "tex") == 0)
          {
            g_autofree char *message = g_strdup_printf (
              "%s: this figure can't be a .tex file; give a name that ends in .png, .svg, .pdf or .csv", name);
            program_fail (place, 1, message, line);
            continue;
          }
        output = program_succeed (place, line);
        g_assert_cmpstr (output, ==, "");
        assert_begins (place, name, formats[j][1]);
      }
}

/* The numbers of the curves are those of the run; three networks stand under their names. */
static void
test_csv (Place *place, gconstpointer data)
{
  g_autofree char *trained = program_succeed (place, "train --data names --hidden 16 --iterations 2500 --out o --json");
  g_autofree char *drawn = program_succeed (
    place, "figure loss --out c.csv --run o/rnn.run.json --run o/lstm.run.json --run o/gate-lstm.run.json");
  g_autofree char *text = text_of (place, "c.csv");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) events = lines_json (trained);
  guint found = 0;

  g_assert_cmpuint (g_strv_length (lines), ==, 3 + 1 + 9 + 1);
  g_assert_cmpstr (lines[0], ==, "# title: Loss");
  g_assert_true (g_str_has_prefix (lines[1], "# description: rnn: 2500 iterations, learning rate 0.005, hidden 16, seed 1, "));
  g_assert_cmpstr (lines[2], ==, "# command: gatescope-cli figure loss --run rnn.run.json --run lstm.run.json "
                                 "--run gate-lstm.run.json --language en");
  g_assert_cmpstr (lines[3], ==, "network,iteration,loss,accuracy,held_out_accuracy");
  for (guint i = 0; i < events->len; i++)
    {
      const json_t *event = g_ptr_array_index (events, i);

      if (strcmp (string_of (event, "event"), "progress") != 0)
        continue;
      for (guint j = 4; j < 13; j++)
        {
          g_auto (GStrv) fields = g_strsplit (lines[j], ",", -1);

          found += g_ascii_strtod (fields[1], NULL) == number_of (event, "iteration")
                   && g_ascii_strtod (fields[2], NULL) == number_of (event, "loss")
                   && g_ascii_strtod (fields[3], NULL) == number_of (event, "accuracy");
        }
    }
  g_assert_cmpuint (found, ==, 9);
}

/* Two networks of a kind are told apart by their files; the file says how it was made, and of no folder. */
static void
test_words (Place *place, gconstpointer data)
{
  g_autofree char *output = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line =
    g_strdup_printf ("figure loss --run %s/o/lstm.run.json --run=%s/without.run.json --out %s/w.svg", place->folder,
                     place->folder, place->folder);
  g_autofree char *csv = NULL;

  make_runs (place);
  output = program_succeed (place, line);
  text = text_of (place, "w.svg");
  g_assert_nonnull (strstr (text, "gatescope-cli figure loss --run lstm.run.json --run=without.run.json --language en<"));
  g_assert_null (strstr (text, place->folder));
  g_assert_nonnull (strstr (text, "lstm: 2500 iterations, learning rate 0.1, hidden 16, seed 1, hold-out 0.3, data "));
  g_free (output);
  output = program_succeed (place, "figure loss --run o/lstm.run.json --run without.run.json --out w.csv");
  csv = text_of (place, "w.csv");
  g_assert_nonnull (strstr (csv, "\nLSTM (lstm.run.json),1000,"));
  g_assert_nonnull (strstr (csv, "\nLSTM (without.run.json),1000,"));
}

/* What is drawn of a name is what is printed of it: the RNN's contributions add up to its logit. */
static void
test_attribution (Place *place, gconstpointer data)
{
  g_autofree char *drawn = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *text = NULL;
  const char *body;
  g_auto (GStrv) lines = NULL;
  double sum = 0;

  make_runs (place);
  drawn = program_succeed (place, "figure attribution --weights o/rnn.safetensors --out a.csv -- Bobo");
  printed = program_succeed (place, "gates --letters --json --weights o/rnn.safetensors -- Bobo");
  text = text_of (place, "a.csv");
  body = strstr (text, "\nnetwork,");
  g_assert_nonnull (body);
  lines = g_strsplit (body + 1, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 4 + 1 + 1);
  for (guint i = 1; i <= 5; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], ",", -1);

      g_assert_cmpuint (g_strv_length (fields), ==, 8);
      sum += g_ascii_strtod (fields[7], NULL);
    }
  {
    g_autoptr (GPtrArray) events = lines_json (printed);
    double logit = number_of (g_ptr_array_index (events, 0), "logit");

    g_assert_cmpfloat_with_epsilon (sum, logit, 1e-4);
  }
}

static void
test_size (Place *place, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *output = NULL;
  g_autofree char *light = NULL;
  g_autofree char *dark = NULL;

  make_runs (place);
  output = program_succeed (place, "figure loss --run o/rnn.run.json --width 127 --height 50.8 --out s.svg");
  text = text_of (place, "s.svg");
  g_assert_nonnull (strstr (text, "width=\"360pt\" height=\"144pt\""));
  g_free (output);
  output = program_succeed (place, "figure loss --run o/rnn.run.json --out light.svg");
  g_free (output);
  output = program_succeed (place, "figure loss --run o/rnn.run.json --dark --out light2.svg");
  light = text_of (place, "light.svg");
  dark = text_of (place, "light2.svg");
  g_assert_cmpstr (light, !=, dark);
}

/* The same bytes whenever it is drawn. */
static void
test_same (Place *place, gconstpointer data)
{
  static const char *const names[] = { "a.png", "a.svg", "a.pdf", "a.csv" };

  make_runs (place);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *line = g_strdup_printf ("figure confusion --dpi 40 --run o/rnn.run.json --out %s", names[i]);
      g_autofree char *first = program_succeed (place, line);
      g_autoptr (GBytes) before = place_read (place, names[i]);
      g_autofree char *second = program_succeed (place, line);
      g_autoptr (GBytes) after = place_read (place, names[i]);

      g_assert_true (g_bytes_equal (before, after));
    }
}

/* ---- What it refuses ---- */

static void
test_usage (Place *place, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "", "which figure is missing: loss, accuracy, confusion, compare, gates, units, substitutions or "
      "attribution" },
    { "--out f.svg", "which figure is missing: loss, accuracy, confusion, compare, gates, units, substitutions or "
      "attribution" },
    { "loss", "--out FILE is missing" },
    { "loss --out ''", "--out is “”; it must end in .png, .svg, .pdf, .csv or .tex" },
    { "loss --out f.gif", "--out is “f.gif”; it must end in .png, .svg, .pdf, .csv or .tex" },
    { "loss --out svg", "--out is “svg”; it must end in .png, .svg, .pdf, .csv or .tex" },
    { "pie --out f.svg", "there is no figure “pie”; it must be loss, accuracy, confusion, compare, gates, "
                         "units, substitutions or attribution" },
    { "loss --out f.svg", "--run FILE is missing" },
    { "accuracy --weights w --out f.svg", "accuracy is drawn from runs, not from weights: give --run FILE" },
    { "loss more --out f.svg", "“more” is not wanted here" },
    { "confusion --out f.svg", "confusion is drawn from runs or from weights: give --run FILE or --weights FILE" },
    { "confusion --held-out --weights w --out f.svg",
      "--held-out goes with --run; with weights, give --counted held-out" },
    { "gates --run r --out f.svg -- Bobo", "gates is drawn from weights, not from runs: give --weights FILE" },
    { "gates --weights w --out f.svg", "NAME is missing" },
    { "gates --weights w --out f.svg -- Bobo Lobo", "there are several names; a figure is of one" },
    { "gates --out f.svg -- Bobo", "--weights FILE is missing" },
    { "substitutions --weights a --weights b --weights c --weights d --weights e --out f.svg -- Bobo",
      "there are 5 networks; one figure holds 4" },
    { "attribution --run r --out f.svg -- Bobo",
      "attribution is drawn from weights, not from runs: give --weights FILE" },
    { "attribution --weights w --out f.svg", "NAME is missing" },
    { "gates --detail all --weights w --out f.svg -- Bobo", "--detail is “all”; it must be summary or units" },
    { "gates --order size --weights w --out f.svg -- Bobo",
      "--order is “size”; for gates it must be index, last or clustered" },
    { "loss --detail units --run r --out f.svg", "--detail goes with gates alone" },
    { "attribution --order last --weights w --out f.svg -- Bobo", "--order goes with confusion and gates, not with attribution" },
    { "loss --run r --width 19 --out f.svg", "--width is “19”; it must be a number from 20 to 2000" },
    { "loss --run r --height nan --out f.svg", "--height is “nan”; it must be a number from 20 to 2000" },
    { "loss --run r --dpi 0 --out f.png", "--dpi is “0”; it must be a number from 20 to 2400" },
    { "loss --run r --language '' --out f.png", "--language is empty" },
    { "gates --smoothing 0.5 --weights w --out f.svg -- Bobo",
      "--smoothing goes with the curves alone, loss and accuracy" },
    { "confusion --log --run r --out f.svg", "--log goes with the curves alone, loss and accuracy" },
    { "confusion --iterations 1:2 --run r --out f.svg", "--iterations goes with the curves alone, loss and accuracy" },
    { "confusion --report-values --run r --out f.svg",
      "--report-values goes with the curves alone, loss and accuracy" },
    { "confusion --band --run r --out f.svg", "--band goes with the curves alone, loss and accuracy" },
    { "loss --run r --language de --out f.png", "--language is “de”; it must be en or zh_CN" },
    { "loss --run r --font-size 3 --out f.png", "--font-size is “3”; it must be a number from 4 to 72" },
    { "loss --run r --title --no-title --out f.png", "--title and --no-title exclude each other" },
    { "compare --weights w --out f.png",
      "compare has the curves of runs: give --run FILE; --weights FILE adds a matrix" },
    { "confusion --loss-range 1:2 --run r --out f.svg", "--loss-range goes with the curves alone, loss and accuracy" },
    { "loss --hide 1 --run r --out f.svg", "--hide goes with compare alone; elsewhere, leave the file out" },
    { "accuracy --seed 1 --run r --out f.svg", "--seed goes with confusion, not with accuracy" },
    { "confusion --draws 0 --run r --out f.svg", "--draws is “0”; it must be a whole number from 1 to 10000000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = g_strdup_printf ("figure %s", cases[i][0]);
      g_autofree char *message = g_strdup_printf ("%s; see gatescope-cli figure --help", cases[i][1]);

      program_fail (place, 2, message, line);
    }
  g_assert_false (place_has (place, "f.svg"));
}

/* ---- The curves' options ---- */

/* The number in column @column of the line of @network at @iteration. */
static double
number_in (const char *csv, const char *network, const char *iteration, guint column)
{
  g_autofree char *start = g_strdup_printf ("\n%s,%s,", network, iteration);
  const char *line = strstr (csv, start);
  g_auto (GStrv) fields = NULL;

  g_assert_nonnull (line);
  fields = g_strsplit (line + strlen (start), ",", -1);
  return g_ascii_strtod (fields[column], NULL);
}

/* Two seeds as a band: what the file says is their mean and half of their difference times the root of 2. */
static void
test_band (Place *place, gconstpointer data)
{
  g_autofree char *one = program_succeed (place, TRAIN "--seed 1 --model lstm --out one/");
  g_autofree char *two = program_succeed (place, TRAIN "--seed 2 --model lstm --out two/");
  g_autofree char *other = program_succeed (place, TRAIN "--seed 3 --model lstm --learning-rate 0.05 --out other/");
  g_autofree char *apart = program_succeed (
    place, "figure loss --out apart.csv --run one/lstm.run.json --run two/lstm.run.json --run other/lstm.run.json");
  g_autofree char *drawn = program_succeed (
    place,
    "figure loss --band --out band.csv --run one/lstm.run.json --run two/lstm.run.json --run other/lstm.run.json");
  g_autofree char *each = text_of (place, "apart.csv"), *band = text_of (place, "band.csv");
  double a = number_in (each, "\"LSTM (lstm.run.json), seed 1\"", "2000", 0);
  double b = number_in (each, "\"LSTM (lstm.run.json), seed 2\"", "2000", 0);
  const char *mean = "\"LSTM, mean of 2 seeds\"";

  g_assert_cmpfloat_with_epsilon (number_in (band, mean, "2000", 0), (a + b) / 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (number_in (band, mean, "2000", 3), ABS (a - b) / G_SQRT2, 1e-12);
  g_assert_nonnull (strstr (band, "\n\"LSTM (lstm.run.json), seed 3\",2000,"));
  g_assert_nonnull (strstr (band, "# drawn: seeds of one setting as their mean"));
}

static void
test_curves_options (Place *place, gconstpointer data)
{
  g_autofree char *trained = program_succeed (place, TRAIN "--model lstm --out o/");
  g_autofree char *cut = program_succeed (
    place, "figure accuracy --run o/lstm.run.json --iterations 1500: --smoothing 0.5 --report-values --out c.csv");
  g_autofree char *svg = program_succeed (
    place, "figure loss --run o/lstm.run.json --log --smoothing 0.5 --iterations 1000:2000 --out s.svg");
  g_autofree char *plain = program_succeed (place, "figure loss --run o/lstm.run.json --out p.csv");
  g_autofree char *table = text_of (place, "c.csv"), *picture = text_of (place, "s.svg");
  g_autofree char *all = text_of (place, "p.csv");
  double first = number_in (all, "LSTM", "1000", 1), second = number_in (all, "LSTM", "2000", 1);

  /* The smoothing is of all points, also of those that aren't shown: (y_2 + a y_1) / (1 + a). */
  g_assert_null (strstr (table, "\nLSTM,1000,"));
  g_assert_cmpfloat_with_epsilon (number_in (table, "LSTM", "2000", 4), (second + 0.5 * first) / 1.5, 1e-12);
  g_assert_nonnull (strstr (table, "k = 0..n, a = 0.5, over all points; iterations 1500 to 2500\n"));
  g_assert_nonnull (strstr (picture, "s_n = sum a^(n-k) y_k / sum a^(n-k), k = 0..n, a = 0.5, over all points; "
                                     "logarithmic axis; iterations 1000 to 2000"));
}

static void
test_curves_usage (Place *place, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "loss --smoothing 1", "--smoothing is “1”; it must be a number from 0 to 0.999" },
    { "loss --smoothing -0.1", "--smoothing is “-0.1”; it must be a number from 0 to 0.999" },
    { "loss --smoothing nan", "--smoothing is “nan”; it must be a number from 0 to 0.999" },
    { "accuracy --log", "--log goes with loss: the axis of accuracy is linear" },
    { "loss --report-values", "--report-values goes with accuracy: the report has no final loss" },
    { "loss --iterations 5", "--iterations is “5”; it must be FROM:TO, such as 20000:50000" },
    { "loss --iterations :", "--iterations is “:”; it must be FROM:TO, such as 20000:50000" },
    { "loss --iterations 1:2:3", "--iterations is “1:2:3”; it must be FROM:TO, such as 20000:50000" },
    { "loss --iterations x:2", "--iterations is “x”; it must be a whole number from 0 to 1000000000" },
    { "loss --iterations 2000:1000", "--iterations is “2000:1000”; its end must be above its beginning" },
    { "loss --iterations 99000:", "--iterations is “99000:”; the runs end at 2500" },
  };
  g_autofree char *trained = program_succeed (place, TRAIN "--model rnn --out o/");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = g_strdup_printf ("figure %s --run o/rnn.run.json --out f.svg", cases[i][0]);
      g_autofree char *message = g_strdup_printf ("%s; see gatescope-cli figure --help", cases[i][1]);

      program_fail (place, 2, message, line);
    }
  g_assert_false (place_has (place, "f.svg"));
}

static void
test_errors (Place *place, gconstpointer data)
{
  g_autofree char *other = NULL;

  make_runs (place);
  place_write (place, "more/One.txt", "Ann\n");
  place_write (place, "more/Two.txt", "Bob\n");
  place_write (place, "junk.run.json", "{\"format\": \"other\"}");
  other =
    program_succeed (place, "train --data more --model rnn --hidden 8 --iterations 100 --out more.safetensors --quiet");
  program_fail (place, 1, "none: *; *", "figure loss --run none --out f.svg");
  program_fail (place, 1, "junk.run.json: *; *", "figure loss --run junk.run.json --out f.svg");
  program_fail (place, 1, "without.run.json: nothing was held out in this run; leave --held-out out",
                "figure confusion --held-out --run without.run.json --out f.svg");
  program_fail (place, 1, "o/rnn.run.json has 3 classes and more.run.json other ones (2); draw a figure of each",
                "figure confusion --run o/rnn.run.json --run more.run.json --out f.svg");
  program_fail (place, 1, "o/rnn.safetensors has 3 classes and more.safetensors other ones (2); draw a figure of each",
                "figure gates --weights o/rnn.safetensors --weights more.safetensors --out f.svg -- Bobo");
  program_fail (place, 1, "“9” *; give another name", "figure gates --weights o/rnn.safetensors --out f.svg -- 9");
  program_fail (place, 1, "none/f.svg: *; *", "figure loss --run o/rnn.run.json --out none/f.svg");
  program_fail (place, 1, "none/f.csv: *; *", "figure loss --run o/rnn.run.json --out none/f.csv");
  g_assert_false (place_has (place, "f.svg"));
  /* Runs of other classes can share curves. */
  g_free (other);
  other = program_succeed (place, "figure loss --run o/rnn.run.json --run more.run.json --out f.svg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/figure/formats", test_formats);
  PLACE_ADD ("/figure/csv", test_csv);
  PLACE_ADD ("/figure/words", test_words);
  PLACE_ADD ("/figure/attribution", test_attribution);
  PLACE_ADD ("/figure/size", test_size);
  PLACE_ADD ("/figure/same", test_same);
  PLACE_ADD ("/figure/usage", test_usage);
  PLACE_ADD ("/figure/band", test_band);
  PLACE_ADD ("/figure/curves-options", test_curves_options);
  PLACE_ADD ("/figure/curves-usage", test_curves_usage);
  PLACE_ADD ("/figure/errors", test_errors);
  return g_test_run ();
}
