/* gradient-x-input.h: which letters counted: the gradient of a logit times the input.
 *
 * Shrikumar et al. 2016, "Not just a black box": a letter is a one-hot vector x_t of 57 numbers, so dlogit/dx_t . x_t
 * is the derivative by the one number that is 1: by how strongly the letter is there. Exact, by backward through the
 * whole name; to first order what is lost when the letter fades.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/model.h"

G_BEGIN_DECLS

typedef struct
{
  guint length;                  /* T letters */
  guint target;                  /* the class whose logit it is */
  double logit;                  /* its value after the last letter */
  double values[NN_MAX_LETTERS]; /* one a letter: positive where the letter speaks for the class */
} NnGradientXInput;

/* nn_gradient_x_input:
 * @ascii: a reduced name that passes nn_name_check
 * @target: a class, or -1 for the one that is guessed
 * @result: (out) */
void nn_gradient_x_input (const NnModel *model, const char *ascii, int target, NnGradientXInput *result);

G_END_DECLS
