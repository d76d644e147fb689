/* runs-cells.c: the columns of the list of runs, and what stands in them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/runs-cells.h"

#include "app/runs-title.h"
#include "figure/number.h"
#include "run/run-title.h"

#include <glib/gi18n.h>
#include <math.h>

typedef enum
{
  COLUMN_SHOWN,
  COLUMN_NETWORK,
  COLUMN_TITLE,
  COLUMN_PRESET,
  COLUMN_SEED,
  COLUMN_RATE,
  COLUMN_LOSS,
  COLUMN_TRAINING,
  COLUMN_MACRO,
  COLUMN_SECONDS,
  COLUMN_ENDED,
  N_COLUMNS
} Column;

static const struct
{
  const char *title;
  gboolean is_number;
} columns[N_COLUMNS] = {
  [COLUMN_SHOWN] = { NC_("runs", "Shown"), FALSE },
  [COLUMN_NETWORK] = { NC_("runs", "Network"), FALSE },
  [COLUMN_TITLE] = { NC_("runs", "Title"), FALSE },
  [COLUMN_PRESET] = { NC_("runs", "Preset"), FALSE },
  [COLUMN_SEED] = { NC_("runs", "Seed"), TRUE },
  [COLUMN_RATE] = { NC_("runs", "Rate"), TRUE },
  [COLUMN_LOSS] = { NC_("runs", "Loss, nats"), TRUE },
  [COLUMN_TRAINING] = { NC_("runs", "Training"), TRUE },
  [COLUMN_MACRO] = { NC_("runs", "Held-out macro"), TRUE },
  [COLUMN_SECONDS] = { NC_("runs", "Time, s"), TRUE },
  [COLUMN_ENDED] = { NC_("runs", "Ended"), TRUE },
};

/* What a column's factory is given. */
typedef struct
{
  ScopeRunsCells *cells;
  Column column;
} Maker;

struct _ScopeRunsCells
{
  GtkColumnView *view;
  ScopeSession *session;
  Maker makers[N_COLUMNS];
  GHashTable *bound; /* of GtkListItem: those that have a result now */
};

static Column
column_of (GtkListItem *item)
{
  return (Column) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (item), "column"));
}

/* ---- Words and numbers ---- */

static const char *
preset_text (ScopeResult *result)
{
  const char *preset = scope_result_get_preset (result);

  if (scope_result_get_settings (result) == NULL)
    return "–";
  if (preset == NULL)
    return C_("preset", "Custom");
  if (g_str_equal (preset, "report"))
    return C_("preset", "As in the report");
  return g_str_equal (preset, "careful") ? C_("preset", "Careful") : C_("preset", "Default");
}

/* When it ended; what it is doing where it has not. */
static char *
ended_text (ScopeResult *result)
{
  ScopeRun *run = scope_result_get_run (result);
  g_autoptr (GDateTime) ended = scope_result_get_ended (result), now = g_date_time_new_now_local ();
  GTimeSpan ago = ended != NULL ? g_date_time_difference (now, ended) : 0;

  if (ended != NULL)
    /* Translators: the time of a day; a month, a day and that time; a whole date (see strftime). */
    return g_date_time_format (ended, ago < 20 * G_TIME_SPAN_HOUR    ? C_("runs", "%H:%M")
                                      : ago < 300 * G_TIME_SPAN_DAY ? C_("runs", "%b %-d, %H:%M")
                                                                      : C_("runs", "%Y-%m-%d"));
  if (run == NULL)
    return g_strdup (C_("run", "opened"));
  switch (scope_run_get_state (run))
    {
    case SCOPE_RUN_RUNNING:
      return g_strdup (C_("run", "training"));
    case SCOPE_RUN_PAUSED:
      return g_strdup (C_("run", "paused"));
    case SCOPE_RUN_MEASURING:
      return g_strdup (C_("run", "measuring"));
    case SCOPE_RUN_READY:
    case SCOPE_RUN_FINISHED:
    case SCOPE_RUN_DIVERGED:
    case SCOPE_RUN_STOPPED:
    default:
      return g_strdup (C_("run", "ready"));
    }
}

static char *
percent (double share)
{
  return isnan (share) ? g_strdup ("–") : fig_percent (share, 1, FALSE);
}

