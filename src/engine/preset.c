/* preset.c: the settings of a training run, and the sets of them that have a name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/preset.h"

#include "engine/error.h"
#include "engine/i18n.h"
#include "engine/model.h"

/* The report's. The RNN diverges from 0.02 on: nothing bounds what its steps hand on. */
static NnSettings
report_settings (NnKind kind)
{
  return (NnSettings){
    .iterations = 100000,
    .learning_rate = kind == NN_RNN ? 0.005 : 0.1,
    .batch = 1,
  };
}

static NnSettings
default_settings (NnKind kind)
{
  NnSettings settings = report_settings (kind);

  settings.hold_out = 0.1;
  return settings;
}

/* For names that were never seen. What the networks lack there is not time but restraint: they know the training names
 * by heart long before. Units and letters that are left out forbid that, so that five times as many names still teach
 * them something; the mean of the last weights and a falling rate take out what the last few names did. The RNN is
 * linear from letter to letter: it has less to forget, and clipping keeps it from diverging. */
static NnSettings
careful_settings (NnKind kind)
{
  const gboolean gates = nn_kind_has_gates (kind);

  return (NnSettings){
    .iterations = 15000,
    .learning_rate = gates ? 0.002 : 0.001,
    .hold_out = 0.1,
    .batch = 32,
    .optimizer = NN_ADAM,
    .clip = gates ? 0.0 : 1.0,
    .decay = 0.95,
    .weight_decay = 0.02,
    .dropout = gates ? 0.3 : 0.1,
    .letter_dropout = gates ? 0.15 : 0.1,
    .averaging = 0.99,
  };
}

static const struct
{
  const char *id;
  NnSettings (*settings) (NnKind kind);
} presets[] = {
  { "report", report_settings },
  { "default", default_settings },
  { "careful", careful_settings },
};

gboolean
nn_settings_preset (const char *id, NnKind kind, NnSettings *settings)
{
  g_return_val_if_fail ((guint) kind < NN_N_KINDS && settings != NULL, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_strcmp0 (id, presets[i].id) == 0)
      {
        *settings = presets[i].settings (kind);
        settings->kind = kind;
        settings->hidden = 128;
        settings->seed = 1;
        return TRUE;
      }
  return FALSE;
}

/* @format: takes the value, as text */
static gboolean
fail_real (GError **error, const char *format, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.9g", value);
  g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, format, text);
  return FALSE;
}

static gboolean
in_range (double value, double most)
{
  return value >= 0.0 && value <= most;
}

/* The settings of an update. */
static gboolean
check_descent (const NnSettings *settings, GError **error)
{
  if (settings->batch < 1 || settings->batch > NN_MAX_BATCH)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _("the batch is %u; it must be from 1 to %d"), settings->batch,
                   NN_MAX_BATCH);
      return FALSE;
    }
  g_return_val_if_fail ((guint) settings->optimizer < NN_N_OPTIMIZERS, FALSE);
  if (!in_range (settings->clip, NN_MAX_CLIP))
    return fail_real (error, _("the clipping is %s; it must be from 0, for none, to 100000"), settings->clip);
  if (!in_range (settings->decay, NN_MAX_DECAY))
    return fail_real (error, _("the decay is %s; it must be from 0 to 0.99"), settings->decay);
  if (!in_range (settings->weight_decay, NN_MAX_WEIGHT_DECAY))
    return fail_real (error, _("the weight decay is %s; it must be from 0 to 1"), settings->weight_decay);
  /* Beyond it, every update would turn the weights round. */
  if (settings->weight_decay * settings->learning_rate > 1.0)
    return fail_real (error, _("the weight decay is %s; it must be at most 1 divided by the learning rate"),
                      settings->weight_decay);
  if (!in_range (settings->dropout, NN_MAX_DROPOUT))
    return fail_real (error, _("the dropout is %s; it must be from 0 to 0.9"), settings->dropout);
  if (!in_range (settings->letter_dropout, NN_MAX_DROPOUT))
    return fail_real (error, _("the letter dropout is %s; it must be from 0 to 0.9"), settings->letter_dropout);
  if (!in_range (settings->averaging, NN_MAX_AVERAGING))
    return fail_real (error, _("the averaging is %s; it must be from 0, for none, to 0.99999"), settings->averaging);
  return TRUE;
}

gboolean
nn_settings_check (const NnSettings *settings, GError **error)
{
  g_return_val_if_fail (settings != NULL && (guint) settings->kind < NN_N_KINDS, FALSE);
  if (settings->hidden < NN_MIN_HIDDEN || settings->hidden > NN_MAX_HIDDEN)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _("the hidden size is %u; it must be from %d to %d"),
                   settings->hidden, NN_MIN_HIDDEN, NN_MAX_HIDDEN);
      return FALSE;
    }
  if (settings->iterations < 1 || settings->iterations > NN_MAX_ITERATIONS)
    {
      g_autofree char *iterations = g_strdup_printf ("%" G_GUINT64_FORMAT, settings->iterations);
      g_autofree char *most = g_strdup_printf ("%" G_GUINT64_FORMAT, NN_MAX_ITERATIONS);

      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _("the number of iterations is %s; it must be from 1 to %s"),
                   iterations, most);
      return FALSE;
    }
  /* Written so that NaN, which compares as false, is out of every range. */
  if (!(settings->learning_rate > 0.0 && settings->learning_rate <= NN_MAX_LEARNING_RATE))
    return fail_real (error, _("the learning rate is %s; it must be above 0 and at most 100"), settings->learning_rate);
  if (!(settings->hold_out >= 0.0 && settings->hold_out <= NN_MAX_HOLD_OUT))
    return fail_real (error, _("the hold-out is %s; it must be from 0 to 0.9"), settings->hold_out);
  return check_descent (settings, error);
}

gboolean
nn_settings_equal (const NnSettings *a, const NnSettings *b)
{
  return a->kind == b->kind && a->hidden == b->hidden && a->iterations == b->iterations
         && a->learning_rate == b->learning_rate && a->seed == b->seed && a->hold_out == b->hold_out
         && a->batch == b->batch && a->optimizer == b->optimizer && a->clip == b->clip && a->decay == b->decay
         && a->weight_decay == b->weight_decay && a->dropout == b->dropout
         && a->letter_dropout == b->letter_dropout && a->averaging == b->averaging;
}

gboolean
nn_settings_are_plain (const NnSettings *settings)
{
  return settings->batch == 1 && settings->optimizer == NN_SGD && settings->clip <= 0 && settings->decay <= 0
         && settings->weight_decay <= 0 && settings->dropout <= 0 && settings->letter_dropout <= 0
         && settings->averaging <= 0;
}

double
nn_settings_rate_at (const NnSettings *settings, guint64 done)
{
  const double last = (double) settings->iterations - 1;
  const double part = last > 0 ? MIN ((double) done / last, 1.0) : 0.0;

  return settings->learning_rate * (1.0 - settings->decay * part);
}
