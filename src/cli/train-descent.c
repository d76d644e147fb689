/* train-descent.c: how "train" was asked to make a step: batch, optimizer and what goes with them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train-descent.h"

#include "cli/error.h"
#include "cli/options.h"

#include <glib/gi18n.h>

static const struct
{
  const char *option;
  double most;
  gsize offset; /* of the setting */
} reals[CLI_N_DESCENT_REALS] = {
  [CLI_DESCENT_CLIP] = { "--clip", NN_MAX_CLIP, G_STRUCT_OFFSET (NnSettings, clip) },
  [CLI_DESCENT_DECAY] = { "--decay", NN_MAX_DECAY, G_STRUCT_OFFSET (NnSettings, decay) },
  [CLI_DESCENT_WEIGHT_DECAY]
  = { "--weight-decay", NN_MAX_WEIGHT_DECAY, G_STRUCT_OFFSET (NnSettings, weight_decay) },
  [CLI_DESCENT_DROPOUT] = { "--dropout", NN_MAX_DROPOUT, G_STRUCT_OFFSET (NnSettings, dropout) },
  [CLI_DESCENT_LETTER_DROPOUT]
  = { "--letter-dropout", NN_MAX_DROPOUT, G_STRUCT_OFFSET (NnSettings, letter_dropout) },
  [CLI_DESCENT_AVERAGING] = { "--averaging", NN_MAX_AVERAGING, G_STRUCT_OFFSET (NnSettings, averaging) },
};

static gboolean
read_optimizer (CliDescentOptions *options, GError **error)
{
  g_autofree char *quoted = NULL;

  if (options->optimizer_text == NULL || nn_optimizer_from_id (options->optimizer_text, &options->optimizer))
    return TRUE;
  quoted = cli_quoted (options->optimizer_text);
  return cli_misuse (error, _("--optimizer is %s; it must be sgd or adam"), quoted);
}

gboolean
cli_descent_options_read (CliDescentOptions *options, GError **error)
{
  if (options->batch_text != NULL
      && !cli_option_whole ("--batch", options->batch_text, 1, NN_MAX_BATCH, &options->batch, error))
    return FALSE;
  if (!read_optimizer (options, error))
    return FALSE;
  for (guint i = 0; i < CLI_N_DESCENT_REALS; i++)
    if (options->real_texts[i] != NULL
        && !cli_option_real (reals[i].option, options->real_texts[i], 0.0, FALSE, reals[i].most, &options->reals[i],
                             error))
      return FALSE;
  return TRUE;
}

void
cli_descent_options_apply (const CliDescentOptions *options, NnSettings *settings)
{
  if (options->batch_text != NULL)
    settings->batch = (guint) options->batch;
  if (options->optimizer_text != NULL)
    settings->optimizer = options->optimizer;
  for (guint i = 0; i < CLI_N_DESCENT_REALS; i++)
    if (options->real_texts[i] != NULL)
      G_STRUCT_MEMBER (double, settings, reals[i].offset) = options->reals[i];
}

void
cli_descent_options_clear (CliDescentOptions *options)
{
  g_free (options->batch_text);
  g_free (options->optimizer_text);
  for (guint i = 0; i < CLI_N_DESCENT_REALS; i++)
    g_free (options->real_texts[i]);
}