static char *
number_text (ScopeResult *result, Column column)
{
  const NnSettings *settings = scope_result_get_settings (result);
  ScopeRun *run = scope_result_get_run (result);
  gboolean ready;

  switch (column)
    {
    case COLUMN_SEED:
      return settings != NULL ? g_strdup_printf ("%u", settings->seed) : g_strdup ("–");
    case COLUMN_RATE:
      return settings != NULL ? g_strdup_printf ("%g", settings->learning_rate) : g_strdup ("–");
    case COLUMN_LOSS:
      return fig_number (scope_result_get_final_loss (result), 3, FALSE);
    case COLUMN_TRAINING:
      return percent (scope_result_get_training_accuracy (result));
    case COLUMN_MACRO:
      return percent (scope_result_get_held_out_macro (result));
    case COLUMN_SECONDS:
      ready = run == NULL || scope_run_get_state (run) == SCOPE_RUN_READY;
      return fig_number (ready ? NAN : scope_run_get_seconds (run), 1, FALSE);
    case COLUMN_ENDED:
      return ended_text (result);
    case COLUMN_SHOWN:
    case COLUMN_NETWORK:
    case COLUMN_TITLE:
    case COLUMN_PRESET:
    case N_COLUMNS:
    default:
      g_assert_not_reached ();
    }
}

/* ---- Cells ---- */

static void
on_toggled (GtkCheckButton *check, GtkListItem *item)
{
  ScopeResult *result = gtk_list_item_get_item (item);

  if (result != NULL && scope_result_get_shown (result) != gtk_check_button_get_active (check))
    scope_result_set_shown (result, gtk_check_button_get_active (check));
}

static void
show_check (GtkCheckButton *check, ScopeResult *result)
{
  ScopeNetwork *network = scope_result_get_network (result);
  ScopeRun *run = network != NULL ? scope_network_get_run (network) : NULL;
  g_autofree char *label
      /* Translators: the title of a run. */
      = g_strdup_printf (C_("runs", "Show “%s” in the figures"), scope_result_get_title (result));

  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (gtk_check_button_get_active (check) != scope_result_get_shown (result))
    gtk_check_button_set_active (check, scope_result_get_shown (result));
  /* A network that is shown is trained. */
  gtk_widget_set_sensitive (GTK_WIDGET (check), run == NULL || !scope_run_is_active (run));
}

static GtkWidget *
new_network_cell (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign",
                                    GTK_ALIGN_CENTER, NULL);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (swatch, "network-swatch");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
show_network (GtkWidget *box, ScopeResult *result)
{
  GtkWidget *swatch = gtk_widget_get_first_child (box), *label = gtk_widget_get_last_child (box);
  g_autofree char *class = g_strconcat ("network-", nn_kind_id (scope_result_get_kind (result)), NULL);
  const char *const classes[] = { "network-swatch", class, NULL };
  const char *title = scope_kind_title (scope_result_get_kind (result));

  gtk_widget_set_css_classes (swatch, (const char **) classes);
  gtk_label_set_text (GTK_LABEL (label), title);
  gtk_widget_set_tooltip_text (box, title);
}

/* What a reader of the numbers should know about a run. (transfer full) (nullable) */
static char *
note_of (ScopeRunsCells *cells, ScopeResult *result)
{
  NnDataset *dataset = scope_session_get_dataset (cells->session);
  ScopeRun *run = scope_result_get_run (result);
  ScopeRunState state = run != NULL ? scope_run_get_state (run) : SCOPE_RUN_FINISHED;
  g_autofree char *iterations = NULL;

  if (dataset != NULL && scope_result_get_snapshot (result) != NULL && !scope_result_fits (result, dataset))
    return g_strdup (C_("run", "other languages"));
  if (dataset != NULL && run != NULL
      && g_strcmp0 (scope_run_get_data_hash (run), nn_dataset_hash (dataset)) != 0)
    return g_strdup (C_("run", "other names"));
  if (state == SCOPE_RUN_DIVERGED)
    return g_strdup (C_("run", "diverged"));
  if (state != SCOPE_RUN_STOPPED && (state != SCOPE_RUN_PAUSED || !scope_result_is_earlier (result)))
    return NULL;
  iterations = fig_number ((double) scope_run_get_iteration (run), 0, FALSE);
  /* Translators: a number. */
  return g_strdup_printf (C_("run", "stopped after %s iterations"), iterations);
}

static void
show_title (ScopeRunsCells *cells, ScopeRunsTitle *title, ScopeResult *result)
{
  g_autofree char *note = note_of (cells, result);

  scope_runs_title_set_result (title, result, note);
}

