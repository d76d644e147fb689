/* names-window.c: the names of a cell of a confusion matrix, with the network's probabilities.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/names-window.h"

#include "app/names-item.h"
#include "figure/number.h"

#include <glib/gi18n.h>

/* What is looked for. Immutable, so that a thread may read it. */
typedef struct
{
  NnSnapshot *snapshot;
  NnSplit *split;
  NnCounted counted;
  guint n_draws;
  guint32 seed;
  guint truth;
  guint guess;
} Query;

struct _ScopeNamesWindow
{
  GtkWindow parent_instance;

  /* Template widgets. */
  GtkDropDown *network_choice;
  GtkLabel *summary;
  GtkSearchEntry *filter_entry;
  GtkStack *stack;
  GtkLabel *message;
  GtkColumnView *view;

  /* Owned. */
  GPtrArray *queries; /* of Query, one a network */
  GCancellable *cancellable; /* of the one that is under way, or NULL */
  GListStore *store;
  GtkFilter *filter;
  char *folded; /* what is filtered by, or NULL */
  char *truth;
  char *guess;
};

G_DEFINE_FINAL_TYPE (ScopeNamesWindow, scope_names_window, GTK_TYPE_WINDOW)

static void
query_free (gpointer data)
{
  Query *query = data;

  nn_snapshot_unref (query->snapshot);
  nn_split_unref (query->split);
  g_free (query);
}

static Query *
query_new (const ScopeCounting *counting, guint truth, guint guess)
{
  Query *query = g_new (Query, 1);

  *query = (Query){ nn_snapshot_ref (counting->snapshot), nn_split_ref (counting->split), counting->counted,
                    counting->n_draws, counting->seed, truth, guess };
  return query;
}

static Query *
query_copy (const Query *query)
{
  Query *copy = g_memdup2 (query, sizeof *query);

  nn_snapshot_ref (copy->snapshot);
  nn_split_ref (copy->split);
  return copy;
}

/* ---- Words ---- */

/* "12 of 98 draws (12.2 %), 9 different names. Weights after 100,000 iterations." (transfer full) */
static char *
summary_text (const Query *query, const NnCell *cell)
{
  double share = cell->row_total > 0 ? (double) cell->count / (double) cell->row_total : 0;
  g_autofree char *count = fig_number ((double) cell->count, 0, FALSE);
  g_autofree char *total = fig_number ((double) cell->row_total, 0, FALSE);
  g_autofree char *percent = fig_percent (share, 1, FALSE);
  g_autofree char *different = fig_number (cell->n_names, 0, FALSE);
  g_autofree char *iteration = fig_number ((double) query->snapshot->iteration, 0, FALSE);
  GString *text = g_string_new (NULL);

  if (query->counted == NN_COUNTED_DRAWS)
    /* Translators: draws, all draws, a percentage, a number of names. */
    g_string_append_printf (text,
                            ngettext ("%s of %s draws (%s), %s different name.",
                                      "%s of %s draws (%s), %s different names.", cell->n_names),
                            count, total, percent, different);
  else if (query->counted == NN_COUNTED_ROWS)
    /* Translators: names, all names of the language, a percentage. */
    g_string_append_printf (text, _("%s of %s names (%s)."), count, total, percent);
  else
    g_string_append_printf (text, _("%s of %s names held out (%s)."), count, total, percent);
  if (query->snapshot->iteration != NN_ITERATION_UNKNOWN)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _("Weights after %s iterations."), iteration);
    }
  return g_string_free (text, FALSE);
}

static char *
empty_text (ScopeNamesWindow *window, const NnCell *cell)
{
  if (cell->row_total == 0)
    /* Translators: %s is a language. */
    return g_strdup_printf (_("No name of the class %s is among those that are counted."), window->truth);
  if (g_strcmp0 (window->truth, window->guess) == 0)
    return g_strdup_printf (_("No name of the class %s is recognised."), window->truth);
  /* Translators: two languages. */
  return g_strdup_printf (_("No name of the class %s is taken for %s."), window->truth, window->guess);
}

/* ---- The list ---- */

static void
show_message (ScopeNamesWindow *window, const char *text)
{
  gtk_label_set_text (window->message, text);
  gtk_stack_set_visible_child_name (window->stack, "message");
}

static void
show_cell (ScopeNamesWindow *window, const Query *query, const NnCell *cell)
{
  NnDataset *dataset = nn_split_dataset (query->split);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *summary = summary_text (query, cell);

  for (guint i = 0; i < cell->n_names; i++)
    g_ptr_array_add (items, scope_names_item_new (cell, i, dataset));
  g_list_store_splice (window->store, 0, g_list_model_get_n_items (G_LIST_MODEL (window->store)), items->pdata,
                       items->len);
  gtk_label_set_text (window->summary, summary);
  if (cell->n_names == 0)
    {
      g_autofree char *empty = empty_text (window, cell);

      show_message (window, empty);
    }
  else
    {
      gtk_stack_set_visible_child_name (window->stack, "names");
      gtk_widget_grab_focus (GTK_WIDGET (window->view));
    }
}

