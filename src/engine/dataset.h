/* dataset.h: names with their classes, read from a folder of Class.txt files.
 *
 * A dataset is immutable and reference-counted, so that any thread may read it. Rows are ordered by class, classes by
 * the byte order of their file names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_MIN_CLASSES 2
#define NN_MAX_CLASSES 64
#define NN_MAX_LINE_BYTES 1024
#define NN_MAX_FILE_BYTES (64u * 1024u * 1024u)

typedef struct _NnDataset NnDataset;

/* What became of the lines of one class. Blank lines are no rows and count nowhere. */
typedef struct
{
  guint rows;           /* names that the networks read */
  guint different;      /* different reduced names among them */
  guint left_out_empty; /* lines that reduce to no letter */
  guint left_out_long;  /* lines that reduce to more than 64 letters */
  guint with_dropped;   /* rows that lost a letter outside the 57 */
} NnClassFacts;

/* nn_dataset_load:
 * Reads every *.txt of @folder as a class: UTF-8, one name a line, a byte order mark and CRLF tolerated. Rows are
 * trimmed and reduced (see nn_name_reduce); those of no letter or more than 64 are left out and counted.
 * Returns: (transfer full): the dataset, to free with nn_dataset_unref.
 * Errors: NN_ERROR_DATA naming file and line: not a folder, no .txt, fewer than 2 classes or more than 64, a class with
 * no usable name, invalid UTF-8, a NUL byte, a line over 1,024 bytes, a file over 64 MiB, a file that can't be read. */
NnDataset *nn_dataset_load (const char *folder, GError **error);

/* nn_dataset_new_from_rows:
 * A dataset from rows in memory: @raw[i] belongs to class @classes[i], an index into @class_names (which must be in
 * byte order). Same rules as for files.
 * Returns: (transfer full). Errors: NN_ERROR_DATA. */
NnDataset *nn_dataset_new_from_rows (const char *const *class_names,
                                     const char *const *raw,
                                     const guint *classes,
                                     guint n_rows,
                                     GError **error);

NnDataset *nn_dataset_ref (NnDataset *dataset);
void nn_dataset_unref (NnDataset *dataset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDataset, nn_dataset_unref)

/* nn_dataset_folder: the folder it was read from, or NULL. (transfer none) */
const char *nn_dataset_folder (const NnDataset *dataset);

/* nn_dataset_hash: SHA-256, in hexadecimal, over class names and reduced rows in order. (transfer none) */
const char *nn_dataset_hash (const NnDataset *dataset);

guint nn_dataset_n_classes (const NnDataset *dataset);

/* nn_dataset_class_names: (transfer none): a NULL-terminated array of n_classes names. */
const char *const *nn_dataset_class_names (const NnDataset *dataset);

/* nn_dataset_class_index: the class of that name, or -1. */
int nn_dataset_class_index (const NnDataset *dataset, const char *name);

/* nn_dataset_class_rows: the rows of class @index: @first and the number of them, at least 1. */
void nn_dataset_class_rows (const NnDataset *dataset, guint index, guint *first, guint *n_rows);

const NnClassFacts *nn_dataset_class_facts (const NnDataset *dataset, guint index);

guint nn_dataset_n_rows (const NnDataset *dataset);

/* The reduced name of a row (1 to 64 letters of the alphabet, NUL-terminated) and its length in letters. */
const char *nn_dataset_row_ascii (const NnDataset *dataset, guint row);
guint nn_dataset_row_length (const NnDataset *dataset, guint row);

/* The name as it stands in the file, trimmed of white space. (transfer none) */
const char *nn_dataset_row_raw (const NnDataset *dataset, guint row);
guint nn_dataset_row_class (const NnDataset *dataset, guint row);

/* nn_dataset_row_string:
 * Gives the number of the row's reduced string, 0..n_strings-1: equal for two rows exactly when their reduced names are
 * equal, whatever their classes. Numbered in the order of first appearance. */
guint nn_dataset_row_string (const NnDataset *dataset, guint row);
guint nn_dataset_n_strings (const NnDataset *dataset);

/* nn_dataset_shared_strings: how many reduced strings stand in more than one class. */
guint nn_dataset_shared_strings (const NnDataset *dataset);

/* nn_dataset_ceiling:
 * The accuracy over all rows that no classifier of the reduced string alone can pass, 0..1: each string answered with
 * the class it stands in most often. */
double nn_dataset_ceiling (const NnDataset *dataset);

/* nn_dataset_ceiling_macro: the same for class-balanced (macro) accuracy, 0..1. */
double nn_dataset_ceiling_macro (const NnDataset *dataset);

G_END_DECLS
