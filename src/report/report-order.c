/* report-order.c: what report is asked for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-order.h"

#include "engine/error.h"
#include "figure/i18n.h"

#include <string.h>

#define PRESET "report"

ReportOrder *
report_order_copy (const ReportOrder *order)
{
  ReportOrder *copy = g_new (ReportOrder, 1);

  *copy = *order;
  copy->folder = g_strdup (order->folder);
  copy->language = g_strdup (order->language);
  copy->author = g_strdup (order->author);
  copy->data = g_strdup (order->data);
  copy->runs = g_strdupv (order->runs);
  return copy;
}

void
report_order_free (ReportOrder *order)
{
  if (order == NULL)
    return;
  g_free (order->folder);
  g_free (order->language);
  g_free (order->author);
  g_free (order->data);
  g_strfreev (order->runs);
  g_free (order);
}

gboolean
report_order_check_language (const char *language, GError **error)
{
  if (fig_language_exists (language))
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _ ("there are no words in the language %s; give en or zh_CN"),
               language);
  return FALSE;
}

NnSettings
report_order_settings (const ReportOrder *order, ReportSplit split, NnKind kind)
{
  NnSettings settings;
  gboolean known = nn_settings_preset (PRESET, kind, &settings);

  g_assert (known);
  settings.seed = order->seed;
  if (order->iterations > 0)
    settings.iterations = order->iterations;
  settings.hold_out = split == REPORT_HELD_OUT ? REPORT_HOLD_OUT : 0;
  return settings;
}

gboolean
report_settings_fit (const NnSettings *settings, guint32 seed)
{
  const ReportOrder order = { .seed = seed };
  const NnSettings wanted
    = report_order_settings (&order, settings->hold_out > 0 ? REPORT_HELD_OUT : REPORT_ALL_ROWS, settings->kind);

  return nn_settings_equal (settings, &wanted);
}

static void
add_option (GPtrArray *words, const char *option, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  g_autofree char *quoted = g_shell_quote (valid);
  gboolean plain = *valid != '\0' && valid[strspn (valid, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.")] == '\0';

  g_ptr_array_add (words, g_strdup_printf ("--%s %s", option, plain ? valid : quoted));
}

/* Of a path, the last name. */
static void
add_path (GPtrArray *words, const char *option, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  add_option (words, option, name);
}

/* (transfer full): of char *: the command, then each option with its value. */
static GPtrArray *
command_words (const ReportOrder *order)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup ("gatescope-cli report"));
  if (order->data != NULL)
    add_path (words, "data", order->data);
  g_ptr_array_add (words, g_strdup_printf ("--seed %u", order->seed));
  add_option (words, "language", order->language);
  if (order->iterations > 0)
    g_ptr_array_add (words, g_strdup_printf ("--iterations %" G_GUINT64_FORMAT, order->iterations));
  if (order->author != NULL)
    add_option (words, "author", order->author);
  for (guint i = 0; order->runs != NULL && order->runs[i] != NULL; i++)
    add_path (words, "run", order->runs[i]);
  return words;
}

char *
report_order_command (const ReportOrder *order, guint longest)
{
  g_autoptr (GPtrArray) words = command_words (order);
  GString *line = g_string_new (words->pdata[0]);
  gsize start = 0;

  for (guint i = 1; i < words->len; i++)
    {
      const char *word = words->pdata[i];

      if (longest > 0 && line->len - start + 1 + strlen (word) + 2 > longest)
        {
          g_string_append (line, " \\\n   ");
          start = line->len - 3;
        }
      g_string_append_printf (line, " %s", word);
    }
  return g_string_free (line, FALSE);
}

char *
report_order_description (const ReportOrder *order, const NnDataset *dataset)
{
  return g_strdup_printf ("data %s; preset " PRESET "; seed %u; Gatescope " GATESCOPE_VERSION,
                          nn_dataset_hash (dataset), order->seed);
}
