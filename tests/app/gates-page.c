/* gates-page.c: the Gates page on networks that were trained: what it shows is what the engine gives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gates-fixture.h"

#include "app/gates-sheets.h"
#include "engine/error.h"
#include "figure/names.h"
#include "support/wait.h"

#include <string.h>
#include <time.h>

static void
assert_same (const NnTrace *is, const NnTrace *should)
{
  g_assert_nonnull (is);
  g_assert_cmpstr (is->ascii, ==, should->ascii);
  for (guint state = 0; state < NN_N_STATES; state++)
    if (should->states[state] != NULL)
      g_assert_cmpmem (is->states[state], is->length * is->hidden * sizeof (float), should->states[state],
                       should->length * should->hidden * sizeof (float));
  g_assert_cmpmem (is->log_probs, is->length * is->n_classes * sizeof (float), should->log_probs,
                   should->length * should->n_classes * sizeof (float));
}

/* What is held is read beside what isn't, in every network that has gates. */
static void
test_clamps (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NnClamps) clamps = nn_clamps_new ();
  g_autoptr (NnTrace) plain = nn_trace_new (model_of (fixture, NN_LSTM), "Calada", -1);
  g_autoptr (NnTrace) held = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;
  NnClamp clamp;

  assert_same (reading_of (fixture, NN_LSTM)->trace, plain);
  g_assert_null (reading_of (fixture, NN_LSTM)->unclamped);
  scope_gates_page_toggle_never_forget (fixture->page);
  nn_clamp_init (&clamp, NN_GATE_FORGET, NN_CLAMP_ONE);
  nn_clamps_add (clamps, &clamp);
  held = nn_trace_new_clamped (model_of (fixture, NN_LSTM), "Calada", -1, clamps);
  assert_same (reading_of (fixture, NN_LSTM)->trace, held);
  assert_same (reading_of (fixture, NN_LSTM)->unclamped, plain);
  g_assert_null (reading_of (fixture, NN_RNN)->unclamped);
  g_assert_true (scope_gates_page_hold (fixture->page, "input=0:3@2", &error));
  g_assert_no_error (error);
  text = scope_gates_page_get_clamps (fixture->page);
  g_assert_cmpstr (text, ==, "forget=1 input=0:3@2");
  g_assert_cmpfloat (nn_trace_state (reading_of (fixture, NN_LSTM)->trace, NN_STATE_INPUT, 1)[3], ==, 0);
  scope_gates_page_unclamp (fixture->page, FALSE);
  assert_same (reading_of (fixture, NN_LSTM)->trace, held);
  scope_gates_page_unclamp (fixture->page, FALSE);
  assert_same (reading_of (fixture, NN_LSTM)->trace, plain);
  g_assert_false (scope_gates_page_hold (fixture->page, "forget=2", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SETTINGS);
  g_clear_error (&error);
}

static gboolean
has_means (gpointer reading)
{
  return ((ScopeGatesReading *) reading)->means != NULL;
}

/* A mean is measured elsewhere, and then held. */
static void
test_mean (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NnGateMeans) means
    = nn_gate_means_new_training (model_of (fixture, NN_LSTM), scope_session_get_split (fixture->session), NULL, NULL);
  ScopeGatesReading *reading;

  g_assert_true (scope_gates_page_hold (fixture->page, "output=mean", NULL));
  reading = reading_of (fixture, NN_LSTM);
  wait_until (has_means, reading, LIMIT);
  reading = reading_of (fixture, NN_LSTM);
  for (guint unit = 0; unit < 16; unit++)
    g_assert_cmpfloat (nn_trace_state (reading->trace, NN_STATE_OUTPUT, 5)[unit], ==,
                       means->means[NN_GATE_OUTPUT][unit]);
}

