/* export.c: figures as files: their formats, what they say of themselves, and that they are the same every time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "figure/heatmap.h"

#include <glib/gstdio.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#define TITLE "Loss <of> \"three\" & more, \xe6\x8d\x9f\xe5\xa4\xb1"
#define DESCRIPTION "rnn, lstm; preset report; seed 1; data 0123abcd"
#define COMMAND "gatescope-cli figure loss --run 'a&b.run.json'"

/* One of each kind of figure, with what they borrow. */
typedef struct
{
  NnHistory *history;
  NnConfusion *counts;
  NnTrace *traces[2];
  char **classes;
  FigSeries series;
  FigMatrix matrix;
  FigReading readings[2];
  FigCurves curves;
  FigConfusion confusion;
  FigGates gates;
  FigTheme theme;
  FigPage pages[3];
} Sample;

static void
set_up_sized (Sample *sample, guint hidden, const char *name)
{
  sample->history = sample_history (100, 0.5, 0.85);
  sample->counts = sample_confusion (18, 1);
  sample->classes = sample_classes (18);
  sample->series = (FigSeries){ NULL, NN_LSTM, sample->history, 0 };
  sample->matrix = (FigMatrix){ NULL, NN_LSTM, sample->counts, FIG_COUNTED_DRAWS };
  for (guint i = 0; i < 2; i++)
    {
      sample->traces[i] = sample_trace (i, name, hidden, 18);
      sample->readings[i] = (FigReading){ NULL, i, sample->traces[i], 100000 };
    }
  sample->curves = (FigCurves){ FIG_MEASURE_ACCURACY, &sample->series, 1, 100000, 18, TRUE, 0, NULL };
  sample->confusion = (FigConfusion){ &sample->matrix, 1, (const char *const *) sample->classes, 18, NULL };
  sample->gates = (FigGates){
    .name = name, .readings = sample->readings, .n_readings = 2, .classes = (const char *const *) sample->classes,
    .n_classes = 18,
  };
  fig_theme_init (&sample->theme, FALSE);
  for (guint i = 0; i < 3; i++)
    sample->pages[i] = (FigPage){
      .theme = &sample->theme, .width = 482, .height = 300, .dpi = 150, .metadata = { TITLE, DESCRIPTION, COMMAND },
    };
  sample->pages[0].draw = FIG_DRAW (fig_curves_draw);
  sample->pages[0].figure = &sample->curves;
  sample->pages[1].draw = FIG_DRAW (fig_confusion_draw);
  sample->pages[1].figure = &sample->confusion;
  sample->pages[2].draw = FIG_DRAW (fig_gates_draw);
  sample->pages[2].figure = &sample->gates;
  sample->pages[2].height = 800;
}

static void
set_up (Sample *sample, gconstpointer data)
{
  set_up_sized (sample, 64, "Sato Ngo");
}

/* 64 letters of 512 units: more than are drawn as rectangles. */
static void
set_up_large (Sample *sample, gconstpointer data)
{
  set_up_sized (sample, 512, "Wolfeschlegelsteinhausenbergerdorff van den Berg, O'Neill; Jr. X");
}

static void
tear_down (Sample *sample, gconstpointer data)
{
  nn_history_free (sample->history);
  nn_confusion_free (sample->counts);
  for (guint i = 0; i < 2; i++)
    nn_trace_free (sample->traces[i]);
  g_strfreev (sample->classes);
}

static GBytes *
export (const FigPage *page, FigFormat format)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = fig_export_to_bytes (page, format, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return bytes;
}

static void
test_same_bytes (Sample *sample, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    for (guint format = 0; format < 3; format++)
      {
        g_autoptr (GBytes) first = export (&sample->pages[i], format);
        g_autoptr (GBytes) second = export (&sample->pages[i], format);

        g_assert_cmpuint (g_bytes_get_size (first), >, 1000);
        g_assert_true (g_bytes_equal (first, second));
      }
}

