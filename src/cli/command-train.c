/* command-train.c: "train": trains networks at once, each on its own thread.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands.h"

#include "cli/error.h"
#include "cli/inputs.h"
#include "cli/order-file.h"
#include "cli/output.h"
#include "cli/train-report.h"
#include "cli/train-seeds.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#define REDRAW_INTERVAL 100 /* milliseconds */

typedef struct
{
  const CliTrainOptions *options;
  GMainLoop *loop;
  GPtrArray *trainings; /* of CliTraining */
  guint n_started;      /* of them, the first ones */
  guint limit;          /* how many may go on at once */
  gint64 start;         /* monotonic time, microseconds */
  CliProgress *progress;
  guint interruptions;
  gboolean stops;       /* nothing more is to begin */
  GError *failure; /* the first that kept something from being written */
} Session;

/* ---- While it goes on ---- */

static void
stop_all (Session *session, gboolean hurry)
{
  session->stops = TRUE;
  for (guint i = 0; i < session->trainings->len; i++)
    cli_training_stop (g_ptr_array_index (session->trainings, i), hurry);
}

/* Written as soon as a network is done, whatever becomes of the others. Somebody in a hurry does not wait for the final
 * numbers. */
static gboolean
keep_if_ready (Session *session, CliTraining *training)
{
  const CliTrainingView *view = &training->view;

  if (training->record != NULL)
    return TRUE;
  if (!view->over && !(view->measuring && session->interruptions > 1))
    return FALSE;
  cli_training_keep (training, session->failure == NULL ? &session->failure : NULL);
  cli_training_release (training);
  return TRUE;
}

/* As many as may go on at once. */
static void
start_more (Session *session, guint n_ready)
{
  while (!session->stops && session->n_started < session->trainings->len
         && session->n_started - n_ready < session->limit)
    {
      CliTraining *training = g_ptr_array_index (session->trainings, session->n_started);
      /* Networks that differ in nothing but the seed were made before. */
      gboolean prepared = cli_training_prepare (training, NULL);

      g_assert (prepared);
      session->n_started++;
      cli_training_start (training);
    }
}

static void
look (gpointer data)
{
  Session *session = data;
  gboolean printed = FALSE;
  guint ready = 0;

  for (guint i = 0; i < session->n_started; i++)
    {
      CliTraining *training = g_ptr_array_index (session->trainings, i);

      cli_training_look (training);
      if (session->options->json)
        printed |= cli_train_report_events (training, session->progress);
      ready += keep_if_ready (session, training);
    }
  /* Training whose only trace is what it prints is over when nobody reads that any more. */
  if (printed && !cli_output_flush () && session->options->out == NULL)
    stop_all (session, TRUE);
  start_more (session, ready);
  if (ready == session->n_started)
    g_main_loop_quit (session->loop);
}

static gboolean
redraw (gpointer data)
{
  Session *session = data;

  look (session);
  if (session->options->n_seeds > 1)
    cli_train_seeds_bars (session->trainings, session->options->n_kinds,
                          (double) (g_get_monotonic_time () - session->start) / G_USEC_PER_SEC, session->progress);
  else
    for (guint i = 0; i < session->trainings->len; i++)
      cli_train_report_bar (g_ptr_array_index (session->trainings, i), session->progress, i);
  cli_progress_draw (session->progress);
  return G_SOURCE_CONTINUE;
}

static gboolean
interrupt (gpointer data)
{
  Session *session = data;

  session->interruptions++;
  stop_all (session, session->interruptions > 1);
  look (session);
  return G_SOURCE_CONTINUE;
}

