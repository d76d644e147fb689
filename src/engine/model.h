/* model.h: a network: its kind, its size, its classes and its parameters.
 *
 * All parameters are one aligned block of float32, carved into named tensors by a table. The table's names and shapes
 * are PyTorch's; in memory the recurrent weights lie transposed (see layout.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/alphabet.h"
#include "engine/kind.h"
#include "engine/layout.h"
#include "engine/tensor.h"

#include <gsl/gsl_rng.h>

G_BEGIN_DECLS

#define NN_MIN_HIDDEN 8
#define NN_MAX_HIDDEN 1024

typedef struct
{
  NnKind kind;
  guint hidden;    /* H */
  guint n_classes; /* C */
  char **classes;  /* C names, NULL-terminated */
  NnLayout layout;
  NnTensor *tensors; /* in PyTorch's order */
  guint n_tensors;
  guint n_parameters; /* as PyTorch counts them */
  float *parameters;  /* layout.size floats, 64-byte aligned; the padding is and stays 0 */
  GMappedFile *file;  /* (nullable): in which they lie, only to be read; else they are a block of the model's own */
} NnModel;

/* nn_model_new:
 * Gives a network with all parameters 0.
 * @hidden: 8 to 1,024
 * @classes: 2 to 64 names, NULL-terminated; copied
 * Returns: (transfer full): to free with nn_model_free.
 * Errors: NN_ERROR_SETTINGS for a size out of range. */
NnModel *nn_model_new (NnKind kind, guint hidden, const char *const *classes, GError **error);

/* nn_model_copy, nn_model_copy_around: with a block of its own for the parameters, or with @parameters, which have the
 * same values: a block, which the copy takes over, or what lies in the file that the caller then gives it.
 * (transfer full) */
NnModel *nn_model_copy (const NnModel *model);
NnModel *nn_model_copy_around (const NnModel *model, float *parameters);
void nn_model_free (NnModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnModel, nn_model_free)

/* nn_model_initialise:
 * Draws every parameter as PyTorch does: uniform in ±1/sqrt(185) for a Linear of 185 inputs (57 + H), in ±1/sqrt(H)
 * for lstm.*, linear.* and classify.*. Tensors in the table's order, elements row-major. */
void nn_model_initialise (NnModel *model, gsl_rng *random);

/* nn_model_bound: the half-width of that range for tensor @index. */
double nn_model_bound (const NnModel *model, guint index);

/* nn_model_tensor: the tensor of that name, or NULL. (transfer none) */
const NnTensor *nn_model_tensor (const NnModel *model, const char *name);

/* nn_model_new_block: a zeroed block of the parameters' layout, for gradients. Free with g_aligned_free. */
float *nn_model_new_block (const NnModel *model);

/* nn_model_is_finite: whether every parameter is a number. */
gboolean nn_model_is_finite (const NnModel *model);

/* nn_model_print: the structure, character for character as PyTorch prints the module. (transfer full) */
char *nn_model_print (const NnModel *model);

G_END_DECLS
