/* numbers.c: the table under the figures: what it says, what can be copied and listed from it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/compare-row.h"
#include "app/only-right-window.h"
#include "app/window-private.h"
#include "support/folder.h"
#include "support/wait.h"

#include <string.h>

#define LIMIT 60.0
#define N_CLASSES 3
#define N_NAMES 40

static ScopeApplication *the_application;

typedef struct
{
  char *folder;
  ScopeWindow *window;
  ScopeCompareTable *table;
} Fixture;

/* ---- The window ---- */

/* Invented names that networks of so few iterations get right in part. */
static void
write_names (const char *folder)
{
  static const char *const classes[N_CLASSES] = { "Ala", "Obo", "Usk" };
  static const char vowels[] = "aou";

  for (guint k = 0; k < N_CLASSES; k++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *file = g_strconcat (classes[k], ".txt", NULL);

      for (guint i = 0; i < N_NAMES; i++)
        g_string_append_printf (text, "%c%c%c%c%c\n", 'B' + i % 8, vowels[(k + (i % 3 == 0)) % 3], 'k' + i / 8,
                                vowels[(k + (i % 5 == 0)) % 3], 'l' + (i * 7 + k) % 5);
      folder_write (folder, file, text->str);
    }
}

static gboolean
has_loaded (gpointer window)
{
  return SCOPE_WINDOW (window)->loading == NULL && scope_session_get_dataset (SCOPE_WINDOW (window)->session) != NULL;
}

static gboolean
is_over (gpointer window)
{
  return !scope_session_is_running (SCOPE_WINDOW (window)->session);
}

static void
set_held_out (ScopeWindow *window, double hold_out)
{
  ScopeSettings settings = *scope_session_get_settings (window->session);
  GError *error = NULL;

  settings.hidden = 16;
  settings.iterations = 1200;
  settings.preset[0] = '\0';
  settings.hold_out = hold_out;
  scope_session_set_settings (window->session, &settings, &error);
  g_assert_no_error (error);
}

/* The first widget of @type within @widget, or NULL. */
static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

/* Whether a label within @widget says @text. */
static gboolean
says (GtkWidget *widget, const char *text)
{
  gboolean found = GTK_IS_LABEL (widget) && gtk_widget_is_visible (widget)
                   && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); !found && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = says (child, text);
  return found;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("gatescope-numbers-XXXXXX", NULL);
  write_names (fixture->folder);
  fixture->window = scope_window_new (the_application);
  gtk_stack_set_visible_child_name (fixture->window->stack, "compare");
  fixture->table = scope_compare_page_get_table (fixture->window->compare_page);
  /* The settings remember what a test before this one has taken out. */
  for (guint i = 0; i < 3; i++)
    scope_network_set_enabled (scope_session_get_network (fixture->window->session, i), TRUE);
  set_held_out (fixture->window, 0.4);
  scope_window_open_data (fixture->window, fixture->folder);
  wait_until (has_loaded, fixture->window, LIMIT);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

/* All that can be tested: the first of several pairs is there before the others. */
static gboolean
has_tested (gpointer table)
{
  g_autofree char *text = NULL;

  scope_compare_table_update (table);
  text = scope_compare_table_write (table, FIG_SHEET_CSV);
  return strstr (text, "mcnemar_p_vs_") != NULL
         && !says (GTK_WIDGET (table), "The networks are reading the held-out names…");
}

static void
train (Fixture *fixture)
{
  scope_session_train (fixture->window->session);
  wait_until (is_over, fixture->window, LIMIT);
  wait_until (has_tested, fixture->table, LIMIT);
}

static void
activate (Fixture *fixture, const char *action, const char *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, g_variant_new_string (parameter));
}

static void
assert_told (Fixture *fixture, const char *words)
{
  g_assert_true (gtk_revealer_get_reveal_child (fixture->window->notice));
  g_assert_cmpstr (gtk_label_get_text (fixture->window->notice_label), ==, words);
}

/* ---- Counted again, name by name ---- */

typedef struct
{
  guint n;
  gboolean right[3][N_CLASSES * N_NAMES];
  const char *names[N_CLASSES * N_NAMES];
} Recount;

