/* names-item.c: a line of the list of a cell's names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/names-item.h"

#include "figure/number.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ScopeNamesItem
{
  GObject parent_instance;

  NnCellName name;
  guint n_top;
  NnDataset *dataset;
  char *key; /* for the order of names */
};

G_DEFINE_FINAL_TYPE (ScopeNamesItem, scope_names_item, G_TYPE_OBJECT)

static void
scope_names_item_finalize (GObject *object)
{
  ScopeNamesItem *item = SCOPE_NAMES_ITEM (object);

  nn_dataset_unref (item->dataset);
  g_free (item->key);
  G_OBJECT_CLASS (scope_names_item_parent_class)->finalize (object);
}

static void
scope_names_item_class_init (ScopeNamesItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scope_names_item_finalize;
}

static void
scope_names_item_init (ScopeNamesItem *item)
{
}

ScopeNamesItem *
scope_names_item_new (const NnCell *cell, guint index, NnDataset *dataset)
{
  ScopeNamesItem *item = g_object_new (SCOPE_TYPE_NAMES_ITEM, NULL);

  item->name = cell->names[index];
  item->n_top = cell->n_top;
  item->dataset = nn_dataset_ref (dataset);
  item->key = g_utf8_collate_key (nn_dataset_row_raw (dataset, item->name.row), -1);
  return item;
}

const char *
scope_names_item_get_name (ScopeNamesItem *item)
{
  return nn_dataset_row_raw (item->dataset, item->name.row);
}

/* "Polish 61 %, Czech 30 %, Russian 4 %" (transfer full) */
static char *
top_text (ScopeNamesItem *item)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < item->n_top; i++)
    {
      g_autofree char *percent = fig_percent (item->name.probability[i], 0, FALSE);

      g_string_append_printf (text, "%s%s %s", i > 0 ? C_("list", ", ") : "",
                              nn_dataset_class_names (item->dataset)[item->name.top[i]], percent);
    }
  return g_string_free (text, FALSE);
}

char *
scope_names_item_get_text (ScopeNamesItem *item, ScopeNamesColumn column)
{
  g_return_val_if_fail (SCOPE_IS_NAMES_ITEM (item), NULL);
  switch (column)
    {
    case SCOPE_NAMES_NAME:
      return g_strdup (scope_names_item_get_name (item));
    case SCOPE_NAMES_REDUCED:
      return g_strdup (nn_dataset_row_ascii (item->dataset, item->name.row));
    case SCOPE_NAMES_TIMES:
      return fig_number (item->name.times, 0, FALSE);
    case SCOPE_NAMES_TRUTH:
      return fig_percent (item->name.truth, 1, FALSE);
    case SCOPE_NAMES_GUESS:
      return fig_percent (item->name.guess, 1, FALSE);
    case SCOPE_NAMES_TOP:
      return top_text (item);
    case SCOPE_N_NAMES_COLUMNS:
    default:
      g_return_val_if_reached (NULL);
    }
}

int
scope_names_item_compare (ScopeNamesItem *a, ScopeNamesItem *b, ScopeNamesColumn column)
{
  switch (column)
    {
    case SCOPE_NAMES_REDUCED:
      return strcmp (nn_dataset_row_ascii (a->dataset, a->name.row), nn_dataset_row_ascii (b->dataset, b->name.row));
    case SCOPE_NAMES_TIMES:
      return (a->name.times > b->name.times) - (a->name.times < b->name.times);
    case SCOPE_NAMES_TRUTH:
      return (a->name.truth > b->name.truth) - (a->name.truth < b->name.truth);
    case SCOPE_NAMES_GUESS:
      return (a->name.guess > b->name.guess) - (a->name.guess < b->name.guess);
    case SCOPE_NAMES_TOP:
      /* The first guess is the same for all: by the second, and how likely that is. */
      if (a->name.top[1] != b->name.top[1])
        return a->name.top[1] < b->name.top[1] ? -1 : 1;
      return (a->name.probability[1] > b->name.probability[1]) - (a->name.probability[1] < b->name.probability[1]);
    case SCOPE_NAMES_NAME:
    case SCOPE_N_NAMES_COLUMNS:
    default:
      return strcmp (a->key, b->key);
    }
}

gboolean
scope_names_item_matches (ScopeNamesItem *item, const char *folded)
{
  g_autofree char *name = g_utf8_casefold (scope_names_item_get_name (item), -1);
  g_autofree char *reduced = g_utf8_casefold (nn_dataset_row_ascii (item->dataset, item->name.row), -1);

  return strstr (name, folded) != NULL || strstr (reduced, folded) != NULL;
}
