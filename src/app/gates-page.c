/* gates-page.c: what every gate does at every letter of the name that is typed.
 *
 * A trace is made when its figure is drawn, so never while the page can't be seen and never twice for one frame.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-page.h"

#include "app/export-figure.h"
#include "app/figure-menu.h"
#include "app/name-bar.h"
#include "figure/figure.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The narrowest column in which a network's strips are still read, in pixels: for a short name, and by its letters. */
#define LEAST_COLUMN 300
#define BESIDE_LETTERS 156
#define LEAST_LETTER 9
#define COLUMN_GAP 10
#define ROW_GAP 12

struct _ScopeGatesPage
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkStack *stack;
  GtkBox *figures;
  GtkLabel *message;

  /* Owned. */
  ScopeSession *session;
  GPtrArray *readings; /* of Reading, a figure each */
  char *name;
  char *ascii;
  char *problem; /* what is wrong with the name, or NULL */
  int n_columns; /* in which the figures stand */
};

G_DEFINE_FINAL_TYPE (ScopeGatesPage, scope_gates_page, GTK_TYPE_WIDGET)

/* A network's figure. */
typedef struct
{
  ScopeGatesPage *page;
  ScopeNetwork *network; /* owned */
  ScopeFigureView *view; /* its parent's */
  NnSnapshot *snapshot;  /* owned: of which the trace is */
  NnTrace *trace;        /* owned; NULL while there is none */
} Reading;

/* ---- Columns: as many as have room, then rows ---- */

/* A long name needs wider columns for its letters to be read. */
static int
least_column (ScopeGatesPage *page)
{
  return MAX (LEAST_COLUMN, BESIDE_LETTERS + LEAST_LETTER * (int) MIN (strlen (page->ascii), NN_MAX_LETTERS));
}

/* Gives how many columns fit into @width, so that the rows are equally full. Returns: the number of rows. */
static int
count_rows (ScopeGatesPage *page, int width, int *column)
{
  int n = MAX ((int) page->readings->len, 1);
  int most = CLAMP ((width + COLUMN_GAP) / (least_column (page) + COLUMN_GAP), 1, n);
  int rows = (n + most - 1) / most;

  page->n_columns = (n + rows - 1) / rows;
  *column = (width - (page->n_columns - 1) * COLUMN_GAP) / page->n_columns;
  return rows;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The height that row @row needs. */
static int
measure_row (ScopeGatesPage *page, int row, int column)
{
  int highest = 0;

  for (int i = row * page->n_columns; i < MIN ((row + 1) * page->n_columns, (int) page->readings->len); i++)
    {
      Reading *reading = g_ptr_array_index (page->readings, i);
      int height;

      gtk_widget_measure (GTK_WIDGET (reading->view), GTK_ORIENTATION_VERTICAL, column, &height, NULL, NULL, NULL);
      highest = MAX (highest, height);
    }
  return highest;
}

static void
measure_columns (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  ScopeGatesPage *page = SCOPE_GATES_PAGE (gtk_widget_get_ancestor (widget, SCOPE_TYPE_GATES_PAGE));
  int n = MAX ((int) page->readings->len, 1), column, rows;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_COLUMN;
      *natural = n * (LEAST_COLUMN + COLUMN_GAP) - COLUMN_GAP;
      return;
    }
  rows = count_rows (page, for_size > 0 ? for_size : LEAST_COLUMN, &column);
  *minimum = (rows - 1) * ROW_GAP;
  for (int i = 0; i < rows; i++)
    *minimum += measure_row (page, i, column);
  *natural = *minimum;
}

/* What is left over goes to all rows. */
static void
allocate_columns (GtkWidget *widget, int width, int height, int baseline)
{
  ScopeGatesPage *page = SCOPE_GATES_PAGE (gtk_widget_get_ancestor (widget, SCOPE_TYPE_GATES_PAGE));
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int column, rows = count_rows (page, width, &column), spare = height - (rows - 1) * ROW_GAP, y = 0;

  for (int i = 0; i < rows; i++)
    spare -= measure_row (page, i, column);
  for (int i = 0; i < rows; i++)
    {
      int row = measure_row (page, i, column) + MAX (spare, 0) / rows;

      for (int j = i * page->n_columns; j < MIN ((i + 1) * page->n_columns, (int) page->readings->len); j++)
        {
          Reading *reading = g_ptr_array_index (page->readings, j);
          int place = mirrored ? page->n_columns - 1 - j % page->n_columns : j % page->n_columns;

          gtk_widget_size_allocate (GTK_WIDGET (reading->view),
                                    &(GtkAllocation){ place * (column + COLUMN_GAP), y, column, row }, -1);
        }
      y += row + ROW_GAP;
    }
}

