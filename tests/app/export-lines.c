/* export-lines.c: the line in a file that the window wrote makes the very same file again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-fixture.h"

#include "app/curves-state.h"
#include "app/export-figure.h"
#include "support/wait.h"

#include <glib/gstdio.h>
#include <string.h>

/* What stands between the two in the file. (transfer full) */
static char *
find_between (const char *text, const char *before, const char *after)
{
  const char *from = strstr (text, before), *to = from != NULL ? strstr (from, after) : NULL;
  g_autofree char *raw = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_nonnull (to);
  raw = g_strndup (from + strlen (before), (gsize) (to - from) - strlen (before));
  /* As XML has an apostrophe. */
  parts = g_strsplit (raw, "&apos;", -1);
  return g_strjoinv ("'", parts);
}

static void
assert_same_file (const char *first, const char *second)
{
  gsize length, other_length;
  g_autofree char *contents = fixture_read (first, &length), *other = fixture_read (second, &other_length);

  for (gsize i = 0; i < MIN (length, other_length); i++)
    if (contents[i] != other[i])
      {
        gsize from = i > 100 ? i - 100 : 0;

        g_test_message ("%s and %s differ at byte %" G_GSIZE_FORMAT ": %.200s | %.200s", first, second, i, contents + from,
                        other + from);
        break;
      }
  g_assert_cmpmem (contents, length, other, other_length);
}

/* Exports the figure, and makes it again from its line: in SVG, where the line stands in the metadata, and in the other
 * formats by that same line. (transfer full): the line */
static char *
check_line (Fixture *fixture, const char *id)
{
  char *line = NULL;

  for (guint format = FIG_FORMAT_SVG; format < FIG_N_FORMATS + 1; format++)
    {
      const char *ending = fig_format_ending ((FigFormat) (format % FIG_N_FORMATS));
      g_autofree char *name = g_strconcat ("window", ending, NULL), *other_name = g_strconcat ("line", ending, NULL);
      g_autofree char *path = fixture_path (fixture, name), *other = fixture_path (fixture, other_name);

      g_remove (path);
      /* Only so can the notice of the last file not be taken for this one's. */
      gtk_label_set_text (fixture->window->notice_label, "");
      fixture_export (fixture, id, path);
      if (line == NULL)
        {
          g_autofree char *contents = fixture_read (path, NULL);

          line = find_between (contents, "<dc:source>", "</dc:source>");
        }
      fixture_run_line (fixture, line, other);
      assert_same_file (path, other);
    }
  g_test_message ("%s", line);
  /* Nothing is left to be done for it. */
  g_assert_null (strstr (gtk_label_get_text (fixture->window->notice_label), "Ctrl+S"));
  return line;
}

static void
check_has (const char *line, const char *words)
{
  if (strstr (line, words) == NULL)
    g_error ("“%s” is not in the line: %s", words, line);
}

/* The plain figures, whatever their looks. */
static void
test_plain (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "loss", "accuracy", "confusion", "compare", "gates", "gates:lstm" };

  g_settings_set_double (fixture->window->settings, "export-width", 85);
  g_settings_set_double (fixture->window->settings, "export-font-size", 7.5);
  g_settings_set_boolean (fixture->window->settings, "export-title", TRUE);
  scope_window_set_name (fixture->window, "O'Bala");
  fixture_train (fixture);
  fixture_save (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *line = NULL;

      g_settings_set_boolean (fixture->window->settings, "export-dark", i % 2 == 0);
      g_settings_set_boolean (fixture->window->settings, "export-transparent", i % 3 == 0);
      g_settings_set_string (fixture->window->settings, "export-language", i % 2 == 0 ? "en" : "zh_CN");
      line = check_line (fixture, ids[i]);
      check_has (line, "--width 85 --height ");
    }
}

/* What is zoomed to, on each axis, and a line that is switched off. */
static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  ScopeCurvesState *state = scope_curves_state (fixture->session);
  g_autoptr (GPtrArray) shown = NULL;
  g_autofree char *loss = NULL, *accuracy = NULL, *sheet = NULL, *logarithmic = NULL;

  fixture_train (fixture);
  fixture_save (fixture);
  state->iterations = (FigLimits){ 999.6, 2500.2 };
  state->values[FIG_MEASURE_LOSS] = (FigLimits){ 0.1234567, 1.23456 };
  state->values[FIG_MEASURE_ACCURACY] = (FigLimits){ 0.3333333, 1.02 };
  loss = check_line (fixture, "loss");
  check_has (loss, " --iterations 1000:2500 --loss-range 0.1235:1.235 ");
  accuracy = check_line (fixture, "accuracy");
  check_has (accuracy, " --accuracy-range 0.3333:1 ");
  shown = scope_session_get_shown_results (fixture->session);
  scope_curves_set_hidden (g_ptr_array_index (shown, 1), TRUE);
  sheet = check_line (fixture, "compare");
  check_has (sheet, "--run rnn.run.json --run lstm.run.json --run gate-lstm.run.json");
  check_has (sheet, " --loss-range 0.1235:1.235 --accuracy-range 0.3333:1 --hide 2 ");
  state->log_loss = TRUE;
  state->smoothing = 0.6;
  logarithmic = check_line (fixture, "loss");
  check_has (logarithmic, " --run rnn.run.json --run gate-lstm.run.json --smoothing 0.6 ");
}

