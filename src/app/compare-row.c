/* compare-row.c: a line of the Compare page's table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/compare-row.h"

#include "app/compare-numbers.h"
#include "figure/number.h"

#include <glib/gi18n.h>

/* Characters that a column keeps free, so that nothing moves while numbers grow. */
static const int widths[FIG_N_COLUMNS] = {
  [FIG_COLUMN_PARAMETERS] = 7, [FIG_COLUMN_ITERATIONS] = 7, [FIG_COLUMN_LOSS] = 5,
  [FIG_COLUMN_TRAINING] = 16,  [FIG_COLUMN_HELD_OUT] = 16,  [FIG_COLUMN_MACRO] = 16,
  [FIG_COLUMN_SPEED] = 6,      [FIG_COLUMN_SECONDS] = 6,
};

/* Between two columns; as in the header's .ui file. */
#define SPACING 6

#define NAME_COLUMN 0
#define BUTTON_COLUMN (FIG_N_COLUMNS + 1)
#define NAME_CHARACTERS 12
#define MOST_NAME_CHARACTERS 24

struct _ScopeCompareRow
{
  GtkListBoxRow parent_instance;

  ScopeResult *result; /* owned */
  GtkLabel *name;
  GtkLabel *cells[FIG_N_COLUMNS];
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (ScopeCompareRow, scope_compare_row, GTK_TYPE_LIST_BOX_ROW)

/* ---- Columns ---- */

void
scope_compare_columns_init (ScopeCompareColumns *columns)
{
  for (guint i = 0; i < SCOPE_COMPARE_COLUMNS; i++)
    columns->groups[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
}

void
scope_compare_columns_clear (ScopeCompareColumns *columns)
{
  for (guint i = 0; i < SCOPE_COMPARE_COLUMNS; i++)
    g_clear_object (&columns->groups[i]);
}

/* What is spare goes to the numbers. */
static void
add (const ScopeCompareColumns *columns, guint column, GtkBox *line, GtkWidget *widget)
{
  gtk_widget_set_hexpand (widget, column != NAME_COLUMN && column != BUTTON_COLUMN);
  gtk_size_group_add_widget (columns->groups[column], widget);
  gtk_box_append (line, widget);
}

static GtkWidget *
new_title (const char *text, const char *explanation, double xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), (float) xalign);
  gtk_widget_set_tooltip_text (label, explanation);
  return label;
}

void
scope_compare_columns_fill_header (const ScopeCompareColumns *columns, GtkBox *header)
{
  add (columns, NAME_COLUMN, header, new_title (C_ ("column", "Network"), NULL, 0));
  for (guint i = 0; i < FIG_N_COLUMNS; i++)
    add (columns, i + 1, header,
         new_title (fig_column_title ((FigColumn) i), fig_column_explanation ((FigColumn) i), 1));
  add (columns, BUTTON_COLUMN, header,
       new_title (C_ ("column", "Only right"),
                  _ ("Held-out names that this network alone gets right of those that were tested on the same names; "
                     "the button lists them"),
                  1));
}

/* ---- Object ---- */

static void
scope_compare_row_dispose (GObject *object)
{
  g_clear_object (&SCOPE_COMPARE_ROW (object)->result);
  G_OBJECT_CLASS (scope_compare_row_parent_class)->dispose (object);
}

static void
scope_compare_row_class_init (ScopeCompareRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = scope_compare_row_dispose;
}

static void
scope_compare_row_init (ScopeCompareRow *row)
{
}

static GtkWidget *
new_name (ScopeCompareRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *class = g_strdup_printf ("network-%s", nn_kind_id (scope_result_get_kind (row->result)));

  gtk_widget_add_css_class (swatch, "network-swatch");
  gtk_widget_add_css_class (swatch, class);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "section-title");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), NAME_CHARACTERS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_NAME_CHARACTERS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  row->name = GTK_LABEL (label);
  return box;
}

static GtkWidget *
new_cell (FigColumn column)
{
  GtkWidget *label = gtk_label_new ("–");

  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_width_chars (GTK_LABEL (label), widths[column]);
  return label;
}

static GtkWidget *
new_button (ScopeResult *result)
{
  GtkWidget *button = gtk_button_new_with_label ("–");
  g_autofree char *id = scope_result_dup_id (result);

  gtk_widget_add_css_class (button, "numeric");
  gtk_widget_add_css_class (button, "compact-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.only-right");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  return button;
}

