/* run-title.c: what a run is called, from its settings.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define GETTEXT_PACKAGE GATESCOPE_GETTEXT_DOMAIN
#include <glib/gi18n-lib.h>

#include "run/run-title.h"

#include <string.h>

/* The one that others are told from comes first. */
static const struct
{
  const char *id;
  const char *title;
} presets[] = {
  { "default", NC_("run title", "default settings") },
  { "report", NC_("run title", "as in the report") },
  { "careful", NC_("run title", "careful") },
};

/* More than there are settings. */
#define UNLIKE 100

const char *
scope_kind_title (NnKind kind)
{
  switch (kind)
    {
    case NN_RNN:
      return C_("network", "RNN");
    case NN_LSTM:
      return C_("network", "LSTM");
    case NN_GATE_LSTM:
      return C_("network", "LSTM by hand");
    case NN_GATE_LSTM_HIDDEN:
      return C_("network", "LSTM by hand, corrected");
    case NN_N_KINDS:
    default:
      g_assert_not_reached ();
    }
}

const char *
scope_preset_title (const char *preset)
{
  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_strcmp0 (preset, presets[i].id) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "run title", presets[i].title);
  g_return_val_if_reached (preset);
}

/* In how many of the settings that people change a run differs from a preset; UNLIKE where it differs in others. */
static guint
distance (const NnSettings *settings, const char *preset, NnSettings *said)
{
  gboolean known = nn_settings_preset (preset, settings->kind, said);
  NnSettings as_said = *settings;

  g_assert (known);
  as_said.seed = said->seed;
  as_said.hidden = said->hidden;
  as_said.iterations = said->iterations;
  as_said.learning_rate = said->learning_rate;
  as_said.hold_out = said->hold_out;
  if (!nn_settings_equal (&as_said, said))
    return UNLIKE;
  return (guint) (settings->hidden != said->hidden) + (settings->iterations != said->iterations)
         + (settings->learning_rate != said->learning_rate) + (settings->hold_out != said->hold_out);
}

const char *
scope_settings_get_preset (const NnSettings *settings)
{
  NnSettings said;

  g_return_val_if_fail (settings != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    if (distance (settings, presets[i].id, &said) == 0)
      return presets[i].id;
  return NULL;
}

static void
append (GString *title, const char *part)
{
  g_autofree char *before = g_strdup (title->str);

  /* Translators: between two parts of a run's title, such as its network and its learning rate. */
  g_string_printf (title, C_("run title", "%s, %s"), before, part);
}

static void
append_take (GString *title, char *part)
{
  append (title, part);
  g_free (part);
}

static void
append_differences (GString *title, const NnSettings *settings, const NnSettings *said)
{
  if (settings->learning_rate != said->learning_rate)
    append_take (title, g_strdup_printf (C_("run title", "learning rate %g"), settings->learning_rate));
  if (settings->hidden != said->hidden)
    append_take (title, g_strdup_printf (C_("run title", "%u hidden units"), settings->hidden));
  if (settings->iterations != said->iterations)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, settings->iterations);

      append_take (title, g_strdup_printf (C_("run title", "%s iterations"), number));
    }
  if (settings->hold_out != said->hold_out)
    append_take (title, g_strdup_printf (C_("run title", "%g %% held out"), 100 * settings->hold_out));
}

char *
scope_run_title (const NnSettings *settings)
{
  GString *title;
  NnSettings said, nearest = { 0 };
  guint least = G_MAXUINT, preset = 0;

  g_return_val_if_fail (settings != NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      guint far = distance (settings, presets[i].id, &said);

      if (far < least)
        {
          least = far;
          preset = i;
          nearest = said;
        }
    }
  title = g_string_new (scope_kind_title (settings->kind));
  if (least == UNLIKE)
    nearest.learning_rate = 0;
  else if (least == 0 || preset > 0)
    append (title, scope_preset_title (presets[preset].id));
  append_differences (title, settings, &nearest);
  append_take (title, g_strdup_printf (C_("run title", "seed %u"), settings->seed));
  return g_string_free (title, FALSE);
}