/* Runs from before are saved, too, and called what they are called in the window. */
static void
test_earlier (Fixture *fixture, gconstpointer data)
{
  GListModel *results = scope_session_get_results (fixture->session);
  ScopeSettings settings = *scope_session_get_settings (fixture->session);
  g_autoptr (ScopeResult) first = NULL, second = NULL;
  g_autofree char *loss = NULL, *matrices = NULL, *sheet = NULL, *rows = NULL, *file = NULL, *path = NULL;

  fixture_train (fixture);
  settings.seed = 2;
  settings.preset[0] = '\0';
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  fixture_train (fixture);
  first = g_list_model_get_item (results, NN_N_KINDS);
  second = g_list_model_get_item (results, NN_N_KINDS + 1);
  scope_result_set_title (second, "Thursday's “best”");
  scope_result_set_shown (first, TRUE);
  scope_result_set_shown (second, TRUE);
  fixture_save (fixture);
  file = g_strdup_printf ("saved/lstm-run-%u.run.json", scope_result_get_id (second));
  path = fixture_path (fixture, file);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  loss = check_line (fixture, "loss");
  check_has (loss, "--label LSTM --label 'LSTM by hand' --label ");
  check_has (loss, file + strlen ("saved/"));
  matrices = check_line (fixture, "confusion");
  check_has (matrices, file + strlen ("saved/"));
  sheet = check_line (fixture, "compare");
  check_has (sheet, " --band");
}

static gboolean
are_counted (gpointer data)
{
  Fixture *fixture = data;
  ScopeConfusionSource *source = scope_confusion_panel_get_source (
    scope_compare_page_get_confusion_panel (fixture->window->compare_page));
  g_autoptr (GPtrArray) shown = scope_session_get_shown_results (fixture->session);

  for (guint i = 0; i < shown->len; i++)
    if (!scope_counts_is_current (source->counts, g_ptr_array_index (shown, i)))
      return FALSE;
  return shown->len > 0;
}

/* All rows, and what is held out, of names that are not the program's own; also of a network that was opened. */
static void
test_counted (Fixture *fixture, gconstpointer data)
{
  static const char *const counted[] = { "rows", "held-out", "draws" };
  ScopeSettings settings = *scope_session_get_settings (fixture->session);
  g_autofree char *opened = fixture_path (fixture, "saved/lstm.safetensors");

  settings.hold_out = 0.3;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  fixture_train (fixture);
  fixture_save (fixture);
  for (guint with_opened = 0; with_opened < 2; with_opened++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
        {
          g_autofree char *line = NULL, *sheet = NULL;

          g_settings_set_string (fixture->window->settings, "matrix-counted", counted[i]);
          wait_until (are_counted, fixture, LIMIT);
          line = check_line (fixture, "confusion");
          sheet = check_line (fixture, "compare");
          g_assert_cmpint (strstr (line, " --data names") != NULL, ==, with_opened || i == 0);
          g_assert_cmpint (strstr (line, " --weights lstm.safetensors") != NULL, ==, with_opened);
        }
      scope_window_open_weights (fixture->window, opened);
    }
  g_settings_reset (fixture->window->settings, "matrix-counted");
}

/* The difference of two, one of them opened; gates of more networks than stand abreast. */
static void
test_opened (Fixture *fixture, gconstpointer data)
{
  g_autofree char *opened = fixture_path (fixture, "saved/rnn.safetensors"), *line = NULL, *gates = NULL, *sheet = NULL;

  fixture_train (fixture);
  fixture_save (fixture);
  scope_window_open_weights (fixture->window, opened);
  scope_window_open_weights (fixture->window, opened);
  g_settings_set_string (fixture->window->settings, "matrix-difference", "lstm-RNN (rnn.safetensors)");
  wait_until (are_counted, fixture, LIMIT);
  line = check_line (fixture, "confusion");
  check_has (line, " --run lstm.run.json --weights rnn.safetensors ");
  check_has (line, " --difference 1,2 ");
  sheet = check_line (fixture, "compare");
  check_has (sheet, " --difference 2,4 ");
  g_settings_reset (fixture->window->settings, "matrix-difference");
  gates = check_line (fixture, "gates");
  check_has (gates, "--weights gate-lstm.safetensors --weights rnn.safetensors --weights rnn.safetensors --label RNN ");
}

#define STEPS 4

