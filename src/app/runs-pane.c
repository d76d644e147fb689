/* runs-pane.c: the list of the networks' runs, those of now and those from before.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/runs-pane.h"

#include "app/runs-cells.h"
#include "app/runs-title.h"
#include "figure/number.h"

#include <glib/gi18n.h>

/* Milliseconds between two states of the numbers, which nobody could read any faster. */
#define REFRESH_INTERVAL 200

struct _ScopeRunsPane
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkWidget *box;
  GtkWidget *scroller;
  GtkColumnView *view;
  GtkLabel *count;
  GtkWidget *delete;

  /* Owned. */
  ScopeSession *session;
  GtkMultiSelection *selection;
  ScopeRunsCells *cells;
  GtkWidget *menu; /* of the row that was asked last, or NULL */
  guint refresh;   /* the source that brings the numbers up to date, 0 while they are */
};

G_DEFINE_FINAL_TYPE (ScopeRunsPane, scope_runs_pane, GTK_TYPE_WIDGET)

/* ---- What is selected ---- */

/* (transfer container) (element-type ScopeResult): the selection holds them. */
static GPtrArray *
get_selected (ScopeRunsPane *pane)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (pane->selection));
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iterator;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iterator, selected, &position); more;
       more = gtk_bitset_iter_next (&iterator, &position))
    g_ptr_array_add (results, g_list_model_get_item (G_LIST_MODEL (pane->selection), position));
  return results;
}

/* The row with the keyboard's focus, else the one that is selected, if it is one; or NULL. */
static ScopeResult *
get_chosen (ScopeRunsPane *pane)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (pane)));
  ScopeResult *result = NULL;
  g_autoptr (GPtrArray) selected = get_selected (pane);

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (pane->view)))
    /* A row's first child is its first cell. */
    for (GtkWidget *at = focus; result == NULL && at != NULL; at = gtk_widget_get_first_child (at))
      result = scope_runs_cells_find_result (pane->cells, at);
  if (result == NULL && selected->len == 1)
    result = g_ptr_array_index (selected, 0);
  return result;
}

static void
update (ScopeRunsPane *pane)
{
  guint earlier = g_list_model_get_n_items (scope_session_get_results (pane->session))
                  - scope_session_get_n_networks (pane->session);
  g_autoptr (GPtrArray) selected = get_selected (pane);
  g_autofree char *text = NULL;
  gboolean can_delete = FALSE;

  for (guint i = 0; i < selected->len; i++)
    can_delete = can_delete || scope_result_is_earlier (g_ptr_array_index (selected, i));
  gtk_widget_set_sensitive (pane->delete, can_delete);
  if (earlier == 0)
    text = g_strdup (_("What a network had learned before a reset or before other settings comes to stand here"));
  else
    /* Translators: a number of runs. */
    text = g_strdup_printf (ngettext ("%u earlier run; it can be shown beside those of now",
                                      "%u earlier runs; each can be shown beside those of now", earlier),
                            earlier);
  gtk_label_set_text (pane->count, text);
  scope_runs_cells_update (pane->cells);
}

static void
on_refresh (gpointer data)
{
  ScopeRunsPane *pane = data;

  pane->refresh = 0;
  update (pane);
}

static void
on_session_updated (ScopeRunsPane *pane)
{
  if (pane->refresh == 0 && gtk_widget_get_mapped (GTK_WIDGET (pane)))
    pane->refresh = g_timeout_add_once (REFRESH_INTERVAL, on_refresh, pane);
}

/* ---- Commands ---- */

static void
delete_selected (ScopeRunsPane *pane)
{
  g_autoptr (GPtrArray) selected = get_selected (pane);
  GVariantBuilder ids;
  guint n = 0;

  g_variant_builder_init (&ids, G_VARIANT_TYPE ("au"));
  for (guint i = 0; i < selected->len; i++)
    if (scope_result_is_earlier (g_ptr_array_index (selected, i)))
      {
        g_variant_builder_add (&ids, "u", scope_result_get_id (g_ptr_array_index (selected, i)));
        n++;
      }
  if (n > 0)
    gtk_widget_activate_action (GTK_WIDGET (pane), "win.delete-runs", "au", &ids);
  else
    g_variant_builder_clear (&ids);
}

static void
on_delete_clicked (ScopeRunsPane *pane)
{
  delete_selected (pane);
}

static gboolean
on_delete_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  delete_selected (SCOPE_RUNS_PANE (widget));
  return TRUE;
}

static gboolean
on_rename_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  ScopeRunsPane *pane = SCOPE_RUNS_PANE (widget);
  ScopeResult *result = get_chosen (pane);

  if (result == NULL || !scope_result_is_earlier (result))
    return FALSE;
  gtk_widget_activate_action (widget, "win.edit-run", "u", scope_result_get_id (result));
  return TRUE;
}

static gboolean
on_undo_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return gtk_widget_activate_action (widget, "win.undo-delete", NULL);
}

void
scope_runs_pane_edit (ScopeRunsPane *pane, ScopeResult *result)
{
  GtkWidget *title;

  g_return_if_fail (SCOPE_IS_RUNS_PANE (pane) && SCOPE_IS_RESULT (result));
  title = scope_runs_cells_find_title (pane->cells, result);
  if (title != NULL)
    scope_runs_title_edit (SCOPE_RUNS_TITLE (title));
}

