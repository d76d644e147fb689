/* result.c: something to compare: a network as it is now, or a run from before.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "run/result.h"

struct _ScopeResult
{
  GObject parent_instance;

  ScopeNetwork *network; /* or NULL, then the next three count */
  ScopeRun *run;
  char *title;
  gboolean shown;
};

G_DEFINE_FINAL_TYPE (ScopeResult, scope_result, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOWN,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
scope_result_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeResult *result = SCOPE_RESULT (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, scope_result_get_title (result));
      break;
    case PROP_SHOWN:
      g_value_set_boolean (value, scope_result_get_shown (result));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_result_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeResult *result = SCOPE_RESULT (object);

  switch (id)
    {
    case PROP_TITLE:
      scope_result_set_title (result, g_value_get_string (value));
      break;
    case PROP_SHOWN:
      scope_result_set_shown (result, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_result_dispose (GObject *object)
{
  ScopeResult *result = SCOPE_RESULT (object);

  g_clear_object (&result->network);
  g_clear_object (&result->run);
  G_OBJECT_CLASS (scope_result_parent_class)->dispose (object);
}

static void
scope_result_finalize (GObject *object)
{
  g_free (SCOPE_RESULT (object)->title);
  G_OBJECT_CLASS (scope_result_parent_class)->finalize (object);
}

static void
scope_result_class_init (ScopeResultClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_result_get_property;
  object_class->set_property = scope_result_set_property;
  object_class->dispose = scope_result_dispose;
  object_class->finalize = scope_result_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
scope_result_init (ScopeResult *result)
{
  result->shown = TRUE;
}

static void
on_enabled (ScopeResult *result)
{
  g_object_notify_by_pspec (G_OBJECT (result), properties[PROP_SHOWN]);
}

ScopeResult *
scope_result_new (ScopeNetwork *network)
{
  ScopeResult *result;

  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NULL);
  result = g_object_new (SCOPE_TYPE_RESULT, NULL);
  result->network = g_object_ref (network);
  g_signal_connect_object (network, "notify::enabled", G_CALLBACK (on_enabled), result, G_CONNECT_SWAPPED);
  return result;
}

ScopeResult *
scope_result_new_earlier (ScopeRun *run, const char *title)
{
  ScopeResult *result;

  g_return_val_if_fail (SCOPE_IS_RUN (run) && title != NULL, NULL);
  result = g_object_new (SCOPE_TYPE_RESULT, NULL);
  result->run = g_object_ref (run);
  result->title = g_strdup (title);
  return result;
}

ScopeNetwork *
scope_result_get_network (ScopeResult *result)
{
  g_return_val_if_fail (SCOPE_IS_RESULT (result), NULL);
  return result->network;
}

ScopeRun *
scope_result_get_run (ScopeResult *result)
{
  g_return_val_if_fail (SCOPE_IS_RESULT (result), NULL);
  return result->network != NULL ? scope_network_get_run (result->network) : result->run;
}

NnKind
scope_result_get_kind (ScopeResult *result)
{
  g_return_val_if_fail (SCOPE_IS_RESULT (result), NN_RNN);
  return result->network != NULL ? scope_network_get_kind (result->network) : scope_run_get_kind (result->run);
}

const char *
scope_result_get_title (ScopeResult *result)
{
  g_return_val_if_fail (SCOPE_IS_RESULT (result), NULL);
  return result->network != NULL ? scope_network_get_title (result->network) : result->title;
}

void
scope_result_set_title (ScopeResult *result, const char *title)
{
  g_return_if_fail (SCOPE_IS_RESULT (result) && result->network == NULL && title != NULL);
  if (g_strcmp0 (result->title, title) == 0)
    return;
  g_free (result->title);
  result->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (result), properties[PROP_TITLE]);
}

gboolean
scope_result_get_shown (ScopeResult *result)
{
  g_return_val_if_fail (SCOPE_IS_RESULT (result), FALSE);
  return result->network != NULL ? scope_network_get_enabled (result->network) : result->shown;
}

void
scope_result_set_shown (ScopeResult *result, gboolean shown)
{
  g_return_if_fail (SCOPE_IS_RESULT (result));
  if (scope_result_get_shown (result) == !!shown)
    return;
  if (result->network != NULL)
    {
      scope_network_set_enabled (result->network, shown);
      return;
    }
  result->shown = !!shown;
  g_object_notify_by_pspec (G_OBJECT (result), properties[PROP_SHOWN]);
}

NnSnapshot *
scope_result_get_snapshot (ScopeResult *result)
{
  g_return_val_if_fail (SCOPE_IS_RESULT (result), NULL);
  return result->network != NULL ? scope_network_get_snapshot (result->network)
                                 : scope_run_get_snapshot (result->run);
}

const NnConfusion *
scope_result_get_confusion (ScopeResult *result)
{
  g_return_val_if_fail (SCOPE_IS_RESULT (result), NULL);
  return result->network != NULL ? scope_network_get_confusion (result->network)
                                 : scope_run_get_confusion (result->run);
}

const NnConfusion *
scope_result_get_held_out_confusion (ScopeResult *result)
{
  ScopeRun *run = scope_result_get_run (result);

  return run != NULL ? scope_run_get_held_out_confusion (run) : NULL;
}
