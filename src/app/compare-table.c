/* compare-table.c: the numbers under the Compare page's figures, and how the networks fare against each other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/compare-table.h"

#include "app/compare-figures.h"
#include "app/compare-numbers.h"
#include "app/compare-row.h"
#include "app/only-right-window.h"
#include "figure/number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The characters that a test's line keeps free, so that lines stay where they are when its numbers come. */
#define TEST_CHARACTERS 75

struct _ScopeCompareTable
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkWidget *box;
  GtkBox *header;
  GtkListBox *list;
  GtkLabel *test_label;
  GtkFlowBox *pairings;

  /* Owned. */
  ScopeSession *session;
  ScopeTester *tester;
  ScopeCompareColumns columns;
  GPtrArray *rows;   /* of ScopeCompareRow, which their list holds */
  GPtrArray *labels; /* of GtkLabel, one a test, which their box holds */
};

G_DEFINE_FINAL_TYPE (ScopeCompareTable, scope_compare_table, GTK_TYPE_WIDGET)

/* ---- Rows ---- */

/* Only where what is shown is something else than before. */
static void
make_rows (ScopeCompareTable *table, GPtrArray *results)
{
  gboolean same = results->len == table->rows->len;

  for (guint i = 0; same && i < results->len; i++)
    same = scope_compare_row_get_result (g_ptr_array_index (table->rows, i)) == g_ptr_array_index (results, i);
  if (same)
    return;
  for (guint i = 0; i < table->rows->len; i++)
    gtk_list_box_remove (table->list, g_ptr_array_index (table->rows, i));
  g_ptr_array_set_size (table->rows, 0);
  for (guint i = 0; i < results->len; i++)
    {
      GtkWidget *row = scope_compare_row_new (g_ptr_array_index (results, i), &table->columns);

      gtk_list_box_append (table->list, row);
      g_ptr_array_add (table->rows, row);
    }
}

/* How many names a row's network alone gets right, or -1. */
static int
count_only_right (const ScopeCompareNumbers *numbers, guint index)
{
  g_autofree const char **labels = g_new0 (const char *, numbers->results->len);
  g_autofree const guint8 **guesses = g_new0 (const guint8 *, numbers->results->len);
  g_autofree guint *found = NULL;
  FigOnlyRight right;
  guint n;
  int place = scope_compare_numbers_init_only_right (numbers, index, &right, labels, guesses);

  if (place < 0)
    return -1;
  found = nn_test_names_only_right (right.names, guesses, right.n_networks, (guint) place, &n);
  return (int) n;
}

/* ---- Tests ---- */

/* The names that all tests have read, or 0 where they differ. */
static guint
names_of_all (const FigNumbersTable *table)
{
  for (guint i = 1; i < table->n_pairings; i++)
    if (table->pairings[i].n_names != table->pairings[0].n_names)
      return 0;
  return table->n_pairings > 0 ? table->pairings[0].n_names : 0;
}

/* (transfer full) */
static char *
describe_tests (const ScopeCompareNumbers *numbers)
{
  guint n = names_of_all (&numbers->table);
  g_autofree char *count = fig_number (n, 0, FALSE);

  switch (numbers->state)
    {
    case SCOPE_TEST_NO_DATA:
      break;
    case SCOPE_TEST_NOTHING_HELD_OUT:
      return g_strdup (_ ("No names are held out, so there is nothing to test the networks on: raise Held out in the "
                          "settings and train again."));
    case SCOPE_TEST_NOT_OVER:
      return g_strdup (
        _ ("McNemar's test compares networks on the held-out names once two of them have been trained."));
    case SCOPE_TEST_UNDER_WAY:
      return g_strdup (_ ("The networks are reading the held-out names…"));
    case SCOPE_TEST_DONE:
      if (n == 0)
        return g_strdup (_ ("McNemar's exact test on the held-out names, for networks that held out the same ones:"));
      /* Translators: %s is a number of names. */
      return g_strdup_printf (_ ("McNemar's exact test on %s different held-out names:"), count);
    }
  return g_strdup ("");
}

