/* dataset.c: names with their classes: what they are in memory, and how they get there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/dataset-private.h"

#include "engine/alphabet-private.h"
#include "engine/error.h"
#include "engine/i18n.h"
#include "engine/string-table.h"

#include <string.h>

/* Room is made in advance for no more rows than this, whatever is said of them. */
#define MOST_EXPECTED (4u * 1024u * 1024u)

/* Rows that wait to be entered together. */
#define ROWS_AT_ONCE 16

/* No text is so long; it says to the compiler that nothing is lost. */
#define AS_OFFSET(n) ((n) & ((G_GUINT64_CONSTANT (1) << 56) - 1))

/* A row whose reduced name is not looked up yet. */
typedef struct
{
  const char *raw; /* the caller's */
  gsize length;
  guint32 hash;
  guint8 n;
  char ascii[NN_MAX_LETTERS];
} WaitingRow;

struct _NnDatasetBuilder
{
  NnDataset *dataset;
  guint n_classes; /* that there will be; the dataset counts those that are begun */
  gsize text_size;
  gsize text_room;
  gsize rows_room;
  gsize strings_room;
  NnStringTable table;
  WaitingRow waiting[ROWS_AT_ONCE];
  guint n_waiting;
};

static void
dataset_free (NnDataset *dataset)
{
  g_free (dataset->folder);
  g_free (dataset->hash);
  g_strfreev (dataset->class_names);
  g_free (dataset->first_rows);
  g_free (dataset->facts);
  g_free (dataset->rows);
  g_free (dataset->strings);
  g_free (dataset->text);
  g_free (dataset);
}

/* Classes stand in the order of their files, as a sorted list of the folder has them: "A b.txt" before "A.txt". */
static int
compare_files (const char *a, const char *b)
{
  g_autofree char *file_a = g_strconcat (a, ".txt", NULL);
  g_autofree char *file_b = g_strconcat (b, ".txt", NULL);

  return strcmp (file_a, file_b);
}

static gboolean
check_class_name (const char *name, GError **error)
{
  const char *wrong = NULL;

  if (!g_utf8_validate (name, -1, NULL))
    wrong = _("the name of the class is not valid UTF-8; give it another name");
  else if (*name == '\0')
    wrong = _("the name of the class is empty; give it another name");
  else
    for (const char *at = name; *at != '\0' && wrong == NULL; at = g_utf8_next_char (at))
      if (g_unichar_iscntrl (g_utf8_get_char (at)))
        wrong = _("the name of the class has a control character; give it another name");
  if (wrong != NULL)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_DATA, wrong);
  return wrong == NULL;
}

static gboolean
check_line (const char *line, gsize length, GError **error)
{
  if (memchr (line, '\0', length) != NULL)
    g_set_error (error, NN_ERROR, NN_ERROR_DATA, _("the line has a NUL byte; save the file as UTF-8 text"));
  else if (length > NN_MAX_LINE_BYTES)
    g_set_error (error, NN_ERROR, NN_ERROR_DATA,
                 _("the line has %zu bytes; write one name a line, in at most %d bytes"), length, NN_MAX_LINE_BYTES);
  else if (!g_utf8_validate_len (line, length, NULL))
    g_set_error (error, NN_ERROR, NN_ERROR_DATA, _("the line is not valid UTF-8; save the file as UTF-8"));
  else
    return TRUE;
  return FALSE;
}

/* Grows @block, which has room for *@room elements, so that @needed fit: twofold, so that a row costs no allocation. */
static gpointer
make_room (gpointer block, gsize size, gsize *room, gsize needed)
{
  if (needed <= *room)
    return block;
  *room = MAX (needed, 2 * *room);
  return g_realloc_n (block, *room, size);
}

static gsize
add_text (NnDatasetBuilder *builder, const char *text, gsize length)
{
  NnDataset *dataset = builder->dataset;
  gsize offset = builder->text_size;

  dataset->text = make_room (dataset->text, 1, &builder->text_room, offset + length + 1);
  /* Not memcpy: GCC makes of it, for lengths that it knows to be below 256, instructions that are slow to start. */
  memmove (dataset->text + offset, text, length);
  dataset->text[offset + length] = '\0';
  builder->text_size += length + 1;
  return offset;
}

