/* gates-page.c: what every gate does at every letter of the name that is typed.
 *
 * A trace is made when its figure is drawn, so never while the page can't be seen and never twice for one frame.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-page-private.h"

#include "app/export-figure.h"
#include "app/figure-menu.h"
#include "app/gates-columns.h"
#include "app/name-bar.h"
#include "figure/number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The narrowest column in which a network's strips are still read, in pixels: for a short name, and by its letters. */
#define LEAST_COLUMN 300
#define BESIDE_LETTERS 156
#define LEAST_LETTER 9

G_DEFINE_FINAL_TYPE (ScopeGatesPage, scope_gates_page, GTK_TYPE_WIDGET)

static guint state_changed_signal;

/* ---- Showing the session ---- */

static void
strips_free (gpointer data)
{
  ScopeGatesStrips *strips = data;

  scope_gates_reading_free (strips->reading);
  g_free (strips);
}

/* Means that a clamp waits for were measured. */
static void
on_reading_changed (gpointer data)
{
  scope_gates_page_state_changed (data);
}

static void
add_strips (ScopeGatesPage *page, ScopeNetwork *network)
{
  ScopeGatesStrips *strips = g_new0 (ScopeGatesStrips, 1);
  gboolean has_gates = nn_kind_has_gates (scope_network_get_kind (network));
  /* Translators: %s is a network's name. */
  const char *format = has_gates ? _ ("Gates of the %s") : _ ("Hidden state of the %s");
  g_autofree char *title = g_strdup_printf (format, scope_network_get_title (network));
  g_autofree char *k = scope_export_network_id (network), *id = g_strconcat ("gates:", k, NULL);

  strips->page = page;
  strips->reading = scope_gates_reading_new (&page->text, network, on_reading_changed, page);
  strips->view = SCOPE_FIGURE_VIEW (scope_figure_view_new ());
  scope_figure_view_set_title (strips->view, title);
  scope_figure_view_set_least_size (strips->view, LEAST_COLUMN, 200);
  g_ptr_array_add (page->strips, strips);
  gtk_box_append (page->figures, GTK_WIDGET (strips->view));
  scope_figure_view_set_figure (strips->view, &scope_gates_strips_funcs, strips);
  scope_gates_pane_add_reading (page->pane, strips->reading);
  scope_figure_menu_attach (strips->view, id);
}

static void
remove_strips (ScopeGatesPage *page)
{
  scope_gates_pane_clear (page->pane);
  for (guint i = 0; i < page->strips->len; i++)
    {
      ScopeGatesStrips *strips = g_ptr_array_index (page->strips, i);

      scope_figure_view_set_figure (strips->view, NULL, NULL);
      gtk_box_remove (page->figures, GTK_WIDGET (strips->view));
    }
  g_ptr_array_set_size (page->strips, 0);
}

/* Only where the networks shown are others than before. */
static void
make_strips (ScopeGatesPage *page)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown (page->text.session);
  gboolean same = shown->len == page->strips->len;

  for (guint i = 0; same && i < shown->len; i++)
    same = ((ScopeGatesStrips *) g_ptr_array_index (page->strips, i))->reading->network == g_ptr_array_index (shown, i);
  if (same)
    return;
  for (guint i = 0; i < page->strips->len; i++)
    {
      ScopeNetwork *network = ((ScopeGatesStrips *) g_ptr_array_index (page->strips, i))->reading->network;

      if (!g_ptr_array_find (shown, network, NULL))
        scope_gates_state_forget_network (&page->text.state, network);
    }
  remove_strips (page);
  for (guint i = 0; i < shown->len; i++)
    add_strips (page, g_ptr_array_index (shown, i));
}

