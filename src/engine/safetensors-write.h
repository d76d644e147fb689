/* safetensors-write.h: writes float32 tensors as a safetensors file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NnSafetensorsWriter NnSafetensorsWriter;

NnSafetensorsWriter *nn_safetensors_writer_new (void);
void nn_safetensors_writer_free (NnSafetensorsWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnSafetensorsWriter, nn_safetensors_writer_free)

/* nn_safetensors_writer_add_fact: a string for the metadata; not twice under the same key. */
void nn_safetensors_writer_add_fact (NnSafetensorsWriter *writer, const char *key, const char *value);

/* nn_safetensors_writer_add_tensor: appends a tensor; @values, row-major, are copied. Not twice under the same name. */
void nn_safetensors_writer_add_tensor (NnSafetensorsWriter *writer, const char *name, const guint64 *shape,
                                       guint n_dimensions, const float *values);

/* nn_safetensors_writer_save: writes all that was added, in that order; whole or not at all. Errors: NN_ERROR_FILE. */
gboolean nn_safetensors_writer_save (const NnSafetensorsWriter *writer, const char *path, GError **error);

G_END_DECLS
