/* export-settings.h: how a figure is exported, from one time to the next.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/export.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  FigFormat format;
  double width;     /* millimetres */
  double height;    /* millimetres; 0: what the figure needs at that width */
  double font_size; /* points */
  double dpi;       /* of a PNG */
  gboolean dark;
  gboolean transparent;
  gboolean titled;
  const char *language; /* one that fig_language_exists knows; NULL for the interface's */
} ScopeExportSettings;

/* scope_export_settings_init: what a file has where nobody says anything. */
void scope_export_settings_init (ScopeExportSettings *settings);

/* scope_export_settings_load: those of the last time. */
void scope_export_settings_load (ScopeExportSettings *settings, GSettings *store);
void scope_export_settings_save (const ScopeExportSettings *settings, GSettings *store);

/* scope_points: millimetres as points, in the very digits that gatescope-cli has. */
double scope_points (double millimetres);

G_END_DECLS
