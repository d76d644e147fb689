/* string-table.c: which reduced names are there already, while a dataset is built.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/string-table.h"

#include <string.h>
#include <sys/mman.h>

#define FEWEST_SLOTS 1024
#define HUGE_PAGE (2u * 1024u * 1024u)

/* Every search goes somewhere else in the table: on huge pages the processor finds the place faster. */
static NnStringSlot *
new_slots (gsize n)
{
  NnStringSlot *slots = g_aligned_alloc (n, sizeof (NnStringSlot), n * sizeof (NnStringSlot) < HUGE_PAGE ? 64 : HUGE_PAGE);

#ifdef MADV_HUGEPAGE
  if (n * sizeof (NnStringSlot) >= HUGE_PAGE)
    (void) madvise (slots, n * sizeof (NnStringSlot), MADV_HUGEPAGE);
#endif
  memset (slots, 0, n * sizeof (NnStringSlot));
  return slots;
}

void
nn_string_table_init (NnStringTable *table)
{
  table->n_slots = FEWEST_SLOTS;
  table->slots = new_slots (table->n_slots);
}

void
nn_string_table_clear (NnStringTable *table)
{
  g_clear_pointer (&table->slots, g_aligned_free);
  table->n_slots = 0;
}

void
nn_string_table_reserve (NnStringTable *table, gsize n_strings)
{
  gsize n_slots = table->n_slots;
  NnStringSlot *slots;

  while (2 * n_slots < 3 * n_strings)
    n_slots *= 2;
  if (n_slots == table->n_slots)
    return;
  slots = new_slots (n_slots);
  for (gsize i = 0; i < table->n_slots; i++)
    {
      gsize at = table->slots[i].hash & (n_slots - 1);

      if (table->slots[i].number == 0)
        continue;
      while (slots[at].number != 0)
        at = (at + 1) & (n_slots - 1);
      slots[at] = table->slots[i];
    }
  g_aligned_free (table->slots);
  table->slots = slots;
  table->n_slots = n_slots;
}

guint32
nn_string_hash (const char *letters, gsize n)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (gsize i = 0; i < n; i++)
    hash = (hash ^ (guchar) letters[i]) * G_GUINT64_CONSTANT (1099511628211);
  return (guint32) (hash ^ (hash >> 32));
}

NnStringSlot *
nn_string_table_find (const NnStringTable *table, guint32 hash, const char *letters, gsize n, NnStringIs is,
                      gconstpointer data)
{
  for (gsize at = hash & (table->n_slots - 1);; at = (at + 1) & (table->n_slots - 1))
    {
      NnStringSlot *slot = &table->slots[at];

      if (slot->number == 0 || (slot->hash == hash && is (data, slot->number - 1, letters, n)))
        return slot;
    }
}
