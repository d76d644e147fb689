/* figure-gates.h: what the figures of one name have of their own: how the gates are shown, analyses of the name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/figure-page.h"
#include "engine/units.h"

G_BEGIN_DECLS

/* What --detail and --order say of the gates. */
typedef struct
{
  FigGatesDetail detail;
  NnUnitOrder order;
  const char *order_name; /* (nullable): for the figure */
} CliGatesChoice;

/* cli_gates_choice_init: Errors: CLI_ERROR_USAGE. */
gboolean cli_gates_choice_init (CliGatesChoice *choice, const CliFigureOptions *options, GError **error);

/* cli_gates_choice_apply:
 * Gives @reading its order of units and its most telling units.
 * @owned: (element-type guint): takes what the reading borrows; frees with g_free */
void cli_gates_choice_apply (const CliGatesChoice *choice, FigReading *reading, GPtrArray *owned);

/* cli_figure_substitutions_of, cli_figure_attribution_of:
 * Draw what other letters would make of a name, and which of its letters counted, for one network.
 * @ascii: a reduced name that passes nn_name_check
 * @label, @description: of the network, for the figure and for its file
 * Errors: FIG_ERROR. */
gboolean cli_figure_substitutions_of (const CliFigureOptions *options,
                                      const NnModel *model,
                                      const char *ascii,
                                      const char *label,
                                      const char *description,
                                      GError **error);
gboolean cli_figure_attribution_of (const CliFigureOptions *options,
                                    const NnModel *model,
                                    const char *ascii,
                                    const char *label,
                                    const char *description,
                                    GError **error);

G_END_DECLS
