/* session.h: the data, the settings and the networks that train side by side.
 *
 * For the main thread. It knows no widget: pages listen to its signals and read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/result.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_SESSION (scope_session_get_type ())
G_DECLARE_FINAL_TYPE (ScopeSession, scope_session, SCOPE, SESSION, GObject)

#define SCOPE_MOST_SEEDS 20

/* The most earlier runs that are kept, and the most memory for their weights and curves. */
#define SCOPE_MOST_EARLIER 100
#define SCOPE_MOST_EARLIER_BYTES ((gsize) 256 << 20)

/* What the three networks share, and each one's learning rate. */
typedef struct
{
  char preset[16]; /* as nn_settings_preset has them; "" where a setting was changed by hand */
  char base[16];   /* the preset that the settings came from: batch, optimizer and the like are as in it */
  guint64 iterations;
  guint hidden;
  guint32 seed;    /* the first of the seeds */
  guint n_seeds;   /* how many seeds each network is trained with, one after the other; 1 to SCOPE_MOST_SEEDS */
  double hold_out;
  double learning_rate[NN_N_KINDS];
} ScopeSettings;

/* Signals:
 * "changed" (): the data, the settings or the list of networks has changed.
 * "updated" (): numbers or weights of a network have changed; about 30 times a second while training runs.
 * "message" (char *): a sentence for whoever uses it. */

/* scope_session_new: without data; rnn, lstm and gate-lstm are enabled, gate-lstm-hidden is there but not. */
ScopeSession *scope_session_new (void);

/* scope_session_load_async: reads a folder of names on another thread, then makes all networks anew.
 * The old data stays in place until that has succeeded. An active run is stopped by the change.
 * Errors of the finish function: NN_ERROR_DATA; G_IO_ERROR_CANCELLED. */