static gboolean
was_before (NnDataset *dataset, const guint *rows, guint index)
{
  for (guint i = 0; i < index; i++)
    if (nn_dataset_row_class (dataset, rows[i]) == nn_dataset_row_class (dataset, rows[index])
        && strcmp (nn_dataset_row_ascii (dataset, rows[i]), nn_dataset_row_ascii (dataset, rows[index])) == 0)
      return TRUE;
  return FALSE;
}

static void
recount (Fixture *fixture, Recount *count)
{
  NnDataset *dataset = scope_session_get_dataset (fixture->window->session);
  guint n;
  const guint *rows = nn_split_held_out_rows (scope_session_get_split (fixture->window->session), &n);

  count->n = 0;
  for (guint i = 0; i < n; i++)
    {
      if (was_before (dataset, rows, i))
        continue;
      for (guint k = 0; k < 3; k++)
        {
          ScopeNetwork *network = scope_session_get_network (fixture->window->session, k);
          g_autoptr (NnConfusion) single
            = nn_evaluate_rows (scope_network_get_snapshot (network)->model, dataset, &rows[i], 1, NULL, NULL);

          count->right[k][count->n] = nn_confusion_accuracy (single) == 1.0;
        }
      count->names[count->n++] = nn_dataset_row_raw (dataset, rows[i]);
    }
}

/* min (1, 2 (C(n, 0) + ... + C(n, k)) / 2^n). */
static double
exact_p (guint b, guint c)
{
  double term = 1, sum = 0, all = 1;

  for (guint i = 0; i < b + c; i++)
    all *= 2;
  for (guint i = 0; i <= MIN (b, c); i++)
    {
      sum += term;
      term = term * (b + c - i) / (i + 1);
    }
  return b == c ? 1.0 : MIN (2 * sum / all, 1.0);
}

/* ---- Tests ---- */

static void
test_tests (Fixture *fixture, gconstpointer data)
{
  static const char *const titles[] = { "RNN", "LSTM", "LSTM by hand" };
  Recount count;
  g_autofree char *heading = NULL;

  g_assert_true (says (GTK_WIDGET (fixture->table), "RNN against LSTM: –"));
  train (fixture);
  recount (fixture, &count);
  heading = g_strdup_printf ("McNemar's exact test on %u different held-out names:", count.n);
  g_assert_true (says (GTK_WIDGET (fixture->table), heading));
  for (guint a = 0; a < 3; a++)
    for (guint b = a + 1; b < 3; b++)
      {
        guint only_a = 0, only_b = 0;
        g_autofree char *p = NULL, *sentence = NULL;

        for (guint i = 0; i < count.n; i++)
          {
            only_a += count.right[a][i] && !count.right[b][i];
            only_b += count.right[b][i] && !count.right[a][i];
          }
        p = fig_p_value (exact_p (only_a, only_b), TRUE);
        sentence = g_strdup_printf ("%s against %s: %u %s only %s gets right, %u only %s; %s", titles[a], titles[b],
                                    only_a, only_a == 1 ? "name" : "names", titles[a], only_b, titles[b], p);
        if (!says (GTK_WIDGET (fixture->table), sentence))
          g_error ("the table does not say \"%s\"", sentence);
      }
}

static void
on_read (GObject *clipboard, GAsyncResult *result, gpointer text)
{
  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static gboolean
is_set (gpointer text)
{
  return *(char **) text != NULL;
}

/* (transfer full) */
static char *
read_clipboard (Fixture *fixture)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)), NULL, on_read, &text);
  wait_until (is_set, &text, LIMIT);
  return text;
}

static void
test_copies (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *id, *begins, *has, *told;
  } formats[] = {
    { "text", "Network ", "McNemar's exact test", "Copied the table as text." },
    { "csv", "# title: ", "\nnetwork,state,parameters,", "Copied the table as CSV." },
    { "markdown", "| Network ", "\n| ---", "Copied the table as Markdown." },
    { "latex", "% title: ", "\\toprule", "Copied the table as LaTeX." },
  };

  train (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      FigSheetFormat format;
      g_autofree char *copied = NULL, *written = NULL;

      activate (fixture, "copy-table", formats[i].id);
      assert_told (fixture, formats[i].told);
      copied = read_clipboard (fixture);
      g_assert_true (fig_sheet_format_from_id (formats[i].id, &format));
      written = scope_compare_table_write (fixture->table, format);
      g_assert_cmpstr (copied, ==, written);
      g_assert_true (g_str_has_prefix (copied, formats[i].begins));
      g_assert_nonnull (strstr (copied, formats[i].has));
    }
  activate (fixture, "copy-table", "html");
  assert_told (fixture, "The table can't be copied as “html”; there are text, csv, markdown and latex.");
}

