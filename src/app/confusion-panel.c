/* confusion-panel.c: the matrices of the Compare page, with what chooses how they are shown.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/confusion-panel.h"

#include "app/figure-menu.h"
#include "app/figure-theme.h"
#include "app/names-window.h"
#include "engine/error.h"

#include <glib/gi18n.h>
#include <string.h>

/* Microseconds between two looks whether other matrices, or longer numbers, want another size. */
#define SIZE_INTERVAL 250000

/* The least size of the matrices, at which 18 classes can be read in a window of 1280 x 800; more panels
 * than stand abreast go on in another row, for which the page scrolls. */
#define LEAST_WIDTH 600
#define ROW_HEIGHT 345
#define ABREAST 4

struct _ScopeConfusionPanel
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkWidget *box;
  GtkMenuButton *counted_button;
  GtkMenuButton *cells_button;
  GtkMenuButton *order_button;
  GtkMenuButton *difference_button;
  GtkWidget *moment_bar;
  ScopeFigureView *view;

  /* Owned. */
  ScopeSession *session;
  ScopeCounts *counts;
  ScopeConfusionSource source;
  char *pairs; /* what the menu of differences offers, in one string */
  guint n_panels;      /* for which room was made */
  double height;       /* that the matrices would like */
  gint64 size_at;      /* when that was looked at, monotonic time */
  guint scroll;        /* the source that will bring the matrices into sight, or 0 */
};

G_DEFINE_FINAL_TYPE (ScopeConfusionPanel, scope_confusion_panel, GTK_TYPE_WIDGET)

/* ---- Words ---- */

static const char *
counted_label (NnCounted counted)
{
  switch (counted)
    {
    case NN_COUNTED_ROWS:
      return _("Counted: all names");
    case NN_COUNTED_HELD_OUT:
      return _("Counted: held out");
    case NN_COUNTED_DRAWS:
    default:
      return _("Counted: draws");
    }
}

static const char *
cells_label (FigCells cells)
{
  switch (cells)
    {
    case FIG_CELLS_COUNTS:
      return _("Cells: counts");
    case FIG_CELLS_BOTH:
      return _("Cells: both");
    case FIG_CELLS_NONE:
      return _("Cells: colours");
    case FIG_CELLS_PERCENT:
    default:
      return _("Cells: percent");
    }
}

static const char *
order_label (NnOrder order)
{
  switch (order)
    {
    case NN_ORDER_ACCURACY:
      return _("Order: accuracy");
    case NN_ORDER_CLUSTERED:
      return _("Order: confusable together");
    case NN_ORDER_ALPHABETICAL:
    default:
      return _("Order: alphabetical");
    }
}

/* "LSTM − RNN" (transfer full) */
static char *
pair_label (GPtrArray *shown, const guint pair[2])
{
  /* Translators: a network minus another one; the sign is a minus. */
  return g_strdup_printf (C_("difference", "%s − %s"), scope_result_get_title (g_ptr_array_index (shown, pair[0])),
                          scope_result_get_title (g_ptr_array_index (shown, pair[1])));
}

static void
update_labels (ScopeConfusionPanel *panel, GPtrArray *shown)
{
  g_autofree char *label = NULL;
  guint pair[2];

  gtk_menu_button_set_label (panel->counted_button, counted_label (scope_counts_get_counted (panel->counts)));
  gtk_menu_button_set_label (panel->cells_button, cells_label (panel->source.cells));
  gtk_menu_button_set_label (panel->order_button, order_label (panel->source.order));
  if (*panel->source.difference != '\0' && scope_confusion_find_pair (shown, panel->source.difference, pair))
    {
      g_autofree char *names = pair_label (shown, pair);

      /* Translators: %s is for instance "LSTM − RNN". */
      label = g_strdup_printf (_("Difference: %s"), names);
    }
  gtk_menu_button_set_label (panel->difference_button, label != NULL ? label : _("Difference: none"));
}

/* ---- The menu of differences ---- */

static void
append_difference (GMenu *section, const char *label, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.matrix-difference", "s", target);
  g_menu_append_item (section, item);
}

/* All pairs both ways, a section for each network that the others are taken from. */
static GMenu *
new_differences (GPtrArray *shown)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) none = g_menu_new ();

  append_difference (none, C_("difference", "_None"), "");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (none));
  for (guint i = 0; i < shown->len; i++)
    {
      g_autoptr (GMenu) section = g_menu_new ();

      for (guint j = 0; j < shown->len; j++)
        {
          g_autofree char *label = i != j ? pair_label (shown, (guint[]){ i, j }) : NULL;
          g_autofree char *id = g_strconcat (scope_confusion_result_id (g_ptr_array_index (shown, i)), "-",
                                             scope_confusion_result_id (g_ptr_array_index (shown, j)), NULL);

          if (i != j)
            append_difference (section, label, id);
        }
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  return menu;
}

