/* figure-curves.h: how "figure loss" and "figure accuracy" draw their lines.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/preset.h"
#include "figure/curves.h"

G_BEGIN_DECLS

/* The options as they were given, NULL where they were not. */
typedef struct
{
  char *smoothing;
  char *iterations;
  char *loss_range;
  char *accuracy_range;
  gboolean logarithmic;
  gboolean report_values;
  gboolean bands;
} CliCurvesOptions;

void cli_curves_options_clear (CliCurvesOptions *options);

/* cli_curves_options_check_unused: for the other figures. Errors: CLI_ERROR_USAGE, naming an option that was given. */
gboolean cli_curves_options_check_unused (const CliCurvesOptions *options, GError **error);

/* cli_curves_options_apply: sets what the options say of @curves, which has its measure. Errors: CLI_ERROR_USAGE. */
gboolean cli_curves_options_apply (const CliCurvesOptions *options, FigCurves *curves, GError **error);

G_END_DECLS
