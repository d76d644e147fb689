/* language.c: the language of a figure's words, chosen for a thread.
 *
 * A catalogue is a GNU MO file: a header, and two tables of (length, offset), the words to translate, sorted by their
 * bytes, and what they become. (GNU gettext manual, "The Format of GNU MO Files".)
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/language.h"

#include "config.h"

#include <libintl.h>
#include <string.h>

#define MO_MAGIC 0x950412deu
#define MO_HEADER_BYTES 20u

typedef struct
{
  const char *language; /* "en" where there is no file */
  GMappedFile *file;    /* NULL: the words as the program has them, which are English */
  const char *bytes;
  gsize size;
  gboolean swapped; /* of a machine with the other byte order */
  guint32 n;        /* words */
  guint32 ids;      /* where the tables begin */
  guint32 words;
} Catalogue;

static void
catalogue_free (gpointer data)
{
  Catalogue *catalogue = data;

  if (catalogue != NULL)
    g_clear_pointer (&catalogue->file, g_mapped_file_unref);
  g_free (catalogue);
}

static void
stack_free (gpointer data)
{
  g_slist_free_full (data, catalogue_free);
}

/* Of Catalogue, the one in force first; NULL: that of the process. */
static GPrivate stack = G_PRIVATE_INIT (stack_free);

/* ---- Catalogues ---- */

static guint32
read_word (const Catalogue *catalogue, gsize offset)
{
  guint32 value;

  memcpy (&value, catalogue->bytes + offset, sizeof value);
  return catalogue->swapped ? GUINT32_SWAP_LE_BE (value) : value;
}

static gboolean
table_fits (const Catalogue *catalogue, guint32 offset)
{
  return (guint64) offset + 8 * (guint64) catalogue->n <= catalogue->size;
}

/* Whether the file is a catalogue; sets where its tables are. */
static gboolean
read_header (Catalogue *catalogue)
{
  guint32 magic;

  if (catalogue->size < MO_HEADER_BYTES)
    return FALSE;
  magic = read_word (catalogue, 0);
  catalogue->swapped = magic == GUINT32_SWAP_LE_BE (MO_MAGIC);
  if (magic != MO_MAGIC && !catalogue->swapped)
    return FALSE;
  catalogue->n = read_word (catalogue, 8);
  catalogue->ids = read_word (catalogue, 12);
  catalogue->words = read_word (catalogue, 16);
  return table_fits (catalogue, catalogue->ids) && table_fits (catalogue, catalogue->words);
}

/* Entry @index of a table, which ends in a NUL within the file; NULL where it does not.
 * @length: (out): without that NUL */
static const char *
read_entry (const Catalogue *catalogue, guint32 table, guint32 index, guint32 *length)
{
  guint32 offset = read_word (catalogue, table + 8 * (gsize) index + 4);

  *length = read_word (catalogue, table + 8 * (gsize) index);
  if ((guint64) offset + *length + 1 > catalogue->size || catalogue->bytes[(gsize) offset + *length] != '\0')
    return NULL;
  return catalogue->bytes + offset;
}