/* A menu that is open must not change without need. */
static void
update_differences (ScopeConfusionPanel *panel, GPtrArray *shown)
{
  GString *pairs = g_string_new (NULL);
  g_autoptr (GMenu) menu = NULL;

  for (guint i = 0; i < shown->len; i++)
    g_string_append_printf (pairs, "%s\n%s\n", scope_confusion_result_id (g_ptr_array_index (shown, i)),
                            scope_result_get_title (g_ptr_array_index (shown, i)));
  if (g_strcmp0 (panel->pairs, pairs->str) == 0)
    {
      g_string_free (pairs, TRUE);
      return;
    }
  g_free (panel->pairs);
  panel->pairs = g_string_free (pairs, FALSE);
  menu = new_differences (shown);
  gtk_menu_button_set_menu_model (panel->difference_button, G_MENU_MODEL (menu));
}

/* ---- Showing the session ---- */

/* Leaves in the panel what the figure's size depends on. Returns: whether it has changed. */
static gboolean
measure (ScopeConfusionPanel *panel)
{
  g_auto (ScopeConfusionFigure) figure = { 0 };
  FigTheme theme;
  int width = gtk_widget_get_width (GTK_WIDGET (panel->view));
  guint n_panels = panel->n_panels;
  double height = panel->height;

  scope_figure_theme_init (&theme, GTK_WIDGET (panel->view));
  scope_confusion_figure_init (&figure, &panel->source);
  panel->n_panels = fig_confusion_n_panels (&figure.figure);
  panel->height = ROW_HEIGHT;
  if (width > 0 && figure.figure.n_classes > 0)
    panel->height = scope_confusion_funcs.height (width, &theme, &panel->source);
  panel->size_at = g_get_monotonic_time ();
  return panel->n_panels != n_panels || panel->height != height;
}

static void
update (ScopeConfusionPanel *panel)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown_results (panel->session);
  guint rows;

  measure (panel);
  rows = MAX ((panel->n_panels + ABREAST - 1) / ABREAST, 1);
  scope_figure_view_set_least_size (panel->view, LEAST_WIDTH,
                                    rows == 1 ? (int) MIN (panel->height, ROW_HEIGHT) : (int) rows * ROW_HEIGHT);
  scope_figure_view_set_shrinks (panel->view, !scope_confusion_is_large (&panel->source));
  /* More or other networks want another height. */
  gtk_widget_queue_resize (GTK_WIDGET (panel->view));
  update_differences (panel, shown);
  update_labels (panel, shown);
}

static void
update_size (ScopeConfusionPanel *panel)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (panel)) && g_get_monotonic_time () - panel->size_at >= SIZE_INTERVAL
      && measure (panel))
    update (panel);
}

static void
on_session_updated (ScopeConfusionPanel *panel)
{
  update_size (panel);
  scope_figure_view_queue (panel->view);
}

static void
on_session_changed (ScopeConfusionPanel *panel)
{
  update (panel);
  scope_figure_view_queue (panel->view);
}

static void
on_counts_updated (ScopeConfusionPanel *panel)
{
  update_size (panel);
  scope_figure_view_queue (panel->view);
}

/* ---- The names of a cell ---- */

/* The list of @result; the other ones that are shown can be chosen in it. FALSE where its names are not to be had. */
static gboolean
open_names (ScopeConfusionPanel *panel, ScopeResult *result, guint truth, guint guess)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown_results (panel->session);
  g_autofree ScopeNamesSubject *subjects = g_new (ScopeNamesSubject, shown->len + 1);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (panel));
  guint n = 0, selected = G_MAXUINT;

  for (guint i = 0; i < shown->len; i++)
    {
      ScopeResult *other = g_ptr_array_index (shown, i);

      if (!scope_counts_get_counting (panel->counts, other, &subjects[n].counting))
        continue;
      subjects[n].title = scope_result_get_title (other);
      if (other == result)
        selected = n;
      n++;
    }
  if (selected == G_MAXUINT || !GTK_IS_WINDOW (root))
    return FALSE;
  scope_names_window_open (GTK_WINDOW (root), subjects, n, selected, truth, guess);
  return TRUE;
}

