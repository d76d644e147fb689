/* name-bar.c: the name that is read on every page, and what each network takes it for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/name-bar.h"

#include "app/figure-view.h"
#include "engine/inspect.h"
#include "figure/number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MOST_GUESSES 3

/* Of the halves of a chip, in pixels. */
#define WIDEST_HALF 176
#define HALVES_GAP 8

/* The guesses are followed by at least so many times what they took to work out. */
#define SHARE_OF_TIME 8

struct _ScopeNameBar
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkWidget *box;
  GtkEditable *entry;
  GtkLabel *status;
  GtkBox *chips;

  /* Owned. */
  ScopeSession *session;
  GPtrArray *networks; /* of Chip */
  char *name;
  char *ascii;
  char *problem;  /* what is wrong with the name, or NULL */
  guint tick; /* brings the guesses up to date; 0 while they are */
  gint64 beat;
  gint64 updated_at;
  gint64 update_took;
};

G_DEFINE_FINAL_TYPE (ScopeNameBar, scope_name_bar, GTK_TYPE_WIDGET)

/* The property hides the one of the same name that every widget has, which nobody uses here. */
enum
{
  PROP_0,
  PROP_NAME,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* A network's part of the bar. Its labels are made once and all of a fixed width, so that nothing moves. */
typedef struct
{
  ScopeNetwork *network; /* owned */
  GtkLabel *title;
  GtkStack *stack; /* of "guesses", all but the first, and "note" */
  GtkLabel *guesses[MOST_GUESSES];
  GtkLabel *note;
} Chip;

/* ---- The name ---- */

char *
scope_name_problem (const char *raw, const char *ascii)
{
  g_autofree char *stripped = NULL;
  gsize length;

  g_return_val_if_fail (raw != NULL && ascii != NULL, NULL);
  length = strlen (ascii);
  if (length > NN_MAX_LETTERS)
    return g_strdup_printf (_("%u letters: a network reads at most %u"), (guint) length, NN_MAX_LETTERS);
  if (length > 0)
    return NULL;
  stripped = g_strstrip (g_strdup (raw));
  if (*stripped == '\0')
    return g_strdup (_("Type a name to see each network's guess"));
  return g_strdup (_("None of its letters is among the 57"));
}

/* "ß, ł": each once. @n: (out): how many. (transfer full) */
static char *
list_letters (const char *letters, gulong *n)
{
  GString *list = g_string_new (NULL);

  *n = 0;
  for (const char *at = letters; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_utf8_strchr (letters, at - letters, letter) != NULL)
        continue;
      g_string_append (list, *n > 0 ? C_("list", ", ") : "");
      g_string_append_unichar (list, letter);
      (*n)++;
    }
  return g_string_free (list, FALSE);
}

/* What became of the name before the networks read it; "" where they read what is typed. (transfer full) */
static char *
reduction_text (const char *raw, const char *ascii, const char *dropped)
{
  g_autofree char *stripped = g_strstrip (g_strdup (raw)), *list = NULL;
  gulong n;

  list = list_letters (dropped, &n);
  if (n > 0)
    /* Translators: %s is a letter, or some with commas between them. */
    return g_strdup_printf (ngettext ("%s is not among the 57 letters and is dropped",
                                      "%s are not among the 57 letters and are dropped", n),
                            list);
  if (strcmp (stripped, ascii) != 0)
    /* Translators: %s is the name without its accents. */
    return g_strdup_printf (_("read as %s"), ascii);
  return g_strdup ("");
}

