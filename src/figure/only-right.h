/* only-right.h: the names that one network alone gets right, as a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/test-names.h"
#include "figure/sheet.h"

G_BEGIN_DECLS

/* Networks that read the same held-out names. Everything is borrowed. */
typedef struct
{
  const NnTestNames *names;
  const char *const *labels;    /* [n_networks] */
  const guint8 *const *guesses; /* [n_networks] of [names->n_names] */
  guint n_networks;
} FigOnlyRight;

/* fig_only_right_name, fig_only_right_language, fig_only_right_guess:
 * Name @index of the names as it stands in its file, its language, and the language that @network takes it for.
 * (transfer none) */
const char *fig_only_right_name (const FigOnlyRight *right, guint index);
const char *fig_only_right_language (const FigOnlyRight *right, guint index);
const char *fig_only_right_guess (const FigOnlyRight *right, guint network, guint index);

/* fig_only_right_write:
 * The names that @network alone gets right, or with -1 those of each network in turn: which network, name, language, then
 * what each network guesses; in CSV as columns only_right, name, language, and guess_X for each network X.
 * @metadata: (nullable): for comments, where the format has some
 * Returns: (transfer full). */
char *fig_only_right_write (const FigOnlyRight *right, int network, FigSheetFormat format, const FigMetadata *metadata);

G_END_DECLS
