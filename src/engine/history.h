/* history.h: the curves of a training run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many iterations one point of the curves covers, as the report draws them. */
#define NN_POINT_ITERATIONS 1000

/* One point: over the names of the iterations since the point before it, each counted before its own update. */
typedef struct
{
  guint64 iteration;        /* the last iteration that the point covers, counted from 1 */
  double loss;              /* mean negative log-likelihood */
  double accuracy;          /* share of right guesses, 0..1 */
  double held_out_accuracy; /* measured at this iteration, 0..1; NaN where it was not */
} NnPoint;

/* The most points that are kept: when there are so many, each two become one. */
#define NN_MOST_POINTS 65536

/* Points in the order of their iterations. However long a run, its memory is bounded: a point of a very long one covers
 * more than NN_POINT_ITERATIONS. */
typedef struct
{
  GArray *points; /* of NnPoint */
} NnHistory;

NnHistory *nn_history_new (void);
NnHistory *nn_history_copy (const NnHistory *history);
void nn_history_free (NnHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnHistory, nn_history_free)

void nn_history_add (NnHistory *history, const NnPoint *point);
guint nn_history_length (const NnHistory *history);
/* (transfer none): valid until the next addition */
const NnPoint *nn_history_point (const NnHistory *history, guint index);
const NnPoint *nn_history_last (const NnHistory *history); /* NULL when empty */
/* nn_history_after: the index of the first point beyond @iteration, or the length where there is none. */
guint nn_history_after (const NnHistory *history, guint64 iteration);
/* nn_history_has_held_out: whether the accuracy on held-out names was measured at any point. */
gboolean nn_history_has_held_out (const NnHistory *history);
void nn_history_clear (NnHistory *history);

G_END_DECLS