static gboolean
goes_on (double done, gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

static void
find_names (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Query *query = data;
  NnCell *cell = nn_cell_new (query->snapshot->model, query->split, query->counted, query->n_draws, query->seed,
                              query->truth, query->guess, goes_on, cancellable);

  if (cell != NULL)
    g_task_return_pointer (task, cell, (GDestroyNotify) nn_cell_free);
  else
    g_task_return_error_if_cancelled (task);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NnCell) cell = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: another network was chosen, or the window is closed. */
  if (cell != NULL)
    show_cell (SCOPE_NAMES_WINDOW (source), g_task_get_task_data (G_TASK (result)), cell);
}

static void
cancel (ScopeNamesWindow *window)
{
  if (window->cancellable != NULL)
    g_cancellable_cancel (window->cancellable);
  g_clear_object (&window->cancellable);
}

static void
look (ScopeNamesWindow *window)
{
  guint selected = gtk_drop_down_get_selected (window->network_choice);
  g_autoptr (GTask) task = NULL;

  if (window->queries == NULL || selected >= window->queries->len)
    return;
  cancel (window);
  window->cancellable = g_cancellable_new ();
  show_message (window, _("Looking for the names…"));
  task = g_task_new (window, window->cancellable, on_found, NULL);
  g_task_set_task_data (task, query_copy (g_ptr_array_index (window->queries, selected)), query_free);
  g_task_run_in_thread (task, find_names);
}

static gboolean
matches (gpointer item, gpointer data)
{
  ScopeNamesWindow *window = data;

  return window->folded == NULL || scope_names_item_matches (item, window->folded);
}

static void
on_filter_changed (ScopeNamesWindow *window)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (window->filter_entry));

  g_free (window->folded);
  window->folded = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  gtk_filter_changed (window->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* ---- What is done with a name ---- */

static void
on_activate (ScopeNamesWindow *window, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (window->view));
  g_autoptr (ScopeNamesItem) item = g_list_model_get_item (model, position);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (window));

  if (item == NULL || !G_IS_ACTION_GROUP (parent))
    return;
  g_action_group_activate_action (G_ACTION_GROUP (parent), "name",
                                  g_variant_new_string (scope_names_item_get_name (item)));
  g_action_group_activate_action (G_ACTION_GROUP (parent), "page", g_variant_new_string ("gates"));
}

/* Enter in the filter means the line that is selected: the first, unless another was chosen. */
static void
on_filter_activate (ScopeNamesWindow *window)
{
  on_activate (window, gtk_single_selection_get_selected (
                         GTK_SINGLE_SELECTION (gtk_column_view_get_model (window->view))));
}

/* As it is filtered and sorted; tabs between the columns, so that it can be pasted into a table. */
static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeNamesWindow *window = SCOPE_NAMES_WINDOW (widget);
  GListModel *columns = gtk_column_view_get_columns (window->view);
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (window->view));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint row = 0; row <= g_list_model_get_n_items (model); row++)
    {
      g_autoptr (ScopeNamesItem) item = row > 0 ? g_list_model_get_item (model, row - 1) : NULL;

      for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
        {
          g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
          guint which = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (column), "column"));
          g_autofree char *cell = item != NULL ? scope_names_item_get_text (item, which)
                                               : g_strdup (gtk_column_view_column_get_title (column));

          g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", cell);
        }
      g_string_append_c (text, '\n');
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

/* ---- Columns ---- */

static gboolean
is_numeric (ScopeNamesColumn column)
{
  return column == SCOPE_NAMES_TIMES || column == SCOPE_NAMES_TRUTH || column == SCOPE_NAMES_GUESS;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_numeric (GPOINTER_TO_UINT (column)) ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (is_numeric (GPOINTER_TO_UINT (column)))
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  g_autofree char *text = scope_names_item_get_text (gtk_list_item_get_item (item), GPOINTER_TO_UINT (column));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer column)
{
  return scope_names_item_compare (SCOPE_NAMES_ITEM ((gpointer) a), SCOPE_NAMES_ITEM ((gpointer) b),
                                   GPOINTER_TO_UINT (column));
}

/* (transfer none): the view has it. */
static GtkColumnViewColumn *
add_column (ScopeNamesWindow *window, ScopeNamesColumn which, const char *title)
{
  gpointer data = GUINT_TO_POINTER (which);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, data, NULL));
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), data);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), data);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, which == SCOPE_NAMES_NAME || which == SCOPE_NAMES_TOP);
  g_object_set_data (G_OBJECT (column), "column", data);
  gtk_column_view_append_column (window->view, column);
  return column;
}

