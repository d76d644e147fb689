/* report-files.c: the folder that a report is written into.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-files.h"

#include "engine/error.h"
#include "engine/weights.h"
#include "figure/i18n.h"
#include "report/report-content.h"
#include "report/report-figures.h"
#include "report/report-pdf.h"
#include "report/report-tex.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define TEXT_WIDTH 453.0 /* points, of a figure's file: as wide as a page's text */

static const char *const folders[] = { "figures", "runs" };

/* A file, and what writes it. */
typedef struct
{
  char *name; /* within the folder, with a slash */
  GBytes *bytes;             /* or NULL, then one of the next */
  const NnRunRecord *record;
  const NnModel *model;      /* with the record of its run */
} File;

typedef struct
{
  const ReportOrder *order;
  const ReportRuns *runs;
  GPtrArray *files;     /* of File */
  char *staging;        /* the hidden folder, NULL before it is made */
  GPtrArray *new_folders; /* of char *: those that were made, the outermost first */
} Writing;

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->name);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file);
}

static File *
add_file (Writing *writing, char *name)
{
  File *file = g_new0 (File, 1);

  file->name = name;
  g_ptr_array_add (writing->files, file);
  return file;
}

static void
add_text (Writing *writing, char *name, char *text)
{
  add_file (writing, name)->bytes = g_bytes_new_take (text, strlen (text));
}

/* ---- Making ---- */

static gboolean
make_figure (Writing *writing, guint index, const FigTheme *theme, const FigMetadata *metadata, GError **error)
{
  const char *file = report_figures[index].file;
  g_autofree char *caption = report_figure_title (index);
  g_autofree char *reference = report_figure_reference (report_figures[index].number);
  g_autofree char *title = g_strdup_printf ("%s: %s", reference, caption);
  ReportDrawing drawing;
  FigPage page = { .theme = theme, .metadata = *metadata };

  report_drawing_init (&drawing, writing->runs, index, theme, TEXT_WIDTH);
  page.draw = drawing.draw;
  page.figure = drawing.figure;
  page.width = drawing.width;
  page.height = drawing.height;
  page.metadata.title = title;
  for (guint i = 0; i < 2; i++)
    {
      File *made = add_file (writing, g_strdup_printf ("figures/%s.%s", file, i == 0 ? "svg" : "pdf"));

      made->bytes = fig_export_to_bytes (&page, i == 0 ? FIG_FORMAT_SVG : FIG_FORMAT_PDF, error);
      if (made->bytes == NULL)
        return FALSE;
    }
  add_text (writing, g_strdup_printf ("figures/%s.csv", file), report_drawing_csv (&drawing, &page.metadata));
  return TRUE;
}

static gboolean
make_pages (Writing *writing, const ReportDocument *document, const FigMetadata *metadata, GError **error)
{
  GBytes *pdf = report_pdf (document, writing->runs, metadata, error);

  if (pdf == NULL)
    return FALSE;
  add_file (writing, g_strdup ("report.pdf"))->bytes = pdf;
  add_text (writing, g_strdup ("report.tex"), report_tex (document, metadata));
  return TRUE;
}

static gboolean
make_documents (Writing *writing, GCancellable *cancellable, GError **error)
{
  g_autofree char *command = report_order_command (writing->order, 0);
  g_autofree char *description = report_order_description (writing->order, writing->runs->dataset);
  g_autoptr (ReportDocument) document = report_content_new (writing->order, writing->runs);
  FigMetadata metadata = { .title = document->title, .description = description, .command = command };
  FigTheme theme;

  report_theme_init (&theme, writing->order->language);
  for (guint i = 0; i < REPORT_N_FIGURES; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !make_figure (writing, i, &theme, &metadata, error))
      return FALSE;
  return make_pages (writing, document, &metadata, error);
}

static void
add_run (Writing *writing, const ReportRun *run, const char *ending)
{
  const char *id;

  if (run->record == NULL)
    return;
  id = nn_kind_id (run->record->settings.kind);
  if (run->snapshot != NULL)
    {
      File *weights = add_file (writing, g_strdup_printf ("runs/%s%s.safetensors", id, ending));

      weights->record = run->record;
      weights->model = run->snapshot->model;
    }
  add_file (writing, g_strdup_printf ("runs/%s%s.run.json", id, ending))->record = run->record;
}

static void
add_runs (Writing *writing)
{
  for (guint split = 0; split < REPORT_N_SPLITS; split++)
    for (guint kind = 0; kind < NN_N_KINDS; kind++)
      add_run (writing, &writing->runs->runs[split][kind], split == REPORT_HELD_OUT ? "-held-out" : "");
  for (guint i = 0; i < REPORT_N_RATES; i++)
    if (writing->runs->probes[i] != NULL)
      {
        g_autofree char *rate = report_rate (report_rates[i]);

        add_file (writing, g_strdup_printf ("runs/rnn-rate-%s.run.json", rate))->record = writing->runs->probes[i];
      }
}

/* ---- Folders ---- */

static gboolean
fail_folder (const char *path, int code, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("%s: the folder can't be made (%s); choose another one"), shown,
               g_strerror (code));
  return FALSE;
}

/* Makes the folder and those above it, and remembers which were new. */
static gboolean
make_folder (Writing *writing, const char *path, GError **error)
{
  g_autofree char *above = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (strcmp (above, path) != 0 && !make_folder (writing, above, error))
    return FALSE;
  if (g_mkdir (path, 0777) != 0)
    return fail_folder (path, errno, error);
  g_ptr_array_add (writing->new_folders, g_strdup (path));
  return TRUE;
}