static void
take_name (ScopeNameBar *bar)
{
  const char *raw = gtk_editable_get_text (bar->entry);
  g_autofree char *dropped = NULL, *text = NULL;
  GtkWidget *status = GTK_WIDGET (bar->status);
  gboolean is_wrong;

  g_free (bar->name);
  g_free (bar->ascii);
  g_free (bar->problem);
  bar->name = g_strdup (raw);
  bar->ascii = nn_name_reduce (raw, &dropped);
  bar->problem = scope_name_problem (raw, bar->ascii);
  text = bar->problem != NULL ? g_strdup (bar->problem) : reduction_text (raw, bar->ascii, dropped);
  gtk_label_set_text (bar->status, text);
  gtk_widget_set_tooltip_text (status, *text != '\0' ? text : NULL);
  /* An empty entry is no mistake. */
  is_wrong = bar->problem != NULL && *raw != '\0';
  if (is_wrong)
    {
      gtk_widget_remove_css_class (status, "dim-label");
      gtk_widget_add_css_class (status, "error");
      gtk_widget_add_css_class (GTK_WIDGET (bar->entry), "error");
    }
  else
    {
      gtk_widget_add_css_class (status, "dim-label");
      gtk_widget_remove_css_class (status, "error");
      gtk_widget_remove_css_class (GTK_WIDGET (bar->entry), "error");
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (bar->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* ---- The guesses ---- */

static void
set_text (GtkLabel *label, const char *text)
{
  if (strcmp (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
show_note (Chip *chip, const char *note)
{
  set_text (chip->note, note);
  /* Whoever reads the labels without seeing which are shown must not find old guesses. */
  for (guint i = 0; i < MOST_GUESSES; i++)
    set_text (chip->guesses[i], "");
  gtk_stack_set_visible_child_name (chip->stack, "note");
}

static void
show_guesses (Chip *chip, const NnModel *model, const char *ascii)
{
  float log_probs[NN_MAX_CLASSES];

  g_return_if_fail (model->n_classes <= NN_MAX_CLASSES);
  nn_model_predict (model, ascii, log_probs);
  for (guint i = 0; i < MOST_GUESSES; i++)
    {
      guint best = 0;
      g_autofree char *percent = NULL, *text = NULL;

      for (guint j = 1; j < model->n_classes; j++)
        if (log_probs[j] > log_probs[best])
          best = j;
      if (!isfinite (log_probs[best]))
        {
          set_text (chip->guesses[i], "");
          continue;
        }
      percent = fig_percent (exp (log_probs[best]), 0, FALSE);
      /* Translators: a language and the probability that a network gives it, such as "Russian 87 %". */
      text = g_strdup_printf (C_("guess", "%s %s"), model->classes[best], percent);
      set_text (chip->guesses[i], text);
      log_probs[best] = -INFINITY;
    }
  set_text (chip->note, "");
  gtk_stack_set_visible_child_name (chip->stack, "guesses");
}

static void
update_chip (ScopeNameBar *bar, Chip *chip)
{
  NnSnapshot *snapshot = scope_network_get_snapshot (chip->network);
  ScopeRun *run = scope_network_get_run (chip->network);
  const char *title = scope_network_get_title (chip->network);
  gboolean diverged = run != NULL && scope_run_get_state (run) == SCOPE_RUN_DIVERGED;
  /* Translators: %s is a network's name. */
  g_autofree char *told = diverged ? g_strdup_printf (_("%s, diverged"), title) : g_strdup (title);

  set_text (chip->title, told);
  if (snapshot == NULL)
    show_note (chip, _("no names are loaded"));
  else if (!scope_network_is_trained (chip->network))
    {
      g_autofree char *chance = fig_percent (1.0 / snapshot->model->n_classes, 1, FALSE);
      /* Translators: %s is the probability of guessing right blindly, such as "5.6 %". */
      g_autofree char *note = g_strdup_printf (_("untrained, chance is %s"), chance);

      show_note (chip, note);
    }
  else if (bar->problem != NULL)
    show_note (chip, "–");
  else
    show_guesses (chip, snapshot->model, bar->ascii);
}

static void
chip_free (gpointer data)
{
  Chip *chip = data;

  g_object_unref (chip->network);
  g_free (chip);
}

static GtkWidget *
new_label (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  /* In the middle, so that the percentage stays. */
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
new_chip_title (Chip *chip)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *title = new_label ("caption");
  g_autofree char *class = g_strdup_printf ("network-%s", nn_kind_id (scope_network_get_kind (chip->network)));

  gtk_widget_add_css_class (swatch, "network-swatch");
  gtk_widget_add_css_class (swatch, class);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (title, scope_network_get_title (chip->network));
  chip->title = GTK_LABEL (title);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), title);
  return box;
}

static GtkWidget *
new_guess (Chip *chip, guint index)
{
  GtkWidget *guess = new_label (index == 0 ? "section-title" : "dim-label");

  gtk_widget_add_css_class (guess, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (guess), 5);
  chip->guesses[index] = GTK_LABEL (guess);
  return guess;
}

/* A row of a chip is two halves, which don't grow with what they say and not beyond what can be said. */

static void
measure_halves (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                int *minimum_baseline, int *natural_baseline)
{
  *minimum = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least;

      gtk_widget_measure (child, orientation, -1, &least, NULL, NULL, NULL);
      *minimum = MAX (*minimum, orientation == GTK_ORIENTATION_HORIZONTAL ? 2 * least + HALVES_GAP : least);
    }
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (*minimum, 2 * WIDEST_HALF + HALVES_GAP) : *minimum;
}

static void
allocate_halves (GtkWidget *widget, int width, int height, int baseline)
{
  int half = MIN ((width - HALVES_GAP) / 2, WIDEST_HALF), x = 0;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_size_allocate (child, &(GtkAllocation){ mirrored ? width - half - x : x, 0, half, height }, -1);
      x += half + HALVES_GAP;
    }
}

static GtkWidget *
new_halves (GtkWidget *start, GtkWidget *end)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box), start);
  gtk_box_append (GTK_BOX (box), end);
  gtk_widget_set_layout_manager (box, gtk_custom_layout_new (NULL, measure_halves, allocate_halves));
  return box;
}