static void
show_message (ScopeGatesPage *page)
{
  const char *message
    = page->strips->len == 0 ? _ ("No network is chosen: check one at the side.") : page->text.problem;

  /* Whoever reads the label without seeing whether it is shown must not find an old message. */
  gtk_label_set_text (page->message, message != NULL ? message : "");
  gtk_stack_set_visible_child_name (page->stack, message != NULL ? "message" : "figures");
  gtk_label_set_text (page->second_status, page->text.second_problem != NULL ? page->text.second_problem : "");
  gtk_widget_set_visible (GTK_WIDGET (page->second_status), page->text.second_problem != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (page->second_entry), GTK_ACCESSIBLE_STATE_INVALID,
                               page->text.second_problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                                                 : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* How far the networks were trained at the moment shown. */
static void
show_time (ScopeGatesPage *page)
{
  guint64 latest = 0;
  g_autofree char *iterations = NULL, *words = NULL;

  for (guint i = 0; i < page->strips->len; i++)
    {
      ScopeRun *run
        = scope_network_get_run (((ScopeGatesStrips *) g_ptr_array_index (page->strips, i))->reading->network);

      if (run != NULL)
        latest = MAX (latest, scope_run_get_iteration (run));
    }
  gtk_widget_set_sensitive (GTK_WIDGET (page->time_scale), latest > 0);
  if (page->text.state.time >= 1)
    {
      gtk_label_set_text (page->time_label, C_ ("time", "now"));
      return;
    }
  iterations = fig_number (round (expm1 (page->text.state.time * log1p ((double) latest))), 0, FALSE);
  /* Translators: %s is a number of iterations. */
  words = g_strdup_printf (_ ("iteration %s"), iterations);
  gtk_label_set_text (page->time_label, words);
}

static void
on_session_updated (ScopeGatesPage *page)
{
  make_strips (page);
  show_message (page);
  show_time (page);
  for (guint i = 0; i < page->strips->len; i++)
    scope_figure_view_queue (((ScopeGatesStrips *) g_ptr_array_index (page->strips, i))->view);
  scope_gates_pane_updated (page->pane);
}

/* A long name needs wider columns for its letters to be read. */
static void
set_least (ScopeGatesPage *page)
{
  int width = MAX (LEAST_COLUMN, BESIDE_LETTERS + LEAST_LETTER * (int) scope_gates_text_columns (&page->text));

  scope_gates_columns_set_least (page->figures, width);
  scope_gates_pane_set_least (page->pane, width);
}

/* Another name, other data or settings may make the figures higher or lower. */
static void
on_session_changed (ScopeGatesPage *page)
{
  make_strips (page);
  show_message (page);
  show_time (page);
  set_least (page);
  for (guint i = 0; i < page->strips->len; i++)
    {
      ScopeGatesStrips *strips = g_ptr_array_index (page->strips, i);

      gtk_widget_queue_resize (GTK_WIDGET (strips->view));
      scope_figure_view_redraw (strips->view);
    }
  scope_gates_pane_changed (page->pane);
}

void
scope_gates_page_state_changed (ScopeGatesPage *page)
{
  on_session_changed (page);
  g_signal_emit (page, state_changed_signal, 0);
}

ScopeGatesPane *
scope_gates_page_get_shown (ScopeGatesPage *page)
{
  g_return_val_if_fail (SCOPE_IS_GATES_PAGE (page), NULL);
  return page->pane;
}

/* ---- What is read ---- */

/* While the name is read aloud, its first letters are read. */
static void
set_letters (ScopeGatesPage *page)
{
  g_free (page->text.ascii);
  page->text.n_letters = (guint) strlen (page->whole_ascii);
  page->text.ascii
    = page->n_read > 0 ? g_strndup (page->whole_ascii, page->n_read) : g_strdup (page->whole_ascii);
}

void
scope_gates_page_set_name (ScopeGatesPage *page, const char *raw)
{
  g_return_if_fail (SCOPE_IS_GATES_PAGE (page) && raw != NULL && g_utf8_validate (raw, -1, NULL));
  if (g_strcmp0 (page->text.name, raw) == 0)
    return;
  g_free (page->text.name);
  g_free (page->whole_ascii);
  g_free (page->text.problem);
  page->text.name = g_strdup (raw);
  page->whole_ascii = nn_name_reduce (raw, NULL);
  page->text.problem = scope_name_problem (raw, page->whole_ascii);
  page->text.state.has_cursor = FALSE;
  page->n_read = 0;
  set_letters (page);
  on_session_changed (page);
}

void
scope_gates_page_set_second (ScopeGatesPage *page, const char *raw)
{
  g_return_if_fail (SCOPE_IS_GATES_PAGE (page) && raw != NULL && g_utf8_validate (raw, -1, NULL));
  if (strcmp (page->text.second, raw) == 0)
    return;
  g_free (page->text.second);
  g_free (page->text.second_ascii);
  g_clear_pointer (&page->text.second_problem, g_free);
  page->text.second = g_strdup (raw);
  page->text.second_ascii = nn_name_reduce (raw, NULL);
  if (*raw != '\0')
    page->text.second_problem = scope_name_problem (raw, page->text.second_ascii);
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (page->second_entry)), raw) != 0)
    gtk_editable_set_text (GTK_EDITABLE (page->second_entry), raw);
  scope_gates_page_state_changed (page);
}

const char *
scope_gates_page_get_second (ScopeGatesPage *page)
{
  return page->text.second;
}

