/* occlusion.c: which letters counted: the exact effect of taking each letter out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/occlusion.h"

#include "engine/loss.h"
#include "engine/network.h"

#include <math.h>
#include <string.h>

/* The letters before the one that is left out stay what they were, and so do the states after them: taken out from the
 * last letter to the first, each is read on from there. */
static void
read_without (const NnModel *model, NnWorkspace *workspace, const NnOcclusion *occlusion, const guint8 *letters,
              guint t)
{
  workspace->length = occlusion->length - 1;
  memcpy (workspace->letters + t, letters + t + 1, workspace->length - t);
  nn_network_for (model->kind)->forward (model, workspace, t, FALSE);
  nn_network_for (model->kind)->read (model, workspace, workspace->length - 1, workspace->logits);
}

NnOcclusion *
nn_occlusion_new (const NnModel *model, const char *ascii)
{
  g_autoptr (NnWorkspace) workspace = nn_workspace_new_for_length (model, (guint) strlen (ascii));
  const NnNetwork *network = nn_network_for (model->kind);
  NnOcclusion *occlusion = g_new0 (NnOcclusion, 1);
  const guint n_classes = model->n_classes;
  guint8 letters[NN_MAX_LETTERS];

  nn_workspace_set_name (workspace, ascii);
  memcpy (letters, workspace->letters, sizeof letters);
  occlusion->length = workspace->length;
  occlusion->n_classes = n_classes;
  occlusion->has_effects = workspace->length > 1;
  occlusion->log_probs = g_new (float, n_classes);
  occlusion->changes = g_new0 (float, (gsize) occlusion->length * n_classes);
  network->forward (model, workspace, 0, FALSE);
  network->read (model, workspace, workspace->length - 1, workspace->logits);
  occlusion->guess = nn_log_softmax (workspace->logits, n_classes, occlusion->log_probs);
  for (guint t = occlusion->length; occlusion->has_effects && t-- > 0;)
    {
      float *changes = occlusion->changes + (gsize) t * n_classes;

      read_without (model, workspace, occlusion, letters, t);
      occlusion->guess_without[t] = nn_log_softmax (workspace->logits, n_classes, changes);
      for (guint k = 0; k < n_classes; k++)
        changes[k] -= occlusion->log_probs[k];
    }
  return occlusion;
}

void
nn_occlusion_free (NnOcclusion *occlusion)
{
  if (occlusion == NULL)
    return;
  g_free (occlusion->log_probs);
  g_free (occlusion->changes);
  g_free (occlusion);
}

double
nn_occlusion_change (const NnOcclusion *occlusion, guint letter, guint index)
{
  g_return_val_if_fail (occlusion != NULL && letter < occlusion->length && index < occlusion->n_classes, NAN);
  return occlusion->has_effects ? (double) occlusion->changes[(gsize) letter * occlusion->n_classes + index] : NAN;
}
