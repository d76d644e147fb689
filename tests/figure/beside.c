/* beside.c: figures side by side, units under each other, and tables as figures.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "figure/beside.h"
#include "figure/sheet-draw.h"
#include "figure/unit-traces.h"

#include <string.h>

/* A figure of one colour, a row of numbers, and as high as its number says. */
typedef struct
{
  FigColor color;
  double height;
} Plain;

static void
draw_plain (cairo_t *cr, double width, double height, gconstpointer figure, const FigTheme *theme)
{
  fig_set_color (cr, ((const Plain *) figure)->color);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static double
height_of_plain (gconstpointer figure, const FigTheme *theme, double width)
{
  return ((const Plain *) figure)->height;
}

static char *
plain_csv (gconstpointer figure, const FigMetadata *metadata)
{
  return g_strdup_printf ("%sheight\n%g\n", metadata != NULL ? "# title: two\n# command: #\n" : "",
                          ((const Plain *) figure)->height);
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  const unsigned char *data = cairo_image_surface_get_data (surface);

  return *(const guint32 *) (const void *) (data + y * cairo_image_surface_get_stride (surface) + 4 * x) & 0xffffff;
}

static void
test_beside (void)
{
  const Plain red = { { 1, 0, 0, 1 }, 40 }, blue = { { 0, 0, 1, 1 }, 70 };
  const gconstpointer figures[] = { &red, &blue };
  FigBeside beside = { draw_plain, height_of_plain, plain_csv, figures, 2, NULL };
  const FigMetadata metadata = { 0 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 200, 100);
  cairo_t *cr = cairo_create (surface);
  g_autofree char *csv = fig_beside_csv (&beside, &metadata);
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  g_assert_cmpfloat (fig_beside_height (&beside, &theme, 200), ==, 70);
  fig_beside_draw (cr, 200, 100, &beside, &theme);
  cairo_surface_flush (surface);
  g_assert_cmphex (pixel (surface, 2, 97), ==, 0xff0000);
  g_assert_cmphex (pixel (surface, 97, 2), ==, 0xff0000);
  g_assert_cmphex (pixel (surface, 103, 2), ==, 0x0000ff);
  g_assert_cmphex (pixel (surface, 197, 97), ==, 0x0000ff);
  /* The title has a place of its own. */
  beside.title = "Two";
  g_assert_cmpfloat (fig_beside_height (&beside, &theme, 200), >, 70 + theme.font_size);
  fig_beside_draw (cr, 200, 100, &beside, &theme);
  cairo_surface_flush (surface);
  g_assert_cmphex (pixel (surface, 197, 2), !=, 0x0000ff);
  g_assert_cmphex (pixel (surface, 197, 97), ==, 0x0000ff);
  g_assert_cmpstr (csv, ==, "# title: two\n# command: #\nheight\n40\n70\n");
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_unit_traces (void)
{
  g_autoptr (NnTrace) trace = sample_trace (NN_LSTM, "Bo", 4, 3);
  const FigUnitTrace traces[] = { { .trace = trace, .unit = 3 }, { .trace = trace, .unit = 1 } };
  const FigUnitTraces both = { traces, 2, NULL }, none = { NULL, 0, "Nothing" };
  g_autofree char *csv = fig_unit_traces_csv (&both, NULL), *empty = fig_unit_traces_csv (&none, NULL);
  const char *first = strstr (csv, "LSTM,3,1,B,"), *second = strstr (csv, "LSTM,1,1,B,");
  FigTheme theme;

  fig_theme_init (&theme, FALSE);
  g_assert_cmpfloat (fig_unit_traces_height (&both, &theme, 300), ==,
                     fig_unit_trace_height (&traces[0], &theme, 300) + fig_unit_trace_height (&traces[1], &theme, 300));
  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_true (first < second);
  g_assert_true (g_str_has_prefix (csv, empty));
  g_assert_null (strstr (csv + 1, empty));
}

/* Whether anything but the background is in the rectangle. */
static gboolean
has_ink (cairo_surface_t *surface, int x, int y, int width, int height)
{
  guint32 ground = pixel (surface, 0, 0);

  for (int row = y; row < y + height; row++)
    for (int column = x; column < x + width; column++)
      if (pixel (surface, column, row) != ground)
        return TRUE;
  return FALSE;
}

/* All rows are drawn, and the type becomes smaller where the table is too wide. */
static void
test_sheet (void)
{
  g_autoptr (FigSheet) sheet = fig_sheet_new ();
  FigSheetFigure figure = { sheet, NULL };
  FigTheme theme;

  fig_sheet_add_column (sheet, "A gate that is held at a value", FALSE);
  fig_sheet_add_column (sheet, "Accuracy", TRUE);
  for (guint row = 0; row < 3; row++)
    {
      fig_sheet_add (sheet, "forget");
      fig_sheet_take (sheet, g_strdup_printf ("%u", row));
    }
  fig_theme_init (&theme, FALSE);
  for (int width = 160; width <= 480; width += 320)
    {
      int height = (int) fig_sheet_height (&figure, &theme, width);
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
      cairo_t *cr = cairo_create (surface);
      guint n_lines = 0;
      gboolean was_ink = FALSE;

      fig_sheet_draw (cr, width, height, &figure, &theme);
      cairo_surface_flush (surface);
      for (int y = 0; y < height; y++)
        {
          gboolean is_ink = has_ink (surface, 0, y, 40, 1);

          n_lines += is_ink && !was_ink;
          was_ink = is_ink;
        }
      /* The titles, the line below them, and three rows. */
      g_assert_cmpuint (n_lines, ==, 5);
      g_assert_false (has_ink (surface, width - 4, 0, 4, height));
      g_assert_false (has_ink (surface, 0, height - 2, width, 2));
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpfloat (fig_sheet_height (&figure, &theme, 160), <, fig_sheet_height (&figure, &theme, 480));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/beside/beside", test_beside);
  g_test_add_func ("/figure/beside/unit-traces", test_unit_traces);
  g_test_add_func ("/figure/beside/sheet", test_sheet);
  return g_test_run ();
}