/* Finds the unit's cell with the figure's own hit test, and does there what a click does. */
static void
test_pins (Fixture *fixture, gconstpointer data)
{
  ScopeGatesStrips *strips = g_ptr_array_index (fixture->page->strips, NN_LSTM);
  double width = gtk_widget_get_width (GTK_WIDGET (strips->view));
  double height = gtk_widget_get_height (GTK_WIDGET (strips->view));
  g_autofree char *pins = NULL, *no_pins = NULL;
  ScopeGatesFigure figure;
  const FigGates *gates;
  FigTheme theme;
  FigRect strip;
  GError *error = NULL;

  g_assert_cmpstr (scope_gates_page_get_detail (fixture->page), ==, "summary");
  g_assert_true (scope_gates_page_set_detail (fixture->page, "units"));
  g_assert_false (scope_gates_page_set_detail (fixture->page, "all"));
  g_assert_true (scope_gates_page_set_order (fixture->page, "clustered"));
  scope_gates_reading_update (strips->reading);
  gates = scope_gates_figure_init (&figure, strips->reading, TRUE);
  fig_theme_init (&theme, FALSE);
  g_assert_true (fig_gates_strip (gates, &theme, width, height, 0, NN_STATE_CELL, &strip));
  g_assert_true (scope_gates_strips_funcs.activate (strip.x + strip.width / 12, strip.y + strip.height * 5.5 / 16,
                                                    width, height, &theme, strips));
  /* The second click of a double click takes nothing back; what is pointed at is found again. */
  g_assert_true (scope_gates_strips_funcs.fit (strip.x + strip.width / 12, strip.y + strip.height * 5.5 / 16, width, height,
                                               &theme, strips));
  pins = scope_gates_page_get_pins (fixture->page);
  g_assert_cmpuint (figure.reading.order[5], <, 16);
  {
    g_autofree char *expected = g_strdup_printf ("lstm:%u", figure.reading.order[5]);

    g_assert_cmpstr (pins, ==, expected);
    g_assert_cmpstr (scope_gates_page_get_pane (fixture->page), ==, "units");
    g_assert_true (scope_gates_page_pin_text (fixture->page, expected, &error));
  }
  no_pins = scope_gates_page_get_pins (fixture->page);
  g_assert_cmpstr (no_pins, ==, "");
  g_assert_false (scope_gates_page_pin_text (fixture->page, "lstm:16", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SETTINGS);
  g_clear_error (&error);
}

/* A letter that is pointed at in one network is marked in all. */
static void
test_cursor (Fixture *fixture, gconstpointer data)
{
  ScopeGatesStrips *strips = g_ptr_array_index (fixture->page->strips, NN_RNN);
  double width = gtk_widget_get_width (GTK_WIDGET (strips->view));
  double height = gtk_widget_get_height (GTK_WIDGET (strips->view)), x = NAN, y = NAN;
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  g_assert_true (scope_gates_strips_funcs.step (SCOPE_MOVE_RIGHT, &x, &y, width, height, &theme, strips));
  for (guint i = 0; i < 3; i++)
    g_assert_true (scope_gates_strips_funcs.step (SCOPE_MOVE_RIGHT, &x, &y, width, height, &theme, strips));
  scope_gates_strips_funcs.point (x, y, width, height, &theme, strips);
  g_assert_true (fixture->page->text.state.has_cursor);
  g_assert_cmpuint (fixture->page->text.state.cursor_letter, ==, 3);
  scope_gates_strips_funcs.point (NAN, NAN, width, height, &theme, strips);
  g_assert_false (fixture->page->text.state.has_cursor);
}

static void
test_second (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NnTrace) second = nn_trace_new (model_of (fixture, NN_GATE_LSTM), "Colobo", -1);

  scope_gates_page_set_second (fixture->page, "Colobo");
  assert_same (reading_of (fixture, NN_GATE_LSTM)->second, second);
  scope_gates_page_set_second (fixture->page, "王");
  g_assert_null (reading_of (fixture, NN_GATE_LSTM)->second);
  g_assert_cmpstr (gtk_label_get_text (fixture->page->second_status), !=, "");
  scope_gates_page_set_second (fixture->page, "");
  g_assert_cmpstr (gtk_label_get_text (fixture->page->second_status), ==, "");
}


static void
test_marked (void)
{
  g_autofree char *first = scope_gates_marked ("Colobo", 0), *last = scope_gates_marked ("Colobo", 5);

  g_assert_cmpstr (first, ==, "[C]olobo");
  g_assert_cmpstr (last, ==, "Colob[o]");
}

