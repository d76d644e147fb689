/* network-row.c: a network at the side: whether it trains, how far it is, its numbers, its structure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/network-row.h"

#include "app/format.h"
#include "figure/number.h"

#include <glib/gi18n.h>
#include <math.h>

struct _ScopeNetworkRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkCheckButton *check;
  GtkWidget *swatch;
  GtkLabel *title;
  GtkLabel *parameters;
  GtkButton *close;
  GtkMenuButton *structure_button;
  GtkLabel *structure;
  GtkProgressBar *progress;
  GtkLabel *left;
  GtkLabel *numbers;

  ScopeSession *session;
  ScopeNetwork *network;
};

G_DEFINE_FINAL_TYPE (ScopeNetworkRow, scope_network_row, GTK_TYPE_WIDGET)

/* What the run's state calls for beside the progress bar. */
static char *
run_text (ScopeNetwork *network, ScopeRun *run)
{
  g_autofree char *time = NULL;

  switch (scope_run_get_state (run))
    {
    case SCOPE_RUN_RUNNING:
      time = scope_format_duration (scope_network_get_seconds_left (network));
      /* Translators: a time such as 1:20. */
      return g_strdup_printf (_("%s left"), time);
    case SCOPE_RUN_PAUSED:
      return g_strdup (C_("run", "paused"));
    case SCOPE_RUN_MEASURING:
      return g_strdup (C_("run", "measuring"));
    case SCOPE_RUN_FINISHED:
      time = scope_format_duration (scope_run_get_seconds (run));
      /* Translators: a time such as 1:20. */
      return g_strdup_printf (_("done in %s"), time);
    case SCOPE_RUN_DIVERGED:
      return g_strdup (C_("run", "diverged"));
    case SCOPE_RUN_STOPPED:
      return g_strdup (C_("run", "stopped"));
    case SCOPE_RUN_READY:
    default:
      return g_strdup (C_("run", "ready"));
    }
}

/* Of several seeds also which. */
static char *
state_text (ScopeNetwork *network, ScopeRun *run)
{
  guint index = scope_network_get_seed_index (network), n_seeds = scope_network_get_n_seeds (network);
  g_autofree char *text = run_text (network, run);

  if (n_seeds == 1)
    return g_steal_pointer (&text);
  if (index + 1 == n_seeds && scope_run_get_state (run) == SCOPE_RUN_FINISHED)
    /* Translators: a number of seeds; all are trained. */
    return g_strdup_printf (C_("run", "%u seeds done"), n_seeds);
  /* Translators: which of how many seeds, and how its run is going on: "seed 2 of 5 · 1:20 left". */
  return g_strdup_printf (C_("run", "seed %u of %u · %s"), index + 1, n_seeds, text);
}

static void
show_run (ScopeNetworkRow *row, ScopeRun *run)
{
  guint64 iteration = scope_run_get_iteration (run), total = scope_run_get_total (run);
  double loss, accuracy;
  g_autofree char *left = state_text (row->network, run);
  g_autofree char *loss_text = NULL, *accuracy_text = NULL, *speed_text = NULL, *text = NULL, *at = NULL, *of = NULL;
  g_autofree char *progress = NULL;

  scope_run_get_recent (run, &loss, &accuracy);
  loss_text = fig_number (loss, 2, FALSE);
  accuracy_text = fig_percent (accuracy, 1, FALSE);
  speed_text = fig_number (scope_run_get_names_per_second (run), 0, FALSE);
  gtk_progress_bar_set_fraction (row->progress, scope_network_get_done (row->network));
  gtk_label_set_text (row->left, left);
  /* Translators: a loss, an accuracy such as 61.2 %, a number of names. */
  text = g_strdup_printf (_("loss %s · %s right · %s names/s"), loss_text, accuracy_text, speed_text);
  /* Before there are numbers, a blank keeps their place. */
  gtk_label_set_text (row->numbers, isnan (loss) ? " " : text);
  at = fig_number ((double) iteration, 0, FALSE);
  of = fig_number ((double) total, 0, FALSE);
  /* Translators: how far a network is trained: both are numbers. */
  progress = g_strdup_printf (_("iteration %s of %s"), at, of);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->progress), progress);
}

