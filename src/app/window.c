/* window.c: the main window.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/confusion-actions.h"
#include "app/settings-store.h"
#include "app/window-private.h"
#include "figure/number.h"
#include "run/paths.h"

#include <glib/gi18n.h>
#include <string.h>

/* How long a message stays that tells of nothing wrong. */
#define CONFIRMATION_SECONDS 6

/* Pixels between a message and the lower edge, which leave room for the name bar. */
#define NOTICE_MARGIN 76

G_DEFINE_FINAL_TYPE (ScopeWindow, scope_window, GTK_TYPE_APPLICATION_WINDOW)

ScopeSession *
scope_window_get_session (ScopeWindow *window)
{
  g_return_val_if_fail (SCOPE_IS_WINDOW (window), NULL);
  return window->session;
}

void
scope_window_tell (ScopeWindow *window, const char *message, const char *label, const char *action)
{
  g_return_if_fail (SCOPE_IS_WINDOW (window) && message != NULL);
  g_clear_handle_id (&window->notice_source, g_source_remove);
  gtk_label_set_text (window->notice_label, message);
  gtk_widget_set_visible (GTK_WIDGET (window->notice_button), action != NULL);
  if (action != NULL)
    {
      gtk_button_set_label (window->notice_button, label);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (window->notice_button), action);
    }
  /* Above the name bar and the list of runs. */
  gtk_widget_set_margin_bottom (GTK_WIDGET (window->notice),
                                NOTICE_MARGIN
                                  + (gtk_widget_get_visible (GTK_WIDGET (window->runs_pane))
                                       ? gtk_widget_get_height (GTK_WIDGET (window->runs_pane))
                                       : 0));
  gtk_revealer_set_reveal_child (window->notice, TRUE);
}

static gboolean
on_confirmation_over (gpointer data)
{
  ScopeWindow *window = data;

  window->notice_source = 0;
  gtk_revealer_set_reveal_child (window->notice, FALSE);
  return G_SOURCE_REMOVE;
}

void
scope_window_confirm (ScopeWindow *window, const char *message)
{
  scope_window_tell (window, message, NULL, NULL);
  window->notice_source = g_timeout_add_seconds (CONFIRMATION_SECONDS, on_confirmation_over, window);
}

static void
on_notice_close (ScopeWindow *window)
{
  gtk_revealer_set_reveal_child (window->notice, FALSE);
}

/* ---- Showing the session's state ---- */

static void
update_train_button (ScopeWindow *window)
{
  gboolean running = scope_session_is_running (window->session);
  gboolean active = scope_session_is_active (window->session);
  gboolean started = scope_session_is_started (window->session);
  const char *label = running   ? C_("command", "Pause")
                      : active  ? C_("command", "Resume")
                      : started ? C_("command", "Train on")
                                : C_("command", "Train");

  gtk_button_set_label (window->train_button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (window->train_button), running ? "win.pause" : "win.train");
}

/* What diverged is told once, when its run ends. */
static void
tell_of_divergence (ScopeWindow *window)
{
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeNetwork *network = scope_session_get_network (window->session, i);
      ScopeRun *run = scope_network_get_run (network);
      g_autofree char *message = NULL, *iteration = NULL;

      if (run == NULL || scope_run_get_state (run) != SCOPE_RUN_DIVERGED
          || g_object_get_data (G_OBJECT (run), "divergence-told") != NULL)
        continue;
      g_object_set_data (G_OBJECT (run), "divergence-told", run);
      iteration = fig_number ((double) scope_run_get_iteration (run) + 1, 0, FALSE);
      /* Translators: a network's name, the number of an iteration, a learning rate. */
      message = g_strdup_printf (_("%s diverged at iteration %s: its loss or gradient was no longer a number. The last "
                                   "finite weights are kept. A learning rate below %g may help."),
                                 scope_network_get_title (network), iteration,
                                 scope_run_get_settings (run)->learning_rate);
      scope_window_tell (window, message, NULL, NULL);
    }
}

