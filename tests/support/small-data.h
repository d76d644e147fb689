/* small-data.h: a few invented classes that a network can learn in a moment.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/split.h"

G_BEGIN_DECLS

/* small_data_new: three classes of 12 names each; one string stands in two of them. (transfer full) */
NnDataset *small_data_new (void);

/* small_data_split: holds out a share of them. (transfer full) */
NnSplit *small_data_split (double fraction);

G_END_DECLS