static void
on_second_changed (ScopeGatesPage *page)
{
  scope_gates_page_set_second (page, gtk_editable_get_text (GTK_EDITABLE (page->second_entry)));
}

/* ---- One cursor ---- */

void
scope_gates_page_set_cursor (ScopeGatesPage *page, int letter)
{
  ScopeGatesState *state = &page->text.state;

  if (letter >= (int) scope_gates_text_columns (&page->text))
    letter = -1;
  if (state->has_cursor == (letter >= 0) && (letter < 0 || state->cursor_letter == (guint) letter))
    return;
  state->has_cursor = letter >= 0;
  state->cursor_letter = (guint) MAX (letter, 0);
  for (guint i = 0; i < page->strips->len; i++)
    scope_figure_view_redraw (((ScopeGatesStrips *) g_ptr_array_index (page->strips, i))->view);
  scope_gates_pane_cursor_moved (page->pane);
}

/* ---- Time ---- */

void
scope_gates_page_set_time (ScopeGatesPage *page, double time)
{
  g_return_if_fail (SCOPE_IS_GATES_PAGE (page));
  if (!(time >= 0 && time <= 1) || time == page->text.state.time)
    return;
  page->text.state.time = time;
  gtk_range_set_value (GTK_RANGE (page->time_scale), time);
  scope_gates_page_state_changed (page);
}

double
scope_gates_page_get_time (ScopeGatesPage *page)
{
  return page->text.state.time;
}

static void
on_time_changed (ScopeGatesPage *page)
{
  scope_gates_page_set_time (page, gtk_range_get_value (GTK_RANGE (page->time_scale)));
}

/* ---- Reading aloud ---- */

static void
show_letters (ScopeGatesPage *page)
{
  set_letters (page);
  page->text.state.has_cursor = page->n_read > 0;
  page->text.state.cursor_letter = page->n_read > 0 ? page->n_read - 1 : 0;
  scope_gates_page_state_changed (page);
}

/* After the last letter it begins again. */
static void
advance (ScopeGatesPage *page)
{
  if (page->text.problem != NULL)
    return;
  page->n_read = page->n_read < page->text.n_letters ? page->n_read + 1 : 1;
  show_letters (page);
}

void
scope_gates_page_next_letter (ScopeGatesPage *page)
{
  g_return_if_fail (SCOPE_IS_GATES_PAGE (page));
  g_clear_handle_id (&page->play, g_source_remove);
  advance (page);
}