/* A file doesn't know on which screen its theme was shown. */
static void
test_screen_left_out (Sample *sample, gconstpointer data)
{
  FigTheme other = sample->theme;
  FigPage page = sample->pages[0];

  other.device_scale = 2.5;
  other.target = FIG_TARGET_VECTOR;
  page.theme = &other;
  for (guint format = 0; format < 3; format++)
    {
      g_autoptr (GBytes) first = export (&sample->pages[0], format), second = export (&page, format);

      g_assert_true (g_bytes_equal (first, second));
    }
}

static guint32
big_endian (const guchar *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

/* Gives the data of the PNG chunk of that type whose data begin with @start, and how many bytes that is. */
static const guchar *
find_chunk (GBytes *bytes, const char *type, const char *start, gsize *length)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);

  for (gsize at = 8; at + 12 <= size;)
    {
      gsize n = big_endian (data + at);

      if (memcmp (data + at + 4, type, 4) == 0 && n >= strlen (start)
          && memcmp (data + at + 8, start, strlen (start)) == 0)
        {
          *length = n;
          return data + at + 8;
        }
      at += 12 + n;
    }
  return NULL;
}

static gboolean
contains (const guchar *data, gsize length, const char *text)
{
  return memmem (data, length, text, strlen (text)) != NULL;
}

static void
test_png (Sample *sample, gconstpointer data)
{
  g_autoptr (GBytes) bytes = export (&sample->pages[0], FIG_FORMAT_PNG);
  g_autoptr (GBytes) transparent = NULL, plain = NULL;
  gsize length;
  const guchar *chunk = find_chunk (bytes, "IHDR", "", &length);

  g_assert_nonnull (chunk);
  g_assert_cmpuint (big_endian (chunk), ==, (guint) lround (482 * 150 / 72.0));
  g_assert_cmpuint (big_endian (chunk + 4), ==, 625);
  g_assert_cmpuint (chunk[9], ==, 2); /* colour without alpha */
  chunk = find_chunk (bytes, "pHYs", "", &length);
  g_assert_nonnull (chunk);
  g_assert_cmpuint (big_endian (chunk), ==, 5906);
  g_assert_cmpuint (big_endian (chunk + 4), ==, 5906);
  g_assert_cmpuint (chunk[8], ==, 1); /* a metre */
  chunk = find_chunk (bytes, "iTXt", "Title", &length);
  g_assert_true (chunk != NULL && contains (chunk, length, TITLE));
  chunk = find_chunk (bytes, "tEXt", "Description", &length);
  g_assert_true (chunk != NULL && contains (chunk, length, DESCRIPTION));
  chunk = find_chunk (bytes, "tEXt", "Source", &length);
  g_assert_true (chunk != NULL && contains (chunk, length, COMMAND));

  sample->pages[0].dpi = 0;
  plain = export (&sample->pages[0], FIG_FORMAT_PNG);
  g_assert_cmpuint (big_endian (find_chunk (plain, "pHYs", "", &length)), ==, 11811);
  sample->theme.transparent = TRUE;
  transparent = export (&sample->pages[0], FIG_FORMAT_PNG);
  g_assert_cmpuint (find_chunk (transparent, "IHDR", "", &length)[9], ==, 6);
}

static void
draw_half_red (cairo_t *cr, double width, double height, gconstpointer figure, const FigTheme *theme)
{
  cairo_set_source_rgba (cr, 1, 0.25, 0, 0.5);
  cairo_rectangle (cr, 0, 0, width, height / 2);
  cairo_fill (cr);
}

/* Colours come out as they were meant, not multiplied by their alpha. */
static void
test_png_alpha (Sample *sample, gconstpointer data)
{
  FigPage page = { .draw = draw_half_red, .theme = &sample->theme, .width = 10, .height = 10, .dpi = 72 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf;
  const guchar *pixels;

  sample->theme.transparent = TRUE;
  bytes = export (&page, FIG_FORMAT_PNG);
  gdk_pixbuf_loader_write_bytes (loader, bytes, &error);
  g_assert_no_error (error);
  gdk_pixbuf_loader_close (loader, &error);
  g_assert_no_error (error);
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 10);
  pixels = gdk_pixbuf_get_pixels (pixbuf);
  g_assert_cmpuint (pixels[0], ==, 255);
  g_assert_cmpint (ABS (pixels[1] - 64), <=, 1);
  g_assert_cmpuint (pixels[2], ==, 0);
  g_assert_cmpint (ABS (pixels[3] - 128), <=, 1);
  g_assert_cmpuint (pixels[9 * gdk_pixbuf_get_rowstride (pixbuf) + 3], ==, 0);
}

