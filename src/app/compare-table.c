/* compare-table.c: the numbers under the Compare page's figures.
 *
 * A number that was measured when a run was over stands in full ink; one that is of the moment is faint.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/compare-table.h"

#include "figure/number.h"

#include <glib/gi18n.h>
#include <math.h>

typedef enum
{
  COLUMN_PARAMETERS,
  COLUMN_ITERATIONS,
  COLUMN_LOSS,
  COLUMN_TRAINING,
  COLUMN_HELD_OUT,
  COLUMN_MACRO,
  COLUMN_SPEED,
  COLUMN_SECONDS,
  N_COLUMNS
} Column;

static const struct
{
  const char *title;
  const char *tooltip;
  int width; /* characters */
} columns[N_COLUMNS] = {
  [COLUMN_PARAMETERS] = { NC_("column", "Parameters"), N_("Weights and biases that are trained"), 9 },
  [COLUMN_ITERATIONS] = { NC_("column", "Iterations"), N_("Names that the network was trained on, one at a time"), 9 },
  [COLUMN_LOSS] = { NC_("column", "Loss, nats"), N_("Mean negative log-likelihood of the right language"), 7 },
  [COLUMN_TRAINING] = { NC_("column", "Training accuracy"),
                        N_("Of names drawn from those trained on, each language equally often"), 8 },
  [COLUMN_HELD_OUT] = { NC_("column", "Held-out accuracy"), N_("Of names that no network was trained on"), 8 },
  [COLUMN_MACRO] = { NC_("column", "Held-out macro"),
                     N_("The same as a mean over languages, so that each counts equally"), 8 },
  [COLUMN_SPEED] = { NC_("column", "Names/s"), N_("Names trained on each second, over the whole run"), 8 },
  [COLUMN_SECONDS] = { NC_("column", "Time, s"), N_("Seconds spent training, without pauses and measurements"), 8 },
};

typedef struct
{
  ScopeNetwork *network; /* owned */
  GtkLabel *labels[N_COLUMNS];
} Row;

struct _ScopeCompareTable
{
  GtkGrid *grid;
  GPtrArray *rows; /* of Row */
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_object_unref (row->network);
  g_free (row);
}

static GtkWidget *
new_label (const char *text, const char *first_class, const char *second_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  return label;
}

static void
add_header (GtkGrid *grid)
{
  GtkWidget *network = new_label (C_("column", "Network"), "caption", "dim-label");

  gtk_label_set_xalign (GTK_LABEL (network), 0);
  gtk_grid_attach (grid, network, 0, 0, 1, 1);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkWidget *label = new_label (g_dpgettext2 (NULL, "column", columns[i].title), "caption", "dim-label");

      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_set_tooltip_text (label, _(columns[i].tooltip));
      gtk_grid_attach (grid, label, (int) i + 1, 0, 1, 1);
    }
}

ScopeCompareTable *
scope_compare_table_new (GtkGrid *grid)
{
  ScopeCompareTable *table = g_new0 (ScopeCompareTable, 1);

  g_return_val_if_fail (GTK_IS_GRID (grid), NULL);
  table->grid = grid;
  table->rows = g_ptr_array_new_with_free_func (row_free);
  add_header (grid);
  return table;
}

void
scope_compare_table_free (ScopeCompareTable *table)
{
  if (table == NULL)
    return;
  g_ptr_array_unref (table->rows);
  g_free (table);
}

static GtkWidget *
new_name (ScopeNetwork *network)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = new_label (scope_network_get_title (network), "section-title", NULL);
  g_autofree char *class = g_strdup_printf ("network-%s", nn_kind_id (scope_network_get_kind (network)));

  gtk_widget_add_css_class (swatch, "network-swatch");
  gtk_widget_add_css_class (swatch, class);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (scope_network_get_title (network), -1), 12));
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_tooltip_text (label, scope_network_get_title (network));
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
add_row (ScopeCompareTable *table, ScopeNetwork *network)
{
  Row *row = g_new0 (Row, 1);
  int line = (int) table->rows->len + 1;

  row->network = g_object_ref (network);
  gtk_grid_attach (table->grid, new_name (network), 0, line, 1, 1);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkWidget *label = new_label ("–", "numeric", NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_label_set_width_chars (GTK_LABEL (label), columns[i].width);
      gtk_grid_attach (table->grid, label, (int) i + 1, line, 1, 1);
      row->labels[i] = GTK_LABEL (label);
    }
  g_ptr_array_add (table->rows, row);
}

/* Only where the networks shown are others than before. */
static void
make_rows (ScopeCompareTable *table, GPtrArray *shown)
{
  gboolean same = shown->len == table->rows->len;

  for (guint i = 0; same && i < shown->len; i++)
    same = ((Row *) g_ptr_array_index (table->rows, i))->network == g_ptr_array_index (shown, i);
  if (same)
    return;
  for (guint i = table->rows->len; i > 0; i--)
    gtk_grid_remove_row (table->grid, (int) i);
  g_ptr_array_set_size (table->rows, 0);
  for (guint i = 0; i < shown->len; i++)
    add_row (table, g_ptr_array_index (shown, i));
}