static gboolean
string_is (gconstpointer data, guint32 number, const char *letters, gsize n)
{
  const NnDataset *dataset = data;
  const NnDatasetString *string = &dataset->strings[number];

  return string->length == n && memcmp (dataset->text + string->ascii, letters, n) == 0;
}

/* Gives the number of the reduced name @ascii, which it adds where it is new. */
static guint32
intern (NnDatasetBuilder *builder, guint32 hash, const char *ascii, gsize n)
{
  NnDataset *dataset = builder->dataset;
  NnStringSlot *slot = nn_string_table_find (&builder->table, hash, ascii, n, string_is, dataset);

  if (slot->number != 0)
    return slot->number - 1;
  dataset->strings = make_room (dataset->strings, sizeof (NnDatasetString), &builder->strings_room,
                                (gsize) dataset->n_strings + 1);
  dataset->strings[dataset->n_strings] = (NnDatasetString){ AS_OFFSET (add_text (builder, ascii, n)), (guint8) n };
  *slot = (NnStringSlot){ hash, ++dataset->n_strings };
  return dataset->n_strings - 1;
}

static void
add_row (NnDatasetBuilder *builder, const WaitingRow *row)
{
  NnDataset *dataset = builder->dataset;
  guint32 string = intern (builder, row->hash, row->ascii, row->n);
  gboolean same = row->length == row->n; /* whatever reduction changes, it takes bytes away */

  dataset->rows = make_room (dataset->rows, sizeof (NnDatasetRow), &builder->rows_room, (gsize) dataset->n_rows + 1);
  dataset->rows[dataset->n_rows++] = (NnDatasetRow){
    .raw = same ? dataset->strings[string].ascii : AS_OFFSET (add_text (builder, row->raw, row->length)),
    .class_index = (guint8) (dataset->n_classes - 1),
    .string = string,
  };
}

static void
add_waiting (NnDatasetBuilder *builder)
{
  nn_string_table_reserve (&builder->table, (gsize) builder->dataset->n_strings + builder->n_waiting);
  for (guint i = 0; i < builder->n_waiting; i++)
    add_row (builder, &builder->waiting[i]);
  builder->n_waiting = 0;
}

/* Rows are entered some at a time, so that the processor can fetch the places of all of them from memory at once. */
static void
wait_with_row (NnDatasetBuilder *builder, const char *raw, gsize length, const char *ascii, gsize n)
{
  WaitingRow *row = &builder->waiting[builder->n_waiting++];

  row->raw = raw;
  row->length = length;
  row->hash = nn_string_hash (ascii, n);
  row->n = (guint8) n;
  memmove (row->ascii, ascii, n);
  nn_string_table_fetch (&builder->table, row->hash);
  if (builder->n_waiting == ROWS_AT_ONCE)
    add_waiting (builder);
}

NnDatasetBuilder *
nn_dataset_builder_new (guint n_classes, GError **error)
{
  NnDatasetBuilder *builder;

  if (n_classes < NN_MIN_CLASSES || n_classes > NN_MAX_CLASSES)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_DATA,
                   g_dngettext (GETTEXT_PACKAGE,
                                "there is %u class; there must be from %d to %d, each with its own Class.txt",
                                "there are %u classes; there must be from %d to %d, each with its own Class.txt",
                                n_classes),
                   n_classes, NN_MIN_CLASSES, NN_MAX_CLASSES);
      return NULL;
    }

  builder = g_new0 (NnDatasetBuilder, 1);
  builder->n_classes = n_classes;
  nn_string_table_init (&builder->table);
  builder->dataset = g_new0 (NnDataset, 1);
  g_atomic_ref_count_init (&builder->dataset->references);
  builder->dataset->class_names = g_new0 (char *, n_classes + 1);
  builder->dataset->first_rows = g_new0 (guint, n_classes + 1);
  builder->dataset->facts = g_new0 (NnClassFacts, n_classes);
  return builder;
}