static gboolean
have_stepped (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < 3; i++)
    {
      ScopeRun *run = scope_network_get_run (scope_session_get_network (fixture->session, i));

      if (run == NULL || scope_run_get_iteration (run) != STEPS)
        return FALSE;
    }
  return TRUE;
}

/* A run that stands still half way. */
static void
test_paused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *loss = NULL, *matrices = NULL, *rows = NULL;

  for (guint i = 0; i < STEPS; i++)
    fixture_act (fixture, "step", NULL);
  wait_until (have_stepped, fixture, LIMIT);
  wait_until (are_counted, fixture, LIMIT);
  fixture_save (fixture);
  loss = check_line (fixture, "loss");
  matrices = check_line (fixture, "confusion");
  check_has (matrices, " --data names --draws 2000 ");
  g_settings_set_string (fixture->window->settings, "matrix-counted", "rows");
  wait_until (are_counted, fixture, LIMIT);
  rows = check_line (fixture, "confusion");
  check_has (rows, " --counted rows ");
  g_settings_reset (fixture->window->settings, "matrix-counted");
}

/* Before there are names there is nothing to draw, which is no reason to fail. */
static void
test_no_names (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "loss", "confusion", "compare" };
  g_autoptr (ScopeSession) session = scope_session_new ();
  g_autoptr (ScopeCounts) counts = scope_counts_new (session);
  ScopeConfusionSource source = { .session = session, .counts = counts };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ScopeExportFigure) figure = scope_export_figure_new (
          session, &source, scope_gates_page_get_shown (fixture->window->gates_page), ids[i], &error);
      ScopeExportSettings settings;

      g_assert_no_error (error);
      scope_export_settings_init (&settings);
      scope_export_figure_prepare (figure, &settings);
      g_assert_null (scope_export_figure_get_line (figure));
      g_assert_true (g_str_has_prefix (scope_export_figure_get_advice (figure), "No line of gatescope-cli"));
    }
  scope_confusion_source_clear (&source);
}

/* All of them: one that has no weights yet stands in the way, too. */
static gboolean
have_begun (gpointer data)
{
  ScopeSession *session = ((Fixture *) data)->session;

  for (guint kind = NN_RNN; kind <= NN_GATE_LSTM; kind++)
    {
      ScopeRun *run = scope_network_get_run (scope_session_get_network (session, kind));

      if (run == NULL || scope_run_get_state (run) != SCOPE_RUN_RUNNING || scope_run_get_iteration (run) == 0)
        return FALSE;
    }
  return TRUE;
}

/* The file and the notice say what stands in the way, and how to get the line. */
static void
test_obstacles (Fixture *fixture, gconstpointer data)
{
  static const char *const what[] = { "loss", "gates:lstm" };
  g_autofree char *path = fixture_path (fixture, "a.csv");
  ScopeSettings settings = *scope_session_get_settings (fixture->session);

  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    {
      g_autofree char *text = NULL;

      gtk_label_set_text (fixture->window->notice_label, "");
      fixture_export (fixture, what[i], path);
      fixture_wait_for_notice (fixture, "since a network in it is not trained; train it and save the runs (Ctrl+S)");
      text = fixture_read (path, NULL);
      g_assert_null (strstr (text, "# command:"));
      g_assert_nonnull (strstr (text, "; No line of gatescope-cli makes this figure again, since a network in it is not "
                                      "trained; train it and save the runs (Ctrl+S), then export again.\n"));
    }
  settings.iterations = 500000000;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  fixture_act (fixture, "train", NULL);
  wait_until (have_begun, fixture, LIMIT);
  gtk_label_set_text (fixture->window->notice_label, "");
  fixture_export (fixture, "loss", path);
  fixture_wait_for_notice (fixture, "since training goes on; pause it and save the runs (Ctrl+S), then export again.");
  fixture_act (fixture, "reset", NULL);
  settings.iterations = 1000;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_session_hide_earlier (fixture->session);
  fixture_train (fixture);
  gtk_label_set_text (fixture->window->notice_label, "");
  fixture_export (fixture, "loss", path);
  fixture_wait_for_notice (fixture, "Save the runs (Ctrl+S), so that its gatescope-cli line can make it again.");
}

static void
add (void)
{
  FIXTURE_ADD ("export-lines/plain", test_plain);
  FIXTURE_ADD ("export-lines/zoom", test_zoom);
  FIXTURE_ADD ("export-lines/earlier", test_earlier);
  FIXTURE_ADD ("export-lines/counted", test_counted);
  FIXTURE_ADD ("export-lines/opened", test_opened);
  FIXTURE_ADD ("export-lines/paused", test_paused);
  FIXTURE_ADD ("export-lines/no-names", test_no_names);
  FIXTURE_ADD ("export-lines/obstacles", test_obstacles);
}

int
main (int argc, char **argv)
{
  return fixture_main (argc, argv, add);
}