/* The title and the first guess over the other two, or over what there is to say instead of guesses. */
static GtkWidget *
new_chip (ScopeNetwork *network, Chip **out)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 4, "valign",
                                 GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *stack = gtk_stack_new (), *note = new_label ("dim-label");
  Chip *chip = g_new0 (Chip, 1);
  /* Translators: %s is a network's name. */
  g_autofree char *label = g_strdup_printf (_("Guesses of the %s"), scope_network_get_title (network));

  chip->network = g_object_ref (network);
  chip->note = GTK_LABEL (note);
  chip->stack = GTK_STACK (stack);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (box), new_halves (new_chip_title (chip), new_guess (chip, 0)));
  gtk_stack_add_named (chip->stack, new_halves (new_guess (chip, 1), new_guess (chip, 2)), "guesses");
  gtk_stack_add_named (chip->stack, note, "note");
  gtk_box_append (GTK_BOX (box), stack);
  *out = chip;
  return box;
}

/* Only where the networks shown are others than before. */
static void
make_chips (ScopeNameBar *bar)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown (bar->session);
  gboolean same = shown->len == bar->networks->len;
  GtkWidget *child;

  for (guint i = 0; same && i < shown->len; i++)
    same = ((Chip *) g_ptr_array_index (bar->networks, i))->network == g_ptr_array_index (shown, i);
  if (same)
    return;
  g_ptr_array_set_size (bar->networks, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (bar->chips))) != NULL)
    gtk_box_remove (bar->chips, child);
  for (guint i = 0; i < shown->len; i++)
    {
      Chip *chip;

      gtk_box_append (bar->chips, new_chip (g_ptr_array_index (shown, i), &chip));
      g_ptr_array_add (bar->networks, chip);
    }
}

static void
update (ScopeNameBar *bar)
{
  bar->updated_at = g_get_monotonic_time ();
  make_chips (bar);
  for (guint i = 0; i < bar->networks->len; i++)
    update_chip (bar, g_ptr_array_index (bar->networks, i));
  bar->update_took = g_get_monotonic_time () - bar->updated_at;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ScopeNameBar *bar = SCOPE_NAME_BAR (widget);

  if (!scope_beat_has_passed (clock, &bar->beat)
      || g_get_monotonic_time () < bar->updated_at + SHARE_OF_TIME * bar->update_took)
    return G_SOURCE_CONTINUE;
  bar->tick = 0;
  update (bar);
  return G_SOURCE_REMOVE;
}

