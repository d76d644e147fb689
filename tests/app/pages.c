/* pages.c: the pages and the name bar, on a session that trains.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/compare-page.h"
#include "app/figure-view.h"
#include "app/gates-page.h"
#include "app/name-bar.h"
#include "support/folder.h"
#include "support/wait.h"

#include <string.h>

#define LIMIT 60.0
#define LONGEST_GAP 100000 /* microseconds */

typedef struct
{
  char *folder;
  ScopeSession *session;
  GtkWindow *window;
  GtkWidget *stack;
  ScopeComparePage *compare;
  ScopeGatesPage *gates;
  ScopeNameBar *bar;
  gboolean loaded;
} Fixture;

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  scope_session_load_finish (SCOPE_SESSION (source), result, &error);
  g_assert_no_error (error);
  ((Fixture *) data)->loaded = TRUE;
}

static gboolean
is_loaded (gpointer data)
{
  return ((Fixture *) data)->loaded;
}

static gboolean
is_over (gpointer data)
{
  Fixture *fixture = data;

  return !scope_session_is_running (fixture->session);
}

static void
load (Fixture *fixture)
{
  ScopeSettings settings = *scope_session_get_settings (fixture->session);
  g_autofree char *data = path_of (fixture, "data");

  folder_write_three_classes (data);
  settings.hidden = 16;
  settings.iterations = 3000;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_session_load_async (fixture->session, data, NULL, on_loaded, fixture);
  wait_until (is_loaded, fixture, LIMIT);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->folder = g_dir_make_tmp ("pages-XXXXXX", NULL);
  fixture->session = scope_session_new ();
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->stack = gtk_stack_new ();
  fixture->compare = SCOPE_COMPARE_PAGE (scope_compare_page_new (fixture->session));
  fixture->gates = SCOPE_GATES_PAGE (scope_gates_page_new (fixture->session));
  fixture->bar = SCOPE_NAME_BAR (scope_name_bar_new (fixture->session));
  gtk_stack_add_named (GTK_STACK (fixture->stack), GTK_WIDGET (fixture->compare), "compare");
  gtk_stack_add_named (GTK_STACK (fixture->stack), GTK_WIDGET (fixture->gates), "gates");
  gtk_widget_set_vexpand (fixture->stack, TRUE);
  gtk_box_append (GTK_BOX (box), fixture->stack);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->bar));
  gtk_window_set_child (fixture->window, box);
  gtk_window_set_default_size (fixture->window, 960, 700);
  gtk_window_present (fixture->window);
  load (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->session);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

/* Every widget of @type within @widget, in order. */
static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

/* How many labels within @widget match @pattern wholly. */
static guint
count_labels (GtkWidget *widget, const char *pattern)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autofree char *whole = g_strdup_printf ("^(?:%s)$", pattern);
  guint n = 0;

  collect (widget, GTK_TYPE_LABEL, labels);
  for (guint i = 0; i < labels->len; i++)
    n += g_regex_match_simple (whole, gtk_label_get_text (g_ptr_array_index (labels, i)), 0, 0);
  return n;
}

static guint
count_figures (gpointer page)
{
  g_autoptr (GPtrArray) figures = g_ptr_array_new ();

  collect (GTK_WIDGET (page), SCOPE_TYPE_FIGURE_VIEW, figures);
  return figures->len;
}

static void
train (Fixture *fixture)
{
  scope_session_train (fixture->session);
  wait_until (is_over, fixture, LIMIT);
}

static gboolean
has_guesses (gpointer data)
{
  return count_labels (data, "(Ala|Obo|Uru) [0-9]+ %") == 9;
}

/* A guess from before the end of the training may stand there first. */
static gboolean
is_sure (gpointer data)
{
  return has_guesses (data) && count_labels (data, "Ala (9[0-9]|100) %") >= 1;
}

static gboolean
has_numbers (gpointer data)
{
  return count_labels (data, "3,000") == 3;
}

static void
test_guesses (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = NULL;

  scope_name_bar_set_name (fixture->bar, "Alata");
  g_object_get (fixture->bar, "name", &name, NULL);
  g_assert_cmpstr (name, ==, "Alata");
  g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->bar), "untrained, chance is 33\\.3 %"), ==, 3);
  g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->bar), ".* [0-9]+ %"), ==, 0);
  train (fixture);
  wait_until (is_sure, fixture->bar, LIMIT);
  g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->bar), "untrained.*"), ==, 0);
  /* What can't be read has no guesses. */
  scope_name_bar_set_name (fixture->bar, "王伟");
  g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->bar), ".* [0-9]+ %"), ==, 0);
}

static void
on_notify (guint *n)
{
  (*n)++;
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *status;
  } cases[] = {
    { "Satoshi", "" },
    { "Novák", "read as Novak" },
    { "Groß", "ß is not among the 57 letters and is dropped" },
    { "Łoß ßŁ", "Ł, ß are not among the 57 letters and are dropped" },
    { "王伟", "None of its letters is among the 57" },
    { "", "Type a name to see each network's guess" },
    { "  ", "Type a name to see each network's guess" },
  };
  g_autofree char *longest = g_strnfill (64, 'a'), *longer = g_strnfill (65, 'a');
  guint n = 0;

  g_signal_connect_swapped (fixture->bar, "notify::name", G_CALLBACK (on_notify), &n);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      scope_name_bar_set_name (fixture->bar, cases[i].name);
      g_assert_cmpstr (scope_name_bar_get_name (fixture->bar), ==, cases[i].name);
      g_assert_cmpuint (n, ==, i + 1);
      if (*cases[i].status != '\0')
        g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->bar), cases[i].status), ==, 1);
    }
  scope_name_bar_set_name (fixture->bar, longest);
  g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->bar), ".* letters: .*"), ==, 0);
  scope_name_bar_set_name (fixture->bar, longer);
  g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->bar), "65 letters: a network reads at most 64"), ==, 1);
  n = 0;
  scope_name_bar_set_name (fixture->bar, longer);
  g_assert_cmpuint (n, ==, 0);
}

