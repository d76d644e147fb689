/* export.c: a figure as a file.
 *
 * The file is made in memory and its status checked before anything touches the disk: Cairo's own file surfaces write
 * half a file when the disk is full, and the PDF one doesn't even say so.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/export.h"

#include "figure/export-formats.h"
#include "figure/i18n.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_DPI 300.0
#define LARGEST_SIDE 14400.0 /* points; what PDF readers go up to, 200 inches */

G_DEFINE_QUARK (fig-error-quark, fig_error)

static const char *const endings[FIG_N_FORMATS] = {
  [FIG_FORMAT_PNG] = ".png", [FIG_FORMAT_SVG] = ".svg", [FIG_FORMAT_PDF] = ".pdf",
  [FIG_FORMAT_CSV] = ".csv", [FIG_FORMAT_TEX] = ".tex",
};

const char *
fig_format_ending (FigFormat format)
{
  g_return_val_if_fail ((guint) format < FIG_N_FORMATS, NULL);
  return endings[format];
}

gboolean
fig_format_from_path (const char *path, FigFormat *format, GError **error)
{
  g_autofree char *shown = NULL;
  gsize length;

  g_return_val_if_fail (path != NULL && format != NULL, FALSE);
  length = strlen (path);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (length > 4 && g_ascii_strcasecmp (path + length - 4, endings[i]) == 0)
      {
        *format = (FigFormat) i;
        return TRUE;
      }
  shown = g_filename_display_name (path);
  g_set_error (error, FIG_ERROR, FIG_ERROR_FORMAT,
               _ ("%s: the ending says no format; give a name that ends in .png, .svg, .pdf, .csv or .tex"), shown);
  return FALSE;
}

gboolean
fig_export_check (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, FIG_ERROR, FIG_ERROR_DRAW, _ ("the figure can't be drawn (%s); try a smaller size"),
               cairo_status_to_string (status));
  return FALSE;
}

cairo_status_t
fig_export_append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* What goes wrong is told in the interface's language, so the figure's is chosen for the drawing alone. */
void
fig_export_draw (const FigPage *page, cairo_t *cr)
{
  fig_language_push (page->language);
  page->draw (cr, page->width, page->height, page->figure, page->theme);
  fig_language_pop ();
}

/* A text that the figure writes itself. */
static GBytes *
export_text (const FigPage *page, FigFormat format, GError **error)
{
  char *text = NULL;

  fig_language_push (page->language);
  if (format == FIG_FORMAT_CSV && page->csv != NULL)
    text = page->csv (page->figure, &page->metadata);
  else if (format == FIG_FORMAT_TEX && page->tex != NULL)
    text = page->tex (page->figure, page);
  fig_language_pop ();
  if (text != NULL)
    return g_bytes_new_take (text, strlen (text));
  if (page->csv != NULL)
    g_set_error (error, FIG_ERROR, FIG_ERROR_FORMAT,
                 _ ("this figure can't be a %s file; give a name that ends in .png, .svg, .pdf or .csv"),
                 endings[format]);
  else
    g_set_error (error, FIG_ERROR, FIG_ERROR_FORMAT,
                 _ ("this figure is several in one and can't be a %s file; export each of them, or give a name that ends "
                    "in .png, .svg or .pdf"),
                 endings[format]);
  return NULL;
}

static GBytes *
export_page (const FigPage *page, FigFormat format, GError **error)
{
  switch (format)
    {
    case FIG_FORMAT_SVG:
      return fig_export_svg (page, error);
    case FIG_FORMAT_PDF:
      return fig_export_pdf (page, error);
    case FIG_FORMAT_CSV:
    case FIG_FORMAT_TEX:
      return export_text (page, format, error);
    case FIG_FORMAT_PNG:
    default:
      return fig_export_png (page, error);
    }
}