/* ---- A figure ---- */

static void
drop_trace (Reading *reading)
{
  g_clear_pointer (&reading->trace, nn_trace_free);
  g_clear_pointer (&reading->snapshot, nn_snapshot_unref);
}

/* Makes the trace of the name that is typed and of the newest weights. */
static void
bring_up_to_date (Reading *reading)
{
  NnSnapshot *snapshot = scope_network_get_snapshot (reading->network);
  ScopeGatesPage *page = reading->page;

  if (snapshot == NULL || page->problem != NULL)
    {
      drop_trace (reading);
      return;
    }
  if (reading->trace != NULL && reading->snapshot == snapshot && strcmp (reading->trace->ascii, page->ascii) == 0)
    return;
  drop_trace (reading);
  reading->snapshot = nn_snapshot_ref (snapshot);
  reading->trace = nn_trace_new (snapshot->model, page->ascii, -1);
}

/* What the figure library draws. */
typedef struct
{
  FigReading reading;
  FigGates gates;
} Figure;

/* @beside: whether it stands beside others and so keeps to their heights. */
static const FigGates *
init_figure (Figure *figure, const Reading *reading, gboolean beside)
{
  static const char *const no_classes[] = { NULL };
  const NnModel *model = reading->snapshot != NULL ? reading->snapshot->model : NULL;

  figure->reading = (FigReading){
    scope_network_get_title (reading->network), scope_network_get_kind (reading->network), reading->trace,
    reading->snapshot != NULL ? reading->snapshot->iteration : 0,
  };
  figure->gates = (FigGates){
    .name = reading->page->name,
    .readings = &figure->reading,
    .n_readings = 1,
    .classes = model != NULL ? (const char *const *) model->classes : no_classes,
    .n_classes = model != NULL ? model->n_classes : 0,
    .arrangement = FIG_GATES_SIDE_BY_SIDE,
    .all_states = beside,
  };
  return &figure->gates;
}

static const FigGates *
init_shown (Figure *figure, const Reading *reading)
{
  return init_figure (figure, reading, reading->page->n_columns > 1);
}

static void
draw_reading (cairo_t *cr, double width, double height, const FigTheme *theme, gpointer data)
{
  Figure figure;

  bring_up_to_date (data);
  fig_gates_draw (cr, width, height, init_shown (&figure, data), theme);
}

static char *
describe_reading (gpointer data)
{
  Figure figure;

  bring_up_to_date (data);
  return fig_gates_describe (init_shown (&figure, data));
}

static double
height_of_reading (double width, const FigTheme *theme, gpointer data)
{
  Figure figure;

  bring_up_to_date (data);
  return fig_gates_height (init_shown (&figure, data), theme, width);
}

static char *
read_reading (double x, double y, double width, double height, const FigTheme *theme, FigRect *mark, gpointer data)
{
  g_autofree char *text = NULL;
  const FigGates *gates;
  FigGatesHit hit;
  Figure figure;
  FigRect strip;

  gates = init_shown (&figure, data);
  if (!fig_gates_hit (gates, theme, width, height, x, y, &hit))
    return NULL;
  if (hit.part == FIG_GATES_STATE && fig_gates_strip (gates, theme, width, height, 0, hit.state, &strip))
    {
      const NnTrace *trace = figure.reading.trace;
      double column = strip.width / trace->length, unit = strip.height / trace->hidden;

      *mark = (FigRect){ strip.x + hit.letter * column, strip.y + (hit.unit + 0.5) * unit - MAX (unit, 4) / 2, column,
                         MAX (unit, 4) };
    }
  text = fig_gates_hit_text (gates, theme, &hit);
  return g_markup_escape_text (text, -1);
}

