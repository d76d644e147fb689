/* widgets.c: the window and what stands beside its pages: how they begin, what they take, that they end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/figure-view.h"
#include "app/format.h"
#include "app/network-row.h"
#include "app/settings-panel.h"
#include "app/settings-store.h"
#include "app/window-private.h"
#include "support/folder.h"
#include "support/wait.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define LIMIT 60.0

static ScopeApplication *the_application;

typedef struct
{
  char *folder;
  char *names; /* a folder of three classes */
  char *other; /* a folder of two */
  ScopeWindow *window;
} Fixture;

/* ---- Files ---- */

static void
write_names (Fixture *fixture)
{
  fixture->folder = g_dir_make_tmp ("gatescope-widgets-XXXXXX", NULL);
  fixture->names = g_build_filename (fixture->folder, "three", NULL);
  fixture->other = g_build_filename (fixture->folder, "two", NULL);
  g_mkdir (fixture->names, 0700);
  g_mkdir (fixture->other, 0700);
  folder_write (fixture->names, "Ala.txt", "Alana\nBala\nCalada\nDalama\nGarala\nHalata\n");
  folder_write (fixture->names, "Obo.txt", "Obolo\nBobo\nColobo\nDombo\nGombo\nHobolo\n");
  folder_write (fixture->names, "Usk.txt", "Uskin\nBuskin\nCuski\nDuskin\nGuskin\nHuski\n");
  folder_write (fixture->other, "Ini.txt", "Inini\nBini\nCinidi\nDinimi\nGini\nHiniti\n");
  folder_write (fixture->other, "Eke.txt", "Ekele\nBeke\nCekede\nDekeme\nGeke\nHekete\n");
}

/* ---- The window ---- */

static gboolean
has_loaded (gpointer window)
{
  return SCOPE_WINDOW (window)->loading == NULL && scope_session_get_dataset (SCOPE_WINDOW (window)->session) != NULL;
}

static gboolean
is_quiet (gpointer window)
{
  return SCOPE_WINDOW (window)->loading == NULL;
}

static gboolean
has_trained (gpointer window)
{
  for (guint i = 0; i < 3; i++)
    if (!scope_network_is_trained (scope_session_get_network (SCOPE_WINDOW (window)->session, i)))
      return FALSE;
  return TRUE;
}

static gboolean
is_over (gpointer window)
{
  return !scope_session_is_running (SCOPE_WINDOW (window)->session);
}

static guint
n_classes (ScopeWindow *window)
{
  return nn_dataset_n_classes (scope_session_get_dataset (window->session));
}

