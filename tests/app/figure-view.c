/* figure-view.c: the widget that shows a figure: what it says, when it draws, in which colours.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/figure-theme.h"
#include "app/figure-view.h"
#include "support/wait.h"

#include <string.h>

#define LIMIT 20.0

/* A figure that counts what is asked of it. */
typedef struct
{
  guint n_drawn;
  guint n_described;
  double width;
  double height;
  gboolean dark;
  guint wanted; /* drawings to wait for */
} Counter;

static void
draw (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  Counter *counter = data;

  counter->n_drawn++;
  counter->width = width;
  counter->height = height;
  counter->dark = theme->dark;
  cairo_set_source_rgb (cr, 1, 0, 0);
  cairo_rectangle (cr, 0, 0, width / 2, height);
  cairo_fill (cr);
}

static char *
describe (gpointer data)
{
  return g_strdup_printf ("described %u", ++((Counter *) data)->n_described);
}

static double
height_for (double width, const FigTheme *theme, gpointer data)
{
  return 1000 - width;
}

static const ScopeFigureFuncs funcs = { .draw = draw, .describe = describe };
static const ScopeFigureFuncs tall_funcs = { .draw = draw, .height = height_for };

static gboolean
is_drawn (gpointer data)
{
  return ((Counter *) data)->n_drawn >= ((Counter *) data)->wanted;
}

static void
wait_for_drawings (Counter *counter, guint wanted)
{
  counter->wanted = wanted;
  wait_until (is_drawn, counter, LIMIT);
}

/* (transfer full): a window with @view in it, shown. */
static GtkWindow *
show (GtkWidget *view, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}

/* Lets the main loop run for so many milliseconds. */
static gboolean
on_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_says (void)
{
  Counter counter = { 0 };
  GtkWidget *view = scope_figure_view_new ();
  GtkWindow *window;
  char *wrong;

  scope_figure_view_set_figure (SCOPE_FIGURE_VIEW (view), &funcs, &counter);
  scope_figure_view_set_title (SCOPE_FIGURE_VIEW (view), "A figure");
  window = show (view, 400, 300);
  wait_for_drawings (&counter, 1);
  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "A figure");
  wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "described 1");
  g_assert_cmpstr (wrong, ==, NULL);
  g_assert_true (gtk_widget_get_focusable (view));
  gtk_window_destroy (window);
}

/* However often it is told, it draws and describes now and then; at once for what a person does. */
static void
test_paces (void)
{
  Counter counter = { 0 };
  GtkWidget *view = scope_figure_view_new ();
  GtkWindow *window;
  guint before;

  scope_figure_view_set_figure (SCOPE_FIGURE_VIEW (view), &funcs, &counter);
  window = show (view, 400, 300);
  wait_for_drawings (&counter, 1);
  run_for (300);
  before = counter.n_drawn;
  run_for (200);
  g_assert_cmpuint (counter.n_drawn, ==, before);
  for (guint i = 0; i < 100; i++)
    {
      scope_figure_view_queue (SCOPE_FIGURE_VIEW (view));
      run_for (10);
    }
  g_assert_cmpuint (counter.n_drawn - before, >=, 2);
  g_assert_cmpuint (counter.n_drawn - before, <=, 40);
  g_assert_cmpuint (counter.n_described, <=, 8);
  scope_figure_view_redraw (SCOPE_FIGURE_VIEW (view));
  wait_for_drawings (&counter, counter.n_drawn + 1);
  gtk_window_destroy (window);
}