static void
show (ScopeNetworkRow *row)
{
  ScopeRun *run = scope_network_get_run (row->network);
  NnSnapshot *snapshot = scope_network_get_snapshot (row->network);
  gboolean opened = scope_network_get_path (row->network) != NULL;
  gboolean shown = scope_network_get_enabled (row->network) && run != NULL;

  gtk_widget_set_visible (GTK_WIDGET (row->progress), shown);
  gtk_widget_set_visible (GTK_WIDGET (row->left), shown);
  gtk_widget_set_visible (GTK_WIDGET (row->numbers), shown);
  gtk_widget_set_visible (GTK_WIDGET (row->close), opened);
  gtk_widget_set_sensitive (GTK_WIDGET (row->check), run == NULL || !scope_run_is_active (run));
  if (snapshot != NULL)
    {
      g_autofree char *count = fig_number (snapshot->model->n_parameters, 0, FALSE);
      g_autofree char *text = g_strdup_printf (_("%s parameters"), count);
      gtk_label_set_text (row->parameters, text);
    }
  if (shown)
    show_run (row, run);
}

static void
on_structure_shown (ScopeNetworkRow *row)
{
  NnSnapshot *snapshot = scope_network_get_snapshot (row->network);
  g_autofree char *structure = snapshot != NULL ? nn_model_print (snapshot->model) : g_strdup ("");

  gtk_label_set_text (row->structure, structure);
}

static void
on_close (ScopeNetworkRow *row)
{
  scope_session_close_network (row->session, row->network);
}

static void
scope_network_row_dispose (GObject *object)
{
  ScopeNetworkRow *row = SCOPE_NETWORK_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (row), SCOPE_TYPE_NETWORK_ROW);
  g_clear_object (&row->network);
  g_clear_object (&row->session);
  G_OBJECT_CLASS (scope_network_row_parent_class)->dispose (object);
}

static void
scope_network_row_class_init (ScopeNetworkRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_network_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/network-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, box);
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, check);
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, title);
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, parameters);
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, close);
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, structure_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, structure);
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, progress);
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, left);
  gtk_widget_class_bind_template_child (widget_class, ScopeNetworkRow, numbers);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_structure_shown);
}

static void
scope_network_row_init (ScopeNetworkRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
}

/* The words that tell this row's controls from another row's. */
static void
name_controls (ScopeNetworkRow *row)
{
  const char *title = scope_network_get_title (row->network);
  g_autofree char *check = g_strdup_printf (_("Train and show %s"), title);
  g_autofree char *progress = g_strdup_printf (_("Progress of %s"), title);
  g_autofree char *structure = g_strdup_printf (_("Structure of %s"), title);
  g_autofree char *close = g_strdup_printf (_("Close %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row->check), GTK_ACCESSIBLE_PROPERTY_LABEL, check, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, progress, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->structure_button), GTK_ACCESSIBLE_PROPERTY_LABEL, structure, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->close), GTK_ACCESSIBLE_PROPERTY_LABEL, close, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->check), check);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->structure_button), structure);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->close), close);
}

GtkWidget *
scope_network_row_new (ScopeSession *session, ScopeNetwork *network)
{
  ScopeNetworkRow *row = g_object_new (SCOPE_TYPE_NETWORK_ROW, NULL);
  g_autofree char *style = g_strconcat ("network-", nn_kind_id (scope_network_get_kind (network)), NULL);

  row->session = g_object_ref (session);
  row->network = g_object_ref (network);
  gtk_widget_add_css_class (row->swatch, style);
  gtk_label_set_text (row->title, scope_network_get_title (network));
  g_object_bind_property (network, "enabled", row->check, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  name_controls (row);
  g_signal_connect_object (network, "updated", G_CALLBACK (show), row, G_CONNECT_SWAPPED);
  show (row);
  return GTK_WIDGET (row);
}