/* Of a difference those of the first network. Why there are none tells the command of the same. */
static void
on_cell_activated (const FigConfusionHit *hit, gpointer data)
{
  ScopeConfusionPanel *panel = data;
  g_auto (ScopeConfusionFigure) figure = { 0 };
  g_autofree char *cell = NULL;
  ScopeResult *result;

  scope_confusion_figure_init (&figure, &panel->source);
  result = figure.results[hit->matrix < figure.figure.n_matrices ? hit->matrix : 0];
  if (open_names (panel, result, hit->truth, hit->guess))
    return;
  cell = g_strdup_printf ("%s/%s/%s", scope_confusion_result_id (result), figure.figure.classes[hit->truth],
                          figure.figure.classes[hit->guess]);
  gtk_widget_activate_action (GTK_WIDGET (panel), "win.matrix-names", "s", cell);
}

static ScopeResult *
find_result (ScopeConfusionPanel *panel, const char *id)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown_results (panel->session);

  for (guint i = 0; i < shown->len; i++)
    if (strcmp (scope_confusion_result_id (g_ptr_array_index (shown, i)), id) == 0)
      return g_ptr_array_index (shown, i);
  return NULL;
}

/* The class of that name, or -1 with an error. */
static int
find_class (ScopeConfusionPanel *panel, const char *name, GError **error)
{
  NnDataset *dataset = scope_session_get_dataset (panel->session);
  int index = dataset != NULL ? nn_dataset_class_index (dataset, name) : -1;

  if (index < 0)
    g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _("The data have no class “%s”"), name);
  return index;
}

/* The parts of "NETWORK/TRUE/GUESS", of which the network's title may have a "/" too. (transfer full) (nullable) */
static GStrv
split_cell (const char *cell)
{
  const char *guess = strrchr (cell, '/');
  const char *truth = guess != NULL ? g_strrstr_len (cell, guess - cell, "/") : NULL;
  g_autoptr (GStrvBuilder) parts = NULL;
  g_autofree char *network = NULL, *class_name = NULL;

  if (truth == NULL)
    return NULL;
  parts = g_strv_builder_new ();
  network = g_strndup (cell, (gsize) (truth - cell));
  class_name = g_strndup (truth + 1, (gsize) (guess - truth - 1));
  g_strv_builder_add_many (parts, network, class_name, guess + 1, NULL);
  return g_strv_builder_end (parts);
}

gboolean
scope_confusion_panel_open_names (ScopeConfusionPanel *panel, const char *cell, GError **error)
{
  g_auto (GStrv) parts = NULL;
  ScopeResult *result;
  ScopeCounting counting;
  int truth, guess;

  g_return_val_if_fail (SCOPE_IS_CONFUSION_PANEL (panel) && cell != NULL, FALSE);
  parts = split_cell (cell);
  if (parts == NULL)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                   _("“%s” is no cell; it must be a network, a class and the class it is taken for, as in "
                     "lstm/Czech/Polish"),
                   cell);
      return FALSE;
    }
  result = find_result (panel, parts[0]);
  if (result == NULL)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _("No network “%s” is shown"), parts[0]);
      return FALSE;
    }
  truth = find_class (panel, parts[1], error);
  guess = truth >= 0 ? find_class (panel, parts[2], error) : -1;
  if (guess < 0)
    return FALSE;
  if (!scope_counts_get_counting (panel->counts, result, &counting))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                   scope_result_is_earlier (result)
                     ? _("%s was trained with other names than those that are open; open their folder first")
                     : _("%s has nothing to count yet; train it first"),
                   scope_result_get_title (result));
      return FALSE;
    }
  open_names (panel, result, (guint) truth, (guint) guess);
  return TRUE;
}

/* ---- Into sight ---- */

/* So that the choices stand at the top of the page; once the new size has come into force. */
static void
on_scroll (gpointer data)
{
  ScopeConfusionPanel *panel = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (panel), GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *viewport = scroller != NULL ? gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  GtkWidget *page = GTK_IS_VIEWPORT (viewport) ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  double x, y;

  panel->scroll = 0;
  if (page != NULL && gtk_widget_translate_coordinates (GTK_WIDGET (panel), page, 0, 0, &x, &y))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), y);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ScopeConfusionPanel *panel = SCOPE_CONFUSION_PANEL (widget);

  /* The size is allocated in the course of this frame. */
  if (panel->scroll == 0)
    panel->scroll = g_idle_add_once (on_scroll, panel);
  return G_SOURCE_REMOVE;
}

/* ---- Choices ---- */

ScopeConfusionSource *
scope_confusion_panel_get_source (ScopeConfusionPanel *panel)
{
  g_return_val_if_fail (SCOPE_IS_CONFUSION_PANEL (panel), NULL);
  return &panel->source;
}

