/* sample.c: made-up runs of which it is known what they say.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "figure/language.h"
#include "report/report-content.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <math.h>
#include <string.h>

const SampleAccuracies sample_as_reported = { { 600, 850, 700, 870 }, { 47, 54, 52, 54 } };

static const char *const languages[] = {
  "Arabic", "Chinese", "Czech",  "Dutch",  "English",    "French",  "German",   "Greek",   "Irish",
  "Italian", "Japanese", "Korean", "Polish", "Portuguese", "Russian", "Scottish", "Spanish", "Vietnamese", NULL,
};

NnDataset *
sample_dataset_new (void)
{
  const guint n = g_strv_length ((char **) languages);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) classes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) error = NULL;
  NnDataset *dataset;

  for (guint class = 0; class < n; class++)
    for (guint length = 3; length <= 9; length += 2)
      {
        char *name = g_strnfill (length, (char) ('a' + class));

        name[0] = (char) ('A' + class);
        g_ptr_array_add (names, name);
        g_array_append_val (classes, class);
      }
  dataset = nn_dataset_new_from_rows (languages, (const char *const *) names->pdata,
                                      (const guint *) (gconstpointer) classes->data, names->len, &error);
  g_assert_no_error (error);
  return dataset;
}

/* @right of @row names of each class are right, the others are taken for the next class. */
static NnConfusion *
confusion_new (guint right, guint row)
{
  const guint n = g_strv_length ((char **) languages);
  NnConfusion *confusion = nn_confusion_new (n);

  for (guint class = 0; class < n; class++)
    {
      confusion->counts[class * n + class] = right;
      confusion->counts[class * n + (class + 1) % n] = row - right;
    }
  confusion->total = n * row;
  confusion->loss = 1.25;
  return confusion;
}

static NnRunRecord *
record_new (NnDataset *dataset, ReportSplit split, NnKind kind, int trained, int held_out)
{
  const ReportOrder order = { .seed = 1 };
  NnRunRecord *record = nn_run_record_new ();

  record->settings = report_order_settings (&order, split, kind);
  record->preset = split == REPORT_ALL_ROWS ? g_strdup ("report") : NULL;
  record->data_hash = g_strdup (nn_dataset_hash (dataset));
  record->classes = g_strdupv ((char **) languages);
  record->parameters = 12345;
  record->iterations = record->settings.iterations;
  record->history = nn_history_new ();
  for (guint i = 1; i <= 3; i++)
    nn_history_add (record->history, &(NnPoint){ i * 1000, 2.5 - 0.5 * i, 0.2 * i, NAN });
  record->confusion = confusion_new ((guint) trained, 1000);
  record->train_accuracy = nn_confusion_accuracy (record->confusion);
  if (split == REPORT_HELD_OUT)
    record->held_out_confusion = confusion_new ((guint) held_out, 100);
  return record;
}

ReportRuns *
sample_runs_new (const SampleAccuracies *accuracies)
{
  g_autoptr (NnDataset) dataset = sample_dataset_new ();
  ReportRuns *runs = report_runs_new (dataset);

  for (guint split = 0; split < REPORT_N_SPLITS; split++)
    for (guint kind = 0; kind < NN_N_KINDS; kind++)
      if (accuracies->trained[kind] >= 0 && (split == REPORT_ALL_ROWS || accuracies->held_out[kind] >= 0))
        runs->runs[split][kind].record = record_new (dataset, (ReportSplit) split, (NnKind) kind,
                                                     accuracies->trained[kind], accuracies->held_out[kind]);
  return runs;
}

void
sample_probe (ReportRuns *runs, guint index, gboolean diverged)
{
  NnRunRecord *record = record_new (runs->dataset, REPORT_ALL_ROWS, NN_RNN, 100, -1);

  record->settings.learning_rate = report_rates[index];
  record->diverged = diverged;
  record->iterations = diverged ? 321 : record->iterations;
  runs->probes[index] = record;
}

ReportOrder
sample_order (const char *folder)
{
  return (ReportOrder){ .folder = (char *) folder, .language = "en", .data = "/somewhere/else/names", .seed = 1 };
}

char *
sample_text (const ReportRuns *runs)
{
  const ReportOrder order = sample_order ("/somewhere/else/out");
  GString *text = g_string_new (NULL);
  g_autoptr (ReportDocument) document = NULL;

  fig_language_push ("en");
  document = report_content_new (&order, runs);
  fig_language_pop ();
  for (guint i = 0; i < document->blocks->len; i++)
    {
      const ReportBlock *block = g_ptr_array_index (document->blocks, i);

      g_string_append_printf (text, "%s\n", block->text);
      for (guint j = 0; block->cells != NULL && j < block->cells->len; j++)
        g_string_append_printf (text, "%s%c", (char *) g_ptr_array_index (block->cells, j),
                                (j + 1) % block->n_columns == 0 ? '\n' : '\t');
    }
  return g_string_free (text, FALSE);
}

/* ---- Folders ---- */

char *
sample_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("gatescope-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
list_into (GPtrArray *files, const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *below = g_strconcat (prefix, name, "/", NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        list_into (files, path, below);
      else
        g_ptr_array_add (files, g_strconcat (prefix, name, NULL));
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
sample_list (const char *folder)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  list_into (files, folder, "");
  g_ptr_array_sort (files, compare_names);
  g_ptr_array_add (files, NULL);
  return g_strjoinv ("\n", (char **) files->pdata);
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_remove (path) != 0)
        remove_all (path);
    }
  g_rmdir (folder);
}

void
sample_folder_remove (char *folder)
{
  remove_all (folder);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_free (folder);
}