static gboolean
on_play (gpointer data)
{
  ScopeGatesPage *page = data;

  advance (page);
  if (page->n_read < page->text.n_letters)
    return G_SOURCE_CONTINUE;
  page->play = 0;
  g_signal_emit (page, state_changed_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
start_playing (ScopeGatesPage *page)
{
  g_clear_handle_id (&page->play, g_source_remove);
  page->play = g_timeout_add ((guint) (1000 * page->seconds), on_play, page);
}

void
scope_gates_page_set_plays (ScopeGatesPage *page, gboolean plays)
{
  g_return_if_fail (SCOPE_IS_GATES_PAGE (page));
  if (plays == scope_gates_page_get_plays (page) || (plays && page->text.problem != NULL))
    return;
  g_clear_handle_id (&page->play, g_source_remove);
  page->n_read = plays ? 1 : 0;
  if (plays)
    start_playing (page);
  show_letters (page);
}

gboolean
scope_gates_page_get_plays (ScopeGatesPage *page)
{
  return page->play != 0;
}

void
scope_gates_page_set_play_seconds (ScopeGatesPage *page, double seconds)
{
  g_return_if_fail (SCOPE_IS_GATES_PAGE (page));
  if (!(seconds >= 0.05 && seconds <= 60))
    return;
  page->seconds = seconds;
  if (page->play != 0)
    start_playing (page);
  g_signal_emit (page, state_changed_signal, 0);
}

double
scope_gates_page_get_play_seconds (ScopeGatesPage *page)
{
  return page->seconds;
}

void
scope_gates_page_set_presents (ScopeGatesPage *page, gboolean presents)
{
  g_return_if_fail (SCOPE_IS_GATES_PAGE (page));
  page->presents = presents;
  gtk_widget_set_visible (GTK_WIDGET (page->tools), !presents);
  gtk_widget_set_visible (GTK_WIDGET (page->bottom), !presents);
  if (presents)
    gtk_widget_add_css_class (GTK_WIDGET (page), "presented");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (page), "presented");
  /* The keys go to the page, not to a field that is hidden. */
  if (page->strips->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (((ScopeGatesStrips *) g_ptr_array_index (page->strips, 0))->view));
  scope_gates_page_state_changed (page);
}

gboolean
scope_gates_page_get_presents (ScopeGatesPage *page)
{
  return page->presents;
}

/* For a projector the blank goes on to the next letter, wherever the focus is but in a field. */
static gboolean
on_key_pressed (ScopeGatesPage *page, guint keyval, guint keycode, GdkModifierType modifiers)
{
  gboolean reads = page->presents || page->n_read > 0;

  if (GTK_IS_EDITABLE (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (page)))))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_space && reads && (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0)
    {
      scope_gates_page_next_letter (page);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Escape && page->n_read > 0)
    {
      g_clear_handle_id (&page->play, g_source_remove);
      page->n_read = 0;
      show_letters (page);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Escape && page->presents)
    {
      gtk_widget_activate_action (GTK_WIDGET (page), "win.present", NULL);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* ---- Object ---- */

static void
scope_gates_page_dispose (GObject *object)
{
  ScopeGatesPage *page = SCOPE_GATES_PAGE (object);

  g_clear_handle_id (&page->play, g_source_remove);
  if (page->figures != NULL)
    remove_strips (page);
  g_clear_pointer (&page->pane, scope_gates_pane_free);
  gtk_widget_dispose_template (GTK_WIDGET (page), SCOPE_TYPE_GATES_PAGE);
  g_clear_object (&page->text.session);
  G_OBJECT_CLASS (scope_gates_page_parent_class)->dispose (object);
}

static void
scope_gates_page_finalize (GObject *object)
{
  ScopeGatesPage *page = SCOPE_GATES_PAGE (object);

  g_ptr_array_unref (page->strips);
  scope_gates_state_clear (&page->text.state);
  g_free (page->whole_ascii);
  g_free (page->text.name);
  g_free (page->text.ascii);
  g_free (page->text.problem);
  g_free (page->text.second);
  g_free (page->text.second_ascii);
  g_free (page->text.second_problem);
  G_OBJECT_CLASS (scope_gates_page_parent_class)->finalize (object);
}

static void
scope_gates_page_class_init (ScopeGatesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_gates_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = scope_gates_page_finalize;
  state_changed_signal = g_signal_new ("state-changed", SCOPE_TYPE_GATES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/gates-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, tools_scroller);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, tools);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, paned);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, figures_scroller);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, figures);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, message);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, pane_box);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, bottom_scroller);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, export_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, hint);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, second_entry);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, second_status);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, time_scale);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, time_label);
  gtk_widget_class_bind_template_callback (widget_class, on_second_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_time_changed);
}

/* The letters stay in sight while the strips below them are scrolled. */
static void
on_scrolled (ScopeGatesPage *page)
{
  for (guint i = 0; i < page->strips->len; i++)
    scope_figure_view_redraw_overlay (((ScopeGatesStrips *) g_ptr_array_index (page->strips, i))->view);
}

static void
set_up_scrolling (ScopeGatesPage *page)
{
  GtkWidget *viewport = gtk_scrolled_window_get_child (page->figures_scroller);

  /* A figure that is clicked gets the focus; it must not move away under the pointer. */
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  g_signal_connect_swapped (gtk_scrolled_window_get_vadjustment (page->figures_scroller), "value-changed",
                            G_CALLBACK (on_scrolled), page);
}

static void
scope_gates_page_init (ScopeGatesPage *page)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  page->strips = g_ptr_array_new_with_free_func (strips_free);
  page->text.name = g_strdup ("");
  page->text.ascii = g_strdup ("");
  page->whole_ascii = g_strdup ("");
  page->text.second = g_strdup ("");
  page->text.second_ascii = g_strdup ("");
  page->text.problem = scope_name_problem ("", "");
  page->seconds = 1;
  scope_gates_state_init (&page->text.state);
  gtk_widget_init_template (GTK_WIDGET (page));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (page))),
                                  GTK_ORIENTATION_VERTICAL);
  scope_gates_columns_setup (page->figures);
  set_up_scrolling (page);
  page->pane = scope_gates_pane_new (GTK_WIDGET (page), &page->text, page->pane_box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), page);
  gtk_widget_add_controller (GTK_WIDGET (page), keys);
}

GtkWidget *
scope_gates_page_new (ScopeSession *session)
{
  ScopeGatesPage *page;

  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  page = g_object_new (SCOPE_TYPE_GATES_PAGE, NULL);
  page->text.session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "updated", G_CALLBACK (on_session_updated), page, G_CONNECT_SWAPPED);
  on_session_changed (page);
  return GTK_WIDGET (page);
}