static void
add_columns (ScopeNamesWindow *window, NnCounted counted)
{
  /* Translators: the probability of a language that was guessed, and of the one that is true. */
  g_autofree char *guess = g_strdup_printf (C_("column", "%s, guessed"), window->guess);
  g_autofree char *truth = g_strdup_printf (C_("column", "%s, true"), window->truth);
  GtkColumnViewColumn *first;

  add_column (window, SCOPE_NAMES_NAME, C_("column", "Name"));
  add_column (window, SCOPE_NAMES_REDUCED, C_("column", "As it is read"));
  if (counted == NN_COUNTED_DRAWS)
    add_column (window, SCOPE_NAMES_TIMES, C_("column", "Times drawn"));
  first = add_column (window, SCOPE_NAMES_GUESS, guess);
  if (g_strcmp0 (window->truth, window->guess) != 0)
    add_column (window, SCOPE_NAMES_TRUTH, truth);
  add_column (window, SCOPE_NAMES_TOP, C_("column", "Top three guesses"));
  gtk_column_view_sort_by_column (window->view, first, GTK_SORT_DESCENDING);
}

static void
set_model (ScopeNamesWindow *window)
{
  GtkSorter *sorter = g_object_ref (gtk_column_view_get_sorter (window->view));
  GListModel *filtered, *sorted;
  g_autoptr (GtkSelectionModel) selection = NULL;

  window->filter = GTK_FILTER (gtk_custom_filter_new (matches, window, NULL));
  filtered = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (window->store)),
                                                      g_object_ref (window->filter)));
  sorted = G_LIST_MODEL (gtk_sort_list_model_new (filtered, sorter));
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (sorted));
  gtk_column_view_set_model (window->view, selection);
}

/* ---- Object ---- */

static void
scope_names_window_dispose (GObject *object)
{
  ScopeNamesWindow *window = SCOPE_NAMES_WINDOW (object);

  cancel (window);
  g_clear_pointer (&window->queries, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (window), SCOPE_TYPE_NAMES_WINDOW);
  g_clear_object (&window->filter);
  g_clear_object (&window->store);
  G_OBJECT_CLASS (scope_names_window_parent_class)->dispose (object);
}

static void
scope_names_window_finalize (GObject *object)
{
  ScopeNamesWindow *window = SCOPE_NAMES_WINDOW (object);

  g_free (window->folded);
  g_free (window->truth);
  g_free (window->guess);
  G_OBJECT_CLASS (scope_names_window_parent_class)->finalize (object);
}

static void
scope_names_window_class_init (ScopeNamesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_names_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = scope_names_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/names-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeNamesWindow, network_choice);
  gtk_widget_class_bind_template_child (widget_class, ScopeNamesWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, ScopeNamesWindow, filter_entry);
  gtk_widget_class_bind_template_child (widget_class, ScopeNamesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ScopeNamesWindow, message);
  gtk_widget_class_bind_template_child (widget_class, ScopeNamesWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_install_action (widget_class, "names.copy", NULL, on_copy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "names.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
scope_names_window_init (ScopeNamesWindow *window)
{
  window->store = g_list_store_new (SCOPE_TYPE_NAMES_ITEM);
  gtk_widget_init_template (GTK_WIDGET (window));
  gtk_search_entry_set_key_capture_widget (window->filter_entry, GTK_WIDGET (window->view));
  g_signal_connect_object (window->network_choice, "notify::selected", G_CALLBACK (look), window, G_CONNECT_SWAPPED);
}

void
scope_names_window_open (GtkWindow *parent, const ScopeNamesSubject *subjects, guint n, guint selected,
                         guint truth, guint guess)
{
  ScopeNamesWindow *window;
  const char *const *classes;
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *title = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent) && subjects != NULL && selected < n);
  classes = nn_dataset_class_names (nn_split_dataset (subjects[selected].counting.split));
  window = g_object_new (SCOPE_TYPE_NAMES_WINDOW, "transient-for", parent, NULL);
  window->truth = g_strdup (classes[truth]);
  window->guess = g_strdup (classes[guess]);
  window->queries = g_ptr_array_new_with_free_func (query_free);
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (window->queries, query_new (&subjects[i].counting, truth, guess));
      gtk_string_list_append (titles, subjects[i].title);
    }
  /* Translators: two languages. */
  title = truth != guess ? g_strdup_printf (_("%s taken for %s"), window->truth, window->guess)
                         : g_strdup_printf (_("%s recognised"), window->truth);
  gtk_window_set_title (GTK_WINDOW (window), title);
  set_model (window);
  add_columns (window, subjects[selected].counting.counted);
  gtk_drop_down_set_model (window->network_choice, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (window->network_choice, selected);
  look (window);
  gtk_window_present (GTK_WINDOW (window));
}