/* What the test reads of an SVG file. */
typedef struct
{
  GPtrArray *open; /* names of the elements that are open, borrowed from GLib */
  GString *title;
  GString *source;
  guint n_metadata;
  guint n_images;
  char *width;
} Svg;

static void
svg_start (GMarkupParseContext *context,
           const char *name,
           const char **names,
           const char **values,
           gpointer data,
           GError **error)
{
  Svg *svg = data;

  svg->n_metadata += strcmp (name, "metadata") == 0;
  svg->n_images += strcmp (name, "image") == 0;
  for (guint i = 0; names[i] != NULL && strcmp (name, "svg") == 0; i++)
    if (strcmp (names[i], "width") == 0)
      svg->width = g_strdup (values[i]);
}

static void
svg_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Svg *svg = data;
  const char *element = g_markup_parse_context_get_element (context);

  if (g_strcmp0 (element, "title") == 0)
    g_string_append_len (svg->title, text, (gssize) length);
  if (g_strcmp0 (element, "dc:source") == 0)
    g_string_append_len (svg->source, text, (gssize) length);
}

static void
assert_svg (GBytes *bytes, gboolean has_image)
{
  static const GMarkupParser parser = { .start_element = svg_start, .text = svg_text };
  Svg svg = { .title = g_string_new (NULL), .source = g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &svg, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  g_markup_parse_context_parse (context, text, (gssize) size, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (svg.title->str, ==, TITLE);
  g_assert_cmpstr (svg.source->str, ==, COMMAND);
  g_assert_cmpuint (svg.n_metadata, ==, 1);
  g_assert_cmpstr (svg.width, ==, "482pt");
  g_assert_true ((svg.n_images > 0) == has_image);
  g_string_free (svg.title, TRUE);
  g_string_free (svg.source, TRUE);
  g_free (svg.width);
}

static void
test_svg (Sample *sample, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GBytes) bytes = export (&sample->pages[i], FIG_FORMAT_SVG);

      /* Heat maps are rectangles, but for the large ones. */
      assert_svg (bytes, i == 2 && data != NULL);
    }
}

/* Writes @page and gives the path; the caller removes it. (transfer full) */
static char *
write_page (const FigPage *page, const char *ending)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat ("figure", ending, NULL);
  g_autofree char *folder = g_dir_make_tmp ("gatescope-XXXXXX", &error);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_no_error (error);
  g_assert_true (fig_export (page, path, &error));
  g_assert_no_error (error);
  return path;
}

static void
remove_page (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_remove (path), ==, 0);
  /* Nothing else was left there. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_xmllint (Sample *sample, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *path = write_page (&sample->pages[i], ".SVG");
      g_autofree char *output = sample_run ("xmllint", "--noout", path);

      remove_page (path);
      if (output == NULL)
        {
          g_test_skip ("xmllint is not installed");
          return;
        }
      g_assert_cmpstr (output, ==, "");
    }
}

static void
assert_found (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      g_error ("\"%s\" is not in:\n%s", words[i], text);
}

/* Text is text, and all the names of the matrix are there in full. */
static void
test_pdf_text (Sample *sample, gconstpointer data)
{
  static const char *const words[3][8] = {
    { "LSTM", "training: mean of each 1,000 iterations", "names held out", "iteration", "100 %", "20 k",
      "chance: 5.6 %" },
    { "LSTM", "guess", "class-uniform draws", "100 %" },
    { "RNN", "forget gate", "cell state", "clipped", "100,000 iterations", "probability, %" },
  };

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *path = write_page (&sample->pages[i], ".pdf");
      g_autofree char *text = sample_run ("pdftotext", "-raw", path);

      remove_page (path);
      if (text == NULL)
        {
          g_test_skip ("pdftotext is not installed");
          return;
        }
      assert_found (text, words[i]);
      if (i == 1)
        assert_found (text, (const char *const *) sample->classes);
    }
}

