/* only-right-window.c: the list of the names that one network alone gets right.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/only-right-window.h"

#include "figure/number.h"

#include <glib/gi18n.h>

#define FIRST_GUESS 2

/* ---- A line ---- */

struct _ScopeListedName
{
  GObject parent_instance;

  char **cells; /* one a column, NULL-terminated */
};

G_DEFINE_FINAL_TYPE (ScopeListedName, scope_listed_name, G_TYPE_OBJECT)

static void
scope_listed_name_finalize (GObject *object)
{
  g_strfreev (SCOPE_LISTED_NAME (object)->cells);
  G_OBJECT_CLASS (scope_listed_name_parent_class)->finalize (object);
}

static void
scope_listed_name_class_init (ScopeListedNameClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scope_listed_name_finalize;
}

static void
scope_listed_name_init (ScopeListedName *name)
{
}

static ScopeListedName *
new_name (const FigOnlyRight *right, guint network, guint index)
{
  ScopeListedName *name = g_object_new (SCOPE_TYPE_LISTED_NAME, NULL);
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();

  g_strv_builder_add (cells, fig_only_right_name (right, index));
  g_strv_builder_add (cells, fig_only_right_language (right, index));
  for (guint other = 0; other < right->n_networks; other++)
    if (other != network)
      g_strv_builder_add (cells, fig_only_right_guess (right, other, index));
  name->cells = g_strv_builder_end (cells);
  return name;
}

const char *
scope_listed_name_get (ScopeListedName *name, guint column)
{
  g_return_val_if_fail (SCOPE_IS_LISTED_NAME (name) && column < g_strv_length (name->cells), NULL);
  return name->cells[column];
}

/* ---- The window ---- */

struct _ScopeOnlyRightWindow
{
  GtkWindow parent_instance;

  /* Template widgets. */
  GtkLabel *explanation;
  GtkColumnView *view;

  /* Owned. */
  char *network;
  char *text;
};

G_DEFINE_FINAL_TYPE (ScopeOnlyRightWindow, scope_only_right_window, GTK_TYPE_WINDOW)

static void
on_activate (ScopeOnlyRightWindow *window, guint position)
{
  g_autoptr (ScopeListedName) name
    = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (window->view)), position);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (window));

  if (name == NULL || !G_IS_ACTION_GROUP (parent))
    return;
  g_action_group_change_action_state (G_ACTION_GROUP (parent), "name",
                                      g_variant_new_string (scope_listed_name_get (name, 0)));
  g_action_group_change_action_state (G_ACTION_GROUP (parent), "page", g_variant_new_string ("gates"));
}

static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), SCOPE_ONLY_RIGHT_WINDOW (widget)->text);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      scope_listed_name_get (gtk_list_item_get_item (item), GPOINTER_TO_UINT (column)));
}

static int
compare (gconstpointer a, gconstpointer b, gpointer column)
{
  return g_utf8_collate (scope_listed_name_get (SCOPE_LISTED_NAME ((gpointer) a), GPOINTER_TO_UINT (column)),
                         scope_listed_name_get (SCOPE_LISTED_NAME ((gpointer) b), GPOINTER_TO_UINT (column)));
}

static void
add_column (ScopeOnlyRightWindow *window, guint index, const char *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter
    = GTK_SORTER (gtk_custom_sorter_new (compare, GUINT_TO_POINTER (index), NULL));
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (index));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (window->view, column);
}

static void
fill_columns (ScopeOnlyRightWindow *window, const FigOnlyRight *right, guint network)
{
  guint column = FIRST_GUESS;

  add_column (window, 0, C_ ("column", "Name"));
  add_column (window, 1, C_ ("column", "Language"));
  for (guint other = 0; other < right->n_networks; other++)
    if (other != network)
      {
        g_autofree char *title = g_strdup_printf (C_ ("column", "%s guesses"), right->labels[other]);

        add_column (window, column++, title);
      }
}