static ScopeOnlyRightWindow *
find_list (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  ScopeOnlyRightWindow *found = NULL;

  for (GList *l = windows; l != NULL; l = l->next)
    if (SCOPE_IS_ONLY_RIGHT_WINDOW (l->data))
      {
        g_assert_null (found);
        found = l->data;
      }
  return found;
}

/* The list has the names that the recount finds, in their order; a name that is chosen is read on the Gates page. */
static void
test_lists (Fixture *fixture, gconstpointer data)
{
  ScopeOnlyRightWindow *list;
  GListModel *model;
  Recount count;
  guint found = 0, best = 0, most = 0;
  const char *ids[] = { "rnn", "lstm", "gate-lstm" };
  g_autofree char *copied = NULL;

  train (fixture);
  recount (fixture, &count);
  for (guint k = 0; k < 3; k++)
    {
      guint n = 0;

      for (guint i = 0; i < count.n; i++)
        n += count.right[k][i] && !count.right[(k + 1) % 3][i] && !count.right[(k + 2) % 3][i];
      best = n > most ? k : best;
      most = MAX (n, most);
    }
  g_assert_cmpuint (most, >, 0);
  activate (fixture, "only-right", ids[best]);
  activate (fixture, "only-right", ids[best]);
  list = find_list ();
  g_assert_nonnull (list);
  model = scope_only_right_window_get_model (list);
  for (guint i = 0; i < count.n; i++)
    if (count.right[best][i] && !count.right[(best + 1) % 3][i] && !count.right[(best + 2) % 3][i])
      {
        g_autoptr (ScopeListedName) name = g_list_model_get_item (model, found++);

        g_assert_cmpstr (scope_listed_name_get (name, 0), ==, count.names[i]);
        for (guint other = 2; other < 4; other++)
          g_assert_cmpstr (scope_listed_name_get (name, other), !=, scope_listed_name_get (name, 1));
      }
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, found);

  gtk_widget_activate_action (GTK_WIDGET (list), "only-right.copy", NULL);
  copied = read_clipboard (fixture);
  g_assert_cmpstr (copied, ==, scope_only_right_window_get_text (list));

  g_signal_emit_by_name (find (GTK_WIDGET (list), GTK_TYPE_COLUMN_VIEW), "activate", 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->window->stack), ==, "gates");
  {
    g_autoptr (ScopeListedName) name = g_list_model_get_item (model, 0);
    g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "name");

    g_assert_cmpstr (g_variant_get_string (state, NULL), ==, scope_listed_name_get (name, 0));
  }
  gtk_window_destroy (GTK_WINDOW (list));
  activate (fixture, "only-right", "no-such");
  assert_told (fixture, "No network “no-such” is shown.");
}

static void
test_nothing_held_out (Fixture *fixture, gconstpointer data)
{
  const char *words = "No names are held out, so there is nothing to test the networks on: raise Held out in the "
                      "settings and train again.";

  set_held_out (fixture->window, 0);
  scope_session_train (fixture->window->session);
  wait_until (is_over, fixture->window, LIMIT);
  scope_compare_table_update (fixture->table);
  g_assert_true (says (GTK_WIDGET (fixture->table), words));
  activate (fixture, "only-right", "lstm");
  assert_told (fixture, words);
  g_assert_null (find_list ());
}

