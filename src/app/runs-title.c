/* runs-title.c: a run's title in the list, which can be typed over.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/runs-title.h"

#include <glib/gi18n.h>

struct _ScopeRunsTitle
{
  GtkWidget parent_instance;

  GtkLabel *label;
  GtkEntry *text; /* over the label while a person types, else NULL */
  GtkWidget *old_text; /* that was typed into, to be taken away by the next, or NULL */
  guint removal;       /* the source that does so, or 0 */
  ScopeResult *result; /* owned; NULL for none */
  char *note;
};

G_DEFINE_FINAL_TYPE (ScopeRunsTitle, scope_runs_title, GTK_TYPE_WIDGET)

static void
show (ScopeRunsTitle *title)
{
  const char *text = title->result != NULL ? scope_result_get_title (title->result) : "";
  g_autofree char *whole
      /* Translators: a run's title, and a remark about it. */
      = title->note != NULL ? g_strdup_printf (C_("run", "%s · %s"), text, title->note) : g_strdup (text);

  if (g_strcmp0 (gtk_label_get_text (title->label), whole) == 0)
    return;
  gtk_label_set_text (title->label, whole);
  gtk_widget_set_tooltip_text (GTK_WIDGET (title->label), whole);
}

static void
remove_old_text (ScopeRunsTitle *title)
{
  g_clear_handle_id (&title->removal, g_source_remove);
  g_clear_pointer (&title->old_text, gtk_widget_unparent);
}

static void
on_removal (gpointer data)
{
  ScopeRunsTitle *title = data;

  title->removal = 0;
  remove_old_text (title);
}

/* Back to the label. A title must have a letter. The entry goes a little later: the toolkit is not done with a widget
 * that has just lost the focus. */
static void
finish (ScopeRunsTitle *title, gboolean takes_over)
{
  /* It loses its focus, for which this is called again. */
  GtkEntry *text = g_steal_pointer (&title->text);
  g_autofree char *typed = NULL;
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (title));
  gboolean has_focus;

  if (text == NULL)
    return;
  has_focus = gtk_widget_get_focus_child (GTK_WIDGET (text)) != NULL;
  typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (text))));
  /* The keyboard goes on in the list. */
  while (has_focus && row != NULL && !gtk_widget_get_focusable (row))
    row = gtk_widget_get_parent (row);
  if (has_focus && row != NULL)
    gtk_widget_grab_focus (row);
  remove_old_text (title);
  title->old_text = GTK_WIDGET (text);
  title->removal = g_idle_add_once (on_removal, title);
  gtk_widget_set_child_visible (GTK_WIDGET (title->label), TRUE);
  if (takes_over && title->result != NULL && *typed != '\0')
    scope_result_set_title (title->result, typed);
  show (title);
}

static void
on_activate (ScopeRunsTitle *title)
{
  finish (title, TRUE);
}

static void
on_leave (ScopeRunsTitle *title)
{
  finish (title, TRUE);
}

static gboolean
on_key (ScopeRunsTitle *title, guint key)
{
  if (key != GDK_KEY_Escape || title->text == NULL)
    return FALSE;
  finish (title, FALSE);
  return TRUE;
}

static void
on_pressed (ScopeRunsTitle *title, int n_press)
{
  if (n_press == 2)
    scope_runs_title_edit (title);
}

static void
add_text (ScopeRunsTitle *title)
{
  GtkEventController *key = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();

  title->text = GTK_ENTRY (gtk_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (title->text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Title of the run"),
                                  -1);
  g_signal_connect_swapped (title->text, "activate", G_CALLBACK (on_activate), title);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave), title);
  gtk_widget_add_controller (GTK_WIDGET (title->text), focus);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (on_key), title);
  gtk_widget_add_controller (GTK_WIDGET (title->text), key);
  gtk_entry_set_has_frame (title->text, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (title->text), GTK_WIDGET (title));
}

void
scope_runs_title_edit (ScopeRunsTitle *title)
{
  g_return_if_fail (SCOPE_IS_RUNS_TITLE (title));
  if (title->result == NULL || !scope_result_is_earlier (title->result) || title->text != NULL)
    return;
  add_text (title);
  gtk_editable_set_text (GTK_EDITABLE (title->text), scope_result_get_title (title->result));
  gtk_widget_set_child_visible (GTK_WIDGET (title->label), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (title->text));
  gtk_editable_select_region (GTK_EDITABLE (title->text), 0, -1);
}

void
scope_runs_title_set_result (ScopeRunsTitle *title, ScopeResult *result, const char *note)
{
  g_return_if_fail (SCOPE_IS_RUNS_TITLE (title));
  if (title->result != result)
    {
      finish (title, FALSE);
      g_set_object (&title->result, result);
    }
  if (g_strcmp0 (title->note, note) != 0)
    {
      g_free (title->note);
      title->note = g_strdup (note);
    }
  show (title);
}

static void
scope_runs_title_dispose (GObject *object)
{
  ScopeRunsTitle *title = SCOPE_RUNS_TITLE (object);

  g_clear_pointer ((GtkWidget **) &title->text, gtk_widget_unparent);
  remove_old_text (title);
  g_clear_pointer ((GtkWidget **) &title->label, gtk_widget_unparent);
  g_clear_object (&title->result);
  g_clear_pointer (&title->note, g_free);
  G_OBJECT_CLASS (scope_runs_title_parent_class)->dispose (object);
}

static void
scope_runs_title_class_init (ScopeRunsTitleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = scope_runs_title_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
scope_runs_title_init (ScopeRunsTitle *title)
{
  GtkGesture *click = gtk_gesture_click_new ();

  title->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (title->label, 0);
  gtk_label_set_ellipsize (title->label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_parent (GTK_WIDGET (title->label), GTK_WIDGET (title));
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), title);
  gtk_widget_add_controller (GTK_WIDGET (title->label), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
scope_runs_title_new (void)
{
  return g_object_new (SCOPE_TYPE_RUNS_TITLE, NULL);
}
