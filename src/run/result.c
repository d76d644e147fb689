/* result.c: something to compare: a network as it is now, or a run from before.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "run/result.h"

#include "run/run-title.h"
#include "run/session-private.h"

#include <math.h>

struct _ScopeResult
{
  GObject parent_instance;

  guint id;
  ScopeNetwork *network; /* or NULL, then the next ones count */
  ScopeRun *run;
  char *title;
  gboolean shown;
  gint64 put_aside; /* microseconds since 1970 */
};

G_DEFINE_FINAL_TYPE (ScopeResult, scope_result, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOWN,
  N_PROPERTIES
};

enum
{
  UPDATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

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
  signals[UPDATED]
      = g_signal_new ("updated", SCOPE_TYPE_RESULT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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

static void
on_updated (ScopeResult *result)
{
  g_signal_emit (result, signals[UPDATED], 0);
}

ScopeResult *
scope_result_new (ScopeNetwork *network)
{
  ScopeResult *result;

  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NULL);
  result = g_object_new (SCOPE_TYPE_RESULT, NULL);
  result->network = g_object_ref (network);
  g_signal_connect_object (network, "notify::enabled", G_CALLBACK (on_enabled), result, G_CONNECT_SWAPPED);
  g_signal_connect_object (network, "updated", G_CALLBACK (on_updated), result, G_CONNECT_SWAPPED);
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
  result->put_aside = g_get_real_time ();
  g_signal_connect_object (run, "updated", G_CALLBACK (on_updated), result, G_CONNECT_SWAPPED);
  return result;
}

guint
scope_result_get_id (ScopeResult *result)
{
  g_return_val_if_fail (SCOPE_IS_RESULT (result), 0);
  return result->id;
}

gint64
scope_result_get_put_aside (ScopeResult *result)
{
  return result->put_aside;
}

void
scope_result_set_put_aside (ScopeResult *result, gint64 time)
{
  result->put_aside = time;
}

void
scope_result_set_id (ScopeResult *result, guint id)
{
  result->id = id;
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

gboolean
scope_result_is_earlier (ScopeResult *result)
{
  g_return_val_if_fail (SCOPE_IS_RESULT (result), FALSE);
  return result->network == NULL;
}

const NnSettings *
scope_result_get_settings (ScopeResult *result)
{
  ScopeRun *run = scope_result_get_run (result);

  return run != NULL ? scope_run_get_settings (run) : NULL;
}

const char *
scope_result_get_preset (ScopeResult *result)
{
  const NnSettings *settings = scope_result_get_settings (result);

  return settings != NULL ? scope_settings_get_preset (settings) : NULL;
}

gboolean
scope_result_is_same_but_for_seed (ScopeResult *result, ScopeResult *other)
{
  ScopeRun *run = scope_result_get_run (result), *other_run = scope_result_get_run (other);
  NnSettings settings;

  if (run == NULL || other_run == NULL)
    return FALSE;
  settings = *scope_run_get_settings (run);
  settings.seed = scope_run_get_settings (other_run)->seed;
  return nn_settings_equal (&settings, scope_run_get_settings (other_run))
         && g_strcmp0 (scope_run_get_data_hash (run), scope_run_get_data_hash (other_run)) == 0;
}

gboolean
scope_result_fits (ScopeResult *result, NnDataset *dataset)
{
  NnSnapshot *snapshot = scope_result_get_snapshot (result);

  return snapshot != NULL && dataset != NULL
         && g_strv_equal ((const char *const *) snapshot->model->classes, nn_dataset_class_names (dataset));
}

GDateTime *
scope_result_get_ended (ScopeResult *result)
{
  ScopeRun *run = scope_result_get_run (result);
  gint64 ended = run != NULL ? scope_run_get_ended (run) : 0;
  g_autoptr (GDateTime) time = NULL;

  if (ended == 0)
    ended = result->put_aside;
  if (ended == 0)
    return NULL;
  time = g_date_time_new_from_unix_utc (ended / G_USEC_PER_SEC);
  return g_date_time_to_local (time);
}

/* The counts that were made when the run was over. */
static const NnConfusion *
final_confusion (ScopeResult *result)
{
  ScopeRun *run = scope_result_get_run (result);

  return run != NULL ? scope_run_get_confusion (run) : NULL;
}

double
scope_result_get_final_loss (ScopeResult *result)
{
  const NnConfusion *confusion = final_confusion (result);

  return confusion != NULL ? confusion->loss : NAN;
}

double
scope_result_get_training_accuracy (ScopeResult *result)
{
  const NnConfusion *confusion = final_confusion (result);

  return confusion != NULL ? nn_confusion_accuracy (confusion) : NAN;
}

double
scope_result_get_held_out_accuracy (ScopeResult *result)
{
  const NnConfusion *confusion = scope_result_get_held_out_confusion (result);

  return confusion != NULL ? nn_confusion_accuracy (confusion) : NAN;
}

double
scope_result_get_held_out_macro (ScopeResult *result)
{
  const NnConfusion *confusion = scope_result_get_held_out_confusion (result);

  return confusion != NULL ? nn_confusion_macro_accuracy (confusion) : NAN;
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
