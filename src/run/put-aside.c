/* put-aside.c: weights that are kept, but seldom looked at.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/put-aside.h"

#include "engine/model-in-file.h"

NnSnapshot *
scope_put_aside (const NnModel *model, guint64 iteration)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "gatescope", "weights", NULL);

  return nn_snapshot_new_take (nn_model_copy_in_file (model, folder), iteration);
}
