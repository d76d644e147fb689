/* safetensors-read.h: reads a safetensors file of float32 tensors into a table.
 *
 * The format: the header's length as 8 bytes, little-endian; the header, a JSON object of each tensor's type, shape and
 * place in the data, and under __metadata__ of strings; the data. See https://github.com/huggingface/safetensors.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;
  guint n_dimensions;
  guint64 *shape;
  gsize begin; /* its first byte in the data */
  gsize end;   /* after its last byte */
} NnSafetensor;

typedef struct
{
  NnSafetensor *tensors; /* in the header's order */
  guint n_tensors;       /* at least 1 */
  GHashTable *metadata;  /* string to string; empty where the file has none */
  guchar *data;
} NnSafetensors;

/* nn_safetensors_read:
 * Reads the whole file and checks it: the tensors are all F32, they fill the data without overlap and without holes,
 * and each takes as many bytes as its shape says.
 * Returns: (transfer full).
 * Errors: NN_ERROR_FILE where it can't be read, NN_ERROR_WEIGHTS naming what is wrong in it. */
NnSafetensors *nn_safetensors_read (const char *path, GError **error);
void nn_safetensors_free (NnSafetensors *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnSafetensors, nn_safetensors_free)

/* nn_safetensors_find: the tensor of that name, or NULL. (transfer none) */
const NnSafetensor *nn_safetensors_find (const NnSafetensors *file, const char *name);

/* nn_safetensors_fact: the string that the metadata has under @key, or NULL. (transfer none) */
const char *nn_safetensors_fact (const NnSafetensors *file, const char *key);

/* nn_safetensors_values: copies the tensor's numbers into @values, which has room for all of them. */
void nn_safetensors_values (const NnSafetensors *file, const NnSafetensor *tensor, float *values);

/* nn_safetensors_shape_text: a shape as PyTorch prints it: "[512, 57]". (transfer full) */
char *nn_safetensors_shape_text (const guint64 *shape, guint n_dimensions);

G_END_DECLS
