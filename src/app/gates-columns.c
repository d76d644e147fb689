/* gates-columns.c: a box whose children stand side by side in equal columns.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-columns.h"

#define LEAST_COLUMN 300
#define COLUMN_GAP 10
#define ROW_GAP 12

/* What is known of a box, which holds it. */
typedef struct
{
  int least;
  int n_columns;
} Columns;

static Columns *
columns_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "scope-columns");
}

static GPtrArray *
children_of (GtkWidget *widget)
{
  GPtrArray *children = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      g_ptr_array_add (children, child);
  return children;
}

/* Gives how many columns fit into @width, so that the rows are equally full. Returns: the number of rows. */
static int
count_rows (GtkWidget *widget, guint n_children, int width, int *column)
{
  Columns *columns = columns_of (widget);
  int n = MAX ((int) n_children, 1);
  int most = CLAMP ((width + COLUMN_GAP) / (columns->least + COLUMN_GAP), 1, n);
  int rows = (n + most - 1) / most;

  columns->n_columns = (n + rows - 1) / rows;
  *column = (width - (columns->n_columns - 1) * COLUMN_GAP) / columns->n_columns;
  return rows;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The height that row @row needs. */
static int
measure_row (GtkWidget *widget, GPtrArray *children, int row, int column)
{
  int n = columns_of (widget)->n_columns, highest = 0;

  for (int i = row * n; i < MIN ((row + 1) * n, (int) children->len); i++)
    {
      int height;

      gtk_widget_measure (g_ptr_array_index (children, i), GTK_ORIENTATION_VERTICAL, column, &height, NULL, NULL,
                          NULL);
      highest = MAX (highest, height);
    }
  return highest;
}

static void
measure_columns (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  g_autoptr (GPtrArray) children = children_of (widget);
  int n = MAX ((int) children->len, 1), column, rows;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_COLUMN;
      *natural = n * (LEAST_COLUMN + COLUMN_GAP) - COLUMN_GAP;
      return;
    }
  rows = count_rows (widget, children->len, for_size > 0 ? for_size : LEAST_COLUMN, &column);
  *minimum = (rows - 1) * ROW_GAP;
  for (int i = 0; i < rows; i++)
    *minimum += measure_row (widget, children, i, column);
  *natural = *minimum;
}

/* What is left over goes to all rows. */
static void
allocate_columns (GtkWidget *widget, int width, int height, int baseline)
{
  g_autoptr (GPtrArray) children = children_of (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int column, rows = count_rows (widget, children->len, width, &column), spare = height - (rows - 1) * ROW_GAP, y = 0;
  int n = columns_of (widget)->n_columns;

  for (int i = 0; i < rows; i++)
    spare -= measure_row (widget, children, i, column);
  for (int i = 0; i < rows; i++)
    {
      int row = measure_row (widget, children, i, column) + MAX (spare, 0) / rows;

      for (int j = i * n; j < MIN ((i + 1) * n, (int) children->len); j++)
        {
          int place = mirrored ? n - 1 - j % n : j % n;

          gtk_widget_size_allocate (g_ptr_array_index (children, j),
                                    &(GtkAllocation){ place * (column + COLUMN_GAP), y, column, row }, -1);
        }
      y += row + ROW_GAP;
    }
}

void
scope_gates_columns_setup (GtkBox *box)
{
  Columns *columns = g_new (Columns, 1);

  *columns = (Columns){ LEAST_COLUMN, 1 };
  g_object_set_data_full (G_OBJECT (box), "scope-columns", columns, g_free);
  gtk_widget_set_layout_manager (GTK_WIDGET (box),
                                 gtk_custom_layout_new (get_request_mode, measure_columns, allocate_columns));
}

void
scope_gates_columns_set_least (GtkBox *box, int width)
{
  Columns *columns = columns_of (GTK_WIDGET (box));

  if (columns->least == MAX (width, LEAST_COLUMN))
    return;
  columns->least = MAX (width, LEAST_COLUMN);
  gtk_widget_queue_resize (GTK_WIDGET (box));
}

int
scope_gates_columns_get_n (GtkBox *box)
{
  return columns_of (GTK_WIDGET (box))->n_columns;
}
