/* order-file.c: a fixed list of names to train on: lines of a name, a tab and a class.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/order-file.h"

#include "cli/error.h"
#include "cli/lines.h"
#include "cli/options.h"
#include "engine/alphabet.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

/* A name as long as a line of the data may be, and the name of a file. */
#define MAX_LINE_BYTES (2 * NN_MAX_LINE_BYTES)

static gboolean
read_example (const char *line, NnDataset *dataset, NnExample *example, GError **error)
{
  const char *tab = strrchr (line, '\t');
  g_autofree char *raw = NULL;
  g_autofree char *ascii = NULL;
  int target;

  if (tab == NULL)
    return cli_fail (error, _("the line has no tab; write name, tab, class"));
  target = nn_dataset_class_index (dataset, tab + 1);
  if (target < 0)
    {
      g_autofree char *quoted = cli_quoted (tab + 1);
      return cli_fail (error, _("the data has no class %s; give the data that has it with --data"), quoted);
    }
  raw = g_strndup (line, (gsize) (tab - line));
  ascii = nn_name_reduce (raw, NULL);
  if (!nn_name_check (raw, ascii, error))
    {
      g_prefix_error (error, _("no network can read this name; take the line out: "));
      return FALSE;
    }
  *example = (NnExample){ .target = (guint) target };
  g_strlcpy (example->ascii, ascii, sizeof example->ascii);
  return TRUE;
}

static gboolean
read_line (const CliLines *lines, NnDataset *dataset, GArray *examples, GError **error)
{
  NnExample example;

  if (lines->too_long)
    return cli_fail (error, _("the line has over %d bytes; write name, tab, class"), MAX_LINE_BYTES);
  if (!cli_lines_is_text (lines))
    return cli_fail (error, _("the line is not valid UTF-8; save the file as UTF-8"));
  if (lines->text->str[strspn (lines->text->str, " \t")] == '\0')
    return TRUE;
  if (examples->len >= NN_MAX_ITERATIONS)
    return cli_fail (error, _("there are over %lu names; give fewer"), (gulong) NN_MAX_ITERATIONS);
  if (!read_example (lines->text->str, dataset, &example, error))
    return FALSE;
  g_array_append_val (examples, example);
  return TRUE;
}

static gboolean
read_lines (FILE *file, const char *shown, NnDataset *dataset, GArray *examples, GError **error)
{
  g_auto (CliLines) lines = { 0 };

  cli_lines_init (&lines, file, MAX_LINE_BYTES);
  while (cli_lines_next (&lines))
    if (!read_line (&lines, dataset, examples, error))
      {
        g_prefix_error (error, "%s:%" G_GUINT64_FORMAT ": ", shown, lines.number);
        return FALSE;
      }
  if (ferror (file))
    return cli_fail (error, _("%s: can't be read: %s; choose another file"), shown, g_strerror (errno));
  if (examples->len == 0)
    return cli_fail (error, _("%s: there is no name in it; write lines of name, tab, class"), shown);
  return TRUE;
}

GArray *
cli_order_load (const char *path, NnDataset *dataset, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GArray) examples = g_array_new (FALSE, FALSE, sizeof (NnExample));
  FILE *file = fopen (path, "re");
  gboolean done;

  if (file == NULL)
    {
      cli_fail (error, _("%s: can't be read: %s; choose another file"), shown, g_strerror (errno));
      return NULL;
    }
  done = read_lines (file, shown, dataset, examples, error);
  fclose (file);
  return done ? g_steal_pointer (&examples) : NULL;
}