/* A message whose command can't be given any more is over. */
static void
withdraw_notice (ScopeWindow *window)
{
  const char *name = gtk_actionable_get_action_name (GTK_ACTIONABLE (window->notice_button));
  GAction *action = name != NULL && g_str_has_prefix (name, "win.")
                        ? g_action_map_lookup_action (G_ACTION_MAP (window), name + strlen ("win."))
                        : NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (window->notice_button)) && action != NULL && !g_action_get_enabled (action))
    gtk_revealer_set_reveal_child (window->notice, FALSE);
}

static void
on_session_updated (ScopeWindow *window)
{
  update_train_button (window);
  scope_window_update_actions (window);
  withdraw_notice (window);
  tell_of_divergence (window);
}

static void
on_session_message (ScopeWindow *window, const char *message)
{
  scope_window_tell (window, message, NULL, NULL);
}

static void
on_session_changed (ScopeWindow *window)
{
  on_session_updated (window);
  scope_settings_store_save (window->settings, window->session);
}

void
scope_window_set_name (ScopeWindow *window, const char *name)
{
  g_object_set (window->name_bar, "name", name, NULL);
}

static void
on_name_changed (ScopeWindow *window)
{
  g_autofree char *name = NULL;
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), "name");

  g_object_get (window->name_bar, "name", &name, NULL);
  scope_gates_page_set_name (window->gates_page, name);
  g_settings_set_string (window->settings, "name", name);
  if (action != NULL)
    g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (name));
}

static void
on_page_changed (ScopeWindow *window)
{
  const char *page = gtk_stack_get_visible_child_name (window->stack);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), "page");

  if (page == NULL)
    return;
  g_settings_set_string (window->settings, "page", page);
  if (action != NULL)
    g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (page));
}

/* ---- Data at the start, drops ---- */

void
scope_window_open_first_data (ScopeWindow *window)
{
  g_autofree char *folder = NULL;

  g_return_if_fail (SCOPE_IS_WINDOW (window));
  if (window->loading != NULL || scope_session_get_dataset (window->session) != NULL)
    return;
  folder = g_settings_get_string (window->settings, "data-folder");
  if (*folder == '\0' || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_free (folder);
      folder = scope_paths_names_folder ();
    }
  scope_window_open_data (window, folder);
}

void
scope_window_open_file (ScopeWindow *window, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  g_return_if_fail (SCOPE_IS_WINDOW (window));
  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *message = g_strdup_printf (_("%s is not a file on this computer; copy it here first"), uri);

      scope_window_tell (window, message, NULL, NULL);
    }
  else if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && !g_str_has_suffix (path, ".txt"))
    scope_window_open_weights (window, path);
  else
    scope_window_open_data (window, path);
}

/* A figure that is dragged out is nothing to be opened on its way. */
static gboolean
on_drop_offered (GtkDropTarget *target, GdkDrop *drop)
{
  return gdk_drop_get_drag (drop) == NULL
         && gdk_content_formats_match (gtk_drop_target_get_formats (target), gdk_drop_get_formats (drop));
}

static gboolean
on_drop (ScopeWindow *window, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    scope_window_open_file (window, l->data);
  return files != NULL;
}

/* ---- Object ---- */

static void
add_pages (ScopeWindow *window)
{
  GtkWidget *compare = scope_compare_page_new (window->session);
  GtkWidget *gates = scope_gates_page_new (window->session);

  window->compare_page = SCOPE_COMPARE_PAGE (compare);
  window->gates_page = SCOPE_GATES_PAGE (gates);
  gtk_stack_add_titled (window->stack, compare, "compare", C_("page", "Compare"));
  gtk_stack_add_titled (window->stack, gates, "gates", C_("page", "Gates"));
  window->runs_pane = SCOPE_RUNS_PANE (scope_runs_pane_new (window->session));
  gtk_paned_set_end_child (window->paned, GTK_WIDGET (window->runs_pane));
  window->name_bar = SCOPE_NAME_BAR (scope_name_bar_new (window->session));
  gtk_box_append (window->content, GTK_WIDGET (window->name_bar));
  gtk_box_append (window->sidebar_box, scope_sidebar_new (window->session));
}