void scope_session_load_async (ScopeSession *session, const char *folder, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
gboolean scope_session_load_finish (ScopeSession *session, GAsyncResult *result, GError **error);

NnDataset *scope_session_get_dataset (ScopeSession *session); /* (transfer none) (nullable) */
NnSplit *scope_session_get_split (ScopeSession *session);     /* (transfer none) (nullable) */

/* scope_session_get_networks: of ScopeNetwork: the four kinds in order, then those opened. (transfer none) */
GListModel *scope_session_get_networks (ScopeSession *session);
guint scope_session_get_n_networks (ScopeSession *session);
ScopeNetwork *scope_session_get_network (ScopeSession *session, guint index); /* (transfer none) */

/* scope_session_get_shown: the enabled networks, as a new array. (transfer container) (element-type ScopeNetwork) */
GPtrArray *scope_session_get_shown (ScopeSession *session);

/* scope_session_get_results: of ScopeResult: one for each network, in their order, then the earlier runs, the newest
 * first. A network's run that was started becomes an earlier run when the network gets a fresh one: by a reset, by
 * other settings, by other data, or by the next seed of a set. It is hidden at first, but for the seeds of a set under
 * way, which are shown beside each other. At most SCOPE_MOST_EARLIER are kept; the oldest of those that are hidden go
 * first.
 * (transfer none) */
GListModel *scope_session_get_results (ScopeSession *session);

/* scope_session_keep_runs:
 * From now on earlier runs are kept in @folder, which is made when there is one, each in a file of its own, with its
 * weights, title, and whether it is shown; what the networks have by the end of the session is kept too. The runs that are
 * in the folder come into the list, which takes a moment. A file that can't be read stays as it is, and is told in a
 * message, as is one that can't be written. Once. */
void scope_session_keep_runs (ScopeSession *session, const char *folder);

/* scope_session_find_result: the one with this id, or NULL. (transfer none) */
ScopeResult *scope_session_find_result (ScopeSession *session, guint id);

/* scope_session_hide_earlier: hides all earlier runs. */
void scope_session_hide_earlier (ScopeSession *session);

/* scope_session_get_shown_results: those that are shown, as a new array. (transfer container) (element-type ScopeResult) */
GPtrArray *scope_session_get_shown_results (ScopeSession *session);

/* scope_session_delete_results: takes earlier runs out of the list; others among @results stay. FALSE if none went.
 * What the newest deletion took can be brought back. */
gboolean scope_session_delete_results (ScopeSession *session, GPtrArray *results);
gboolean scope_session_can_undo_delete (ScopeSession *session);
void scope_session_undo_delete (ScopeSession *session);

const ScopeSettings *scope_session_get_settings (ScopeSession *session);

/* scope_session_set_settings: takes over @settings and prepares fresh networks, unless nothing but the number of seeds
 * is another.
 * Errors: NN_ERROR_SETTINGS, also while a run is active. */
gboolean scope_session_set_settings (ScopeSession *session, const ScopeSettings *settings, GError **error);

/* scope_session_apply_preset: fills @settings from a preset. FALSE for an unknown one. */
gboolean scope_settings_apply_preset (ScopeSettings *settings, const char *preset);

/* scope_session_train:
 * Starts or resumes every enabled network. When the run of a seed is over, the one of the next seed follows, each as it
 * would be alone; one that diverged counts as done. Where there is nothing to start, a single run that is finished
 * trains on for as many iterations again; a set of seeds that is done, or a run that diverged or was stopped, stays as
 * it is. */
void scope_session_train (ScopeSession *session);
void scope_session_pause (ScopeSession *session);
void scope_session_step (ScopeSession *session); /* one iteration each */

/* scope_session_reset:
 * Fresh networks. What was there is among the earlier runs at once, measured as it stands. Until training starts again
 * or data or settings change, scope_session_undo_reset takes it back out of there, and a run that was under way can go on;
 * after that, it is stopped for good. */
void scope_session_reset (ScopeSession *session);
gboolean scope_session_can_undo_reset (ScopeSession *session);
void scope_session_undo_reset (ScopeSession *session);

gboolean scope_session_is_running (ScopeSession *session); /* any network RUNNING or MEASURING */
gboolean scope_session_is_active (ScopeSession *session);  /* any RUNNING, PAUSED or MEASURING */
gboolean scope_session_is_started (ScopeSession *session); /* any beyond READY */
gboolean scope_session_can_train (ScopeSession *session);  /* whether scope_session_train would do something */

/* scope_session_set_watches_confusion: whether live counts are wanted while training runs. */
void scope_session_set_watches_confusion (ScopeSession *session, gboolean watches);

/* scope_session_open_weights: adds a network read from a file to the list and enables it.
 * Errors: NN_ERROR_FILE, NN_ERROR_WEIGHTS. Returns: (transfer none): the network. */
ScopeNetwork *scope_session_open_weights (ScopeSession *session, const char *path, GError **error);
void scope_session_close_network (ScopeSession *session, ScopeNetwork *network);

/* scope_session_save: writes K.safetensors and K.run.json of every network that has been trained into @folder, which is
 * made if need be; of a set of seeds, K-seed-S.safetensors and K-seed-S.run.json of each; of earlier runs that are
 * shown, K-run-N.safetensors and K-run-N.run.json. Errors: NN_ERROR_FILE, or NN_ERROR_SETTINGS where none has been
 * trained. */
gboolean scope_session_save (ScopeSession *session, const char *folder, GError **error);

/* scope_session_get_saved_name: the K, K-seed-S or K-run-N under which scope_session_save writes @run; NULL for one
 * that it does not write. (transfer full)
 * @preset: (out) (optional) (nullable): the preset that is written with it; valid until the session changes */
char *scope_session_get_saved_name (ScopeSession *session, ScopeRun *run, const char **preset);

/* scope_session_is_saved: whether scope_session_save has written @run as it is now. */
gboolean scope_session_is_saved (ScopeSession *session, ScopeRun *run);

G_END_DECLS