/* Goes up or down by pixels to the next part of the figure that says something. */
static gboolean
find_next_part (const FigGates *gates, const FigTheme *theme, double width, double height, const FigGatesHit *from,
                double x, double *y, int by)
{
  for (double at = *y + by; at >= 0 && at < height; at += by)
    {
      FigGatesHit hit;

      if (fig_gates_hit (gates, theme, width, height, x, at, &hit)
          && (hit.part != from->part || (hit.part == FIG_GATES_STATE && hit.state != from->state)))
        {
          *y = at;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
step_reading (ScopeFigureMove move, double *x, double *y, double width, double height, const FigTheme *theme,
              gpointer data)
{
  const NnTrace *trace = ((Reading *) data)->trace;
  const FigGates *gates;
  FigGatesHit hit;
  Figure figure;
  FigRect strip;
  double unit;
  int letter, by = (move == SCOPE_MOVE_DOWN) - (move == SCOPE_MOVE_UP);

  gates = init_shown (&figure, data);
  /* Every network has a hidden state, and all strips have the same columns. */
  if (trace == NULL || !fig_gates_strip (gates, theme, width, height, 0, NN_STATE_HIDDEN, &strip))
    return FALSE;
  unit = strip.height / trace->hidden;
  if (isnan (*x) || !fig_gates_hit (gates, theme, width, height, *x, *y, &hit))
    {
      *x = strip.x + strip.width * (0.5 / trace->length);
      *y = strip.y + unit / 2;
      return TRUE;
    }
  letter = (int) hit.letter + (move == SCOPE_MOVE_RIGHT) - (move == SCOPE_MOVE_LEFT);
  if (move == SCOPE_MOVE_FIRST || move == SCOPE_MOVE_LAST)
    letter = move == SCOPE_MOVE_FIRST ? 0 : (int) trace->length - 1;
  letter = CLAMP (letter, 0, (int) trace->length - 1);
  *x = strip.x + strip.width * ((letter + 0.5) / trace->length);
  if (by == 0)
    return TRUE;
  if (hit.part != FIG_GATES_STATE || (int) hit.unit + by < 0 || (int) hit.unit + by >= (int) trace->hidden)
    return find_next_part (gates, theme, width, height, &hit, *x, y, by);
  fig_gates_strip (gates, theme, width, height, 0, hit.state, &strip);
  *y = strip.y + strip.height * (((int) hit.unit + by + 0.5) / trace->hidden);
  return TRUE;
}

static const ScopeFigureFuncs reading_funcs = {
  draw_reading, describe_reading, read_reading, step_reading, height_of_reading,
};

/* ---- Showing the session ---- */

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  drop_trace (reading);
  g_object_unref (reading->network);
  g_free (reading);
}

static void
add_reading (ScopeGatesPage *page, ScopeNetwork *network)
{
  Reading *reading = g_new0 (Reading, 1);
  gboolean has_gates = nn_kind_has_gates (scope_network_get_kind (network));
  /* Translators: %s is a network's name. */
  const char *format = has_gates ? _("Gates of the %s") : _("Hidden state of the %s");
  g_autofree char *title = g_strdup_printf (format, scope_network_get_title (network));
  g_autofree char *k = scope_export_network_id (network), *id = g_strconcat ("gates:", k, NULL);

  reading->page = page;
  reading->network = g_object_ref (network);
  reading->view = SCOPE_FIGURE_VIEW (scope_figure_view_new ());
  scope_figure_view_set_title (reading->view, title);
  scope_figure_view_set_least_size (reading->view, LEAST_COLUMN, 200);
  g_ptr_array_add (page->readings, reading);
  gtk_box_append (page->figures, GTK_WIDGET (reading->view));
  scope_figure_view_set_figure (reading->view, &reading_funcs, reading);
  scope_figure_menu_attach (reading->view, id);
}

static void
remove_readings (ScopeGatesPage *page)
{
  for (guint i = 0; i < page->readings->len; i++)
    {
      Reading *reading = g_ptr_array_index (page->readings, i);

      scope_figure_view_set_figure (reading->view, NULL, NULL);
      gtk_box_remove (page->figures, GTK_WIDGET (reading->view));
    }
  g_ptr_array_set_size (page->readings, 0);
}

/* Only where the networks shown are others than before. */
static void
make_readings (ScopeGatesPage *page)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown (page->session);
  gboolean same = shown->len == page->readings->len;

  for (guint i = 0; same && i < shown->len; i++)
    same = ((Reading *) g_ptr_array_index (page->readings, i))->network == g_ptr_array_index (shown, i);
  if (same)
    return;
  remove_readings (page);
  for (guint i = 0; i < shown->len; i++)
    add_reading (page, g_ptr_array_index (shown, i));
}

static void
show_message (ScopeGatesPage *page)
{
  const char *message = page->readings->len == 0 ? _("No network is chosen: check one at the side.") : page->problem;

  /* Whoever reads the label without seeing whether it is shown must not find an old message. */
  gtk_label_set_text (page->message, message != NULL ? message : "");
  gtk_stack_set_visible_child_name (page->stack, message != NULL ? "message" : "figures");
}

static void
on_session_updated (ScopeGatesPage *page)
{
  make_readings (page);
  show_message (page);
  for (guint i = 0; i < page->readings->len; i++)
    scope_figure_view_queue (((Reading *) g_ptr_array_index (page->readings, i))->view);
}

/* Another name, other data or settings may make the figures higher or lower. */
static void
on_session_changed (ScopeGatesPage *page)
{
  make_readings (page);
  show_message (page);
  for (guint i = 0; i < page->readings->len; i++)
    {
      Reading *reading = g_ptr_array_index (page->readings, i);

      gtk_widget_queue_resize (GTK_WIDGET (reading->view));
      scope_figure_view_redraw (reading->view);
    }
}

void
scope_gates_page_set_name (ScopeGatesPage *page, const char *raw)
{
  g_return_if_fail (SCOPE_IS_GATES_PAGE (page) && raw != NULL && g_utf8_validate (raw, -1, NULL));
  if (g_strcmp0 (page->name, raw) == 0)
    return;
  g_free (page->name);
  g_free (page->ascii);
  g_free (page->problem);
  page->name = g_strdup (raw);
  page->ascii = nn_name_reduce (raw, NULL);
  page->problem = scope_name_problem (raw, page->ascii);
  on_session_changed (page);
}

/* ---- Object ---- */

static void
scope_gates_page_dispose (GObject *object)
{
  ScopeGatesPage *page = SCOPE_GATES_PAGE (object);

  if (page->figures != NULL)
    remove_readings (page);
  gtk_widget_dispose_template (GTK_WIDGET (page), SCOPE_TYPE_GATES_PAGE);
  g_clear_object (&page->session);
  G_OBJECT_CLASS (scope_gates_page_parent_class)->dispose (object);
}

static void
scope_gates_page_finalize (GObject *object)
{
  ScopeGatesPage *page = SCOPE_GATES_PAGE (object);

  g_ptr_array_unref (page->readings);
  g_free (page->name);
  g_free (page->ascii);
  g_free (page->problem);
  G_OBJECT_CLASS (scope_gates_page_parent_class)->finalize (object);
}

static void
scope_gates_page_class_init (ScopeGatesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_gates_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = scope_gates_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/gates-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, figures);
  gtk_widget_class_bind_template_child (widget_class, ScopeGatesPage, message);
}

static void
scope_gates_page_init (ScopeGatesPage *page)
{
  page->readings = g_ptr_array_new_with_free_func (reading_free);
  page->name = g_strdup ("");
  page->ascii = g_strdup ("");
  page->problem = scope_name_problem ("", "");
  gtk_widget_init_template (GTK_WIDGET (page));
  gtk_widget_set_layout_manager (GTK_WIDGET (page->figures),
                                 gtk_custom_layout_new (get_request_mode, measure_columns, allocate_columns));
}

GtkWidget *
scope_gates_page_new (ScopeSession *session)
{
  ScopeGatesPage *page;

  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  page = g_object_new (SCOPE_TYPE_GATES_PAGE, NULL);
  page->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "updated", G_CALLBACK (on_session_updated), page, G_CONNECT_SWAPPED);
  on_session_changed (page);
  return GTK_WIDGET (page);
}
