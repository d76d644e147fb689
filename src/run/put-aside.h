/* put-aside.h: weights that are kept, but seldom looked at.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/snapshot.h"

G_BEGIN_DECLS

/* scope_put_aside: a snapshot of @model that takes no memory while nobody reads it: its weights lie in the user's cache
 * folder, in a file without a name (see nn_model_copy_in_file). (transfer full) */
NnSnapshot *scope_put_aside (const NnModel *model, guint64 iteration);

G_END_DECLS
