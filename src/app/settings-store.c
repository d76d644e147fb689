/* settings-store.c: the session's settings in GSettings, from one start to the next.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings-store.h"

static char *
rate_key (guint kind)
{
  return g_strconcat ("learning-rate-", nn_kind_id ((NnKind) kind), NULL);
}

void
scope_settings_store_load (GSettings *store, ScopeSession *session)
{
  ScopeSettings settings = *scope_session_get_settings (session);
  g_autofree char *preset = g_settings_get_string (store, "preset");
  g_auto (GStrv) networks = g_settings_get_strv (store, "networks");
  g_autoptr (GError) error = NULL;

  settings.seed = g_settings_get_uint (store, "seed");
  settings.n_seeds = g_settings_get_uint (store, "seeds");
  if (!scope_settings_apply_preset (&settings, preset))
    {
      g_autofree char *base = g_settings_get_string (store, "base-preset");

      scope_settings_apply_preset (&settings, base);
      settings.preset[0] = '\0';
      settings.iterations = g_settings_get_uint (store, "iterations");
      settings.hidden = g_settings_get_uint (store, "hidden-size");
      settings.hold_out = g_settings_get_double (store, "hold-out");
      for (guint kind = 0; kind < NN_N_KINDS; kind++)
        {
          g_autofree char *key = rate_key (kind);
          settings.learning_rate[kind] = g_settings_get_double (store, key);
        }
    }
  if (!scope_session_set_settings (session, &settings, &error))
    g_warning ("%s", error->message);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    scope_network_set_enabled (scope_session_get_network (session, kind),
                               g_strv_contains ((const char *const *) networks, nn_kind_id ((NnKind) kind)));
}

void
scope_settings_store_save (GSettings *store, ScopeSession *session)
{
  const ScopeSettings *settings = scope_session_get_settings (session);
  g_autoptr (GStrvBuilder) networks = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      g_autofree char *key = rate_key (kind);

      g_settings_set_double (store, key, settings->learning_rate[kind]);
      if (scope_network_get_enabled (scope_session_get_network (session, kind)))
        g_strv_builder_add (networks, nn_kind_id ((NnKind) kind));
    }
  ids = g_strv_builder_end (networks);
  g_settings_set_strv (store, "networks", (const char *const *) ids);
  g_settings_set_string (store, "preset", settings->preset);
  g_settings_set_string (store, "base-preset", settings->base);
  g_settings_set_uint (store, "iterations", (guint) settings->iterations);
  g_settings_set_uint (store, "hidden-size", settings->hidden);
  g_settings_set_double (store, "hold-out", settings->hold_out);
  g_settings_set_uint (store, "seed", settings->seed);
  g_settings_set_uint (store, "seeds", settings->n_seeds);
}
