/* command-report.c: "report": trains what the report trains and writes it, with its figures, into a folder.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands.h"

#include "cli/error.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "engine/weights.h"
#include "figure/language.h"
#include "report/report-job.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

#define REDRAW_INTERVAL 100 /* milliseconds */

typedef struct
{
  char *out;
  char *data;
  char *seed_text;
  char *iterations_text;
  char *language;
  char *author;
  char **runs;
  gboolean quiet;

  guint64 seed;
  guint64 iterations;
} Options;

typedef struct
{
  ReportJob *job;
  GCancellable *cancellable;
  GMainLoop *loop;
  CliProgress *progress;
  GError *error;
  gboolean done;
} Session;

static const CliCommandFacts facts = {
  .name = "report",
  .parameters = NULL,
  .summary = N_ ("Trains the networks as the report does and writes it with its nine figures into a folder: "
                 "report.pdf, report.tex for xelatex, and each figure as .svg, .pdf and .csv."),
  .description
  = N_ ("Each network is trained on all names, and once more with a tenth of them held out, for the accuracy on names\n"
        "that it has never seen. A run given with --run is not trained again. Ctrl-C breaks off and writes nothing."),
};

static void
options_clear (Options *options)
{
  g_free (options->out);
  g_free (options->data);
  g_free (options->seed_text);
  g_free (options->iterations_text);
  g_free (options->language);
  g_free (options->author);
  g_strfreev (options->runs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- What is asked ---- */

static gboolean
read_values (Options *options, GError **error)
{
  options->seed = 1;
  if (options->out == NULL)
    return cli_misuse (error, _("--out DIR is missing"));
  if (!cli_option_not_empty ("--out", options->out, error) || !cli_option_not_empty ("--data", options->data, error)
      || !cli_option_not_empty ("--language", options->language, error))
    return FALSE;
  if (options->seed_text != NULL
      && !cli_option_whole ("--seed", options->seed_text, 0, G_MAXUINT32, &options->seed, error))
    return FALSE;
  if (options->iterations_text != NULL
      && !cli_option_whole ("--iterations", options->iterations_text, 1, NN_MAX_ITERATIONS, &options->iterations,
                            error))
    return FALSE;
  if (options->author != NULL && !g_utf8_validate (options->author, -1, NULL))
    return cli_misuse (error, _("--author is no UTF-8 text"));
  if (options->language == NULL)
    options->language = g_strdup (fig_language_of_interface ());
  if (!fig_language_exists (options->language))
    {
      g_autofree char *quoted = cli_quoted (options->language);
      return cli_misuse (error, _("--language is %s; it must be en or zh_CN"), quoted);
    }
  return TRUE;
}

static gboolean
parse (Options *options, char **arguments, gboolean *helped, GError **error)
{
  const GOptionEntry entries[] = {
    CLI_OPTION_TEXT ("out", &options->out, N_ ("Folder to write the report into"), N_ ("DIR")),
    CLI_OPTION_TEXT ("data", &options->data, N_ ("Folder of names, a CLASS.txt for each class"), N_ ("DIR")),
    CLI_OPTION_TEXT ("seed", &options->seed_text, N_ ("Seed of the random numbers (1)"), "S"),
    CLI_OPTION_TEXT ("language", &options->language, N_ ("Language of the report: en, zh_CN (that of the system)"),
                     N_ ("LANGUAGE")),
    CLI_OPTION_TEXT ("author", &options->author, N_ ("What stands under the title, such as a name"), N_ ("TEXT")),
    CLI_OPTION_TEXT ("iterations", &options->iterations_text, N_ ("Updates of the weights (100000)"), "N"),
    CLI_OPTION_LIST ("run", &options->runs, N_ ("A .run.json that train wrote, to take instead of training"),
                     N_ ("FILE")),
    CLI_OPTION_FLAG ("quiet", &options->quiet, N_ ("Show no progress")),
    CLI_OPTION_END,
  };

  if (!cli_options_parse (&facts, entries, arguments, helped, error))
    return FALSE;
  return *helped || read_values (options, error);
}

/* The weights of a run, where they lie beside its record. (transfer full) (nullable) */
static NnSnapshot *
load_weights (const NnRunRecord *record, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *weights = record->weights != NULL ? g_build_filename (folder, record->weights, NULL) : NULL;
  g_autoptr (NnWeightsFacts) known = NULL;
  g_autoptr (NnModel) model = NULL;

  if (weights == NULL)
    return NULL;
  model = nn_weights_load (weights, &record->settings.kind, NULL, &known, NULL);
  /* Another run's weights may have taken their place. */
  if (model == NULL || !known->has_iterations || known->iterations != record->iterations || !known->has_seed
      || known->seed != record->settings.seed || g_strcmp0 (known->data_hash, record->data_hash) != 0)
    return NULL;
  return nn_snapshot_new_take (g_steal_pointer (&model), record->iterations);
}

static gboolean
take_run (ReportJob *job, const char *path, GError **error)
{
  g_autoptr (NnRunRecord) record = nn_run_record_load (path, error);
  g_autoptr (NnSnapshot) snapshot = NULL;
  g_autofree char *shown = g_filename_display_name (path);

  if (record == NULL)
    return FALSE;
  snapshot = load_weights (record, path);
  if (!report_job_take (job, record, snapshot, shown, error))
    return FALSE;
  g_steal_pointer (&record);
  return TRUE;
}

static ReportJob *
make_job (const Options *options, GError **error)
{
  g_autoptr (NnDataset) dataset = cli_input_data (options->data, error);
  g_autoptr (ReportJob) job = NULL;
  ReportOrder order = {
    .folder = options->out, .language = options->language, .author = options->author, .data = options->data,
    .seed = (guint32) options->seed, .iterations = options->iterations, .runs = options->runs,
  };

  if (dataset == NULL)
    return NULL;
  job = report_job_new (&order, dataset);
  for (guint i = 0; options->runs != NULL && options->runs[i] != NULL; i++)
    if (!take_run (job, options->runs[i], error))
      return NULL;
  return g_steal_pointer (&job);
}

/* ---- While it goes on ---- */

static gboolean
redraw (gpointer data)
{
  Session *session = data;
  ReportView view;
  g_autofree char *left = NULL;
  const char *details[3] = { NULL };

  report_job_look (session->job, &view);
  left = cli_duration_text (view.seconds_left);
  details[0] = view.stage == REPORT_TRAINING ? _("training") : _("writing");
  details[1] = left;
  cli_progress_set (session->progress, 0, view.done, details);
  cli_progress_draw (session->progress);
  return G_SOURCE_CONTINUE;
}

static gboolean
interrupt (gpointer data)
{
  g_cancellable_cancel (((Session *) data)->cancellable);
  return G_SOURCE_CONTINUE;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Session *session = data;

  session->done = report_job_finish (result, &session->error);
  g_main_loop_quit (session->loop);
}

/* nohup has the hang-up ignored, and means it. */
static gboolean
is_ignored (int number)
{
  struct sigaction action;

  return sigaction (number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static void
run (Session *session)
{
  guint timer = g_timeout_add (REDRAW_INTERVAL, redraw, session);

  /* Never removed: a second signal must not end the program while it tidies up. */
  g_unix_signal_add (SIGINT, interrupt, session);
  g_unix_signal_add (SIGTERM, interrupt, session);
  if (!is_ignored (SIGHUP))
    g_unix_signal_add (SIGHUP, interrupt, session);
  report_job_start (session->job, session->cancellable, on_done, session);
  g_main_loop_run (session->loop);
  g_source_remove (timer);
  cli_progress_hide (session->progress);
}

static gboolean
finish (Session *session, GError **error)
{
  if (session->done)
    {
      g_autofree char *path = g_build_filename (report_job_order (session->job)->folder, "report.pdf", NULL);
      g_autofree char *shown = g_filename_display_name (path);

      cli_print_text (shown);
      cli_print_text ("\n");
      return TRUE;
    }
  if (g_error_matches (session->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return cli_fail (error, _("interrupted; nothing was written"));
  g_propagate_error (error, g_steal_pointer (&session->error));
  return FALSE;
}

gboolean
cli_command_report (char **arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  const char *const labels[] = { _("report"), NULL };
  Session session = { 0 };
  gboolean helped, done;

  if (!parse (&options, arguments, &helped, error) || helped)
    return helped;
  session.job = make_job (&options, error);
  if (session.job == NULL)
    return FALSE;
  session.cancellable = g_cancellable_new ();
  session.progress = cli_progress_new (labels, options.quiet);
  session.loop = g_main_loop_new (NULL, FALSE);
  run (&session);
  done = finish (&session, error);
  g_main_loop_unref (session.loop);
  cli_progress_free (session.progress);
  g_object_unref (session.cancellable);
  report_job_unref (session.job);
  g_clear_error (&session.error);
  return done;
}
