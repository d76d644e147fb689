/* origin.h: what a figure's file says of where its numbers come from, and what its figure is called.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run-record.h"
#include "engine/weights.h"
#include "figure/curves.h"

G_BEGIN_DECLS

/* A network of a figure. Everything is borrowed. */
typedef struct
{
  NnKind kind;
  guint hidden;
  gboolean has_iterations; /* whether anybody knows how far it is trained */
  guint64 iterations;
  gboolean has_seed;
  guint32 seed;
  const char *preset;         /* (nullable) */
  const char *data_hash;      /* (nullable) */
  const NnSettings *settings; /* (nullable): of its run */
} FigOrigin;

/* fig_origin_init: a run as its record knows it. */
void fig_origin_init (FigOrigin *origin, const NnRunRecord *record);

/* fig_origin_init_of_weights: a network that was read from a file. @facts: what that says of it; @preset: (nullable) */
void fig_origin_init_of_weights (FigOrigin *origin, const NnModel *model, const NnWeightsFacts *facts,
                                 const char *preset);

/* fig_origins_describe: "lstm: 100000 iterations, learning rate 0.1, hidden 128, seed 1, ...; rnn: ..." in English and
 * the C locale whatever the language, for FigMetadata. (transfer full) */
char *fig_origins_describe (const FigOrigin *origins, guint n_origins);

/* Titles, in the language of the thread's figures. (transfer none), those of a name (transfer full). */
const char *fig_title_of_curves (FigMeasure measure);
const char *fig_title_of_confusion (void);
const char *fig_title_of_compare (void);
char *fig_title_of_gates (const char *name);
char *fig_title_of_units (const char *name);
char *fig_title_of_attribution (const char *name);
char *fig_title_of_substitutions (const char *name);

/* fig_label_with_file: "LSTM (lstm.run.json)": tells networks of a kind apart. (transfer full) */
char *fig_label_with_file (NnKind kind, const char *file);

G_END_DECLS