GBytes *
fig_export_to_bytes (const FigPage *page, FigFormat format, GError **error)
{
  FigPage sized;
  FigTheme theme;

  g_return_val_if_fail (page != NULL && page->draw != NULL && page->theme != NULL, NULL);
  if (!(page->width >= 1 && page->height >= 1 && page->width <= LARGEST_SIDE && page->height <= LARGEST_SIDE))
    {
      g_set_error (error, FIG_ERROR, FIG_ERROR_SIZE,
                   _ ("a figure of %.0f by %.0f points can't be made; give sides from 1 to %.0f points"), page->width,
                   page->height, LARGEST_SIDE);
      return NULL;
    }
  sized = *page;
  sized.theme = &theme;
  if (sized.language == NULL)
    sized.language = fig_language_of_figures ();
  if (!(sized.dpi > 0))
    sized.dpi = DEFAULT_DPI;
  theme = *page->theme;
  theme.plain_numbers = TRUE;
  theme.target = format == FIG_FORMAT_PNG ? FIG_TARGET_SCREEN : FIG_TARGET_VECTOR;
  theme.device_scale = format == FIG_FORMAT_PNG ? sized.dpi / 72.0 : 1.0;
  fig_theme_set_language (&theme, sized.language);
  return export_page (&sized, format, error);
}

/* What a person can do about it. */
static const char *
advice (int code)
{
  switch (code)
    {
    case ENOENT:
    case ENOTDIR:
      return _ ("there is no such folder; make it, or choose another");
    case EACCES:
    case EPERM:
    case EROFS:
      return _ ("writing there is not allowed; choose another folder");
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return _ ("there is no space left; free some, or choose another folder");
    case ENAMETOOLONG:
      return _ ("the name is too long; choose a shorter one");
    default:
      return NULL;
    }
}

static gboolean
refuse (const char *path, const char *what, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, FIG_ERROR, FIG_ERROR_WRITE, "%s: %s", shown, what);
  return FALSE;
}

/* The codes that g_file_set_contents_full gives in place of errno. */
static int
code_of (const GError *error)
{
  static const int codes[][2] = {
    { G_FILE_ERROR_NOENT, ENOENT }, { G_FILE_ERROR_NOTDIR, ENOTDIR },        { G_FILE_ERROR_ACCES, EACCES },
    { G_FILE_ERROR_PERM, EPERM },   { G_FILE_ERROR_ROFS, EROFS },            { G_FILE_ERROR_NOSPC, ENOSPC },
    { G_FILE_ERROR_NAMETOOLONG, ENAMETOOLONG },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_FILE_ERROR, codes[i][0]))
      return codes[i][1];
  return 0;
}

gboolean
fig_save (const char *path, const char *contents, gssize length, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *folder = NULL, *what = NULL;
  char *resolved;
  const char *target = path;
  GStatBuf info;
  gboolean saved;

  g_return_val_if_fail (path != NULL && contents != NULL, FALSE);
  /* Replacing a link or a device by a file is not what "write to it" means. */
  resolved = realpath (path, NULL);
  if (resolved != NULL)
    target = resolved;
  saved = g_stat (target, &info) != 0 || S_ISREG (info.st_mode);
  if (!saved)
    refuse (path, S_ISDIR (info.st_mode) ? _ ("is a folder; give the name of a file in it")
                                         : _ ("is not a file; give another name"), error);
  folder = g_path_get_dirname (target);
  if (saved && !g_file_test (folder, G_FILE_TEST_IS_DIR))
    saved = refuse (path, advice (ENOENT), error);
  if (saved)
    {
      saved = g_file_set_contents_full (target, contents, length,
                                        G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
                                        &local_error);
      if (!saved)
        {
          const char *known = advice (code_of (local_error));

          /* Translators: %s is what the system says. */
          what = known != NULL
                   ? g_strdup (known)
                   : g_strdup_printf (_ ("can't be written (%s); choose another folder"), local_error->message);
          refuse (path, what, error);
        }
    }
  free (resolved);
  return saved;
}

gboolean
fig_export (const FigPage *page, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  FigFormat format;
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (page != NULL && path != NULL, FALSE);
  if (!fig_format_from_path (path, &format, error))
    return FALSE;
  bytes = fig_export_to_bytes (page, format, error);
  if (bytes == NULL)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", shown);
      return FALSE;
    }
  data = g_bytes_get_data (bytes, &size);
  return fig_save (path, data, (gssize) size, error);
}
