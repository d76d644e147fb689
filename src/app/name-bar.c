/* name-bar.c: the name that is read on every page, and what each network takes it for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/name-bar.h"

#include "app/beat.h"
#include "engine/inspect.h"
#include "figure/number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define N_GUESSES 3

/* Of a chip, in pixels. */
#define WIDEST_HALF 176
#define WIDE_HALF 132
#define LEAST_HALF 104
#define WHOLE_GUESS 142 /* of the longest usual class, certain */
#define LEAST_SECOND 84 /* that is left for the second guess beside it */
#define LEAST_CHIP 72
#define HALVES_GAP 8
#define ROW_GAP 4

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
  char *problem; /* what is wrong with the name, or NULL */
  gboolean is_replacing;
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

/* A network's part of the bar. Its labels are made once and have fixed places, so that nothing moves. Where there are
 * guesses the note is empty, and the other way round: who reads them without seeing finds nothing old. */
typedef struct
{
  ScopeNetwork *network; /* owned */
  GtkLabel *title;
  GtkLabel *guesses[N_GUESSES];
  GtkLabel *note; /* what there is to say instead of guesses */
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

static void on_session_updated (ScopeNameBar *bar);

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
  for (guint i = 0; i < N_GUESSES; i++)
    set_text (chip->guesses[i], "");
}

/* "Russian 87 %". Where that has no room the language is shortened, never the number, which would then be another. */
static void
show_guess (GtkLabel *label, const char *language, double probability)
{
  g_autofree char *percent = fig_percent (probability, 0, FALSE);
  /* Translators: a language and the probability that a network gives it, such as "Russian 87 %". */
  g_autofree char *whole = g_strdup_printf (C_("guess", "%s %s"), language, percent);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (label), whole);
  int room = gtk_widget_get_width (GTK_WIDGET (label)), width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  for (glong n = g_utf8_strlen (language, -1) - 1; width > room && room > 0 && n > 0; n--)
    {
      g_autofree char *start = g_utf8_substring (language, 0, n);
      g_autofree char *shortened = g_strdup_printf ("%s…", start);
      g_autofree char *text = g_strdup_printf (C_("guess", "%s %s"), shortened, percent);

      pango_layout_set_text (layout, text, -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
    }
  set_text (label, pango_layout_get_text (layout));
  if (strcmp (pango_layout_get_text (layout), whole) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (label), whole);
  else if (gtk_widget_get_has_tooltip (GTK_WIDGET (label)))
    gtk_widget_set_tooltip_text (GTK_WIDGET (label), NULL);
}

static void
show_guesses (Chip *chip, const NnModel *model, const char *ascii)
{
  float log_probs[NN_MAX_CLASSES];

  g_return_if_fail (model->n_classes <= NN_MAX_CLASSES);
  nn_model_predict (model, ascii, log_probs);
  for (guint i = 0; i < N_GUESSES; i++)
    {
      guint best = 0;

      for (guint j = 1; j < model->n_classes; j++)
        if (log_probs[j] > log_probs[best])
          best = j;
      if (isfinite (log_probs[best]))
        show_guess (chip->guesses[i], model->classes[best], exp (log_probs[best]));
      else
        set_text (chip->guesses[i], "");
      log_probs[best] = -INFINITY;
    }
  set_text (chip->note, "");
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
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

/* A chip is laid out by hand: its two rows don't grow with what they say and not beyond what can be said. In the first
 * row the title and the first guess, in the second the other two or what there is to say instead of guesses; where that
 * is too narrow, the title alone and below it as many guesses as have room. */

static void
measure_chip (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
              int *minimum_baseline, int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;
  int most = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least;

      gtk_widget_measure (child, orientation, -1, &least, NULL, NULL, NULL);
      most = MAX (most, least);
    }
  *minimum = horizontal ? MAX (most, LEAST_CHIP) : 2 * most + ROW_GAP;
  *natural = horizontal ? 2 * WIDEST_HALF + HALVES_GAP : *minimum;
}

/* Where a part begins and ends in its row; of no width where it has no room. */
static void
place_part (GtkWidget *chip, GtkWidget *part, int row, int begin, int end)
{
  int row_height = (gtk_widget_get_height (chip) - ROW_GAP) / 2;
  GtkAllocation place = { begin, row * (row_height + ROW_GAP), end - begin, row_height };

  gtk_widget_set_child_visible (part, place.width > 0);
  if (place.width <= 0)
    return;
  if (gtk_widget_get_direction (chip) == GTK_TEXT_DIR_RTL)
    place.x = gtk_widget_get_width (chip) - place.x - place.width;
  gtk_widget_size_allocate (part, &place, -1);
}

static void
allocate_chip (GtkWidget *widget, int width, int height, int baseline)
{
  int half = MIN ((width - HALVES_GAP) / 2, WIDEST_HALF), whole = 2 * half + HALVES_GAP, other = half + HALVES_GAP;
  gboolean is_wide = half >= WIDE_HALF, is_narrow = half < LEAST_HALF;
  /* The first guess is said whole before the second one is. */
  int guess = CLAMP (whole - HALVES_GAP - LEAST_SECOND, half, MAX (half, WHOLE_GUESS));
  GtkWidget *title = gtk_widget_get_first_child (widget), *note = gtk_widget_get_last_child (widget);
  GtkWidget *first = gtk_widget_get_next_sibling (title), *second = gtk_widget_get_next_sibling (first);

  place_part (widget, title, 0, 0, is_wide ? half : whole);
  place_part (widget, first, is_wide ? 0 : 1, is_wide ? other : 0, is_wide || is_narrow ? whole : guess);
  place_part (widget, second, 1, is_wide ? 0 : guess + HALVES_GAP, is_wide ? half : is_narrow ? 0 : whole);
  place_part (widget, gtk_widget_get_next_sibling (second), 1, other, is_wide ? whole : 0);
  place_part (widget, note, 1, 0, whole);
  /* What the guesses have room for may have changed. */
  on_session_updated (SCOPE_NAME_BAR (gtk_widget_get_ancestor (widget, SCOPE_TYPE_NAME_BAR)));
}

static GtkWidget *
new_title (Chip *chip)
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

/* Gives the widget, and in @out what fills it. */
static GtkWidget *
new_chip (ScopeNetwork *network, Chip **out)
{
  GtkLayoutManager *layout = gtk_custom_layout_new (NULL, measure_chip, allocate_chip);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                 NULL);
  Chip *chip = g_new0 (Chip, 1);
  /* Translators: %s is a network's name. */
  g_autofree char *label = g_strdup_printf (_("Guesses of the %s"), scope_network_get_title (network));

  gtk_widget_set_layout_manager (box, layout);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  chip->network = g_object_ref (network);
  gtk_box_append (GTK_BOX (box), new_title (chip));
  for (guint i = 0; i < N_GUESSES; i++)
    {
      GtkWidget *guess = new_label (i == 0 ? "section-title" : "dim-label");

      gtk_widget_add_css_class (guess, "numeric");
      chip->guesses[i] = GTK_LABEL (guess);
      gtk_box_append (GTK_BOX (box), guess);
    }
  chip->note = GTK_LABEL (new_label ("dim-label"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (chip->note));
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
  if (bar->is_replacing || strcmp (gtk_editable_get_text (bar->entry), bar->name) == 0)
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
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
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
  if (strcmp (bar->name, name) == 0)
    return;
  /* The entry empties itself first, which is nobody's name. */
  bar->is_replacing = TRUE;
  gtk_editable_set_text (bar->entry, name);
  bar->is_replacing = FALSE;
  on_changed (bar);
}