/* nohup has the hang-up ignored, and means it. */
static gboolean
is_ignored (int number)
{
  struct sigaction action;

  return sigaction (number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/* Never removed: a signal that comes while results are written must not end the program before they are. */
static void
catch_signals (Session *session)
{
  g_unix_signal_add (SIGINT, interrupt, session);
  g_unix_signal_add (SIGTERM, interrupt, session);
  if (!is_ignored (SIGHUP))
    g_unix_signal_add (SIGHUP, interrupt, session);
}

static void
train (Session *session)
{
  guint timer = g_timeout_add (REDRAW_INTERVAL, redraw, session);

  catch_signals (session);
  session->start = g_get_monotonic_time ();
  start_more (session, 0);
  g_main_loop_run (session->loop);
  g_source_remove (timer);
  cli_progress_hide (session->progress);
  /* Those that an interruption came before. */
  g_ptr_array_set_size (session->trainings, (int) session->n_started);
}

/* ---- Its end ---- */

static gboolean
fail_interrupted (const Session *session, GError **error)
{
  g_autofree char *shown = NULL;

  if (session->options->out == NULL)
    return cli_fail (error, _("interrupted; nothing is kept without --out, so give it the next time"));
  shown = g_filename_display_name (session->options->out);
  return cli_fail (error, _("interrupted; the weights reached are in %s, to go on from there give them with --init"),
                   shown);
}

/* One sentence, however many there are. */
static gboolean
check_divergence (const Session *session, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < session->trainings->len; i++)
    {
      const CliTraining *training = g_ptr_array_index (session->trainings, i);

      if (!training->record->diverged)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", nn_kind_id (training->plan->settings.kind));
      if (training->plan->of_set)
        g_string_append_printf (text, _(" with seed %u"), training->plan->settings.seed);
      g_string_append_printf (text, ": %s", training->record->reason);
    }
  if (text->len == 0)
    return TRUE;
  return cli_fail (error, _("diverged: %s; give a smaller --learning-rate"), text->str);
}

static gboolean
finish (Session *session, GError **error)
{
  cli_train_report_results (session->trainings, session->options->json);
  if (session->options->n_seeds > 1)
    cli_train_seeds_summary (session->trainings, session->options->n_kinds, session->options->json);
  if (session->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&session->failure));
      return FALSE;
    }
  if (!cli_output_finish (error))
    return FALSE;
  if (session->interruptions > 0)
    return fail_interrupted (session, error);
  return check_divergence (session, error);
}

/* ---- Its beginning ---- */

static GPtrArray *
make_plans (const CliTrainOptions *options, GError **error)
{
  g_autoptr (NnDataset) dataset = cli_input_data (options->data, error);
  g_autoptr (GArray) order = NULL;
  g_autoptr (GPtrArray) plans = NULL;

  if (dataset == NULL)
    return NULL;
  if (options->order != NULL)
    {
      order = cli_order_load (options->order, dataset, error);
      if (order == NULL)
        return NULL;
    }
  plans = cli_plans_new (options, dataset, order, error);
  if (plans == NULL || !cli_plans_choose_paths (plans, options, error))
    return NULL;
  return g_steal_pointer (&plans);
}

static gboolean
make_trainings (Session *session, GPtrArray *plans, GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; i < plans->len; i++)
    {
      const CliPlan *plan = g_ptr_array_index (plans, i);
      CliTraining *training = cli_training_new (plan, look, session);

      g_ptr_array_add (session->trainings, training);
      if (i >= session->options->n_kinds)
        continue;
      if (!cli_training_prepare (training, error))
        return FALSE;
      g_ptr_array_add (labels, (gpointer) nn_kind_id (plan->settings.kind));
    }
  g_ptr_array_add (labels, NULL);
  /* Of several seeds as many at once as there are processors, so that the memory is bounded, too. */
  session->limit = session->options->n_seeds == 1
                     ? plans->len
                     : MAX (g_get_num_processors () / (guint) session->options->threads, 1);
  session->progress = cli_progress_new ((const char *const *) labels->pdata, session->options->quiet);
  return TRUE;
}

gboolean
cli_command_train (char **arguments, GError **error)
{
  g_auto (CliTrainOptions) options = { 0 };
  g_autoptr (GPtrArray) plans = NULL;
  Session session = { .options = &options };
  gboolean helped, done;

  if (!cli_train_options_parse (&options, arguments, &helped, error) || helped)
    return helped;
  plans = make_plans (&options, error);
  if (plans == NULL)
    return FALSE;
  session.trainings = g_ptr_array_new_with_free_func ((GDestroyNotify) cli_training_free);
  done = make_trainings (&session, plans, error);
  if (done)
    {
      session.loop = g_main_loop_new (NULL, FALSE);
      train (&session);
      done = finish (&session, error);
      g_main_loop_unref (session.loop);
    }
  g_ptr_array_unref (session.trainings);
  g_clear_pointer (&session.progress, cli_progress_free);
  g_clear_error (&session.failure);
  return done;
}
