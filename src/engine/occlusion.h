/* occlusion.h: which letters counted: the exact effect of taking each letter out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/model.h"

G_BEGIN_DECLS

/* A name of T letters is read whole and T times with a letter left out, so that the letters around it become
 * neighbours. A name of one letter has nothing left without it, and so no effects: @has_effects is FALSE, and changes
 * and guess_without say nothing. */
typedef struct
{
  guint length;    /* T letters */
  guint n_classes; /* C */
  gboolean has_effects;
  guint guess;                         /* for the whole name */
  float *log_probs;                    /* [C]: of the whole name */
  float *changes;                      /* [T x C]: log p without the letter - log p of the whole name: negative where
                                          the letter speaks for the class */
  guint guess_without[NN_MAX_LETTERS]; /* the guess without the letter */
} NnOcclusion;

/* nn_occlusion_new: @ascii: a reduced name that passes nn_name_check. (transfer full) */
NnOcclusion *nn_occlusion_new (const NnModel *model, const char *ascii);
void nn_occlusion_free (NnOcclusion *occlusion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnOcclusion, nn_occlusion_free)

/* nn_occlusion_change: the change of class @index without letter @letter (from 0); NaN where there are no effects. */
double nn_occlusion_change (const NnOcclusion *occlusion, guint letter, guint index);

G_END_DECLS
