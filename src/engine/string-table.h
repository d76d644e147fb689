/* string-table.h: which reduced names are there already, while a dataset is built.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place in the table. It has the hash too, so that neither a search nor growth needs to look at strings that are
 * somewhere else in memory. */
typedef struct
{
  guint32 hash;
  guint32 number; /* the string's number + 1; 0 where the place is free */
} NnStringSlot;

typedef struct
{
  NnStringSlot *slots;
  gsize n_slots; /* a power of two, at least one and a half times the strings */
} NnStringTable;

/* Whether the string with @number is @letters. */
typedef gboolean (*NnStringIs) (gconstpointer data, guint32 number, const char *letters, gsize n);

void nn_string_table_init (NnStringTable *table);
void nn_string_table_clear (NnStringTable *table);

/* nn_string_table_reserve: makes room for @n_strings, so that adding them moves nothing. */
void nn_string_table_reserve (NnStringTable *table, gsize n_strings);

/* nn_string_hash: 64-bit FNV-1a (Fowler, Noll and Vo), folded. */
guint32 nn_string_hash (const char *letters, gsize n);

/* nn_string_table_find:
 * Gives the place of the string @letters, or the free place where it belongs. (transfer none): until the next reserve */
NnStringSlot *nn_string_table_find (const NnStringTable *table, guint32 hash, const char *letters, gsize n,
                                    NnStringIs is, gconstpointer data);

/* nn_string_table_fetch: says that a string of this hash is about to be looked for: its place is brought into the cache
 * meanwhile. */
static inline void
nn_string_table_fetch (const NnStringTable *table, guint32 hash)
{
#if defined(__GNUC__)
  __builtin_prefetch (&table->slots[hash & (table->n_slots - 1)], 1);
#endif
}

G_END_DECLS