/* What can't be seen isn't drawn, but is up to date when it is seen again. */
static void
test_hidden (void)
{
  Counter counter = { 0 };
  GtkWidget *view = scope_figure_view_new (), *stack = gtk_stack_new ();
  GtkWindow *window;
  guint before;

  scope_figure_view_set_figure (SCOPE_FIGURE_VIEW (view), &funcs, &counter);
  gtk_stack_add_named (GTK_STACK (stack), view, "figure");
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("other"), "other");
  window = show (stack, 400, 300);
  wait_for_drawings (&counter, 1);
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "other");
  run_for (200);
  before = counter.n_drawn;
  scope_figure_view_queue (SCOPE_FIGURE_VIEW (view));
  scope_figure_view_redraw (SCOPE_FIGURE_VIEW (view));
  run_for (300);
  g_assert_cmpuint (counter.n_drawn, ==, before);
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "figure");
  wait_for_drawings (&counter, before + 1);
  gtk_window_destroy (window);
}

static void
test_sizes (void)
{
  Counter counter = { 0 };
  GtkWidget *view = g_object_ref_sink (scope_figure_view_new ());
  int minimum, natural;

  scope_figure_view_set_least_size (SCOPE_FIGURE_VIEW (view), 300, 200);
  scope_figure_view_set_figure (SCOPE_FIGURE_VIEW (view), &funcs, &counter);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 300);
  g_assert_cmpint (natural, ==, 300);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, 400, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 200);
  scope_figure_view_set_figure (SCOPE_FIGURE_VIEW (view), &tall_funcs, &counter);
  g_assert_cmpint (gtk_widget_get_request_mode (view), ==, GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, 400, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 600);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, 900, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 200);
  g_object_unref (view);
}

/* The theme follows the desktop's: the ink is read on the page, in light and dark. */
static void
test_theme (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  Counter counter = { 0 };
  GtkWidget *view = scope_figure_view_new ();
  GtkWindow *window;

  scope_figure_view_set_figure (SCOPE_FIGURE_VIEW (view), &funcs, &counter);
  window = show (view, 400, 300);
  wait_for_drawings (&counter, 1);
  for (guint dark = 0; dark < 2; dark++)
    {
      FigTheme theme;
      double ink, ground;

      g_object_set (settings, "gtk-application-prefer-dark-theme", (gboolean) dark, NULL);
      run_for (300);
      g_assert_cmpint (counter.dark, ==, (gboolean) dark);
      scope_figure_theme_init (&theme, view);
      ink = fig_color_luminance (theme.ink);
      ground = fig_color_luminance (theme.background);
      g_assert_true (theme.transparent);
      g_assert_cmpfloat ((MAX (ink, ground) + 0.05) / (MIN (ink, ground) + 0.05), >, 7.0);
      g_assert_cmpfloat (theme.font_size, >=, 8);
      g_assert_cmpfloat (theme.font_size, <=, 20);
    }
  g_object_set (settings, "gtk-application-prefer-dark-theme", FALSE, NULL);
  gtk_window_destroy (window);
}

/* A view without a figure, and one whose figure goes before it does. */
static void
test_empty (void)
{
  Counter counter = { 0 };
  GtkWidget *view = scope_figure_view_new ();
  GtkWindow *window = show (view, 300, 200);

  run_for (100);
  scope_figure_view_set_figure (SCOPE_FIGURE_VIEW (view), &funcs, &counter);
  wait_for_drawings (&counter, 1);
  scope_figure_view_queue (SCOPE_FIGURE_VIEW (view));
  scope_figure_view_set_figure (SCOPE_FIGURE_VIEW (view), NULL, NULL);
  memset (&counter, 0, sizeof counter);
  run_for (200);
  g_assert_cmpuint (counter.n_drawn, ==, 0);
  gtk_window_destroy (window);
}

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
  g_test_add_func ("/app/figure-view/says", test_says);
  g_test_add_func ("/app/figure-view/paces", test_paces);
  g_test_add_func ("/app/figure-view/hidden", test_hidden);
  g_test_add_func ("/app/figure-view/sizes", test_sizes);
  g_test_add_func ("/app/figure-view/theme", test_theme);
  g_test_add_func ("/app/figure-view/empty", test_empty);
  return g_test_run ();
}
