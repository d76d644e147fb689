/* figure-gates.h: what the figures of one name have of their own: how it is read and shown, analyses of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/figure-page.h"
#include "cli/gates-clamp.h"
#include "cli/name.h"
#include "engine/units.h"

G_BEGIN_DECLS

/* What --detail, --order, --clamp, --pin and --second say, and what was read so. */
typedef struct
{
  FigGatesDetail detail;
  NnUnitOrder order;
  GArray *clamps; /* of what figure-gates.c makes of --clamp */
  GArray *pins;   /* likewise of --pin */
  CliName second; /* given is NULL where there is none */

  /* What readings borrow. */
  GPtrArray *traces; /* of NnTrace */
  GPtrArray *held;   /* of NnClamps */
  GPtrArray *owned;  /* of what g_free frees */
} CliGatesChoice;

/* cli_gates_choice_init:
 * Reads the options for @n_networks networks.
 * Errors: CLI_ERROR_USAGE; CLI_ERROR_FAILED for a second name that can't be read. */
gboolean cli_gates_choice_init (CliGatesChoice *choice,
                                const CliFigureOptions *options,
                                guint n_networks,
                                GError **error);
void cli_gates_choice_clear (CliGatesChoice *choice);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliGatesChoice, cli_gates_choice_clear)

/* cli_gates_choice_needs_data: whether a gate is held at its mean. */
gboolean cli_gates_choice_needs_data (const CliGatesChoice *choice);

/* cli_gates_choice_read:
 * Reads the name with a network, as the options say, into @reading, which borrows from the choice; its label, kind and
 * iterations are there already.
 * @index: of the network, from 0
 * Errors: CLI_ERROR_USAGE: there is no such unit, or no gate to hold. */
gboolean cli_gates_choice_read (CliGatesChoice *choice,
                                const CliClamped *network,
                                guint index,
                                const char *ascii,
                                FigReading *reading,
                                GError **error);

/* One network's figure of a name, and what it borrows. */
typedef struct
{
  NnSubstitution *map;
  NnOcclusion *occlusion;
  NnDecomposition *sum;
  NnGradientXInput gradient;
  FigLetters letters;
  FigAttribution attribution;
  FigSubstitution substitution;
  FigUnitTraces units;
} CliNameDrawing;

/* cli_name_drawing_init:
 * Works out what @figure shows of @reading's name.
 * @with_sums: a network without an exact sum of its letters keeps the place of one free
 * Returns: what is drawn, (transfer none). */
gconstpointer cli_name_drawing_init (CliNameDrawing *drawing,
                                     FigBesideKind figure,
                                     const NnModel *model,
                                     const FigReading *reading,
                                     gboolean with_sums,
                                     CliGatesChoice *choice);
void cli_name_drawing_clear (CliNameDrawing *drawing);

G_END_DECLS