/* (transfer full) */
static char *
percent (double share)
{
  return isnan (share) ? g_strdup ("–") : fig_percent (share, 1, FALSE);
}

/* @text: (transfer full) */
static void
show (Row *row, Column column, char *text, gboolean is_final)
{
  GtkWidget *label = GTK_WIDGET (row->labels[column]);

  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
  if (is_final && gtk_widget_has_css_class (label, "dim-label"))
    gtk_widget_remove_css_class (label, "dim-label");
  else if (!is_final && !gtk_widget_has_css_class (label, "dim-label"))
    gtk_widget_add_css_class (label, "dim-label");
  g_free (text);
}

/* Wilson's interval of an accuracy at 95 %, as a tooltip. */
static void
show_interval (Row *row, Column column, const NnConfusion *confusion, double accuracy)
{
  const double z = 1.959964;
  double n = confusion != NULL ? (double) confusion->total : 0, middle, half;
  g_autofree char *low = NULL, *high = NULL, *count = NULL, *text = NULL;

  if (n > 0 && !isnan (accuracy))
    {
      middle = (accuracy + z * z / (2 * n)) / (1 + z * z / n);
      half = z * sqrt (accuracy * (1 - accuracy) / n + z * z / (4 * n * n)) / (1 + z * z / n);
      low = fig_percent (middle - half, 1, FALSE);
      high = fig_percent (middle + half, 1, FALSE);
      count = fig_number (n, 0, FALSE);
      /* Translators: a number of names, and the two ends of an interval of percentages. */
      text = g_strdup_printf (_("Measured on %s names; 95 %% interval %s to %s"), count, low, high);
    }
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (row->labels[column])), text) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (row->labels[column]), text);
}

static double
last_held_out (const NnHistory *history)
{
  for (guint i = history != NULL ? nn_history_length (history) : 0; i > 0; i--)
    if (!isnan (nn_history_point (history, i - 1)->held_out_accuracy))
      return nn_history_point (history, i - 1)->held_out_accuracy;
  return NAN;
}

static void
show_measured (Row *row, ScopeRun *run)
{
  const NnConfusion *measured
    = run != NULL ? scope_run_get_confusion (run) : scope_network_get_confusion (row->network);
  const NnConfusion *held_out = run != NULL ? scope_run_get_held_out_confusion (run) : NULL;
  double loss = NAN, accuracy = NAN, share = NAN, macro = NAN;

  if (run != NULL)
    {
      scope_run_get_recent (run, &loss, &accuracy);
      share = last_held_out (scope_run_get_history (run));
    }
  if (measured != NULL)
    {
      loss = measured->loss;
      accuracy = nn_confusion_accuracy (measured);
    }
  if (held_out != NULL)
    {
      share = nn_confusion_accuracy (held_out);
      macro = nn_confusion_macro_accuracy (held_out);
    }
  show (row, COLUMN_LOSS, fig_number (loss, 3, FALSE), measured != NULL);
  show (row, COLUMN_TRAINING, percent (accuracy), measured != NULL);
  show (row, COLUMN_HELD_OUT, percent (share), held_out != NULL);
  show (row, COLUMN_MACRO, percent (macro), held_out != NULL);
  show_interval (row, COLUMN_TRAINING, measured, accuracy);
  show_interval (row, COLUMN_HELD_OUT, held_out, share);
}

static void
update_row (Row *row)
{
  NnSnapshot *snapshot = scope_network_get_snapshot (row->network);
  ScopeRun *run = scope_network_get_run (row->network);
  double parameters = snapshot != NULL ? snapshot->model->n_parameters : NAN;
  double iterations = run != NULL        ? (double) scope_run_get_iteration (run)
                      : snapshot != NULL && snapshot->iteration != NN_ITERATION_UNKNOWN
                      ? (double) snapshot->iteration
                                         : NAN;
  double seconds = run != NULL && scope_run_get_state (run) != SCOPE_RUN_READY ? scope_run_get_seconds (run) : NAN;
  gboolean is_over = run == NULL || scope_run_is_over (run);

  show (row, COLUMN_PARAMETERS, fig_number (parameters, 0, FALSE), TRUE);
  show (row, COLUMN_ITERATIONS, fig_number (iterations, 0, FALSE), is_over);
  show (row, COLUMN_SPEED, fig_number (run != NULL ? scope_run_get_names_per_second (run) : NAN, 0, FALSE), is_over);
  show (row, COLUMN_SECONDS, fig_number (seconds, 1, FALSE), is_over);
  show_measured (row, run);
}

void
scope_compare_table_update (ScopeCompareTable *table, ScopeSession *session)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown (session);

  g_return_if_fail (table != NULL);
  make_rows (table, shown);
  for (guint i = 0; i < table->rows->len; i++)
    update_row (g_ptr_array_index (table->rows, i));
}