static void
set_small (ScopeWindow *window, guint64 iterations)
{
  ScopeSettings settings = *scope_session_get_settings (window->session);
  GError *error = NULL;

  settings.hidden = 16;
  settings.iterations = iterations;
  settings.preset[0] = '\0';
  scope_session_set_settings (window->session, &settings, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  write_names (fixture);
  fixture->window = scope_window_new (the_application);
  set_small (fixture->window, 2000);
  scope_window_open_data (fixture->window, fixture->names);
  wait_until (has_loaded, fixture->window, LIMIT);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->names);
  g_free (fixture->other);
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

static void
assert_told (ScopeWindow *window, const char *pattern)
{
  const char *told = gtk_label_get_text (window->notice_label);

  g_assert_true (gtk_revealer_get_reveal_child (window->notice));
  if (!g_regex_match_simple (pattern, told, 0, 0))
    g_error ("the window tells \"%s\", which does not match \"%s\"", told, pattern);
}

/* ---- Beginning and end ---- */

/* Every template has all that its class asks for, and nothing keeps a widget alive. */
static void
test_templates (void)
{
  g_autoptr (ScopeSession) session = scope_session_new ();
  GtkWidget *widgets[] = {
    scope_sidebar_new (session),
    scope_network_row_new (session, scope_session_get_network (session, NN_LSTM)),
    scope_settings_panel_new (session),
    scope_name_bar_new (session),
    scope_compare_page_new (session),
    scope_gates_page_new (session),
    scope_figure_view_new (),
  };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      GtkWidget *widget = g_object_ref_sink (widgets[i]);
      int minimum;

      gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <, 1280);
      if (!SCOPE_IS_FIGURE_VIEW (widget))
        g_assert_nonnull (gtk_widget_get_first_child (widget));
      /* What it listens to goes on without it. */
      scope_network_set_enabled (scope_session_get_network (session, NN_GATE_LSTM_HIDDEN), i % 2 == 0);
      g_assert_finalize_object (widget);
    }
  scope_network_set_enabled (scope_session_get_network (session, NN_RNN), FALSE);
}

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    GType (*type) (void);
    GtkAccessibleRole role;
  } rows[] = {
    { gtk_check_button_get_type, GTK_ACCESSIBLE_ROLE_CHECKBOX },
    { gtk_progress_bar_get_type, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR },
    { gtk_spin_button_get_type, GTK_ACCESSIBLE_ROLE_SPIN_BUTTON },
    { gtk_drop_down_get_type, GTK_ACCESSIBLE_ROLE_COMBO_BOX },
    { gtk_entry_get_type, GTK_ACCESSIBLE_ROLE_TEXT_BOX },
    { scope_figure_view_get_type, GTK_ACCESSIBLE_ROLE_IMG },
  };
  GtkWidget *window = GTK_WIDGET (fixture->window);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *widget = find (window, rows[i].type ());

      g_assert_nonnull (widget);
      g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)), ==, rows[i].role);
      gtk_test_accessible_assert_role (widget, rows[i].role);
    }
  gtk_test_accessible_assert_role (fixture->window->notice_label, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_property (find (window, GTK_TYPE_CHECK_BUTTON), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Train and show RNN");
  gtk_test_accessible_assert_property (find (window, GTK_TYPE_PROGRESS_BAR), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Progress of RNN");
  gtk_test_accessible_assert_property (find (window, SCOPE_TYPE_FIGURE_VIEW), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Loss curves");
  /* A name that can't be read is marked as wrong, an empty one isn't. */
  scope_window_set_name (fixture->window, "王伟");
  gtk_test_accessible_assert_state (find (find (window, SCOPE_TYPE_NAME_BAR), GTK_TYPE_ENTRY),
                                    GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  scope_window_set_name (fixture->window, "");
  gtk_test_accessible_assert_state (find (find (window, SCOPE_TYPE_NAME_BAR), GTK_TYPE_ENTRY),
                                    GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
}

/* A window that is destroyed while it trains takes all with it: its session, the networks, their threads. */
static void
test_ends (Fixture *fixture, gconstpointer data)
{
  gpointer objects[2 + 2 * NN_N_KINDS];
  guint n = 0;

  objects[n++] = fixture->window;
  objects[n++] = fixture->window->session;
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      ScopeNetwork *network = scope_session_get_network (fixture->window->session, i);

      objects[n++] = network;
      objects[n++] = scope_network_get_run (network);
    }
  for (guint i = 0; i < n; i++)
    g_object_add_weak_pointer (objects[i], &objects[i]);
  set_small (fixture->window, 500000000);
  /* These settings have made other runs than those above. */
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      g_assert_null (objects[3 + 2 * i]);
      objects[3 + 2 * i] = scope_network_get_run (scope_session_get_network (fixture->window->session, i));
      g_object_add_weak_pointer (objects[3 + 2 * i], &objects[3 + 2 * i]);
    }
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "train", NULL);
  wait_until (has_trained, fixture->window, LIMIT);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  fixture->window = NULL;
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < n; i++)
    if (objects[i] != NULL)
      g_error ("a %s is left", G_OBJECT_TYPE_NAME (objects[i]));
}

/* One that is destroyed while it reads a folder ends as well. */
static void
test_ends_early (void)
{
  ScopeWindow *window = scope_window_new (the_application);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  scope_window_open_first_data (window);
  g_assert_nonnull (window->loading);
  gtk_window_destroy (GTK_WINDOW (window));
  for (guint i = 0; window != NULL && i < 2000; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
  g_assert_null (window);
}

/* ---- Files that come from outside ---- */

/* Drops files on the window, as the desktop does. */
static gboolean
drop (ScopeWindow *window, GFile **files, gsize n_files)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE, found = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, n_files));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_DROP_TARGET (controller))
        continue;
      found = TRUE;
      g_assert_true (gtk_drop_target_get_actions (GTK_DROP_TARGET (controller)) & GDK_ACTION_COPY);
      g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
    }
  g_assert_true (found);
  return taken;
}