void
scope_confusion_panel_set_choice (ScopeConfusionPanel *panel, const ScopeConfusionChoice *choice)
{
  gboolean was_large;

  g_return_if_fail (SCOPE_IS_CONFUSION_PANEL (panel) && choice != NULL && choice->difference != NULL);
  was_large = scope_confusion_is_large (&panel->source);
  panel->source.cells = choice->cells;
  panel->source.order = choice->order;
  panel->source.scores = choice->scores;
  panel->source.large = choice->large;
  g_free (panel->source.difference);
  panel->source.difference = g_strdup (choice->difference);
  if (panel->session == NULL)
    return;
  scope_counts_set_counted (panel->counts, choice->counted);
  update (panel);
  if (!was_large && scope_confusion_is_large (&panel->source) && gtk_widget_get_mapped (GTK_WIDGET (panel)))
    gtk_widget_add_tick_callback (GTK_WIDGET (panel), on_frame, NULL, NULL);
  scope_figure_view_redraw (panel->view);
}

void
scope_confusion_panel_set_session (ScopeConfusionPanel *panel, ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_CONFUSION_PANEL (panel) && SCOPE_IS_SESSION (session) && panel->session == NULL);
  panel->session = g_object_ref (session);
  panel->counts = scope_counts_new (session);
  panel->source.session = session;
  panel->source.counts = panel->counts;
  panel->source.activated = on_cell_activated;
  panel->source.data = panel;
  scope_figure_view_set_figure (panel->view, &scope_confusion_funcs, &panel->source);
  scope_figure_menu_attach (panel->view, "confusion");
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "updated", G_CALLBACK (on_session_updated), panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (panel->counts, "updated", G_CALLBACK (on_counts_updated), panel, G_CONNECT_SWAPPED);
  on_session_changed (panel);
}

void
scope_confusion_panel_set_time (ScopeConfusionPanel *panel, double time)
{
  g_return_if_fail (SCOPE_IS_CONFUSION_PANEL (panel) && panel->counts != NULL);
  gtk_widget_set_visible (panel->moment_bar, time < 1);
  scope_counts_set_time (panel->counts, time);
}

/* ---- Object ---- */

static void
scope_confusion_panel_map (GtkWidget *widget)
{
  ScopeConfusionPanel *panel = SCOPE_CONFUSION_PANEL (widget);

  GTK_WIDGET_CLASS (scope_confusion_panel_parent_class)->map (widget);
  scope_counts_set_watched (panel->counts, TRUE);
  update (panel);
}

static void
scope_confusion_panel_unmap (GtkWidget *widget)
{
  scope_counts_set_watched (SCOPE_CONFUSION_PANEL (widget)->counts, FALSE);
  GTK_WIDGET_CLASS (scope_confusion_panel_parent_class)->unmap (widget);
}

static void
scope_confusion_panel_dispose (GObject *object)
{
  ScopeConfusionPanel *panel = SCOPE_CONFUSION_PANEL (object);

  g_clear_handle_id (&panel->scroll, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (panel), SCOPE_TYPE_CONFUSION_PANEL);
  g_clear_object (&panel->counts);
  g_clear_object (&panel->session);
  G_OBJECT_CLASS (scope_confusion_panel_parent_class)->dispose (object);
}

static void
scope_confusion_panel_finalize (GObject *object)
{
  ScopeConfusionPanel *panel = SCOPE_CONFUSION_PANEL (object);

  scope_confusion_source_clear (&panel->source);
  g_free (panel->pairs);
  G_OBJECT_CLASS (scope_confusion_panel_parent_class)->finalize (object);
}

static void
scope_confusion_panel_class_init (ScopeConfusionPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_confusion_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = scope_confusion_panel_finalize;
  widget_class->map = scope_confusion_panel_map;
  widget_class->unmap = scope_confusion_panel_unmap;
  g_type_ensure (SCOPE_TYPE_FIGURE_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/confusion-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeConfusionPanel, box);
  gtk_widget_class_bind_template_child (widget_class, ScopeConfusionPanel, counted_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeConfusionPanel, cells_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeConfusionPanel, order_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeConfusionPanel, difference_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeConfusionPanel, moment_bar);
  gtk_widget_class_bind_template_child (widget_class, ScopeConfusionPanel, view);
}

static void
scope_confusion_panel_init (ScopeConfusionPanel *panel)
{
  panel->source.difference = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (panel));
  scope_figure_view_set_title (panel->view, _("Confusion matrices"));
  scope_figure_view_set_shrinks (panel->view, TRUE);
}
