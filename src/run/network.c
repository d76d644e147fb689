/* network.c: one network of the session.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#define GETTEXT_PACKAGE GATESCOPE_GETTEXT_DOMAIN
#include <glib/gi18n-lib.h>

#include "engine/run-record.h"
#include "run/network-private.h"
#include "run/run-title.h"

#include <math.h>

struct _ScopeNetwork
{
  GObject parent_instance;

  NnKind kind;
  char *title;
  char *path;
  gboolean enabled;
  ScopeRun *run;
  gulong run_handler;
  NnSnapshot *opened;
  NnWeightsFacts *facts; /* of what was opened, as is the next */
  char *preset;
  NnConfusion *confusion;
  guint64 confusion_iteration;
  gint64 confusion_time;
  guint seed_index, n_seeds;
  double seconds_a_seed; /* how long a run of its set took; 0 before one was over */
};

G_DEFINE_FINAL_TYPE (ScopeNetwork, scope_network, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ENABLED,
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
scope_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ENABLED)
    g_value_set_boolean (value, SCOPE_NETWORK (object)->enabled);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_network_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ENABLED)
    scope_network_set_enabled (SCOPE_NETWORK (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
drop_run (ScopeNetwork *network)
{
  g_clear_signal_handler (&network->run_handler, network->run);
  g_clear_object (&network->run);
}

static void
scope_network_dispose (GObject *object)
{
  drop_run (SCOPE_NETWORK (object));
  G_OBJECT_CLASS (scope_network_parent_class)->dispose (object);
}

static void
scope_network_finalize (GObject *object)
{
  ScopeNetwork *network = SCOPE_NETWORK (object);

  g_free (network->title);
  g_free (network->path);
  g_clear_pointer (&network->opened, nn_snapshot_unref);
  g_clear_pointer (&network->facts, nn_weights_facts_free);
  g_clear_pointer (&network->preset, g_free);
  g_clear_pointer (&network->confusion, nn_confusion_free);
  G_OBJECT_CLASS (scope_network_parent_class)->finalize (object);
}

static void
scope_network_class_init (ScopeNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_network_get_property;
  object_class->set_property = scope_network_set_property;
  object_class->dispose = scope_network_dispose;
  object_class->finalize = scope_network_finalize;
  properties[PROP_ENABLED]
      = g_param_spec_boolean ("enabled", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[UPDATED]
      = g_signal_new ("updated", SCOPE_TYPE_NETWORK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
scope_network_init (ScopeNetwork *network)
{
  network->n_seeds = 1;
}

ScopeNetwork *
scope_network_new (NnKind kind)
{
  ScopeNetwork *network = g_object_new (SCOPE_TYPE_NETWORK, NULL);

  network->kind = kind;
  network->title = g_strdup (scope_kind_title (kind));
  return network;
}

ScopeNetwork *
scope_network_new_opened (NnSnapshot *snapshot, NnWeightsFacts *facts, const char *path)
{
  ScopeNetwork *network = g_object_new (SCOPE_TYPE_NETWORK, NULL);
  g_autofree char *name = g_filename_display_basename (path);

  network->kind = snapshot->model->kind;
  /* Translators: a network's kind, and the name of the file that it was opened from. */
  network->title = g_strdup_printf (_("%s (%s)"), scope_kind_title (network->kind), name);
  network->path = g_strdup (path);
  network->opened = snapshot;
  network->facts = facts;
  network->preset = nn_run_record_preset_beside (path);
  network->enabled = TRUE;
  return network;
}

static void
on_run_updated (ScopeNetwork *network)
{
  g_signal_emit (network, signals[UPDATED], 0);
}

void
scope_network_set_run (ScopeNetwork *network, ScopeRun *run, guint seed_index, double seconds_a_seed)
{
  g_autoptr (ScopeRun) hold = run != NULL ? g_object_ref (run) : NULL;

  drop_run (network);
  g_clear_pointer (&network->confusion, nn_confusion_free);
  network->confusion_iteration = 0;
  network->confusion_time = 0;
  network->seed_index = seed_index;
  network->seconds_a_seed = seconds_a_seed;
  network->run = g_steal_pointer (&hold);
  if (network->run != NULL)
    network->run_handler
        = g_signal_connect_swapped (network->run, "updated", G_CALLBACK (on_run_updated), network);
  g_signal_emit (network, signals[UPDATED], 0);
}

void
scope_network_set_n_seeds (ScopeNetwork *network, guint n_seeds)
{
  network->n_seeds = n_seeds;
  g_signal_emit (network, signals[UPDATED], 0);
}

void
scope_network_take_confusion (ScopeNetwork *network, NnConfusion *confusion, guint64 iteration)
{
  g_clear_pointer (&network->confusion, nn_confusion_free);
  network->confusion = confusion;
  network->confusion_iteration = iteration;
  network->confusion_time = g_get_monotonic_time ();
  g_signal_emit (network, signals[UPDATED], 0);
}

guint64
scope_network_confusion_iteration (ScopeNetwork *network)
{
  return network->confusion_iteration;
}

gint64
scope_network_confusion_time (ScopeNetwork *network)
{
  return network->confusion_time;
}

NnKind
scope_network_get_kind (ScopeNetwork *network)
{
  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NN_RNN);
  return network->kind;
}

const char *
scope_network_get_title (ScopeNetwork *network)
{
  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NULL);
  return network->title;
}

const char *
scope_network_get_path (ScopeNetwork *network)
{
  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NULL);
  return network->path;
}

const NnWeightsFacts *
scope_network_get_facts (ScopeNetwork *network)
{
  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NULL);
  return network->facts;
}

const char *
scope_network_get_opened_preset (ScopeNetwork *network)
{
  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NULL);
  return network->preset;
}