static void
test_drops (Fixture *fixture, gconstpointer data)
{
  ScopeWindow *window = fixture->window;
  g_autofree char *saved = g_build_filename (fixture->folder, "saved", NULL);
  g_autofree char *weights_path = g_build_filename (saved, "lstm.safetensors", NULL);
  g_autofree char *text_path = g_build_filename (fixture->names, "Ala.txt", NULL);
  g_autoptr (GFile) names = g_file_new_for_path (fixture->names), other = g_file_new_for_path (fixture->other);
  g_autoptr (GFile) weights = g_file_new_for_path (weights_path), text = g_file_new_for_path (text_path);
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://example.org/names");

  /* A folder of names. */
  g_assert_true (drop (window, &other, 1));
  wait_until (is_quiet, window, LIMIT);
  g_assert_cmpuint (n_classes (window), ==, 2);
  g_assert_true (drop (window, &names, 1));
  wait_until (is_quiet, window, LIMIT);
  g_assert_cmpuint (n_classes (window), ==, 3);

  /* Weights. */
  scope_session_train (window->session);
  wait_until (is_over, window, LIMIT);
  scope_window_save_weights (window, saved);
  g_assert_true (drop (window, &weights, 1));
  g_assert_cmpuint (scope_session_get_n_networks (window->session), ==, NN_N_KINDS + 1);
  assert_told (window, "lstm\\.safetensors");

  /* What is of no use is told of, and changes nothing. */
  g_assert_true (drop (window, &text, 1));
  wait_until (is_quiet, window, LIMIT);
  assert_told (window, "Ala\\.txt");
  g_assert_true (drop (window, &remote, 1));
  wait_until (is_quiet, window, LIMIT);
  assert_told (window, "sftp://example.org/names");
  g_assert_cmpuint (n_classes (window), ==, 3);
  g_assert_cmpuint (scope_session_get_n_networks (window->session), ==, NN_N_KINDS + 1);

  /* Several at once: the folder that comes last stays. */
  g_assert_true (drop (window, (GFile *[]){ names, other }, 2));
  wait_until (is_quiet, window, LIMIT);
  g_assert_cmpuint (n_classes (window), ==, 2);
}

/* Of two folders that are opened in quick succession, the second stays. */
static void
test_opens_in_order (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 6; i++)
    scope_window_open_data (fixture->window, i % 2 == 0 ? fixture->names : fixture->other);
  wait_until (is_quiet, fixture->window, LIMIT);
  g_assert_cmpuint (n_classes (fixture->window), ==, 2);
}

/* ---- Beside the pages ---- */

static int
left_edge (GtkWidget *widget, GtkWidget *of)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, of, &bounds));
  return (int) bounds.origin.x;
}