/* Read aloud, a line says what its numbers are; a button, whose names it lists. The RNN's parameters: 16 units and 3
 * classes, each of 57 letters, 16 units and a bias. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = find (GTK_WIDGET (fixture->table), SCOPE_TYPE_COMPARE_ROW);

  gtk_test_accessible_assert_role (find (GTK_WIDGET (fixture->table), GTK_TYPE_LIST_BOX), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "RNN; Parameters: 1,406; Iterations: 0; Loss, nats: –; Training accuracy: –; "
                                       "Held-out accuracy: –; Held-out macro: –; Names/s: –; Time, s: –");
  g_assert_true (gtk_widget_get_focusable (row));
  g_assert_false (gtk_widget_is_sensitive (find (row, GTK_TYPE_BUTTON)));
  train (fixture);
  g_assert_true (gtk_widget_is_sensitive (find (row, GTK_TYPE_BUTTON)));
  gtk_test_accessible_assert_property (find (row, GTK_TYPE_BUTTON), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Names that only RNN gets right");
}

/* What is of the moment is faint; a network that is taken out takes its tests with it. */
static void
test_rows (Fixture *fixture, gconstpointer data)
{
  GtkWidget *table = GTK_WIDGET (fixture->table), *row;
  g_autofree char *csv = NULL;

  g_assert_nonnull (find (table, SCOPE_TYPE_COMPARE_ROW));
  csv = scope_compare_table_write (fixture->table, FIG_SHEET_CSV);
  g_assert_nonnull (strstr (csv, "\nLSTM,moment,"));
  train (fixture);
  g_free (csv);
  csv = scope_compare_table_write (fixture->table, FIG_SHEET_CSV);
  g_assert_nonnull (strstr (csv, "\nLSTM,final,"));
  scope_network_set_enabled (scope_session_get_network (fixture->window->session, NN_RNN), FALSE);
  scope_compare_table_update (fixture->table);
  row = find (table, SCOPE_TYPE_COMPARE_ROW);
  g_assert_cmpint (scope_result_get_kind (scope_compare_row_get_result (SCOPE_COMPARE_ROW (row))), ==, NN_LSTM);
  g_assert_false (says (table, "RNN"));
  scope_network_set_enabled (scope_session_get_network (fixture->window->session, NN_LSTM), FALSE);
  scope_compare_table_update (fixture->table);
  g_assert_true (
    says (table, "McNemar's test compares networks on the held-out names once two of them have been trained."));
  g_free (csv);
  csv = scope_compare_table_write (fixture->table, FIG_SHEET_CSV);
  g_assert_null (strstr (csv, "mcnemar"));
}

/* An earlier run has its line, its test and its settings like any other; one on other names has no test. */
static void
test_earlier (Fixture *fixture, gconstpointer data)
{
  ScopeSession *session = fixture->window->session;
  ScopeSettings settings = *scope_session_get_settings (session);
  g_autoptr (ScopeRun) run = NULL;
  g_autoptr (ScopeResult) earlier = NULL;
  g_autofree char *csv = NULL, *other = NULL;

  train (fixture);
  run = g_object_ref (scope_network_get_run (scope_session_get_network (session, NN_LSTM)));
  earlier = scope_result_new_earlier (run, "Run 1");
  g_list_store_append (G_LIST_STORE (scope_session_get_results (session)), earlier);
  scope_session_reset (session);
  train (fixture);
  csv = scope_compare_table_write (fixture->table, FIG_SHEET_CSV);
  g_assert_nonnull (strstr (csv, "\n#   Run 1: data "));
  /* The same seed gives the same network: no name that only one of them gets right. */
  g_assert_true (says (GTK_WIDGET (fixture->table),
                       "LSTM against Run 1: 0 names only LSTM gets right, 0 only Run 1; p = 1.000"));
  settings.seed = 77;
  g_assert_true (scope_session_set_settings (session, &settings, NULL));
  train (fixture);
  other = scope_compare_table_write (fixture->table, FIG_SHEET_TEXT);
  g_assert_nonnull (strstr (other, "\nRun 1 "));
  g_assert_null (strstr (other, "LSTM   Run 1"));
  activate (fixture, "only-right", "Run 1");
  assert_told (fixture, "Run 1 was not tested against another network on the same names.");
}

#define ADD(name, function) g_test_add ("/app/numbers/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  GError *error = NULL;
  int status;

  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  the_application = scope_application_new ();
  g_application_set_flags (G_APPLICATION (the_application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (the_application), NULL, &error);
  g_assert_no_error (error);

  ADD ("tests", test_tests);
  ADD ("copies", test_copies);
  ADD ("lists", test_lists);
  ADD ("nothing-held-out", test_nothing_held_out);
  ADD ("words", test_words);
  ADD ("rows", test_rows);
  ADD ("earlier", test_earlier);
  status = g_test_run ();
  g_object_unref (the_application);
  return status;
}