static void
on_session_updated (ScopeNameBar *bar)
{
  if (bar->tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (bar)))
    bar->tick = gtk_widget_add_tick_callback (GTK_WIDGET (bar), on_tick, NULL, NULL);
}

static void
on_changed (ScopeNameBar *bar)
{
  if (strcmp (gtk_editable_get_text (bar->entry), bar->name) == 0)
    return;
  take_name (bar);
  update (bar);
  g_object_notify_by_pspec (G_OBJECT (bar), properties[PROP_NAME]);
}

/* ---- Object ---- */

static void
scope_name_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NAME)
    g_value_set_string (value, SCOPE_NAME_BAR (object)->name);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_name_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  const char *name = id == PROP_NAME ? g_value_get_string (value) : NULL;

  if (id == PROP_NAME)
    scope_name_bar_set_name (SCOPE_NAME_BAR (object), name != NULL ? name : "");
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
scope_name_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SCOPE_NAME_BAR (widget)->entry));
}

static void
scope_name_bar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (scope_name_bar_parent_class)->map (widget);
  update (SCOPE_NAME_BAR (widget));
}

static void
scope_name_bar_unmap (GtkWidget *widget)
{
  ScopeNameBar *bar = SCOPE_NAME_BAR (widget);

  if (bar->tick != 0)
    gtk_widget_remove_tick_callback (widget, bar->tick);
  bar->tick = 0;
  GTK_WIDGET_CLASS (scope_name_bar_parent_class)->unmap (widget);
}

static void
scope_name_bar_dispose (GObject *object)
{
  ScopeNameBar *bar = SCOPE_NAME_BAR (object);

  g_ptr_array_set_size (bar->networks, 0);
  gtk_widget_dispose_template (GTK_WIDGET (bar), SCOPE_TYPE_NAME_BAR);
  g_clear_object (&bar->session);
  G_OBJECT_CLASS (scope_name_bar_parent_class)->dispose (object);
}

static void
scope_name_bar_finalize (GObject *object)
{
  ScopeNameBar *bar = SCOPE_NAME_BAR (object);

  g_ptr_array_unref (bar->networks);
  g_free (bar->name);
  g_free (bar->ascii);
  g_free (bar->problem);
  G_OBJECT_CLASS (scope_name_bar_parent_class)->finalize (object);
}

static void
scope_name_bar_class_init (ScopeNameBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_name_bar_get_property;
  object_class->set_property = scope_name_bar_set_property;
  object_class->dispose = scope_name_bar_dispose;
  object_class->finalize = scope_name_bar_finalize;
  widget_class->grab_focus = scope_name_bar_grab_focus;
  widget_class->map = scope_name_bar_map;
  widget_class->unmap = scope_name_bar_unmap;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/name-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeNameBar, box);
  gtk_widget_class_bind_template_child (widget_class, ScopeNameBar, entry);
  gtk_widget_class_bind_template_child (widget_class, ScopeNameBar, status);
  gtk_widget_class_bind_template_child (widget_class, ScopeNameBar, chips);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
scope_name_bar_init (ScopeNameBar *bar)
{
  bar->networks = g_ptr_array_new_with_free_func (chip_free);
  bar->name = g_strdup ("");
  bar->ascii = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (bar));
  take_name (bar);
}

GtkWidget *
scope_name_bar_new (ScopeSession *session)
{
  ScopeNameBar *bar;

  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  bar = g_object_new (SCOPE_TYPE_NAME_BAR, NULL);
  bar->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), bar, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "updated", G_CALLBACK (on_session_updated), bar, G_CONNECT_SWAPPED);
  update (bar);
  return GTK_WIDGET (bar);
}

const char *
scope_name_bar_get_name (ScopeNameBar *bar)
{
  g_return_val_if_fail (SCOPE_IS_NAME_BAR (bar), NULL);
  return bar->name;
}

void
scope_name_bar_set_name (ScopeNameBar *bar, const char *name)
{
  g_return_if_fail (SCOPE_IS_NAME_BAR (bar) && name != NULL);
  /* Typing in the entry comes the same way, so "notify" is emitted for both. */
  if (strcmp (bar->name, name) != 0)
    gtk_editable_set_text (bar->entry, name);
}