static void
fill (ScopeOnlyRightWindow *window, const FigOnlyRight *right, guint network)
{
  guint n;
  g_autofree guint *found = nn_test_names_only_right (right->names, right->guesses, right->n_networks, network, &n);
  GListStore *store = g_list_store_new (SCOPE_TYPE_LISTED_NAME);
  GtkSorter *sorter = g_object_ref (gtk_column_view_get_sorter (window->view));
  g_autofree char *count = fig_number (n, 0, FALSE), *of = fig_number (right->names->n_names, 0, FALSE);
  g_autofree char *title = NULL, *words = NULL;
  g_autoptr (GtkSelectionModel) model = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopeListedName) name = new_name (right, network, found[i]);

      g_list_store_append (store, name);
    }
  model = GTK_SELECTION_MODEL (
    gtk_single_selection_new (G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (store), sorter))));
  gtk_column_view_set_model (window->view, model);
  window->text = fig_only_right_write (right, (int) network, FIG_SHEET_TEXT, NULL);
  window->network = g_strdup (right->labels[network]);
  /* Translators: %s is a network. */
  title = g_strdup_printf (_ ("Names that only %s gets right"), window->network);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (window->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  /* Translators: two numbers of names, and a network. */
  words = g_strdup_printf (_ ("%s of %s different held-out names. Choose one, by a double click or Enter, to see on "
                              "the Gates page how the networks read it."),
                           count, of);
  gtk_label_set_text (window->explanation, words);
}

/* ---- Object ---- */

static void
scope_only_right_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SCOPE_TYPE_ONLY_RIGHT_WINDOW);
  G_OBJECT_CLASS (scope_only_right_window_parent_class)->dispose (object);
}

static void
scope_only_right_window_finalize (GObject *object)
{
  ScopeOnlyRightWindow *window = SCOPE_ONLY_RIGHT_WINDOW (object);

  g_free (window->network);
  g_free (window->text);
  G_OBJECT_CLASS (scope_only_right_window_parent_class)->finalize (object);
}

static void
scope_only_right_window_class_init (ScopeOnlyRightWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = scope_only_right_window_dispose;
  object_class->finalize = scope_only_right_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/gatescope/Gatescope/ui/only-right-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeOnlyRightWindow, explanation);
  gtk_widget_class_bind_template_child (widget_class, ScopeOnlyRightWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_install_action (widget_class, "only-right.copy", NULL, on_copy);
}

static void
scope_only_right_window_init (ScopeOnlyRightWindow *window)
{
  gtk_widget_init_template (GTK_WIDGET (window));
}

/* What is open for a network that has trained on since must not stay. */
static void
close_other (GtkWindow *parent, const char *network)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (SCOPE_IS_ONLY_RIGHT_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == parent
        && g_strcmp0 (SCOPE_ONLY_RIGHT_WINDOW (l->data)->network, network) == 0)
      gtk_window_destroy (l->data);
}

void
scope_only_right_window_open (GtkWindow *parent, const FigOnlyRight *right, guint network)
{
  ScopeOnlyRightWindow *window;

  g_return_if_fail (GTK_IS_WINDOW (parent) && right != NULL && network < right->n_networks);
  close_other (parent, right->labels[network]);
  window = g_object_new (SCOPE_TYPE_ONLY_RIGHT_WINDOW, "transient-for", parent, NULL);
  fill_columns (window, right, network);
  fill (window, right, network);
  gtk_window_present (GTK_WINDOW (window));
}

const char *
scope_only_right_window_get_text (ScopeOnlyRightWindow *window)
{
  g_return_val_if_fail (SCOPE_IS_ONLY_RIGHT_WINDOW (window), NULL);
  return window->text;
}

GListModel *
scope_only_right_window_get_model (ScopeOnlyRightWindow *window)
{
  g_return_val_if_fail (SCOPE_IS_ONLY_RIGHT_WINDOW (window), NULL);
  return G_LIST_MODEL (gtk_column_view_get_model (window->view));
}
