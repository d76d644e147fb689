/* main-loop.c: the window's main loop is never kept waiting while three networks train.
 *
 * A timeout that is due every 5 ms tells how late the main loop is. The window is the real one, with the names that come
 * with the program and networks of their full size, and someone types, turns pages and chooses networks meanwhile.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/window-private.h"
#include "support/wait.h"

#define LIMIT 60.0
#define BEAT 5                   /* ms */
#define LONGEST_GAP 100.0        /* ms */
#define MEASURED 4 * G_USEC_PER_SEC
#define ACT_INTERVAL 150         /* ms between two things that a person does */

/* The machine may be busy with other things and keep the program waiting, but not each time; a call that blocks the main
 * loop is there each time. */
#define TRIES 3

typedef struct
{
  ScopeWindow *window;
  gint64 last;
  double longest; /* ms */
  guint beats;
  guint acts;
} Measure;

static gboolean
on_beat (gpointer data)
{
  Measure *measure = data;
  gint64 now = g_get_monotonic_time ();

  if (measure->last != 0)
    measure->longest = MAX (measure->longest, (double) (now - measure->last) / 1000);
  measure->last = now;
  measure->beats++;
  return G_SOURCE_CONTINUE;
}

/* What a person does while the networks train. */
static gboolean
on_act (gpointer data)
{
  static const char *const names[] = { "K", "Ko", "Kow", "Kowa", "Kowalski", "Müller", "Satoshi", "Nguyen" };
  Measure *measure = data;
  ScopeNetwork *corrected = scope_session_get_network (measure->window->session, NN_GATE_LSTM_HIDDEN);

  measure->acts++;
  scope_window_set_name (measure->window, names[measure->acts % G_N_ELEMENTS (names)]);
  if (measure->acts % 6 == 0)
    gtk_stack_set_visible_child_name (measure->window->stack, measure->acts % 12 == 0 ? "compare" : "gates");
  if (measure->acts % 10 == 0)
    scope_network_set_enabled (corrected, !scope_network_get_enabled (corrected));
  return G_SOURCE_CONTINUE;
}

static gboolean
has_loaded (gpointer window)
{
  return SCOPE_WINDOW (window)->loading == NULL && scope_session_get_dataset (SCOPE_WINDOW (window)->session) != NULL;
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
is_over (gpointer until)
{
  return g_get_monotonic_time () >= *(gint64 *) until;
}

static double
measure (ScopeWindow *window)
{
  Measure measure = { .window = window };
  gint64 until = g_get_monotonic_time () + MEASURED;
  guint beat = g_timeout_add (BEAT, on_beat, &measure);
  guint act = g_timeout_add (ACT_INTERVAL, on_act, &measure);

  wait_until (is_over, &until, LIMIT);
  g_source_remove (beat);
  g_source_remove (act);
  g_assert_cmpuint (measure.beats, >=, 20);
  g_test_message ("longest gap %.1f ms in %u beats", measure.longest, measure.beats);
  return measure.longest;
}

static void
test_gaps (gconstpointer page)
{
  ScopeApplication *application = scope_application_new ();
  ScopeSettings settings;
  ScopeWindow *window;
  GError *error = NULL;
  double best = G_MAXDOUBLE;

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  window = scope_window_new (application);
  gtk_stack_set_visible_child_name (window->stack, page);
  scope_window_open_first_data (window);
  wait_until (has_loaded, window, LIMIT);
  settings = *scope_session_get_settings (window->session);
  /* The preset's networks, but for longer. */
  settings.iterations = 1000000000;
  settings.preset[0] = '\0';
  scope_session_set_settings (window->session, &settings, &error);
  g_assert_no_error (error);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_action_group_activate_action (G_ACTION_GROUP (window), "train", NULL);
  wait_until (has_trained, window, LIMIT);

  for (guint i = 0; i < TRIES && best >= LONGEST_GAP; i++)
    best = MIN (best, measure (window));
  g_assert_true (scope_session_is_running (window->session));
  g_assert_cmpfloat (best, <, LONGEST_GAP);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (application);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  g_test_add_data_func ("/app/main-loop/compare", "compare", test_gaps);
  g_test_add_data_func ("/app/main-loop/gates", "gates", test_gaps);
  return g_test_run ();
}