static void
add_test_label (ScopeCompareTable *table)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), TEST_CHARACTERS);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "caption");
  gtk_flow_box_append (table->pairings, label);
  g_ptr_array_add (table->labels, label);
}

/* Tests to come have their line already, so that the figures above needn't give way to it. */
static void
show_test (const ScopeCompareNumbers *numbers, GtkLabel *label, const FigPairing *pairing)
{
  g_autofree char *text = fig_pairing_describe (&numbers->table, pairing, FALSE);

  if (strcmp (gtk_label_get_text (label), text) == 0)
    return;
  gtk_label_set_text (label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (label))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (isnan (pairing->p))
    gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "dim-label");
}

static void
show_tests (ScopeCompareTable *table, const ScopeCompareNumbers *numbers)
{
  g_autofree char *words = describe_tests (numbers);
  guint n_made = numbers->pairings->len, n = n_made + numbers->awaited->len;

  if (strcmp (gtk_label_get_text (table->test_label), words) != 0)
    gtk_label_set_text (table->test_label, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (table->test_label),
                               n > 0 ? _ ("Counts the names that only one of two networks gets right. Were both "
                                          "equally good, either would be that one as often; p is how probable a "
                                          "difference as large as this one then is. Each different name counts once. "
                                          "Where several pairs are tested, p is not corrected for their number.")
                                     : NULL);
  while (table->labels->len < n)
    add_test_label (table);
  while (table->labels->len > n)
    {
      GtkWidget *label = g_ptr_array_index (table->labels, table->labels->len - 1);

      gtk_flow_box_remove (table->pairings, gtk_widget_get_parent (label));
      g_ptr_array_set_size (table->labels, table->labels->len - 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (table->pairings), n > 0);
  for (guint i = 0; i < n; i++)
    show_test (numbers, g_ptr_array_index (table->labels, i),
               i < n_made ? &g_array_index (numbers->pairings, FigPairing, i)
                          : &g_array_index (numbers->awaited, FigPairing, i - n_made));
}

void
scope_compare_table_update (ScopeCompareTable *table)
{
  g_auto (ScopeCompareNumbers) numbers = { 0 };

  g_return_if_fail (SCOPE_IS_COMPARE_TABLE (table));
  if (table->session == NULL)
    return;
  scope_compare_numbers_init (&numbers, table->session, table->tester);
  make_rows (table, numbers.results);
  for (guint i = 0; i < table->rows->len; i++)
    scope_compare_row_show (g_ptr_array_index (table->rows, i), &numbers.rows[i], count_only_right (&numbers, i));
  show_tests (table, &numbers);
}

static void
on_tested (gpointer data)
{
  scope_compare_table_update (data);
}

static void
on_row_activated (ScopeCompareTable *table, GtkListBoxRow *row)
{
  g_autofree char *id = scope_result_dup_id (scope_compare_row_get_result (SCOPE_COMPARE_ROW (row)));

  gtk_widget_activate_action (GTK_WIDGET (table), "win.only-right", "s", id);
}

/* ---- What leaves the table ---- */

/* The session's settings, and those of earlier runs, which may have been others. As in every file, in English and the C
 * locale. (transfer full) */
static GString *
describe (ScopeSession *session, GPtrArray *results)
{
  g_autofree char *settings = scope_export_description (session);
  GString *text = g_string_new (settings);

  for (guint i = 0; i < results->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (results, i);
      ScopeRun *run = scope_result_get_network (result) == NULL ? scope_result_get_run (result) : NULL;
      const NnSettings *of_run = run != NULL ? scope_run_get_settings (run) : NULL;
      char held_out[G_ASCII_DTOSTR_BUF_SIZE];

      if (of_run == NULL)
        continue;
      g_string_append_printf (text, "\n%s: data %s; hidden size %u; seed %u; held out %s",
                              scope_result_get_title (result),
                              scope_run_get_data_hash (run), of_run->hidden,
                              of_run->seed, g_ascii_formatd (held_out, sizeof held_out, "%g", of_run->hold_out));
    }
  return text;
}

char *
scope_compare_table_write (ScopeCompareTable *table, FigSheetFormat format)
{
  g_auto (ScopeCompareNumbers) numbers = { 0 };
  g_autoptr (GString) description = NULL;
  FigMetadata metadata = { .title = "Gatescope: the networks compared" };

  g_return_val_if_fail (SCOPE_IS_COMPARE_TABLE (table), NULL);
  scope_compare_numbers_init (&numbers, table->session, table->tester);
  description = describe (table->session, numbers.results);
  metadata.description = description->str;
  return fig_numbers_write (&numbers.table, format, &metadata);
}

/* The row that an action means, or -1. */
static int
find_row (const ScopeCompareNumbers *numbers, const char *id)
{
  for (guint i = 0; i < numbers->results->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (numbers->results, i);
      g_autofree char *of_result = scope_result_dup_id (result);

      if (g_strcmp0 (of_result, id) == 0 || g_strcmp0 (scope_result_get_title (result), id) == 0)
        return (int) i;
    }
  return -1;
}

/* Why a row has no list. (transfer full) */
static char *
describe_lack (const ScopeCompareNumbers *numbers, guint row)
{
  const char *label = fig_numbers_label (&numbers->rows[row]);

  if (numbers->state != SCOPE_TEST_DONE)
    return describe_tests (numbers);
  if (numbers->rows[row].state == FIG_NUMBERS_MOMENT)
    return g_strdup_printf (_ ("%s is tested on the held-out names when its run is over."), label);
  return g_strdup_printf (_ ("%s was not tested against another network on the same names."), label);
}

char *
scope_compare_table_open_only_right (ScopeCompareTable *table, const char *id)
{
  g_auto (ScopeCompareNumbers) numbers = { 0 };
  g_autofree const char **labels = NULL;
  g_autofree const guint8 **guesses = NULL;
  FigOnlyRight right;
  int row, place;

  g_return_val_if_fail (SCOPE_IS_COMPARE_TABLE (table) && id != NULL, NULL);
  scope_compare_numbers_init (&numbers, table->session, table->tester);
  row = find_row (&numbers, id);
  if (row < 0)
    return g_strdup_printf (_ ("No network “%s” is shown."), id);
  labels = g_new0 (const char *, numbers.results->len);
  guesses = g_new0 (const guint8 *, numbers.results->len);
  place = scope_compare_numbers_init_only_right (&numbers, (guint) row, &right, labels, guesses);
  if (place < 0)
    return describe_lack (&numbers, (guint) row);
  scope_only_right_window_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (table))), &right, (guint) place);
  return NULL;
}