/* ---- Menu ---- */

static void
append (GMenu *menu, const char *label, const char *action, guint id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "u", id);
  g_menu_append_item (menu, item);
}

static void
open_menu (ScopeRunsPane *pane, ScopeResult *result, double x, double y)
{
  g_autoptr (GMenu) menu = g_menu_new (), run = g_menu_new (), all = g_menu_new ();
  guint id = scope_result_get_id (result);

  append (run, scope_result_get_shown (result) ? C_("command", "_Hide") : C_("command", "_Show"), "win.show-run", id);
  if (scope_result_is_earlier (result))
    {
      append (run, C_("command", "_Rename"), "win.edit-run", id);
      append (run, C_("command", "_Delete"), "win.delete-run", id);
    }
  g_menu_append (all, C_("command", "Hide _Earlier Runs"), "win.hide-runs");
  g_menu_append (all, C_("command", "_Undo Delete"), "win.undo-delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (run));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  g_clear_pointer (&pane->menu, gtk_widget_unparent);
  pane->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (pane->menu, GTK_WIDGET (pane));
  gtk_popover_set_has_arrow (GTK_POPOVER (pane->menu), FALSE);
  gtk_widget_set_halign (pane->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (pane->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (pane->menu));
}

static void
on_secondary_click (ScopeRunsPane *pane, int n_press, double x, double y)
{
  ScopeResult *result
      = scope_runs_cells_find_result (pane->cells, gtk_widget_pick (GTK_WIDGET (pane), x, y, GTK_PICK_DEFAULT));

  if (result != NULL)
    open_menu (pane, result, x, y);
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  ScopeRunsPane *pane = SCOPE_RUNS_PANE (widget);
  ScopeResult *result = get_chosen (pane);
  GtkWidget *title = result != NULL ? scope_runs_cells_find_title (pane->cells, result) : NULL;
  double x = 0, y = 0;

  if (title == NULL)
    return FALSE;
  gtk_widget_translate_coordinates (title, widget, 12, gtk_widget_get_height (title), &x, &y);
  open_menu (pane, result, x, y);
  return TRUE;
}

/* ---- Object ---- */

static void
scope_runs_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ScopeRunsPane *pane = SCOPE_RUNS_PANE (widget);

  gtk_widget_size_allocate (pane->box, &(GtkAllocation){ 0, 0, width, height }, baseline);
  if (pane->menu != NULL)
    gtk_popover_present (GTK_POPOVER (pane->menu));
}

static void
scope_runs_pane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (SCOPE_RUNS_PANE (widget)->box, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
scope_runs_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (scope_runs_pane_parent_class)->map (widget);
  update (SCOPE_RUNS_PANE (widget));
}

static void
scope_runs_pane_dispose (GObject *object)
{
  ScopeRunsPane *pane = SCOPE_RUNS_PANE (object);

  g_clear_handle_id (&pane->refresh, g_source_remove);
  g_clear_pointer (&pane->menu, gtk_widget_unparent);
  g_clear_pointer (&pane->cells, scope_runs_cells_free);
  gtk_widget_dispose_template (GTK_WIDGET (pane), SCOPE_TYPE_RUNS_PANE);
  g_clear_object (&pane->selection);
  g_clear_object (&pane->session);
  G_OBJECT_CLASS (scope_runs_pane_parent_class)->dispose (object);
}

static void
scope_runs_pane_class_init (ScopeRunsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_runs_pane_dispose;
  widget_class->size_allocate = scope_runs_pane_size_allocate;
  widget_class->measure = scope_runs_pane_measure;
  widget_class->map = scope_runs_pane_map;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/runs-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeRunsPane, box);
  gtk_widget_class_bind_template_child (widget_class, ScopeRunsPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, ScopeRunsPane, view);
  gtk_widget_class_bind_template_child (widget_class, ScopeRunsPane, count);
  gtk_widget_class_bind_template_child (widget_class, ScopeRunsPane, delete);
  gtk_widget_class_bind_template_callback (widget_class, on_delete_clicked);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_delete_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F2, 0, on_rename_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, on_undo_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
}

static void
scope_runs_pane_init (ScopeRunsPane *pane)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (pane));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_secondary_click), pane);
  gtk_widget_add_controller (GTK_WIDGET (pane), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
scope_runs_pane_new (ScopeSession *session)
{
  ScopeRunsPane *pane;

  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  pane = g_object_new (SCOPE_TYPE_RUNS_PANE, NULL);
  pane->session = g_object_ref (session);
  pane->cells = scope_runs_cells_new (pane->view, session);
  pane->selection = gtk_multi_selection_new (g_object_ref (scope_session_get_results (session)));
  gtk_column_view_set_model (pane->view, GTK_SELECTION_MODEL (pane->selection));
  g_signal_connect_object (pane->selection, "selection-changed", G_CALLBACK (update), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_updated), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "updated", G_CALLBACK (on_session_updated), pane, G_CONNECT_SWAPPED);
  update (pane);
  return GTK_WIDGET (pane);
}
