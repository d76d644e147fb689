/* export-png.c: a figure as a PNG file that knows its resolution.
 *
 * gdk-pixbuf writes it: Cairo's own writer knows neither resolution nor text chunks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/export-formats.h"

#include "figure/i18n.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>

#define LARGEST_SIDE 32767  /* pixels: Cairo's limit */
#define MOST_PIXELS 250e6   /* a gigabyte of memory */

static cairo_surface_t *
draw_image (const FigPage *page, GError **error)
{
  double scale = page->dpi / 72.0, width = round (page->width * scale), height = round (page->height * scale);
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (width > LARGEST_SIDE || height > LARGEST_SIDE || width * height > MOST_PIXELS || width < 1 || height < 1)
    {
      g_set_error (error, FIG_ERROR, FIG_ERROR_SIZE,
                   _ ("an image of %.0f by %.0f pixels can't be made; give a lower resolution or a smaller size"),
                   width, height);
      return NULL;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  cr = cairo_create (surface);
  cairo_scale (cr, width / page->width, height / page->height);
  fig_export_draw (page, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  if (fig_export_check (status, error))
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

static guchar
divide_alpha (guint channel, guint alpha)
{
  return alpha == 0 ? 0 : (guchar) MIN (255, (channel * 255 + alpha / 2) / alpha);
}

/* Cairo multiplies colours by their alpha, gdk-pixbuf doesn't; where nothing is transparent there's no alpha at all. */
static GdkPixbuf *
new_pixbuf (cairo_surface_t *surface, gboolean has_alpha)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  const guchar *from = cairo_image_surface_get_data (surface);
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, has_alpha, 8, width, height);
  gsize row_stride;
  guchar *to;

  if (pixbuf == NULL)
    return NULL;
  to = gdk_pixbuf_get_pixels (pixbuf);
  row_stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  for (int y = 0; y < height; y++)
    {
      const guint32 *pixels = (const guint32 *) (const void *) (from + (gsize) y * stride);
      guchar *out = to + (gsize) y * row_stride;

      for (int x = 0; x < width; x++)
        {
          guint alpha = pixels[x] >> 24;

          *out++ = divide_alpha ((pixels[x] >> 16) & 0xff, alpha);
          *out++ = divide_alpha ((pixels[x] >> 8) & 0xff, alpha);
          *out++ = divide_alpha (pixels[x] & 0xff, alpha);
          if (has_alpha)
            *out++ = (guchar) alpha;
        }
    }
  return pixbuf;
}

static void
add_option (GPtrArray *keys, GPtrArray *values, const char *key, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_ptr_array_add (keys, g_strdup (key));
  g_ptr_array_add (values, g_strdup (value));
}

GBytes *
fig_export_png (const FigPage *page, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) local_error = NULL;
  cairo_surface_t *surface = draw_image (page, error);
  char dpi[16];
  char *data;
  gsize size;

  if (surface == NULL)
    return NULL;
  pixbuf = new_pixbuf (surface, page->theme->transparent);
  cairo_surface_destroy (surface);
  if (pixbuf == NULL)
    {
      fig_export_check (CAIRO_STATUS_NO_MEMORY, error);
      return NULL;
    }
  g_snprintf (dpi, sizeof dpi, "%d", (int) lround (page->dpi));
  add_option (keys, values, "x-dpi", dpi);
  add_option (keys, values, "y-dpi", dpi);
  add_option (keys, values, "tEXt::Title", page->metadata.title);
  add_option (keys, values, "tEXt::Description", page->metadata.description);
  add_option (keys, values, "tEXt::Source", page->metadata.command);
  add_option (keys, values, "tEXt::Software", "Gatescope");
  g_ptr_array_add (keys, NULL);
  g_ptr_array_add (values, NULL);
  if (gdk_pixbuf_save_to_bufferv (pixbuf, &data, &size, "png", (char **) keys->pdata, (char **) values->pdata,
                                  &local_error))
    return g_bytes_new_take (data, size);
  g_set_error (error, FIG_ERROR, FIG_ERROR_DRAW, _ ("the image can't be made (%s); try a smaller size"),
               local_error->message);
  return NULL;
}