/* ---- Object ---- */

static void
scope_compare_table_dispose (GObject *object)
{
  ScopeCompareTable *table = SCOPE_COMPARE_TABLE (object);

  g_clear_pointer (&table->tester, scope_tester_free);
  g_clear_pointer (&table->rows, g_ptr_array_unref);
  g_clear_pointer (&table->labels, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (table), SCOPE_TYPE_COMPARE_TABLE);
  scope_compare_columns_clear (&table->columns);
  g_clear_object (&table->session);
  G_OBJECT_CLASS (scope_compare_table_parent_class)->dispose (object);
}

static void
scope_compare_table_class_init (ScopeCompareTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_compare_table_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/compare-table.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeCompareTable, box);
  gtk_widget_class_bind_template_child (widget_class, ScopeCompareTable, header);
  gtk_widget_class_bind_template_child (widget_class, ScopeCompareTable, list);
  gtk_widget_class_bind_template_child (widget_class, ScopeCompareTable, test_label);
  gtk_widget_class_bind_template_child (widget_class, ScopeCompareTable, pairings);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
scope_compare_table_init (ScopeCompareTable *table)
{
  gtk_widget_init_template (GTK_WIDGET (table));
  table->rows = g_ptr_array_new ();
  table->labels = g_ptr_array_new ();
  table->tester = scope_tester_new (on_tested, table);
  scope_compare_columns_init (&table->columns);
  scope_compare_columns_fill_header (&table->columns, table->header);
}

void
scope_compare_table_set_session (ScopeCompareTable *table, ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_COMPARE_TABLE (table) && SCOPE_IS_SESSION (session) && table->session == NULL);
  table->session = g_object_ref (session);
}
