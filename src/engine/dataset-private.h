/* dataset-private.h: how a dataset lies in memory, and how it is built row by row.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/dataset.h"

G_BEGIN_DECLS

/* Millions of names stay small: all text is one block that rows and strings point into by offset, every reduced name is
 * stored once, and so is a name that is its own reduction. A row takes 12 bytes, a string 8. */
typedef struct __attribute__ ((packed, aligned (4)))
{
  guint64 raw : 56; /* offset of the name as the file has it */
  guint64 class_index : 8;
  guint32 string;
} NnDatasetRow;

typedef struct
{
  guint64 ascii : 56; /* offset of the reduced name */
  guint64 length : 8;
} NnDatasetString;

struct _NnDataset
{
  gatomicrefcount references;
  char *folder; /* (nullable) */
  char *hash;

  guint n_classes;
  char **class_names;  /* [n_classes + 1], NULL-terminated */
  guint *first_rows;   /* [n_classes + 1], the last is n_rows */
  NnClassFacts *facts; /* [n_classes] */

  guint n_rows;
  NnDatasetRow *rows;
  guint n_strings;
  NnDatasetString *strings;
  char *text;

  guint shared_strings;
  double ceiling;
  double ceiling_macro;
};

/* nn_dataset_measure:
 * Fills in what is known of the whole: each class's different names, the shared strings, the ceilings, the hash. */
void nn_dataset_measure (NnDataset *dataset);

/* A dataset under construction: first a class, then its lines, then the next class. */
typedef struct _NnDatasetBuilder NnDatasetBuilder;

/* nn_dataset_builder_new:
 * @n_classes: how many classes there will be
 * Errors: NN_ERROR_DATA for fewer than 2 or more than 64, not saying where. */
NnDatasetBuilder *nn_dataset_builder_new (guint n_classes, GError **error);
void nn_dataset_builder_free (NnDatasetBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDatasetBuilder, nn_dataset_builder_free)

/* nn_dataset_builder_expect: about how many rows there will be in all, so that room is made for them at once. */
void nn_dataset_builder_expect (NnDatasetBuilder *builder, gsize n_rows);

/* nn_dataset_builder_begin_class:
 * Starts the next class.
 * Errors: NN_ERROR_DATA, not saying where, for a name that can't be shown or is out of order. */
gboolean nn_dataset_builder_begin_class (NnDatasetBuilder *builder, const char *name, GError **error);

/* nn_dataset_builder_add:
 * Adds a line to the class: it becomes a row, or is left out and counted, or is blank and counts nowhere.
 * @line: must stay in place until the class is ended
 * Errors: NN_ERROR_DATA, not saying where, for a line that is not text or is too long. */
gboolean nn_dataset_builder_add (NnDatasetBuilder *builder, const char *line, gsize length, GError **error);

/* nn_dataset_builder_end_class:
 * Errors: NN_ERROR_DATA, not saying where, for a class without a row. */
gboolean nn_dataset_builder_end_class (NnDatasetBuilder *builder, GError **error);

/* nn_dataset_builder_finish:
 * Gives the dataset, once all its classes are there, and leaves @builder empty.
 * Returns: (transfer full) */
NnDataset *nn_dataset_builder_finish (NnDatasetBuilder *builder, const char *folder);

G_END_DECLS