/* Two networks each, of three. */
static gboolean
has_tests (gpointer page)
{
  return count_labels (page, ".* against .*; p [=<] [0-9.]+") == 3;
}

static void
test_compare (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->compare);

  g_assert_cmpuint (count_figures (page), ==, 3);
  g_assert_cmpuint (count_labels (page, "RNN|LSTM|LSTM by hand"), ==, 3);
  g_assert_cmpuint (count_labels (page, "3,000"), ==, 0);
  train (fixture);
  wait_until (has_numbers, page, LIMIT);
  wait_until (has_tests, page, LIMIT);
  g_assert_cmpuint (count_labels (page, "[0-9.]+ % \\([0-9.]+–[0-9.]+\\)"), ==, 9);
  g_assert_cmpuint (count_labels (page, "–"), ==, 0);
  scope_network_set_enabled (scope_session_get_network (fixture->session, NN_GATE_LSTM_HIDDEN), TRUE);
  scope_network_set_enabled (scope_session_get_network (fixture->session, NN_RNN), FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (fixture->stack), "gates");
  gtk_stack_set_visible_child_name (GTK_STACK (fixture->stack), "compare");
  g_assert_cmpuint (count_labels (page, "LSTM|LSTM by hand|LSTM by hand, corrected"), ==, 3);
  g_assert_cmpuint (count_labels (page, "RNN"), ==, 0);
}

static void
test_gates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) figures = g_ptr_array_new ();
  const char *const titles[] = { "Hidden state of the RNN", "Gates of the LSTM", "Gates of the LSTM by hand" };
  GtkWidget *page = GTK_WIDGET (fixture->gates);

  gtk_stack_set_visible_child_name (GTK_STACK (fixture->stack), "gates");
  g_assert_cmpuint (count_labels (page, "Type a name to see each network's guess"), ==, 1);
  scope_gates_page_set_name (fixture->gates, "Alata");
  gtk_test_widget_wait_for_draw (page);
  collect (page, SCOPE_TYPE_FIGURE_VIEW, figures);
  g_assert_cmpuint (figures->len, ==, 3);
  for (guint i = 0; i < figures->len; i++)
    {
      GtkWidget *figure = g_ptr_array_index (figures, i);

      gtk_test_accessible_assert_role (figure, GTK_ACCESSIBLE_ROLE_IMG);
      gtk_test_accessible_assert_property (figure, GTK_ACCESSIBLE_PROPERTY_LABEL, titles[i]);
      g_assert_true (gtk_widget_get_mapped (figure));
      g_assert_cmpint (gtk_widget_get_width (figure), >=, 300);
    }
  train (fixture);
  scope_gates_page_set_name (fixture->gates, "王伟");
  g_assert_cmpuint (count_labels (page, "None of its letters is among the 57"), ==, 1);
  g_assert_false (gtk_widget_get_mapped (g_ptr_array_index (figures, 0)));
  scope_network_set_enabled (scope_session_get_network (fixture->session, NN_RNN), FALSE);
  g_assert_cmpuint (count_figures (page), ==, 2);
}

/* The longest the main loop was away, in microseconds. */
typedef struct
{
  gint64 last;
  gint64 longest;
} Gaps;

static gboolean
on_beat (gpointer data)
{
  Gaps *gaps = data;
  gint64 now = g_get_monotonic_time ();

  if (gaps->last != 0)
    gaps->longest = MAX (gaps->longest, now - gaps->last);
  gaps->last = now;
  return G_SOURCE_CONTINUE;
}

/* All three train and a page is drawn: the window answers all the while. A machine that is busy otherwise may keep the
 * program waiting, so one quiet run of three is enough. */
static void
test_fluid (Fixture *fixture, gconstpointer data)
{
  ScopeSettings settings = *scope_session_get_settings (fixture->session);
  gint64 shortest = G_MAXINT64;

  settings.iterations = 20000;
  settings.hidden = 128;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_gates_page_set_name (fixture->gates, "Alatabalacalada");
  scope_name_bar_set_name (fixture->bar, "Alatabalacalada");
  for (guint i = 0; i < 3 && shortest >= LONGEST_GAP; i++)
    {
      Gaps gaps = { 0 };
      guint beat = g_timeout_add (5, on_beat, &gaps);

      gtk_stack_set_visible_child_name (GTK_STACK (fixture->stack), "compare");
      train (fixture);
      gtk_stack_set_visible_child_name (GTK_STACK (fixture->stack), "gates");
      train (fixture);
      g_source_remove (beat);
      g_test_message ("longest gap of the main loop: %.1f ms", (double) gaps.longest / 1000);
      shortest = MIN (shortest, gaps.longest);
    }
  g_assert_cmpint (shortest, <, LONGEST_GAP);
}

#define ADD(name, function) g_test_add ("/app/pages/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  /* What the widgets say is asked in the program itself, without a bus. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  ADD ("guesses", test_guesses);
  ADD ("names", test_names);
  ADD ("compare", test_compare);
  ADD ("gates", test_gates);
  ADD ("fluid", test_fluid);
  return g_test_run ();
}
