/* gates-export.c: what the Gates page shows goes into files as it is shown, with the line that makes it again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-fixture.h"

#include "app/gates-page-private.h"
#include "app/gates-pane-private.h"
#include "support/wait.h"

#include <string.h>

/* A notice that is taken away once it was seen cannot be taken for the next one. */
static void
wait_for_notice (Fixture *fixture, const char *words)
{
  fixture_wait_for_notice (fixture, words);
  gtk_label_set_text (fixture->window->notice_label, "");
}

/* What the file holds. (transfer full) */
static char *
export_to (Fixture *fixture, const char *id, const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);

  gtk_label_set_text (fixture->window->notice_label, "");
  fixture_export (fixture, id, path);
  return fixture_read (path, NULL);
}

static ScopeGatesPane *
pane_of (Fixture *fixture)
{
  return scope_gates_page_get_shown (fixture->window->gates_page);
}

static const NnModel *
model_of (Fixture *fixture, NnKind kind)
{
  return scope_network_get_snapshot (scope_session_get_network (fixture->session, kind))->model;
}

static void
choose (Fixture *fixture, const char *action, const char *value)
{
  fixture_set_state (fixture, action, g_variant_new_string (value));
}

static gboolean
has_maps (gpointer data)
{
  GPtrArray *figures = pane_of (data)->figures;

  for (guint i = 0; i < figures->len; i++)
    if (((ScopeGatesFigures *) g_ptr_array_index (figures, i))->map == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
has_damage (gpointer data)
{
  return pane_of (data)->damages[NN_LSTM] != NULL && pane_of (data)->damages[NN_GATE_LSTM] != NULL;
}

static gboolean
has_drivers (gpointer data)
{
  return pane_of (data)->drivers != NULL;
}

/* The line that the file says it can be made with; NULL where it says none. (transfer full) */
static char *
find_line (const char *svg)
{
  const char *from = strstr (svg, "<dc:source>"), *to = from != NULL ? strstr (from, "</dc:source>") : NULL;
  g_autofree char *raw = NULL;
  g_auto (GStrv) parts = NULL;

  if (to == NULL)
    return NULL;
  raw = g_strndup (from + strlen ("<dc:source>"), (gsize) (to - from) - strlen ("<dc:source>"));
  parts = g_strsplit (raw, "&apos;", -1);
  return g_strjoinv ("'", parts);
}

/* Says no more of two long files than where they differ. */
static void
assert_same (const char *is, const char *should, const char *what)
{
  gsize at = 0;

  while (is[at] != '\0' && is[at] == should[at])
    at++;
  if (is[at] != should[at])
    g_error ("%s: %.80s, not %.80s", what, is + at, should + at);
}

/* @words: what the line must have */
static void
check_line (Fixture *fixture, const char *id, const char *words)
{
  g_autofree char *shown = export_to (fixture, id, "window.svg"), *line = find_line (shown), *again = NULL;
  g_autofree char *path = NULL;

  g_assert_nonnull (line);
  if (strstr (line, words) == NULL)
    g_error ("“%s” is not in “%s”", words, line);
  path = fixture_path (fixture, "line.svg");
  fixture_run_line (fixture, line, path);
  again = fixture_read (path, NULL);
  assert_same (again, shown, line);
}

static void
set_up_trained (Fixture *fixture)
{
  scope_window_set_name (fixture->window, "O'Bala");
  fixture_train (fixture);
  fixture_save (fixture);
}

/* Everything that can be chosen is in the line, and the line makes the very same file. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  set_up_trained (fixture);
  check_line (fixture, "gates", " --side-by-side --language en -- ");
  choose (fixture, "gates-order", "clustered");
  check_line (fixture, "gates:gate-lstm", " --detail units --order clustered --language en -- ");
  fixture_act (fixture, "pin-unit", g_variant_new_string ("lstm:7"));
  fixture_act (fixture, "pin-unit", g_variant_new_string ("gate-lstm:3"));
  fixture_act (fixture, "pin-unit", g_variant_new_string ("lstm:11"));
  fixture_set_state (fixture, "never-forget", g_variant_new_boolean (TRUE));
  fixture_set_state (fixture, "clamp-pinned", g_variant_new_boolean (TRUE));
  fixture_act (fixture, "clamp", g_variant_new_string ("input=0"));
  choose (fixture, "second-name", "D'Ombo");
  g_settings_set_boolean (fixture->window->settings, "export-dark", TRUE);
  g_settings_set_boolean (fixture->window->settings, "export-title", TRUE);
  check_line (fixture, "gates",
              " --dark --title --clamp 2:forget=1 --clamp 2:input=0:7,11 --pin 2:11 --pin 2:7 --clamp 3:forget=1 "
              "--clamp 3:input=0:3 --pin 3:3 --side-by-side --detail units --order clustered --second 'D'\\''Ombo' ");
  check_line (fixture, "gates:lstm", " --clamp forget=1 --clamp input=0:7,11 --pin 11 --pin 7 --detail units ");
  check_line (fixture, "units", "figure units --weights lstm.safetensors --weights gate-lstm.safetensors ");
  check_line (fixture, "units:lstm", "figure units --weights lstm.safetensors ");
  check_line (fixture, "letters", "figure attribution --weights rnn.safetensors ");
  choose (fixture, "gates-pane", "substitution");
  wait_until (has_maps, fixture, LIMIT);
  check_line (fixture, "substitution", "figure substitutions --weights rnn.safetensors ");
  check_line (fixture, "substitution:lstm", "figure substitutions --weights lstm.safetensors ");
}

static gboolean
has_means (gpointer data)
{
  const ScopeGatesReading *reading = g_ptr_array_index (pane_of (data)->readings, NN_LSTM);

  return reading->means != NULL;
}

/* A mean is over the data, which the line names. */
static void
test_mean (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;

  set_up_trained (fixture);
  fixture_act (fixture, "clamp", g_variant_new_string ("output=mean"));
  before = export_to (fixture, "gates:lstm", "before.svg");
  wait_until (has_means, fixture, LIMIT);
  check_line (fixture, "gates:lstm", " --weights lstm.safetensors --data names ");
  check_line (fixture, "gates:lstm", " --clamp output=mean --language ");
}

/* The numbers are those of the pass that is shown, each reading with and without what is held. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NnClamps) clamps = nn_clamps_new ();
  g_autoptr (NnTrace) held = NULL, plain = NULL;
  g_autofree char *csv = NULL, *expected = NULL, *without = NULL, *pointed_at = NULL;
  NnClamp clamp;

  set_up_trained (fixture);
  fixture_set_state (fixture, "never-forget", g_variant_new_boolean (TRUE));
  choose (fixture, "second-name", "Gombo");
  nn_clamp_init (&clamp, NN_GATE_FORGET, NN_CLAMP_ONE);
  nn_clamps_add (clamps, &clamp);
  held = nn_trace_new_clamped (model_of (fixture, NN_LSTM), "O'Bala", -1, clamps);
  plain = nn_trace_new (model_of (fixture, NN_LSTM), "Gombo", -1);
  csv = export_to (fixture, "gates:lstm", "held.csv");
  expected = g_strdup_printf (",1,6,a,%s,", model_of (fixture, NN_LSTM)->classes[held->guess[5]]);
  g_assert_nonnull (strstr (csv, expected));
  for (guint unit = 0; unit < 16; unit++)
    {
      char digits[G_ASCII_DTOSTR_BUF_SIZE];
      double of_held = (double) nn_trace_state (held, NN_STATE_CELL, 5)[unit];
      double of_plain = (double) nn_trace_state (plain, NN_STATE_CELL, 4)[unit];
      g_autofree char *cell
        = g_strdup_printf (",cell,%u,%s\n", unit, g_ascii_formatd (digits, sizeof digits, "%.9g", of_held));
      g_autofree char *other
        = g_strdup_printf (",cell,%u,%s\n", unit, g_ascii_formatd (digits, sizeof digits, "%.9g", of_plain));

      g_assert_nonnull (strstr (csv, cell));
      g_assert_nonnull (strstr (csv, other));
    }
  /* What is pointed at is not part of the figure. */
  without = export_to (fixture, "gates", "without.svg");
  scope_gates_page_set_cursor (fixture->window->gates_page, 2);
  pointed_at = export_to (fixture, "gates", "pointed-at.svg");
  assert_same (pointed_at, without, "with a cursor");
}

/* Weights of an earlier moment are exported, say which they are, and promise no line. */
static void
test_moment (Fixture *fixture, gconstpointer data)
{
  g_autofree char *now = NULL, *then = NULL, *line = NULL;

  set_up_trained (fixture);
  now = export_to (fixture, "gates:lstm", "now.svg");
  fixture_set_state (fixture, "time", g_variant_new_double (0));
  then = export_to (fixture, "gates:lstm", "then.svg");
  line = find_line (then);
  g_assert_null (line);
  g_assert_nonnull (strstr (now, "lstm: 3000 iterations"));
  g_assert_nonnull (strstr (then, "lstm: 0 iterations"));
}

/* Traces, maps and tables, in every format, with what they come from. */
static void
test_formats (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "units", "letters", "substitution", "damage", "drivers", "table", "units:lstm" };
  static const char *const titles[] = { "Units that read",         "The letters of",        "with other letters",
                                        "What each gate is worth", "The names that drive", "How the networks read",
                                        "Units that read" };
  static const char *const columns[] = { "network,unit,",     "network,guess,",     "network,place,",  "LSTM,LSTM by hand\n",
                                         "Name,Language,",    "Network,No.,Letter", "network,unit,", };

  set_up_trained (fixture);
  fixture_act (fixture, "pin-unit", g_variant_new_string ("lstm:7"));
  fixture_act (fixture, "damage", NULL);
  wait_until (has_damage, fixture, LIMIT);
  choose (fixture, "gates-pane", "drivers");
  wait_until (has_drivers, fixture, LIMIT);
  choose (fixture, "gates-pane", "substitution");
  wait_until (has_maps, fixture, LIMIT);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *svg = export_to (fixture, ids[i], "a.svg");
      g_autofree char *csv = export_to (fixture, ids[i], "a.csv");
      g_autofree char *pdf = export_to (fixture, ids[i], "a.pdf");
      g_autofree char *png = export_to (fixture, ids[i], "a.png");

      g_assert_true (g_str_has_prefix (pdf, "%PDF"));
      g_assert_true (g_str_has_prefix (png, "\x89PNG"));
      g_assert_nonnull (strstr (svg, titles[i]));
      g_assert_nonnull (strstr (svg, "lstm: 3000 iterations"));
      g_assert_true (g_str_has_prefix (csv, "# title: "));
      g_assert_nonnull (strstr (csv, columns[i]));
    }
}

