/* run-store.h: the folder in which runs are kept, a file each, read and written on a thread of its own.
 *
 * For the thread that made it, whose main context delivers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/kept-run.h"

G_BEGIN_DECLS

typedef struct _ScopeRunStore ScopeRunStore;

/* A run that was read. @key: by which the store knows it; @kept: (transfer none) */
typedef void (*ScopeRunRead) (const char *key, const NnKeptRun *kept, gpointer data);

/* All has been read.
 * @n_broken: files that could not be read, which stay as they are; @first: what is wrong with the first, or NULL
 * @n_left: files that were left unread, since there are too many */
typedef void (*ScopeRunsRead) (guint n_broken, const char *first, guint n_left, gpointer data);

/* A run could not be written, or its file not be removed. @message: what is wrong, in one line */
typedef void (*ScopeRunFailed) (const char *key, const char *message, gpointer data);

typedef struct
{
  ScopeRunRead read;
  ScopeRunsRead all_read;
  ScopeRunFailed failed;
} ScopeRunStoreFuncs;

/* scope_run_store_new:
 * Begins to read what is in @folder, which need not be there: the newest first, up to @most files and @most_bytes.
 * @funcs: must stay; told what happens, until the store is freed */
ScopeRunStore *scope_run_store_new (const char *folder, guint most, gsize most_bytes, const ScopeRunStoreFuncs *funcs,
                                    gpointer data);

/* scope_run_store_free: once all that was asked has been written and removed. What could not be is printed on the
 * standard error, where it was not told before. */
void scope_run_store_free (ScopeRunStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeRunStore, scope_run_store_free)

/* scope_run_store_new_key: for a run that was put aside at @time, in microseconds since 1970; keys of later runs are
 * greater in byte order. (transfer full) */
char *scope_run_store_new_key (ScopeRunStore *store, gint64 time, NnKind kind);

/* scope_run_store_save: writes @kept, which it takes over, in place of what the key had. */
void scope_run_store_save (ScopeRunStore *store, const char *key, NnKeptRun *kept);

/* scope_run_store_remove: removes the file of that key, if it is there. */
void scope_run_store_remove (ScopeRunStore *store, const char *key);

G_END_DECLS
