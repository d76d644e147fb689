/* measure-data.c: how fast many names are read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure-data.h"

#include "engine/alphabet-private.h"
#include "engine/dataset.h"

#include <stdio.h>
#include <string.h>

#define N_CLASSES 20

/* Two to four syllables; two names are seldom the same. */
static void
add_name (GString *text, GRand *random)
{
  static const char *const first[] = { "b", "br", "ch", "d", "f", "g", "h",  "k", "kr", "l",
                                       "m", "n",  "p",  "r", "s", "st", "t", "v", "w",  "z" };
  static const char *const middle[] = { "a", "e", "i", "o", "u", "ai", "ei", "ou", "ya", "ie" };
  static const char *const last[] = { "", "", "n", "r", "s", "t", "ck", "ng", "l", "v" };
  const gboolean accent = g_rand_int_range (random, 0, 20) == 0;
  const gsize begin = text->len;

  for (int i = g_rand_int_range (random, 2, 5); i > 0; i--)
    {
      g_string_append (text, first[g_rand_int_range (random, 0, G_N_ELEMENTS (first))]);
      g_string_append (text, middle[g_rand_int_range (random, 0, G_N_ELEMENTS (middle))]);
      g_string_append (text, last[g_rand_int_range (random, 0, G_N_ELEMENTS (last))]);
    }
  text->str[begin] = g_ascii_toupper (text->str[begin]);
  if (accent)
    g_string_append (text, "é");
  g_string_append_c (text, '\n');
}

gboolean
measure_data_generate (const char *folder, guint n, GError **error)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint k = 0; k < N_CLASSES; k++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *file = g_strdup_printf ("Class %c.txt", 'A' + k);
      g_autofree char *path = g_build_filename (folder, file, NULL);

      for (guint i = k; i < n; i += N_CLASSES)
        add_name (text, random);
      if (!g_file_set_contents (path, text->str, (gssize) text->len, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
measure_data_load (const char *folder, Stopwatch *taken, guint *rows, GError **error)
{
  Stopwatch start = stopwatch_now ();
  g_autoptr (NnDataset) dataset = nn_dataset_load (folder, error);

  *taken = stopwatch_since (start);
  if (dataset == NULL)
    return FALSE;
  *rows = nn_dataset_n_rows (dataset);
  return TRUE;
}

/* Does with a line what is measured. Returns FALSE where that can't be done. */
typedef gboolean (*LineFunction) (const char *line, gsize length);

static gboolean
normalise_line (const char *line, gsize length)
{
  g_autofree char *normal = g_utf8_normalize (line, (gssize) length, G_NORMALIZE_NFD);

  return normal != NULL;
}

static gboolean
reduce_line (const char *line, gsize length)
{
  char ascii[NN_MAX_LINE_BYTES];
  gboolean lost;

  if (length > sizeof ascii || !g_utf8_validate_len (line, length, NULL))
    return FALSE;
  nn_name_trim (&line, &length);
  return nn_name_reduce_span (line, length, ascii, NULL, &lost) > 0;
}

static guint
each_line (const char *text, gsize size, LineFunction function)
{
  const char *const end = text + size;
  guint lines = 0;

  while (text < end)
    {
      const char *line_end = memchr (text, '\n', (gsize) (end - text));

      if (line_end == NULL)
        line_end = end;
      lines += function (text, (gsize) (line_end - text));
      text = line_end + 1;
    }
  return lines;
}

static gboolean
each_file (const char *folder, LineFunction function, Stopwatch *taken, guint *lines, GError **error)
{
  Stopwatch start = stopwatch_now ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  *lines = 0;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize size;

      if (!g_file_get_contents (path, &text, &size, error))
        return FALSE;
      *lines += each_line (text, size, function);
    }
  *taken = stopwatch_since (start);
  return TRUE;
}

gboolean
measure_data_normalise (const char *folder, Stopwatch *taken, guint *lines, GError **error)
{
  return each_file (folder, normalise_line, taken, lines, error);
}

gboolean
measure_data_reduce (const char *folder, Stopwatch *taken, guint *lines, GError **error)
{
  return each_file (folder, reduce_line, taken, lines, error);
}

gsize
measure_data_peak (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmHWM:");
  return line != NULL ? (gsize) g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024 : 0;
}
