/* export-settings.c: how a figure is exported, from one time to the next.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/export-settings.h"

#include "figure/language.h"

#include <math.h>
#include <string.h>

void
scope_export_settings_init (ScopeExportSettings *settings)
{
  *settings = (ScopeExportSettings){ .format = FIG_FORMAT_PDF, .width = 170, .font_size = 9, .dpi = 300 };
}

double
scope_points (double millimetres)
{
  return millimetres * 72.0 / 25.4;
}

/* A tenth of a millimetre is as fine as anybody asks for, and is told exactly. */
static double
load_length (GSettings *store, const char *key)
{
  return round (g_settings_get_double (store, key) * 10) / 10;
}

void
scope_export_settings_load (ScopeExportSettings *settings, GSettings *store)
{
  g_autofree char *format = g_settings_get_string (store, "export-format");
  g_autofree char *language = g_settings_get_string (store, "export-language");

  scope_export_settings_init (settings);
  for (guint i = 0; i < FIG_N_FORMATS; i++)
    if (strcmp (format, fig_format_ending (i) + 1) == 0)
      settings->format = i;
  settings->width = load_length (store, "export-width");
  settings->height = load_length (store, "export-height");
  settings->font_size = load_length (store, "export-font-size");
  settings->dpi = g_settings_get_uint (store, "export-dpi");
  settings->dark = g_settings_get_boolean (store, "export-dark");
  settings->transparent = g_settings_get_boolean (store, "export-transparent");
  settings->titled = g_settings_get_boolean (store, "export-title");
  settings->language = fig_language_exists (language) ? g_intern_string (language) : NULL;
}

void
scope_export_settings_save (const ScopeExportSettings *settings, GSettings *store)
{
  g_settings_set_string (store, "export-format", fig_format_ending (settings->format) + 1);
  g_settings_set_double (store, "export-width", settings->width);
  g_settings_set_double (store, "export-height", settings->height);
  g_settings_set_double (store, "export-font-size", settings->font_size);
  g_settings_set_uint (store, "export-dpi", (guint) settings->dpi);
  g_settings_set_boolean (store, "export-dark", settings->dark);
  g_settings_set_boolean (store, "export-transparent", settings->transparent);
  g_settings_set_boolean (store, "export-title", settings->titled);
  g_settings_set_string (store, "export-language", settings->language != NULL ? settings->language : "");
}