GtkWidget *
scope_compare_row_new (ScopeResult *result, const ScopeCompareColumns *columns)
{
  ScopeCompareRow *row = g_object_new (SCOPE_TYPE_COMPARE_ROW, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  row->result = g_object_ref (result);
  add (columns, NAME_COLUMN, GTK_BOX (line), new_name (row));
  for (guint i = 0; i < FIG_N_COLUMNS; i++)
    {
      GtkWidget *cell = new_cell ((FigColumn) i);

      row->cells[i] = GTK_LABEL (cell);
      add (columns, i + 1, GTK_BOX (line), cell);
    }
  row->button = GTK_BUTTON (new_button (result));
  add (columns, BUTTON_COLUMN, GTK_BOX (line), GTK_WIDGET (row->button));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  return GTK_WIDGET (row);
}

ScopeResult *
scope_compare_row_get_result (ScopeCompareRow *row)
{
  g_return_val_if_fail (SCOPE_IS_COMPARE_ROW (row), NULL);
  return row->result;
}

/* ---- Showing ---- */

static void
set_faint (GtkWidget *widget, gboolean faint)
{
  if (faint && !gtk_widget_has_css_class (widget, "dim-label"))
    gtk_widget_add_css_class (widget, "dim-label");
  else if (!faint && gtk_widget_has_css_class (widget, "dim-label"))
    gtk_widget_remove_css_class (widget, "dim-label");
}

static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

/* How many names a share was measured on. */
static void
show_count (GtkLabel *label, const FigShare *share)
{
  g_autofree char *count = fig_number ((double) share->n, 0, FALSE);
  /* Translators: %s is a number of names. */
  g_autofree char *text = share->n > 0 ? g_strdup_printf (_ ("Measured on %s names"), count) : NULL;

  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (label)), text) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
}

static void
show_button (ScopeCompareRow *row, const char *name, int only_right)
{
  g_autofree char *count = fig_number (only_right, 0, FALSE);
  g_autofree char *words = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (row->button), only_right >= 0);
  if (g_strcmp0 (gtk_button_get_label (row->button), only_right < 0 ? "–" : count) == 0)
    return;
  gtk_button_set_label (row->button, only_right < 0 ? "–" : count);
  /* Translators: %s is a network. */
  words = g_strdup_printf (_ ("Names that only %s gets right"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->button), words);
}

static const char *
state_words (const FigNumbers *numbers)
{
  switch (numbers->state)
    {
    case FIG_NUMBERS_MOMENT:
      return numbers->iterations > 0 ? _ ("The run is not over: numbers of the moment") : NULL;
    case FIG_NUMBERS_DIVERGED:
      return _ ("The run diverged: numbers of its last finite weights");
    case FIG_NUMBERS_FINAL:
      break;
    }
  return NULL;
}

void
scope_compare_row_show (ScopeCompareRow *row, const FigNumbers *numbers, int only_right)
{
  const char *name = fig_numbers_label (numbers);
  const char *state = state_words (numbers);
  g_autoptr (GString) words = g_string_new (name);
  g_autofree char *marked = NULL;

  g_return_if_fail (SCOPE_IS_COMPARE_ROW (row));
  if (numbers->state == FIG_NUMBERS_DIVERGED)
    /* Translators: a run's title, and a remark about it. */
    marked = g_strdup_printf (C_ ("run", "%s · %s"), name, C_ ("run", "diverged"));
  set_text (row->name, marked != NULL ? marked : name);
  for (guint i = 0; i < FIG_N_COLUMNS; i++)
    {
      g_autofree char *text = fig_numbers_cell (numbers, (FigColumn) i, FALSE);

      set_text (row->cells[i], text);
      set_faint (GTK_WIDGET (row->cells[i]), numbers->state != FIG_NUMBERS_FINAL && i != FIG_COLUMN_PARAMETERS);
      g_string_append_printf (words, "; %s: %s", fig_column_title ((FigColumn) i), text);
    }
  if (state != NULL)
    g_string_append_printf (words, "; %s", state);
  show_count (row->cells[FIG_COLUMN_TRAINING], &numbers->training);
  show_count (row->cells[FIG_COLUMN_HELD_OUT], &numbers->held_out);
  show_count (row->cells[FIG_COLUMN_MACRO], &numbers->macro);
  show_button (row, name, only_right);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->name), state != NULL ? state : name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
}