void
nn_dataset_builder_expect (NnDatasetBuilder *builder, gsize n_rows)
{
  nn_string_table_reserve (&builder->table, MIN (n_rows, MOST_EXPECTED));
}

void
nn_dataset_builder_free (NnDatasetBuilder *builder)
{
  if (builder == NULL)
    return;
  g_clear_pointer (&builder->dataset, dataset_free);
  nn_string_table_clear (&builder->table);
  g_free (builder);
}

gboolean
nn_dataset_builder_begin_class (NnDatasetBuilder *builder, const char *name, GError **error)
{
  NnDataset *dataset = builder->dataset;

  g_assert (dataset->n_classes < builder->n_classes);
  if (!check_class_name (name, error))
    return FALSE;
  if (dataset->n_classes > 0 && compare_files (dataset->class_names[dataset->n_classes - 1], name) >= 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_DATA,
                   _("the class doesn't come after “%s”; give each class once, in byte order"),
                   dataset->class_names[dataset->n_classes - 1]);
      return FALSE;
    }
  dataset->first_rows[dataset->n_classes] = dataset->n_rows;
  dataset->class_names[dataset->n_classes++] = g_strdup (name);
  return TRUE;
}

gboolean
nn_dataset_builder_add (NnDatasetBuilder *builder, const char *line, gsize length, GError **error)
{
  char ascii[NN_MAX_LINE_BYTES];
  NnClassFacts *facts;
  gboolean lost;
  gsize n;

  g_assert (builder->dataset->n_classes > 0);
  facts = &builder->dataset->facts[builder->dataset->n_classes - 1];
  if (!check_line (line, length, error))
    return FALSE;
  nn_name_trim (&line, &length);
  if (length == 0)
    return TRUE;
  n = nn_name_reduce_span (line, length, ascii, NULL, &lost);
  if (n == 0)
    facts->left_out_empty++;
  else if (n > NN_MAX_LETTERS)
    facts->left_out_long++;
  else
    {
      wait_with_row (builder, line, length, ascii, n);
      facts->rows++;
      facts->with_dropped += lost;
    }
  return TRUE;
}

gboolean
nn_dataset_builder_end_class (NnDatasetBuilder *builder, GError **error)
{
  g_assert (builder->dataset->n_classes > 0);
  add_waiting (builder);
  if (builder->dataset->facts[builder->dataset->n_classes - 1].rows > 0)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_DATA,
               _("there is no name that a network can read; write one a line, of 1 to %d letters, or take the class "
                 "away"),
               NN_MAX_LETTERS);
  return FALSE;
}

NnDataset *
nn_dataset_builder_finish (NnDatasetBuilder *builder, const char *folder)
{
  NnDataset *dataset = g_steal_pointer (&builder->dataset);

  g_assert (dataset->n_classes == builder->n_classes);
  nn_string_table_clear (&builder->table);
  dataset->first_rows[dataset->n_classes] = dataset->n_rows;
  dataset->folder = g_strdup (folder);
  dataset->rows = g_renew (NnDatasetRow, dataset->rows, dataset->n_rows);
  dataset->strings = g_renew (NnDatasetString, dataset->strings, dataset->n_strings);
  dataset->text = g_realloc (dataset->text, builder->text_size);
  nn_dataset_measure (dataset);
  return dataset;
}

/* The rows of the class begun last, of which @index is the number. */
static gboolean
add_rows_of_class (NnDatasetBuilder *builder,
                   guint index,
                   const char *const *raw,
                   const guint *classes,
                   guint n_rows,
                   GError **error)
{
  for (guint i = 0; i < n_rows; i++)
    if (classes[i] == index && !nn_dataset_builder_add (builder, raw[i], strlen (raw[i]), error))
      {
        g_prefix_error (error, _("row %u: "), i + 1);
        return FALSE;
      }
  return TRUE;
}

