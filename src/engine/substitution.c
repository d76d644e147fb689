/* substitution.c: what would the guess become with another letter at a place?
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/substitution.h"

#include "engine/loss.h"
#include "engine/network.h"

#include <math.h>
#include <string.h>

static NnSubstitution *
substitution_new (const char *ascii, guint length)
{
  NnSubstitution *substitution = g_new0 (NnSubstitution, 1);
  const gsize n = (gsize) NN_ALPHABET_SIZE * length;

  substitution->length = length;
  g_strlcpy (substitution->ascii, ascii, sizeof substitution->ascii);
  substitution->guesses = g_new0 (guint8, n);
  substitution->probabilities = g_new0 (float, n);
  substitution->kept = g_new0 (float, n);
  return substitution;
}

/* Reads on from letter @first. Returns: the guess, with log_probs in the workspace. */
static guint
guess_from (const NnModel *model, NnWorkspace *workspace, guint first)
{
  const NnNetwork *network = nn_network_for (model->kind);

  network->forward (model, workspace, first, TRUE);
  network->read (model, workspace, workspace->length - 1, workspace->logits);
  return nn_log_softmax (workspace->logits, model->n_classes, workspace->log_probs);
}

/* The share of the steps that are done after the first @n_letters letters at @place. */
static double
share_done (guint length, guint place, guint n_letters)
{
  const guint later = length - 1 - place;

  return (later * (later + 1.0) + 2.0 * (later + 1) * n_letters / NN_ALPHABET_SIZE) / (length * (length + 1.0));
}

static gboolean
substitute (NnSubstitution *substitution, const NnModel *model, NnWorkspace *workspace, guint place,
            NnProgress progress, gpointer data)
{
  const guint8 own = workspace->letters[place];
  gboolean goes_on = TRUE;

  for (guint letter = 0; letter < NN_ALPHABET_SIZE && goes_on; letter++)
    {
      const gsize at = (gsize) letter * substitution->length + place;
      guint guess;

      workspace->letters[place] = (guint8) letter;
      guess = guess_from (model, workspace, place);
      substitution->guesses[at] = (guint8) guess;
      substitution->probabilities[at] = expf (workspace->log_probs[guess]);
      substitution->kept[at] = expf (workspace->log_probs[substitution->guess]);
      goes_on = progress == NULL || progress (share_done (substitution->length, place, letter + 1), data);
    }
  workspace->letters[place] = own;
  return goes_on;
}

NnSubstitution *
nn_substitution_new (const NnModel *model, const char *ascii, NnProgress progress, gpointer data)
{
  g_autoptr (NnWorkspace) workspace = nn_workspace_new_for_length (model, (guint) strlen (ascii));
  g_autoptr (NnSubstitution) substitution = NULL;
  guint length;

  nn_workspace_set_name (workspace, ascii);
  length = workspace->length;
  substitution = substitution_new (ascii, length);
  substitution->guess = guess_from (model, workspace, 0);
  substitution->probability = expf (workspace->log_probs[substitution->guess]);
  /* From the last place to the first: what is overwritten after a place, no place before it needs. */
  for (guint place = length; place-- > 0;)
    if (!substitute (substitution, model, workspace, place, progress, data))
      return NULL;
  return g_steal_pointer (&substitution);
}

void
nn_substitution_free (NnSubstitution *substitution)
{
  if (substitution == NULL)
    return;
  g_free (substitution->guesses);
  g_free (substitution->probabilities);
  g_free (substitution->kept);
  g_free (substitution);
}