gboolean
scope_network_get_enabled (ScopeNetwork *network)
{
  g_return_val_if_fail (SCOPE_IS_NETWORK (network), FALSE);
  return network->enabled;
}

void
scope_network_set_enabled (ScopeNetwork *network, gboolean enabled)
{
  g_return_if_fail (SCOPE_IS_NETWORK (network));
  if (network->enabled == !!enabled)
    return;
  network->enabled = !!enabled;
  g_object_notify_by_pspec (G_OBJECT (network), properties[PROP_ENABLED]);
  g_signal_emit (network, signals[UPDATED], 0);
}

ScopeRun *
scope_network_get_run (ScopeNetwork *network)
{
  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NULL);
  return network->run;
}

guint
scope_network_get_seed_index (ScopeNetwork *network)
{
  g_return_val_if_fail (SCOPE_IS_NETWORK (network), 0);
  return network->seed_index;
}

guint
scope_network_get_n_seeds (ScopeNetwork *network)
{
  g_return_val_if_fail (SCOPE_IS_NETWORK (network), 1);
  return MAX (network->n_seeds, network->seed_index + 1);
}

double
scope_network_get_done (ScopeNetwork *network)
{
  guint64 total;
  double done;

  g_return_val_if_fail (SCOPE_IS_NETWORK (network), 0);
  if (network->run == NULL)
    return 0;
  total = scope_run_get_total (network->run);
  /* One that diverged is over all the same. */
  done = scope_run_is_over (network->run) && network->n_seeds > 1 ? 1
         : total > 0 ? (double) scope_run_get_iteration (network->run) / (double) total
                     : 0;
  return (network->seed_index + done) / scope_network_get_n_seeds (network);
}

double
scope_network_get_seconds_left (ScopeNetwork *network)
{
  double left, speed, whole;
  guint others;

  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NAN);
  if (network->run == NULL)
    return NAN;
  left = scope_run_get_seconds_left (network->run);
  speed = scope_run_get_names_per_second (network->run);
  whole = (double) (scope_run_get_total (network->run) * scope_run_get_settings (network->run)->batch) / speed;
  others = scope_network_get_n_seeds (network) - network->seed_index - 1;
  if (isnan (left) && network->seconds_a_seed > 0)
    left = whole = network->seconds_a_seed;
  return others > 0 ? left + others * whole : left;
}

NnSnapshot *
scope_network_get_snapshot (ScopeNetwork *network)
{
  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NULL);
  return network->run != NULL ? scope_run_get_snapshot (network->run) : network->opened;
}

gboolean
scope_network_is_trained (ScopeNetwork *network)
{
  NnSnapshot *snapshot = scope_network_get_snapshot (network);

  return network->path != NULL || (snapshot != NULL && snapshot->iteration > 0);
}

const NnConfusion *
scope_network_get_confusion (ScopeNetwork *network)
{
  const NnConfusion *final;

  g_return_val_if_fail (SCOPE_IS_NETWORK (network), NULL);
  final = network->run != NULL ? scope_run_get_confusion (network->run) : NULL;
  return final != NULL ? final : network->confusion;
}
