/* test-names.h: the held-out names that networks are compared on, each once, and who gets which right.
 *
 * Some files list a name again and again. In an accuracy each row counts; a test of one network against another takes
 * its names to be independent, and the same name read twice is no second finding. So here a reduced name counts once in
 * each class that it stands in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/evaluate.h"

G_BEGIN_DECLS

/* Immutable, reference-counted. */
typedef struct
{
  NnDataset *dataset;
  guint n_names;
  guint *rows; /* [n_names]: the first held-out row of each different name of a class, ascending */
} NnTestNames;

/* How two networks fare on the same names. */
typedef struct
{
  guint only_first;  /* names that only the first gets right: b */
  guint only_second; /* and only the second: c */
  double p;          /* of McNemar's exact test */
} NnPairedTest;

/* nn_test_names_new: the names that @split holds out; n_names is 0 where it holds out none. (transfer full) */
NnTestNames *nn_test_names_new (const NnSplit *split);
NnTestNames *nn_test_names_ref (NnTestNames *names);
void nn_test_names_unref (NnTestNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnTestNames, nn_test_names_unref)

/* nn_test_names_equal: whether both are the same names of the same data, so that networks can be compared on them. */
gboolean nn_test_names_equal (const NnTestNames *a, const NnTestNames *b);

/* nn_test_names_guess:
 * What @model takes each name for, see nn_evaluate_guesses.
 * Returns: (transfer full) (nullable): [n_names]; NULL only where @progress said to stop. */
guint8 *nn_test_names_guess (const NnTestNames *names, const NnModel *model, NnProgress progress, gpointer data);

/* nn_test_names_is_right: whether the guess for name @index is its class. */
gboolean nn_test_names_is_right (const NnTestNames *names, const guint8 *guesses, guint index);

/* nn_test_names_compare: McNemar's exact test of two networks by their guesses. */
NnPairedTest nn_test_names_compare (const NnTestNames *names, const guint8 *first, const guint8 *second);

/* nn_test_names_only_right:
 * The names that network @index gets right and none of the others does.
 * @guesses: [n_networks] of [n_names]
 * @n_found: (out): how many they are
 * Returns: (transfer full): [n_found]: their numbers, 0..n_names-1, ascending. */
guint *nn_test_names_only_right (const NnTestNames *names, const guint8 *const *guesses, guint n_networks, guint index,
                                 guint *n_found);

G_END_DECLS