static void
show_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
show_cell (ScopeRunsCells *cells, GtkListItem *item)
{
  ScopeResult *result = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item);
  g_autofree char *text = NULL;

  switch (column_of (item))
    {
    case COLUMN_SHOWN:
      show_check (GTK_CHECK_BUTTON (child), result);
      break;
    case COLUMN_NETWORK:
      show_network (child, result);
      break;
    case COLUMN_TITLE:
      show_title (cells, SCOPE_RUNS_TITLE (child), result);
      break;
    case COLUMN_PRESET:
      show_text (GTK_LABEL (child), preset_text (result));
      break;
    case COLUMN_SEED:
    case COLUMN_RATE:
    case COLUMN_LOSS:
    case COLUMN_TRAINING:
    case COLUMN_MACRO:
    case COLUMN_SECONDS:
    case COLUMN_ENDED:
      text = number_text (result, column_of (item));
      show_text (GTK_LABEL (child), text);
      break;
    case N_COLUMNS:
    default:
      g_assert_not_reached ();
    }
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, Maker *maker)
{
  GtkWidget *child;

  if (maker->column == COLUMN_SHOWN)
    {
      child = gtk_check_button_new ();
      gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
      g_signal_connect_object (child, "toggled", G_CALLBACK (on_toggled), item, 0);
    }
  else if (maker->column == COLUMN_NETWORK)
    child = new_network_cell ();
  else if (maker->column == COLUMN_TITLE)
    child = scope_runs_title_new ();
  else
    {
      child = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (child), columns[maker->column].is_number ? 1 : 0);
      if (columns[maker->column].is_number)
        gtk_widget_add_css_class (child, "numeric");
    }
  g_object_set_data (G_OBJECT (item), "column", GINT_TO_POINTER (maker->column));
  gtk_list_item_set_child (item, child);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, Maker *maker)
{
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (item)), "scope-result", gtk_list_item_get_item (item));
  g_hash_table_add (maker->cells->bound, item);
  show_cell (maker->cells, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, Maker *maker)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  g_hash_table_remove (maker->cells->bound, item);
  g_object_set_data (G_OBJECT (child), "scope-result", NULL);
  if (maker->column == COLUMN_TITLE)
    scope_runs_title_set_result (SCOPE_RUNS_TITLE (child), NULL, NULL);
}

/* ---- Columns ---- */

static void
add_column (ScopeRunsCells *cells, Column column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) added = NULL;
  Maker *maker = &cells->makers[column];

  *maker = (Maker){ cells, column };
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), maker);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), maker);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), maker);
  added = gtk_column_view_column_new (g_dpgettext2 (NULL, "runs", columns[column].title), factory);
  gtk_column_view_column_set_expand (added, column == COLUMN_TITLE);
  gtk_column_view_column_set_resizable (added, column == COLUMN_TITLE || column == COLUMN_NETWORK);
  gtk_column_view_append_column (cells->view, added);
}

ScopeRunsCells *
scope_runs_cells_new (GtkColumnView *view, ScopeSession *session)
{
  ScopeRunsCells *cells;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view) && SCOPE_IS_SESSION (session), NULL);
  cells = g_new0 (ScopeRunsCells, 1);
  cells->view = view;
  cells->session = session;
  cells->bound = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < N_COLUMNS; i++)
    add_column (cells, (Column) i);
  return cells;
}

void
scope_runs_cells_free (ScopeRunsCells *cells)
{
  if (cells == NULL)
    return;
  /* The view may outlive this for a moment, and unbinds its cells then. */
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (cells->view), i);
      g_signal_handlers_disconnect_by_data (gtk_column_view_column_get_factory (column), &cells->makers[i]);
    }
  g_hash_table_unref (cells->bound);
  g_free (cells);
}

void
scope_runs_cells_update (ScopeRunsCells *cells)
{
  GHashTableIter iterator;
  gpointer item;

  g_hash_table_iter_init (&iterator, cells->bound);
  while (g_hash_table_iter_next (&iterator, &item, NULL))
    show_cell (cells, item);
}

ScopeResult *
scope_runs_cells_find_result (ScopeRunsCells *cells, GtkWidget *widget)
{
  GtkWidget *first = widget != NULL ? gtk_widget_get_first_child (widget) : NULL;

  /* Beside what stands in a cell the cell itself is hit. */
  if (first != NULL && g_object_get_data (G_OBJECT (first), "scope-result") != NULL)
    return g_object_get_data (G_OBJECT (first), "scope-result");
  for (; widget != NULL && widget != GTK_WIDGET (cells->view); widget = gtk_widget_get_parent (widget))
    if (g_object_get_data (G_OBJECT (widget), "scope-result") != NULL)
      return g_object_get_data (G_OBJECT (widget), "scope-result");
  return NULL;
}

GtkWidget *
scope_runs_cells_find_title (ScopeRunsCells *cells, ScopeResult *result)
{
  GHashTableIter iterator;
  gpointer item;

  g_hash_table_iter_init (&iterator, cells->bound);
  while (g_hash_table_iter_next (&iterator, &item, NULL))
    if (gtk_list_item_get_item (item) == result && column_of (item) == COLUMN_TITLE)
      return gtk_list_item_get_child (item);
  return NULL;
}
