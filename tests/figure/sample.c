/* sample.c: numbers to draw, and pictures to look into.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <math.h>
#include <string.h>

double
sample_noise (guint a, guint b)
{
  guint32 x = a * 2654435761u + b * 40503u + 12345u;

  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  x ^= x >> 16;
  return x / 4294967296.0;
}

NnHistory *
sample_history (guint n, double loss, double accuracy)
{
  NnHistory *history = nn_history_new ();

  for (guint i = 1; i <= n; i++)
    {
      double done = i / (double) n;
      NnPoint point = {
        .iteration = i * 1000,
        .loss = 2.9 + (loss - 2.9) * done,
        .accuracy = accuracy * done,
        .held_out_accuracy = i % 5 == 0 ? 0.8 * accuracy * done : NAN,
      };

      nn_history_add (history, &point);
    }
  return history;
}

NnConfusion *
sample_confusion (guint n_classes, guint seed)
{
  NnConfusion *confusion = nn_confusion_new (n_classes);

  for (guint truth = 0; truth < n_classes; truth++)
    for (guint guess = 0; guess < n_classes; guess++)
      {
        guint most = truth == guess ? 90 : 40 / n_classes + 2;
        guint64 count = (guint64) (sample_noise (truth * n_classes + guess, seed) * most);

        confusion->counts[truth * n_classes + guess] = count + (truth == guess ? 10 : 0);
        confusion->total += confusion->counts[truth * n_classes + guess];
      }
  return confusion;
}

NnTrace *
sample_trace (NnKind kind, const char *ascii, guint hidden, guint n_classes)
{
  NnTrace *trace = g_new0 (NnTrace, 1);
  guint n;

  trace->kind = kind;
  trace->hidden = hidden;
  trace->n_classes = n_classes;
  trace->length = (guint) strlen (ascii);
  g_strlcpy (trace->ascii, ascii, sizeof trace->ascii);
  n = trace->length * hidden;
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      FigRange range = fig_state_range (kind, state);

      if (state != NN_STATE_HIDDEN && !nn_kind_has_gates (kind))
        continue;
      trace->states[state] = g_new (float, n);
      for (guint i = 0; i < n; i++)
        trace->states[state][i] = (float) (range.low + (range.high - range.low) * sample_noise (i, state + 10 * kind));
    }
  trace->log_probs = g_new (float, trace->length * n_classes);
  for (guint t = 0; t < trace->length; t++)
    {
      double total = 0;

      trace->guess[t] = (t / 2) % n_classes;
      for (guint i = 0; i < n_classes; i++)
        total += i == trace->guess[t] ? 3.0 : 1.0;
      for (guint i = 0; i < n_classes; i++)
        trace->log_probs[t * n_classes + i] = (float) log ((i == trace->guess[t] ? 3.0 : 1.0) / total);
    }
  return trace;
}

char **
sample_classes (guint n)
{
  static const char *const languages[] = {
    "Arabic", "Chinese", "Czech",  "Dutch",      "English", "French",   "German",  "Greek",      "Irish",
    "Italian", "Japanese", "Korean", "Polish", "Portuguese", "Russian", "Scottish", "Spanish", "Vietnamese",
  };
  char **classes = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    classes[i] = i < G_N_ELEMENTS (languages) ? g_strdup (languages[i]) : g_strdup_printf ("Language %u", i);
  return classes;
}

guint32
sample_pixel_of (FigColor color)
{
  return 0xff000000u | (guint32) lround (color.red * 255) << 16 | (guint32) lround (color.green * 255) << 8
         | (guint32) lround (color.blue * 255);
}

cairo_surface_t *
sample_draw (FigDraw draw, gconstpointer figure, const FigTheme *theme, double width, double height)
{
  double scale = theme->device_scale;
  int wide = (int) ceil ((width + 2 * SAMPLE_MARGIN) * scale), high = (int) ceil ((height + 2 * SAMPLE_MARGIN) * scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, wide, high);
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 0, 1);
  cairo_paint (cr);
  cairo_translate (cr, SAMPLE_MARGIN, SAMPLE_MARGIN);
  draw (cr, width, height, figure, theme);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

static guint32
device_pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  guint32 pixel;

  g_assert_cmpint (x, >=, 0);
  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (x, <, cairo_image_surface_get_width (surface));
  g_assert_cmpint (y, <, cairo_image_surface_get_height (surface));
  memcpy (&pixel, data + y * cairo_image_surface_get_stride (surface) + x * 4, 4);
  return pixel | 0xff000000u;
}

guint32
sample_pixel (cairo_surface_t *surface, double x, double y)
{
  double scale, unused;

  cairo_surface_get_device_scale (surface, &scale, &unused);
  return device_pixel (surface, (int) floor ((x + SAMPLE_MARGIN) * scale), (int) floor ((y + SAMPLE_MARGIN) * scale));
}

guint
sample_count (cairo_surface_t *surface, const FigRect *rect, guint32 pixel)
{
  guint n = 0;

  for (double y = floor (rect->y); y < fig_rect_bottom (rect); y++)
    for (double x = floor (rect->x); x < fig_rect_right (rect); x++)
      n += sample_pixel (surface, x + 0.5, y + 0.5) == pixel;
  return n;
}

void
sample_assert_inside (FigDraw draw, gconstpointer figure, const FigTheme *theme, double width, double height)
{
  cairo_surface_t *surface = sample_draw (draw, figure, theme, width, height);
  double scale = theme->device_scale;
  int wide = cairo_image_surface_get_width (surface), high = cairo_image_surface_get_height (surface);
  int left = (int) (SAMPLE_MARGIN * scale), right = (int) ceil ((SAMPLE_MARGIN + width) * scale);
  int bottom = (int) ceil ((SAMPLE_MARGIN + height) * scale);

  for (int y = 0; y < high; y++)
    for (int x = 0; x < wide; x++)
      if (x < left || x >= right || y < left || y >= bottom)
        g_assert_cmphex (device_pixel (surface, x, y), ==, SAMPLE_OUTSIDE);
  cairo_surface_destroy (surface);
}

char *
sample_run (const char *program, const char *argument, const char *path)
{
  const char *argv[] = { program, argument, path, "-", NULL };
  g_autofree char *found = g_find_program_in_path (program);
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status;

  if (found == NULL)
    return NULL;
  if (strcmp (program, "pdftotext") != 0)
    argv[3] = NULL;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  return output;
}