/* What @id becomes, NULL where the catalogue does not have it. */
static const char *
look_up (const Catalogue *catalogue, const char *id, guint32 *length)
{
  guint32 low = 0, high = catalogue->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      const char *entry = read_entry (catalogue, catalogue->ids, middle, length);
      int order = entry != NULL ? strcmp (id, entry) : -1;

      if (order == 0)
        return read_entry (catalogue, catalogue->words, middle, length);
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

static gboolean
open_catalogue (Catalogue *catalogue, const char *language)
{
  const char *folder = bindtextdomain (GATESCOPE_GETTEXT_DOMAIN, NULL);
  g_autofree char *path
    = g_build_filename (folder != NULL ? folder : "", language, "LC_MESSAGES", GATESCOPE_GETTEXT_DOMAIN ".mo", NULL);

  /* A language is a folder's name, and not a way out of it. */
  if (folder == NULL || *language == '\0' || strchr (language, '/') != NULL || *language == '.')
    return FALSE;
  catalogue->file = g_mapped_file_new (path, FALSE, NULL);
  if (catalogue->file == NULL)
    return FALSE;
  catalogue->bytes = g_mapped_file_get_contents (catalogue->file);
  catalogue->size = g_mapped_file_get_length (catalogue->file);
  if (read_header (catalogue))
    {
      catalogue->language = g_intern_string (language);
      return TRUE;
    }
  g_clear_pointer (&catalogue->file, g_mapped_file_unref);
  return FALSE;
}

/* "zh_CN.UTF-8" is looked for as zh_CN and as zh. */
static gboolean
open_locale (Catalogue *catalogue, const char *locale)
{
  g_autofree char *language = g_strndup (locale, strcspn (locale, ".@:"));
  g_autofree char *base = g_strndup (locale, strcspn (locale, ".@:_-"));

  g_strdelimit (language, "-", '_');
  if (strcmp (base, "en") == 0 || strcmp (base, "C") == 0 || strcmp (base, "POSIX") == 0)
    return TRUE;
  return open_catalogue (catalogue, language) || open_catalogue (catalogue, base);
}

/* ---- Choosing ---- */

gboolean
fig_language_push (const char *locale)
{
  Catalogue *catalogue = locale != NULL ? g_new0 (Catalogue, 1) : NULL;
  gboolean found;

  if (catalogue != NULL)
    catalogue->language = "en";
  found = locale == NULL || open_locale (catalogue, locale);
  g_private_set (&stack, g_slist_prepend (g_private_get (&stack), catalogue));
  return found;
}

void
fig_language_pop (void)
{
  GSList *all = g_private_get (&stack);

  g_return_if_fail (all != NULL);
  catalogue_free (all->data);
  g_private_set (&stack, g_slist_delete_link (all, all));
}

gboolean
fig_language_exists (const char *locale)
{
  gboolean exists;

  g_return_val_if_fail (locale != NULL, FALSE);
  exists = fig_language_push (locale);
  fig_language_pop ();
  return exists;
}

static const Catalogue *
chosen (void)
{
  GSList *all = g_private_get (&stack);

  return all != NULL ? all->data : NULL;
}

const char *
fig_language_of_interface (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *language = fig_language_push (names[i]) ? chosen ()->language : NULL;

      fig_language_pop ();
      /* "C" ends every list, and is what is left when a language is not known. */
      if (language != NULL)
        return language;
    }
  return "en";
}

const char *
fig_language_of_figures (void)
{
  return chosen () != NULL ? chosen ()->language : fig_language_of_interface ();
}

/* ---- Words ---- */

/* Interned: what is given out must outlive the catalogue. */
static const char *
translate (const Catalogue *catalogue, const char *id, const char *otherwise, gboolean second_form)
{
  guint32 length;
  const char *words = catalogue->file != NULL ? look_up (catalogue, id, &length) : NULL;
  gsize first = words != NULL ? strlen (words) : 0;

  if (first == 0)
    return otherwise;
  return g_intern_string (second_form && first < length ? words + first + 1 : words);
}

const char *
fig_gettext (const char *id)
{
  const Catalogue *catalogue = chosen ();

  return catalogue != NULL ? translate (catalogue, id, id, FALSE) : g_dgettext (GATESCOPE_GETTEXT_DOMAIN, id);
}

const char *
fig_pgettext (const char *context, const char *id)
{
  const Catalogue *catalogue = chosen ();
  g_autofree char *full = NULL;

  if (catalogue == NULL)
    return g_dpgettext2 (GATESCOPE_GETTEXT_DOMAIN, context, id);
  full = g_strconcat (context, "\004", id, NULL);
  return translate (catalogue, full, id, FALSE);
}

const char *
fig_ngettext (const char *singular, const char *plural, gulong n)
{
  const Catalogue *catalogue = chosen ();

  if (catalogue == NULL)
    return g_dngettext (GATESCOPE_GETTEXT_DOMAIN, singular, plural, n);
  return translate (catalogue, singular, n == 1 ? singular : plural, n != 1);
}