NnDataset *
nn_dataset_new_from_rows (const char *const *class_names,
                          const char *const *raw,
                          const guint *classes,
                          guint n_rows,
                          GError **error)
{
  g_autoptr (NnDatasetBuilder) builder = NULL;
  guint n_classes;

  g_return_val_if_fail (class_names != NULL && (n_rows == 0 || (raw != NULL && classes != NULL)), NULL);
  n_classes = g_strv_length ((char **) class_names);
  for (guint i = 0; i < n_rows; i++)
    g_return_val_if_fail (raw[i] != NULL && classes[i] < n_classes, NULL);

  builder = nn_dataset_builder_new (n_classes, error);
  if (builder == NULL)
    return NULL;
  for (guint i = 0; i < n_classes; i++)
    {
      if (!nn_dataset_builder_begin_class (builder, class_names[i], error))
        {
          g_prefix_error (error, _("class %u: "), i + 1);
          return NULL;
        }
      if (!add_rows_of_class (builder, i, raw, classes, n_rows, error))
        return NULL;
      if (!nn_dataset_builder_end_class (builder, error))
        {
          g_prefix_error (error, _("%s: "), class_names[i]);
          return NULL;
        }
    }
  return nn_dataset_builder_finish (builder, NULL);
}

NnDataset *
nn_dataset_ref (NnDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);
  g_atomic_ref_count_inc (&dataset->references);
  return dataset;
}

void
nn_dataset_unref (NnDataset *dataset)
{
  g_return_if_fail (dataset != NULL);
  if (g_atomic_ref_count_dec (&dataset->references))
    dataset_free (dataset);
}

const char *
nn_dataset_folder (const NnDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);
  return dataset->folder;
}

const char *
nn_dataset_hash (const NnDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);
  return dataset->hash;
}

guint
nn_dataset_n_classes (const NnDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);
  return dataset->n_classes;
}

const char *const *
nn_dataset_class_names (const NnDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);
  return (const char *const *) dataset->class_names;
}

int
nn_dataset_class_index (const NnDataset *dataset, const char *name)
{
  g_return_val_if_fail (dataset != NULL && name != NULL, -1);
  for (guint i = 0; i < dataset->n_classes; i++)
    if (strcmp (dataset->class_names[i], name) == 0)
      return (int) i;
  return -1;
}

void
nn_dataset_class_rows (const NnDataset *dataset, guint index, guint *first, guint *n_rows)
{
  g_return_if_fail (dataset != NULL && index < dataset->n_classes && first != NULL && n_rows != NULL);
  *first = dataset->first_rows[index];
  *n_rows = dataset->first_rows[index + 1] - *first;
}

const NnClassFacts *
nn_dataset_class_facts (const NnDataset *dataset, guint index)
{
  g_return_val_if_fail (dataset != NULL && index < dataset->n_classes, NULL);
  return &dataset->facts[index];
}

guint
nn_dataset_n_rows (const NnDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);
  return dataset->n_rows;
}

const char *
nn_dataset_row_ascii (const NnDataset *dataset, guint row)
{
  g_return_val_if_fail (dataset != NULL && row < dataset->n_rows, NULL);
  return dataset->text + dataset->strings[dataset->rows[row].string].ascii;
}

guint
nn_dataset_row_length (const NnDataset *dataset, guint row)
{
  g_return_val_if_fail (dataset != NULL && row < dataset->n_rows, 0);
  return dataset->strings[dataset->rows[row].string].length;
}

const char *
nn_dataset_row_raw (const NnDataset *dataset, guint row)
{
  g_return_val_if_fail (dataset != NULL && row < dataset->n_rows, NULL);
  return dataset->text + dataset->rows[row].raw;
}

guint
nn_dataset_row_class (const NnDataset *dataset, guint row)
{
  g_return_val_if_fail (dataset != NULL && row < dataset->n_rows, 0);
  return dataset->rows[row].class_index;
}

guint
nn_dataset_row_string (const NnDataset *dataset, guint row)
{
  g_return_val_if_fail (dataset != NULL && row < dataset->n_rows, 0);
  return dataset->rows[row].string;
}

guint
nn_dataset_n_strings (const NnDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);
  return dataset->n_strings;
}

guint
nn_dataset_shared_strings (const NnDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);
  return dataset->shared_strings;
}

double
nn_dataset_ceiling (const NnDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0.0);
  return dataset->ceiling;
}

double
nn_dataset_ceiling_macro (const NnDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0.0);
  return dataset->ceiling_macro;
}
