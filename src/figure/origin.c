/* origin.c: what a figure's file says of where its numbers come from, and what its figure is called.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/origin.h"

#include "figure/i18n.h"
#include "figure/names.h"

void
fig_origin_init (FigOrigin *origin, const NnRunRecord *record)
{
  *origin = (FigOrigin){
    .kind = record->settings.kind,
    .hidden = record->settings.hidden,
    .has_iterations = TRUE,
    .iterations = record->iterations,
    .has_seed = TRUE,
    .seed = record->settings.seed,
    .preset = record->preset,
    .data_hash = record->data_hash,
    .settings = &record->settings,
  };
}

void
fig_origin_init_of_weights (FigOrigin *origin, const NnModel *model, const NnWeightsFacts *facts, const char *preset)
{
  *origin = (FigOrigin){
    .kind = model->kind,
    .hidden = model->hidden,
    .has_iterations = facts->has_iterations,
    .iterations = facts->iterations,
    .has_seed = facts->has_seed,
    .seed = facts->seed,
    .preset = preset,
    .data_hash = facts->data_hash,
  };
}

static void
append_number (GString *text, const char *what, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, ", %s %s", what, g_ascii_formatd (digits, sizeof digits, "%g", value));
}

static void
append_origin (GString *text, const FigOrigin *origin)
{
  const NnSettings *settings = origin->settings;

  g_string_append_printf (text, "%s: ", nn_kind_id (origin->kind));
  if (origin->has_iterations)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT " iterations", origin->iterations);
  else
    g_string_append (text, "unknown iterations");
  if (settings != NULL)
    append_number (text, "learning rate", settings->learning_rate);
  g_string_append_printf (text, ", hidden %u", origin->hidden);
  if (origin->has_seed)
    g_string_append_printf (text, ", seed %u", origin->seed);
  if (settings != NULL)
    append_number (text, "hold-out", settings->hold_out);
  if (settings != NULL && !nn_settings_are_plain (settings))
    g_string_append_printf (text, ", batch %u, %s", settings->batch, nn_optimizer_type (settings->optimizer)->id);
  if (origin->preset != NULL)
    g_string_append_printf (text, ", preset %s", origin->preset);
  if (origin->data_hash != NULL)
    g_string_append_printf (text, ", data %.12s", origin->data_hash);
}

char *
fig_origins_describe (const FigOrigin *origins, guint n_origins)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_origins; i++)
    {
      if (i > 0)
        g_string_append (text, "; ");
      append_origin (text, &origins[i]);
    }
  return g_string_free (text, FALSE);
}

const char *
fig_title_of_curves (FigMeasure measure)
{
  return measure == FIG_MEASURE_LOSS ? C_ ("figure title", "Loss") : C_ ("figure title", "Accuracy");
}

const char *
fig_title_of_confusion (void)
{
  return C_ ("figure title", "Confusion matrices");
}

const char *
fig_title_of_compare (void)
{
  return C_ ("figure title", "The networks compared");
}

char *
fig_title_of_gates (const char *name)
{
  /* Translators: the title of a figure; %s is a surname. */
  return g_strdup_printf (_ ("How the networks read “%s”"), name);
}

char *
fig_title_of_units (const char *name)
{
  /* Translators: the title of a figure; %s is a surname. */
  return g_strdup_printf (_ ("Units that read “%s”"), name);
}

char *
fig_title_of_attribution (const char *name)
{
  /* Translators: the title of a figure; %s is a surname. */
  return g_strdup_printf (_ ("The letters of “%s” that counted"), name);
}

char *
fig_title_of_substitutions (const char *name)
{
  /* Translators: the title of a figure; %s is a surname. */
  return g_strdup_printf (_ ("“%s” with other letters"), name);
}

char *
fig_label_with_file (NnKind kind, const char *file)
{
  /* Translators: a network's name and the file that it came from. */
  return g_strdup_printf (_ ("%s (%s)"), fig_kind_name (kind), file);
}