/* The weights of the moment that is chosen, and those of now again. */
static void
test_time (Fixture *fixture, gconstpointer data)
{
  ScopeNetwork *lstm = scope_session_get_network (fixture->session, NN_LSTM);
  GPtrArray *timeline = scope_run_get_timeline (scope_network_get_run (lstm));
  NnSnapshot *first = g_ptr_array_index (timeline, 0);
  g_autoptr (NnTrace) untrained = nn_trace_new (first->model, "Calada", -1);
  g_autoptr (NnTrace) trained = nn_trace_new (model_of (fixture, NN_LSTM), "Calada", -1);

  g_assert_cmpuint (first->iteration, ==, 0);
  scope_gates_page_set_time (fixture->page, 0);
  assert_same (reading_of (fixture, NN_LSTM)->trace, untrained);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (fixture->page->time_scale)), ==, 0);
  scope_gates_page_set_time (fixture->page, 1);
  assert_same (reading_of (fixture, NN_LSTM)->trace, trained);
}

static gboolean
has_played (gpointer data)
{
  return !scope_gates_page_get_plays (((Fixture *) data)->page);
}

static void
test_play (Fixture *fixture, gconstpointer data)
{
  scope_gates_page_set_play_seconds (fixture->page, 0.05);
  scope_gates_page_set_plays (fixture->page, TRUE);
  g_assert_cmpstr (reading_of (fixture, NN_LSTM)->trace->ascii, ==, "C");
  wait_until (has_played, fixture, LIMIT);
  g_assert_cmpstr (reading_of (fixture, NN_LSTM)->trace->ascii, ==, "Calada");
  scope_gates_page_next_letter (fixture->page);
  g_assert_cmpstr (reading_of (fixture, NN_LSTM)->trace->ascii, ==, "C");
  scope_gates_page_next_letter (fixture->page);
  g_assert_cmpstr (reading_of (fixture, NN_LSTM)->trace->ascii, ==, "Ca");
  scope_gates_page_set_name (fixture->page, "Bobo");
  g_assert_cmpstr (reading_of (fixture, NN_LSTM)->trace->ascii, ==, "Bobo");
}

/* What was drawn last, which nobody brings up to date but the drawing; the run before ended at 3,000. */
static gboolean
has_drawn_later (gpointer data)
{
  Fixture *fixture = data;
  const ScopeGatesReading *lstm = ((ScopeGatesStrips *) g_ptr_array_index (fixture->page->strips, NN_LSTM))->reading;
  const ScopeGatesReading *rnn = ((ScopeGatesStrips *) g_ptr_array_index (fixture->page->strips, NN_RNN))->reading;

  return lstm->snapshot != NULL && lstm->snapshot->iteration > 5000 && rnn->snapshot != NULL
         && rnn->snapshot->iteration > 5000;
}

/* While training runs the strips follow by themselves, held gates and all. */
static void
test_live (Fixture *fixture, gconstpointer data)
{
  ScopeSettings settings = *scope_session_get_settings (fixture->session);
  const ScopeGatesReading *reading;

  settings.iterations = 500000000;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_gates_page_toggle_never_forget (fixture->page);
  scope_session_train (fixture->session);
  wait_until (has_drawn_later, fixture, LIMIT);
  reading = ((ScopeGatesStrips *) g_ptr_array_index (fixture->page->strips, NN_LSTM))->reading;
  g_assert_cmpfloat (nn_trace_state (reading->trace, NN_STATE_FORGET, 2)[0], ==, 1);
  scope_session_pause (fixture->session);
}

/* Whoever points at a strip, or at the words before it, is told what it is for. */
static void
test_explanations (Fixture *fixture, gconstpointer data)
{
  ScopeGatesStrips *strips = g_ptr_array_index (fixture->page->strips, NN_LSTM);
  double width = gtk_widget_get_width (GTK_WIDGET (strips->view));
  double height = gtk_widget_get_height (GTK_WIDGET (strips->view));
  ScopeGatesFigure figure;
  const FigGates *gates;
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  scope_gates_reading_update (strips->reading);
  gates = scope_gates_figure_init (&figure, strips->reading, TRUE);
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      g_autofree char *at_label = NULL, *at_strip = NULL;
      FigRect strip, mark;

      g_assert_true (fig_gates_strip (gates, &theme, width, height, 0, state, &strip));
      at_label = scope_gates_strips_funcs.read (strip.x - 30, strip.y + strip.height / 2, width, height, &theme, &mark,
                                                strips);
      at_strip = scope_gates_strips_funcs.read (strip.x + 3, strip.y + strip.height / 2, width, height, &theme, &mark,
                                                strips);
      g_assert_nonnull (strstr (at_label, fig_state_explanation (NN_LSTM, state)));
      g_assert_nonnull (strstr (at_strip, fig_state_explanation (NN_LSTM, state)));
      g_assert_true (pango_parse_markup (at_strip, -1, 0, NULL, NULL, NULL, NULL));
    }
}

