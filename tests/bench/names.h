/* names.h: the names that everybody trains on, in one order.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/split.h"
#include "engine/trainer.h"

G_BEGIN_DECLS

typedef struct
{
  NnDataset *dataset;
  NnSplit *split; /* nothing held out */
  NnExample *order;
  guint n;
} Names;

/* names_load: @n names of @folder, drawn as the report draws them, with seed 1. Errors: the engine's. */
gboolean names_load (Names *names, const char *folder, guint n, GError **error);
void names_clear (Names *names);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

/* names_save:
 * Writes what a peer needs into @folder: order.tsv with lines of a name, a tab and the number of its class, and for
 * each of the report's networks KIND.safetensors with the weights that it starts from. */
gboolean names_save (const Names *names, const char *folder, GError **error);

/* names_model: the network that training starts from, seed 1. (transfer full) */
NnModel *names_model (const Names *names, NnKind kind, guint hidden);

/* names_settings: the report's for @kind. */
NnSettings names_settings (NnKind kind, guint hidden);

G_END_DECLS
