/* clamp.h: a gate that is held at a value, whatever the network would make of it.
 *
 * What is held is the activation, after the sigmoid (the candidate: after the tanh).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/gate-means.h"

G_BEGIN_DECLS

typedef enum
{
  NN_CLAMP_ZERO,
  NN_CLAMP_ONE,
  NN_CLAMP_MEAN, /* each unit at its own mean, see NnGateMeans */
} NnClampValue;

typedef struct
{
  NnGate gate;
  NnClampValue value;
  gboolean all_units;
  guint64 units[NN_MAX_HIDDEN / 64]; /* bit u % 64 of element u / 64: unit u is held; where not all are */
  guint64 letters;                   /* bit t: held at letter t, counted from 0; all bits: at every letter */
} NnClamp;

#define NN_CLAMP_EVERY_LETTER G_MAXUINT64

/* nn_clamp_init: @gate at @value, all units at every letter. */
void nn_clamp_init (NnClamp *clamp, NnGate gate, NnClampValue value);

/* nn_clamp_parse:
 * Reads GATE=VALUE[:UNITS][@LETTERS]. GATE is forget, input, candidate or output; VALUE is 0, 1 or mean. UNITS (counted
 * from 0) and LETTERS (from 1) are numbers and ranges, as 3,7-9; without them all are meant.
 * Errors: NN_ERROR_SETTINGS saying what is wrong and what may stand there. */
gboolean nn_clamp_parse (const char *text, NnClamp *clamp, GError **error);

/* nn_clamp_text: what nn_clamp_parse reads. (transfer full) */
char *nn_clamp_text (const NnClamp *clamp);

/* nn_clamp_check:
 * Whether @model has what is to be held. Letters beyond the end of a name are no error: names differ.
 * Errors: NN_ERROR_SETTINGS: the network has no gates, or not so many units. */
gboolean nn_clamp_check (const NnClamp *clamp, const NnModel *model, GError **error);

/* nn_clamp_holds_unit, nn_clamp_holds_letter: counted from 0. */
gboolean nn_clamp_holds_unit (const NnClamp *clamp, guint unit);
gboolean nn_clamp_holds_letter (const NnClamp *clamp, guint letter);

/* Several clamps, of which the last one that holds a gate of a unit at a letter counts. */
typedef struct
{
  GArray *clamps;     /* of NnClamp */
  NnGateMeans *means; /* (nullable): owned; must be there where a clamp holds a mean */
} NnClamps;

NnClamps *nn_clamps_new (void);
NnClamps *nn_clamps_copy (const NnClamps *clamps);
void nn_clamps_free (NnClamps *clamps);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnClamps, nn_clamps_free)

void nn_clamps_add (NnClamps *clamps, const NnClamp *clamp);

/* nn_clamps_need_means: whether one of them holds a mean. */
gboolean nn_clamps_need_means (const NnClamps *clamps);

/* nn_clamps_take_means: gives them the means, which they take over. */
void nn_clamps_take_means (NnClamps *clamps, NnGateMeans *means);

/* nn_clamps_value: what clamp @index holds @unit at. */
float nn_clamps_value (const NnClamps *clamps, guint index, guint unit);

G_END_DECLS
