/* gates-clamp.c: what --clamp says, and the data that a mean needs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/gates-clamp.h"

#include "cli/error.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "cli/work.h"

#include <glib/gi18n.h>

static gboolean
misuse (const char *text, const GError *fault, GError **error)
{
  g_autofree char *quoted = cli_quoted (text);

  /* Translators: what was given as --clamp; what is wrong with it. */
  return cli_misuse (error, _("--clamp %s: %s"), quoted, fault->message);
}

gboolean
cli_clamps_parse (char **texts, NnClamps **clamps, GError **error)
{
  g_autoptr (NnClamps) read = NULL;

  *clamps = NULL;
  if (texts == NULL)
    return TRUE;
  read = nn_clamps_new ();
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (GError) fault = NULL;
      NnClamp clamp;

      if (!nn_clamp_parse (texts[i], &clamp, &fault))
        return misuse (texts[i], fault, error);
      nn_clamps_add (read, &clamp);
    }
  *clamps = g_steal_pointer (&read);
  return TRUE;
}

gboolean
cli_clamps_need_data (const NnClamps *clamps)
{
  return clamps != NULL && nn_clamps_need_means (clamps);
}

NnGateMeans *
cli_gate_means (const NnModel *model, NnDataset *dataset, const NnSplit *split)
{
  g_auto (CliWork) work = { 0 };

  cli_work_init (&work, nn_kind_id (model->kind));
  if (split != NULL)
    return nn_gate_means_new_training (model, split, cli_work_goes_on, &work);
  return nn_gate_means_new (model, dataset, NULL, 0, cli_work_goes_on, &work);
}

gboolean
cli_clamps_prepare (NnClamps *clamps, const CliClamped *clamped, GError **error)
{
  g_autoptr (NnSplit) split = NULL;
  double hold_out;

  for (guint i = 0; clamps != NULL && i < clamps->clamps->len; i++)
    {
      const NnClamp *clamp = &g_array_index (clamps->clamps, NnClamp, i);
      g_autofree char *text = nn_clamp_text (clamp);
      g_autoptr (GError) fault = NULL;

      if (!nn_clamp_check (clamp, clamped->model, &fault))
        return misuse (text, fault, error);
    }
  if (!cli_clamps_need_data (clamps))
    return TRUE;
  if (cli_input_hold_out (clamped->model, clamped->weights, clamped->path, &hold_out))
    {
      split = nn_split_new (clamped->dataset, hold_out, (guint32) clamped->weights->seed, error);
      if (split == NULL)
        return FALSE;
    }
  nn_clamps_take_means (clamps, cli_gate_means (clamped->model, clamped->dataset, split));
  return TRUE;
}