/* Every name has its word or its reading, with a unit pinned, a letter held and another name below. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (64, 'b'), *too_long = g_strnfill (65, 'b');
  const struct
  {
    const char *typed;
    const char *read; /* NULL where it can't be */
    const char *words;
  } names[] = {
    { "", NULL, "Type a name" },       { "O", "O", NULL },       { longest, longest, NULL },
    { too_long, NULL, "64" },          { "   ", NULL, "" },      { " de  la Cruz ", "de  la Cruz", NULL },
    { "\xe7\x8e\x8b", NULL, "" },      { "M\xc3\xbc\xe7\x8e\x8bller", "Muller", NULL },
    { "M\xc3\xbcller", "Muller", NULL }, { "Mu\xcc\x88ller", "Muller", NULL },
  };

  scope_gates_page_pin_text (fixture->page, "lstm:3", NULL);
  scope_gates_page_set_pane (fixture->page, "units");
  g_assert_true (scope_gates_page_hold (fixture->page, "forget=0@5", NULL));
  scope_gates_page_set_second (fixture->page, "Hobolo");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      scope_gates_page_set_name (fixture->page, names[i].typed);
      scope_gates_page_set_cursor (fixture->page, 3);
      if (names[i].read != NULL)
        {
          gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->page));
          g_assert_cmpstr (reading_of (fixture, NN_LSTM)->trace->ascii, ==, names[i].read);
          g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->page->stack), ==, "figures");
          continue;
        }
      g_assert_null (reading_of (fixture, NN_LSTM)->trace);
      g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->page->stack), ==, "message");
      g_assert_cmpstr (gtk_label_get_text (fixture->page->message), !=, "");
      g_assert_nonnull (strstr (gtk_label_get_text (fixture->page->message), names[i].words));
    }
}

static double
processor_milliseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return 1000.0 * (double) now.tv_sec + (double) now.tv_nsec / 1e6;
}

/* A keystroke: the states of all networks and their drawing, with all three training networks of 128 units. The median
 * of several, so that one odd turn of the machine is no failure. */
static int
compare_times (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
test_keystroke (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "C", "Ca", "Cal", "Cala", "Calad", "Calada", "Caladan", "Caladano", "Caladanos" };
  ScopeSettings settings = *scope_session_get_settings (fixture->session);
  double times[G_N_ELEMENTS (names)];

  settings.iterations = 500000000;
  settings.hidden = 128;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  scope_session_train (fixture->session);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      double before = processor_milliseconds ();

      scope_gates_page_set_name (fixture->page, names[i]);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->page));
      times[i] = processor_milliseconds () - before;
      g_assert_cmpstr (reading_of (fixture, NN_LSTM)->trace->ascii, ==, names[i]);
    }
  scope_session_pause (fixture->session);
  qsort (times, G_N_ELEMENTS (times), sizeof *times, compare_times);
  g_test_message ("a keystroke takes %.1f ms, at most %.1f ms", times[G_N_ELEMENTS (times) / 2],
                  times[G_N_ELEMENTS (times) - 1]);
  g_assert_cmpfloat (times[G_N_ELEMENTS (times) / 2], <, 16);
}

static void
add (void)
{
  GATES_ADD ("gates-page/clamps", test_clamps);
  GATES_ADD ("gates-page/mean", test_mean);
  GATES_ADD ("gates-page/pins", test_pins);
  GATES_ADD ("gates-page/cursor", test_cursor);
  GATES_ADD ("gates-page/second", test_second);
  g_test_add_func ("/app/gates-page/marked", test_marked);
  GATES_ADD ("gates-page/time", test_time);
  GATES_ADD ("gates-page/play", test_play);
  GATES_ADD ("gates-page/names", test_names);
  GATES_ADD ("gates-page/live", test_live);
  GATES_ADD ("gates-page/explanations", test_explanations);
  GATES_ADD ("gates-page/keystroke", test_keystroke);
}

int
main (int argc, char **argv)
{
  return gates_fixture_main (argc, argv, add);
}
