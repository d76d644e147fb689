/* preset.c: the settings of a training run, and the two sets of them that have a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/preset.h"

#include "engine/error.h"
#include "engine/model.h"

#include <string.h>

#define RNN_LEARNING_RATE 0.005 /* it diverges from 0.02 on: nothing bounds what its steps hand on */
#define LSTM_LEARNING_RATE 0.1

static const struct
{
  const char *id;
  double hold_out;
} presets[] = {
  { "report", 0.0 },
  { "default", 0.1 },
};

gboolean
nn_settings_preset (const char *id, NnKind kind, NnSettings *settings)
{
  g_return_val_if_fail ((guint) kind < NN_N_KINDS && settings != NULL, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_strcmp0 (id, presets[i].id) == 0)
      {
        *settings = (NnSettings){
          .kind = kind,
          .hidden = 128,
          .iterations = 100000,
          .learning_rate = kind == NN_RNN ? RNN_LEARNING_RATE : LSTM_LEARNING_RATE,
          .seed = 1,
          .hold_out = presets[i].hold_out,
        };
        return TRUE;
      }
  return FALSE;
}

static gboolean
fail_real (GError **error, const char *name, double value, const char *range)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.9g", value);
  g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, "the %s is %s; it must be %s", name, text, range);
  return FALSE;
}

gboolean
nn_settings_check (const NnSettings *settings, GError **error)
{
  g_return_val_if_fail (settings != NULL && (guint) settings->kind < NN_N_KINDS, FALSE);
  if (settings->hidden < NN_MIN_HIDDEN || settings->hidden > NN_MAX_HIDDEN)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, "the hidden size is %u; it must be from %d to %d",
                   settings->hidden, NN_MIN_HIDDEN, NN_MAX_HIDDEN);
      return FALSE;
    }
  if (settings->iterations < 1 || settings->iterations > NN_MAX_ITERATIONS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                   "the number of iterations is %" G_GUINT64_FORMAT "; it must be from 1 to %" G_GUINT64_FORMAT,
                   settings->iterations, NN_MAX_ITERATIONS);
      return FALSE;
    }
  /* Written so that NaN, which compares as false, is out of every range. */
  if (!(settings->learning_rate > 0.0 && settings->learning_rate <= NN_MAX_LEARNING_RATE))
    return fail_real (error, "learning rate", settings->learning_rate, "above 0 and at most 100");
  if (!(settings->hold_out >= 0.0 && settings->hold_out <= NN_MAX_HOLD_OUT))
    return fail_real (error, "hold-out", settings->hold_out, "from 0 to 0.9");
  return TRUE;
}