/* What isn't there is told. */
static void
test_errors (Fixture *fixture, gconstpointer data)
{
  static const char *const words[][2] = {
    { "units", "no unit is pinned" }, { "substitution", "Other Letters" },     { "damage", "Measure" },
    { "drivers", "pin a unit" },      { "damage:lstm", "There is no figure" }, { "none", "There is no figure" },
  };
  g_autofree char *path = fixture_path (fixture, "none.svg");

  set_up_trained (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      fixture_act (fixture, "export-figure", g_variant_new ("(ss)", words[i][0], path));
      wait_for_notice (fixture, words[i][1]);
    }
  fixture_act (fixture, "export-pane", g_variant_new_string (path));
  wait_for_notice (fixture, "nothing to export below");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  fixture_act (fixture, "gates-pane", g_variant_new_string ("letters"));
  fixture_act (fixture, "export-pane", g_variant_new_string (path));
  wait_for_notice (fixture, "Exported what is below the strips");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static ScopeConfusionPanel *
panel_of (Fixture *fixture)
{
  return scope_compare_page_get_confusion_panel (fixture->window->compare_page);
}

static GtkWidget *
moment_bar_of (Fixture *fixture)
{
  return GTK_WIDGET (
    gtk_widget_get_template_child (GTK_WIDGET (panel_of (fixture)), SCOPE_TYPE_CONFUSION_PANEL, "moment_bar"));
}

/* The matrix of the LSTM as it is drawn now has such a heading, and counts. */
static gboolean
matrix_is (Fixture *fixture, const char *heading)
{
  g_auto (ScopeConfusionFigure) figure = { 0 };
  g_autofree char *label = NULL;

  scope_confusion_figure_init (&figure, scope_confusion_panel_get_source (panel_of (fixture)));
  label = fig_confusion_panel_label (&figure.figure, NN_LSTM);
  return strcmp (label, heading) == 0 && figure.figure.matrices[NN_LSTM].confusion != NULL;
}

static gboolean
is_untrained (gpointer data)
{
  return matrix_is (data, "LSTM at iteration 0");
}

static gboolean
is_trained (gpointer data)
{
  return matrix_is (data, "LSTM");
}

/* The slider of the Gates page moves the matrices in step, which say of when they are, and there is a way back. */
static void
test_matrices (Fixture *fixture, gconstpointer data)
{
  g_autofree char *then = NULL, *line = NULL, *csv = NULL;

  set_up_trained (fixture);
  gtk_stack_set_visible_child_name (fixture->window->stack, "compare");
  wait_until (is_trained, fixture, LIMIT);
  g_assert_false (gtk_widget_get_visible (moment_bar_of (fixture)));
  gtk_range_set_value (GTK_RANGE (fixture->window->gates_page->time_scale), 0);
  wait_until (is_untrained, fixture, LIMIT);
  g_assert_true (gtk_widget_get_visible (moment_bar_of (fixture)));
  then = export_to (fixture, "confusion", "then.svg");
  line = find_line (then);
  g_assert_null (line);
  csv = export_to (fixture, "confusion", "then.csv");
  g_assert_nonnull (strstr (csv, "; matrices of rnn at iteration 0, lstm at iteration 0, gate-lstm at iteration 0"));
  fixture_act (fixture, "time", g_variant_new_double (1));
  wait_until (is_trained, fixture, LIMIT);
  g_assert_false (gtk_widget_get_visible (moment_bar_of (fixture)));
  g_assert_cmpfloat (scope_gates_page_get_time (fixture->window->gates_page), ==, 1);
}

static void
add (void)
{
  FIXTURE_ADD_ON ("gates", "gates-export/lines", test_lines);
  FIXTURE_ADD_ON ("gates", "gates-export/mean", test_mean);
  FIXTURE_ADD_ON ("gates", "gates-export/numbers", test_numbers);
  FIXTURE_ADD_ON ("gates", "gates-export/moment", test_moment);
  FIXTURE_ADD_ON ("gates", "gates-export/formats", test_formats);
  FIXTURE_ADD_ON ("gates", "gates-export/errors", test_errors);
  FIXTURE_ADD_ON ("gates", "gates-export/matrices", test_matrices);
}

int
main (int argc, char **argv)
{
  return fixture_main (argc, argv, add);
}