static gboolean
make_folders (Writing *writing, GError **error)
{
  if (!make_folder (writing, writing->order->folder, error))
    return FALSE;
  writing->staging = g_build_filename (writing->order->folder, ".gatescope-XXXXXX", NULL);
  if (g_mkdtemp_full (writing->staging, 0777) == NULL)
    {
      g_clear_pointer (&writing->staging, g_free);
      return fail_folder (writing->order->folder, errno, error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *hidden = g_build_filename (writing->staging, folders[i], NULL);

      if (g_mkdir (hidden, 0777) != 0)
        return fail_folder (hidden, errno, error);
    }
  return TRUE;
}

/* Takes away what is left of the hidden folder. */
static void
remove_staging (Writing *writing)
{
  if (writing->staging == NULL)
    return;
  for (guint i = 0; i < writing->files->len; i++)
    {
      g_autofree char *path = g_build_filename (writing->staging, ((File *) writing->files->pdata[i])->name, NULL);

      g_unlink (path);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *hidden = g_build_filename (writing->staging, folders[i], NULL);

      g_rmdir (hidden);
    }
  g_rmdir (writing->staging);
}

/* Folders that were made for nothing go again; one that others have put something into stays. */
static void
remove_new_folders (Writing *writing)
{
  for (guint i = writing->new_folders->len; i > 0; i--)
    g_rmdir (g_ptr_array_index (writing->new_folders, i - 1));
}

/* ---- Writing ---- */

static gboolean
save_weights (const File *file, const char *path, GError **error)
{
  g_autoptr (NnWeightsFacts) facts = nn_weights_facts_new ();

  facts->has_iterations = TRUE;
  facts->iterations = file->record->iterations;
  facts->has_seed = TRUE;
  facts->seed = file->record->settings.seed;
  facts->data_hash = g_strdup (file->record->data_hash);
  return nn_weights_save (file->model, facts, path, error);
}

static gboolean
save (const File *file, const char *path, GError **error)
{
  gsize size;
  const char *data;

  if (file->model != NULL)
    return save_weights (file, path, error);
  if (file->record != NULL)
    return nn_run_record_save (file->record, path, error);
  data = g_bytes_get_data (file->bytes, &size);
  return fig_save (path, data, (gssize) size, error);
}

/* The message of a write is about the hidden folder; a person knows the one that it stands for. */
static void
show_place (const Writing *writing, GError *error)
{
  g_autofree char *hidden = g_filename_display_name (writing->staging);
  g_autofree char *shown = g_filename_display_name (writing->order->folder);
  g_autoptr (GString) message = g_string_new (error->message);

  g_string_replace (message, hidden, shown, 0);
  g_free (error->message);
  error->message = g_strdup (message->str);
}

static gboolean
write_hidden (Writing *writing, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < writing->files->len; i++)
    {
      const File *file = g_ptr_array_index (writing->files, i);
      g_autofree char *path = g_build_filename (writing->staging, file->name, NULL);
      GError *local_error = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (save (file, path, &local_error))
        continue;
      show_place (writing, local_error);
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

/* What would keep a file from taking its place is found before the first one does. */
static gboolean
check_places (Writing *writing, GError **error)
{
  for (guint i = 0; i < writing->files->len; i++)
    {
      const char *name = ((File *) writing->files->pdata[i])->name;
      g_autofree char *path = g_build_filename (writing->order->folder, name, NULL);
      g_autofree char *shown = g_filename_display_name (path);

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("%s: a folder stands where the report has a file; choose another "
                                                      "folder"), shown);
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_places (Writing *writing, GError **error)
{
  for (guint i = 0; i < writing->files->len; i++)
    {
      const char *name = ((File *) writing->files->pdata[i])->name;
      g_autofree char *from = g_build_filename (writing->staging, name, NULL);
      g_autofree char *to = g_build_filename (writing->order->folder, name, NULL);
      g_autofree char *shown = g_filename_display_name (to);

      if (g_rename (from, to) == 0)
        continue;
      g_set_error (error, NN_ERROR, NN_ERROR_FILE, _ ("%s: can't be replaced (%s); choose another folder"), shown,
                   g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

static gboolean
make_places (Writing *writing, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (writing->order->folder, folders[i], NULL);

      if (!make_folder (writing, path, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (Writing *writing, GCancellable *cancellable, GError **error)
{
  gboolean made;

  fig_language_push (writing->order->language);
  made = make_documents (writing, cancellable, error);
  fig_language_pop ();
  if (!made)
    return FALSE;
  add_runs (writing);
  return make_folders (writing, error) && write_hidden (writing, cancellable, error) && check_places (writing, error)
         && make_places (writing, error) && take_places (writing, error);
}

gboolean
report_files_write (const ReportOrder *order, const ReportRuns *runs, GCancellable *cancellable, GError **error)
{
  Writing writing = { .order = order, .runs = runs };
  gboolean written;

  g_return_val_if_fail (order != NULL && runs != NULL, FALSE);
  writing.files = g_ptr_array_new_with_free_func (file_free);
  writing.new_folders = g_ptr_array_new_with_free_func (g_free);
  written = write_all (&writing, cancellable, error);
  remove_staging (&writing);
  if (!written)
    remove_new_folders (&writing);
  g_free (writing.staging);
  g_ptr_array_unref (writing.files);
  g_ptr_array_unref (writing.new_folders);
  return written;
}