static void
restore (ScopeWindow *window)
{
  g_autofree char *name = g_settings_get_string (window->settings, "name");
  g_autofree char *page = g_settings_get_string (window->settings, "page");

  scope_settings_store_load (window->settings, window->session);
  g_settings_bind (window->settings, "width", window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (window->settings, "height", window, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (window->settings, "maximized", window, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (window->settings, "sidebar-visible", window->sidebar_revealer, "reveal-child",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (window->settings, "runs-visible", window->runs_pane, "visible", G_SETTINGS_BIND_DEFAULT);
  scope_window_set_name (window, name);
  scope_gates_page_set_name (window->gates_page, name);
  if (gtk_stack_get_child_by_name (window->stack, page) != NULL)
    gtk_stack_set_visible_child_name (window->stack, page);
}

static void
scope_window_constructed (GObject *object)
{
  ScopeWindow *window = SCOPE_WINDOW (object);
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_autofree char *runs = NULL;

  G_OBJECT_CLASS (scope_window_parent_class)->constructed (object);
  window->settings = g_settings_new (GATESCOPE_APPLICATION_ID);
  window->session = scope_session_new ();
  window->waiting_weights = g_ptr_array_new_with_free_func (g_free);
  add_pages (window);
  scope_window_add_actions (window);
  scope_confusion_actions_add (G_ACTION_MAP (window), window->settings,
                               scope_compare_page_get_confusion_panel (window->compare_page));
  restore (window);

  g_signal_connect_object (window->session, "changed", G_CALLBACK (on_session_changed), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->session, "updated", G_CALLBACK (on_session_updated), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->session, "message", G_CALLBACK (on_session_message), window, G_CONNECT_SWAPPED);
  for (guint i = 0; i < NN_N_KINDS; i++)
    g_signal_connect_object (scope_session_get_network (window->session, i), "notify::enabled",
                             G_CALLBACK (on_session_changed), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->name_bar, "notify::name", G_CALLBACK (on_name_changed), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->stack, "notify::visible-child", G_CALLBACK (on_page_changed), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect (drop, "accept", G_CALLBACK (on_drop_offered), NULL);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (on_drop), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (drop));
  on_name_changed (window);
  on_page_changed (window);
  on_session_updated (window);
  runs = g_build_filename (g_get_user_data_dir (), "gatescope", "runs", NULL);
  scope_session_keep_runs (window->session, runs);
}

static void
scope_window_dispose (GObject *object)
{
  ScopeWindow *window = SCOPE_WINDOW (object);

  if (window->loading != NULL)
    g_cancellable_cancel (window->loading);
  g_clear_object (&window->loading);
  g_clear_pointer (&window->waiting_weights, g_ptr_array_unref);
  g_clear_handle_id (&window->notice_source, g_source_remove);
  /* It holds the side bar, and what is in there holds the window's actions. */
  g_action_map_remove_action (G_ACTION_MAP (window), "sidebar");
  g_action_map_remove_action (G_ACTION_MAP (window), "runs");
  gtk_widget_dispose_template (GTK_WIDGET (window), SCOPE_TYPE_WINDOW);
  g_clear_object (&window->session);
  g_clear_object (&window->settings);
  G_OBJECT_CLASS (scope_window_parent_class)->dispose (object);
}

/* The networks' colours in the style sheet differ on a dark ground, as they do in the figures. */
static void
scope_window_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GdkRGBA ink;
  gboolean dark;

  GTK_WIDGET_CLASS (scope_window_parent_class)->css_changed (widget, change);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  dark = ink.red + ink.green + ink.blue > 1.5f;
  if (dark && !gtk_widget_has_css_class (widget, "on-dark"))
    gtk_widget_add_css_class (widget, "on-dark");
  else if (!dark && gtk_widget_has_css_class (widget, "on-dark"))
    gtk_widget_remove_css_class (widget, "on-dark");
}

static void
scope_window_class_init (ScopeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = scope_window_constructed;
  object_class->dispose = scope_window_dispose;
  widget_class->css_changed = scope_window_css_changed;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, train_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, reset_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, step_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, sidebar_revealer);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, content);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, notice_label);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, notice_button);
  gtk_widget_class_bind_template_callback (widget_class, on_notice_close);
}

static void
scope_window_init (ScopeWindow *window)
{
  gtk_widget_init_template (GTK_WIDGET (window));
}

ScopeWindow *
scope_window_new (ScopeApplication *application)
{
  return g_object_new (SCOPE_TYPE_WINDOW, "application", application, NULL);
}
