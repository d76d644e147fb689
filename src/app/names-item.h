/* names-item.h: a line of the list of a cell's names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/cell.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_NAMES_ITEM (scope_names_item_get_type ())
G_DECLARE_FINAL_TYPE (ScopeNamesItem, scope_names_item, SCOPE, NAMES_ITEM, GObject)

/* What the list tells of a name. */
typedef enum
{
  SCOPE_NAMES_NAME,    /* as it is written */
  SCOPE_NAMES_REDUCED, /* as the networks read it */
  SCOPE_NAMES_TIMES,   /* how often it was drawn */
  SCOPE_NAMES_TRUTH,   /* the probability of its true class */
  SCOPE_NAMES_GUESS,   /* that of the class it is taken for */
  SCOPE_NAMES_TOP,     /* the likeliest classes */
  SCOPE_N_NAMES_COLUMNS
} ScopeNamesColumn;

/* scope_names_item_new: the name at @index of @cell, of @dataset. (transfer full) */
ScopeNamesItem *scope_names_item_new (const NnCell *cell, guint index, NnDataset *dataset);

/* scope_names_item_get_text: what stands in the column, in the user's locale. (transfer full) */
char *scope_names_item_get_text (ScopeNamesItem *item, ScopeNamesColumn column);

/* scope_names_item_get_name: as it is written. (transfer none) */
const char *scope_names_item_get_name (ScopeNamesItem *item);

/* scope_names_item_compare: the order of two lines by a column: numbers rise, texts as in the user's language. */
int scope_names_item_compare (ScopeNamesItem *a, ScopeNamesItem *b, ScopeNamesColumn column);

/* scope_names_item_matches: whether the name contains @folded, which is folded by g_utf8_casefold, as written or as
 * read. */
gboolean scope_names_item_matches (ScopeNamesItem *item, const char *folded);

G_END_DECLS