/* From right to left, the side bar is at the right, and the pages are drawn. */
static void
test_mirrored (void)
{
  Fixture fixture = { 0 };
  GtkWidget *window, *view;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  set_up (&fixture, NULL);
  window = GTK_WIDGET (fixture.window);
  view = find (window, SCOPE_TYPE_FIGURE_VIEW);
  g_assert_cmpint (left_edge (GTK_WIDGET (fixture.window->sidebar_box), window), >, left_edge (view, window));
  scope_session_train (fixture.window->session);
  wait_until (is_over, fixture.window, LIMIT);
  for (guint i = 0; i < 2; i++)
    {
      gtk_stack_set_visible_child_name (fixture.window->stack, i == 0 ? "gates" : "compare");
      gtk_test_widget_wait_for_draw (window);
    }
  tear_down (&fixture, NULL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* What is remembered is what was set, and what can't be is not taken. */
static void
test_store (void)
{
  g_autoptr (GSettings) store = g_settings_new (GATESCOPE_APPLICATION_ID);
  g_autoptr (ScopeSession) session = scope_session_new (), other = scope_session_new ();
  ScopeSettings settings = *scope_session_get_settings (session);
  const ScopeSettings *read;

  settings.preset[0] = '\0';
  settings.iterations = 4321;
  settings.hidden = 24;
  settings.seed = 99;
  settings.hold_out = 0.25;
  for (guint i = 0; i < NN_N_KINDS; i++)
    settings.learning_rate[i] = 0.01 * (i + 1);
  g_assert_true (scope_session_set_settings (session, &settings, NULL));
  scope_network_set_enabled (scope_session_get_network (session, NN_RNN), FALSE);
  scope_network_set_enabled (scope_session_get_network (session, NN_GATE_LSTM_HIDDEN), TRUE);
  scope_settings_store_save (store, session);
  scope_settings_store_load (store, other);
  read = scope_session_get_settings (other);
  g_assert_cmpstr (read->preset, ==, "");
  g_assert_cmpuint (read->iterations, ==, 4321);
  g_assert_cmpuint (read->hidden, ==, 24);
  g_assert_cmpuint (read->seed, ==, 99);
  g_assert_cmpfloat (read->hold_out, ==, 0.25);
  for (guint i = 0; i < NN_N_KINDS; i++)
    {
      g_assert_cmpfloat (read->learning_rate[i], ==, settings.learning_rate[i]);
      g_assert_cmpint (scope_network_get_enabled (scope_session_get_network (other, i)), ==, i != NN_RNN);
    }

  /* A preset stands for its values. */
  g_settings_set_string (store, "preset", "report");
  scope_settings_store_load (store, other);
  g_assert_cmpuint (scope_session_get_settings (other)->iterations, ==, 100000);
  g_assert_cmpfloat (scope_session_get_settings (other)->hold_out, ==, 0);
  g_settings_set_string (store, "preset", "unheard-of");
  scope_settings_store_load (store, other);
  g_assert_cmpuint (scope_session_get_settings (other)->hidden, ==, 24);
  g_settings_reset (store, "preset");
  g_settings_reset (store, "networks");
}

static void
test_durations (void)
{
  static const struct
  {
    double seconds;
    const char *text;
  } rows[] = {
    { 0, "0:00" }, { 0.4, "0:00" }, { 59.6, "1:00" }, { 61, "1:01" }, { 3599, "59:59" }, { 3600, "1:00:00" },
    { 90061, "25:01:01" }, { -1, "–" }, { 1e300, "–" }, { NAN, "–" }, { INFINITY, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = scope_format_duration (rows[i].seconds);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* A message stays until it is closed, unless nothing is wrong. */
static void
test_messages (Fixture *fixture, gconstpointer data)
{
  scope_window_tell (fixture->window, "Something <b>&amp; %s", NULL, NULL);
  assert_told (fixture->window, "^Something <b>&amp; %s$");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window->notice_button)));
  scope_window_tell (fixture->window, "Something else", "Undo", "win.undo-reset");
  assert_told (fixture->window, "^Something else$");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window->notice_button)));
  g_assert_cmpstr (gtk_button_get_label (fixture->window->notice_button), ==, "Undo");
  scope_window_confirm (fixture->window, "Done");
  assert_told (fixture->window, "^Done$");
  g_assert_cmpuint (fixture->window->notice_source, !=, 0);
  /* It must not take the next one, which tells of an error, with it. */
  scope_window_tell (fixture->window, "An error", NULL, NULL);
  g_assert_cmpuint (fixture->window->notice_source, ==, 0);
}

#define ADD(name, function) g_test_add ("/app/widgets/" name, Fixture, NULL, set_up, function, tear_down)

/* A key that two commands have would do one of them. */
static void
test_keys (void)
{
  GtkApplication *application = GTK_APPLICATION (the_application);
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_assert_cmpuint (g_strv_length (actions), >, 20);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (application, actions[i]);

      for (guint k = 0; keys[k] != NULL; k++)
        {
          if (g_hash_table_contains (taken, keys[k]))
            g_error ("%s is a key of %s and of %s", keys[k], actions[i],
                     (char *) g_hash_table_lookup (taken, keys[k]));
          g_hash_table_insert (taken, g_strdup (keys[k]), g_strdup (actions[i]));
        }
    }
}

int
main (int argc, char *argv[])
{
  GError *error = NULL;
  int status;

  /* What the widgets say is asked in the program itself, without a bus. */
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

  g_test_add_func ("/app/widgets/templates", test_templates);
  ADD ("roles", test_roles);
  ADD ("ends", test_ends);
  g_test_add_func ("/app/widgets/ends-early", test_ends_early);
  ADD ("drops", test_drops);
  ADD ("opens-in-order", test_opens_in_order);
  g_test_add_func ("/app/widgets/mirrored", test_mirrored);
  g_test_add_func ("/app/widgets/store", test_store);
  g_test_add_func ("/app/widgets/durations", test_durations);
  ADD ("messages", test_messages);
  g_test_add_func ("/app/widgets/keys", test_keys);
  status = g_test_run ();
  g_object_unref (the_application);
  return status;
}