static void
test_pdf_facts (Sample *sample, gconstpointer data)
{
  static const char *const facts[] = {
    TITLE, DESCRIPTION, COMMAND, "2000", "482 x 300 pts", NULL,
  };
  g_autofree char *path = write_page (&sample->pages[0], ".Pdf");
  g_autofree char *text = sample_run ("pdfinfo", "-rawdates", path);

  remove_page (path);
  if (text == NULL)
    g_test_skip ("pdfinfo is not installed");
  else
    assert_found (text, facts);
}

static double
cell_value (guint row, guint column, gconstpointer data)
{
  return sample_noise (row, column);
}

/* A heat map alone. @figure: how many rows and columns it has */
static void
draw_cells (cairo_t *cr, double width, double height, gconstpointer figure, const FigTheme *theme)
{
  const guint *sides = figure;
  FigHeatmap heatmap = { sides[0], sides[1], cell_value, NULL, { FIG_MAP_SEQUENTIAL, FALSE, 0, 1 } };

  fig_heatmap_draw (cr, theme, &heatmap, &(FigRect){ 0, 0, width, height });
}

/* Up to 20,000 cells are rectangles, one more is an image, in both kinds of vector file. */
static void
test_cells (Sample *sample, gconstpointer data)
{
  static const struct
  {
    guint sides[2];
    gboolean image;
  } cases[] = { { { 200, 100 }, FALSE }, { { 339, 59 }, TRUE } };

  g_assert_cmpuint (cases[0].sides[0] * cases[0].sides[1], ==, 20000);
  g_assert_cmpuint (cases[1].sides[0] * cases[1].sides[1], ==, 20001);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FigPage page = { .draw = draw_cells, .figure = cases[i].sides, .theme = &sample->theme, .width = 300, .height = 300 };
      g_autoptr (GBytes) svg = export (&page, FIG_FORMAT_SVG), pdf = export (&page, FIG_FORMAT_PDF);

      g_assert_cmpint (contains (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg), "<image"), ==, cases[i].image);
      g_assert_cmpint (contains (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), "/Subtype /Image"), ==,
                       cases[i].image);
    }
}

static void
test_format (void)
{
  static const struct
  {
    const char *path;
    FigFormat format;
  } known[] = {
    { "a.png", FIG_FORMAT_PNG }, { "/x/a.b.SVG", FIG_FORMAT_SVG }, { "r\xc3\xa9sum\xc3\xa9.Pdf", FIG_FORMAT_PDF },
    { "n.CSV", FIG_FORMAT_CSV }, { "a.tex", FIG_FORMAT_TEX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      FigFormat format = (FigFormat) -1;

      g_assert_true (fig_format_from_path (known[i].path, &format, NULL));
      g_assert_cmpint (format, ==, known[i].format);
    }
}

#define ADD(name, function) g_test_add ("/export/" name, Sample, NULL, set_up, function, tear_down)
#define ADD_LARGE(name, function) g_test_add ("/export/" name, Sample, "large", set_up_large, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("same-bytes", test_same_bytes);
  ADD_LARGE ("same-bytes-large", test_same_bytes);
  ADD ("screen-left-out", test_screen_left_out);
  ADD ("png", test_png);
  ADD ("png-alpha", test_png_alpha);
  ADD ("svg", test_svg);
  ADD_LARGE ("svg-large", test_svg);
  ADD ("xmllint", test_xmllint);
  ADD ("pdf-text", test_pdf_text);
  ADD ("pdf-facts", test_pdf_facts);
  ADD ("cells", test_cells);
  g_test_add_func ("/export/format", test_format);
  return g_test_run ();
}
