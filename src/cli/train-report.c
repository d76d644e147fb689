/* train-report.c: what "train" prints while it goes on and at its end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train-report.h"

#include "cli/output.h"
#include "cli/table.h"

#include <glib/gi18n.h>
#include <math.h>

#define STATE_WIDTH 12 /* columns: "0:05:00 left" */

static const char *
model_of (const CliTraining *training)
{
  return nn_kind_id (training->plan->settings.kind);
}

/* Of several seeds each event says which. */
static void
print_event (const CliTraining *training, json_t *event)
{
  if (training->plan->of_set)
    json_object_set_new (event, "seed", json_integer (training->plan->settings.seed));
  cli_print_json (event, CLI_DIGITS_DOUBLE);
}

/* ---- While it goes on ---- */

static void
print_point (const CliTraining *training, const NnPoint *point)
{
  g_autoptr (json_t) event
      = json_pack ("{s:s, s:s, s:I, s:o, s:o, s:o}", "event", "progress", "model", model_of (training), "iteration",
                   (json_int_t) point->iteration, "loss", nn_json_real (point->loss), "accuracy",
                   nn_json_real (point->accuracy), "held_out_accuracy", nn_json_real (point->held_out_accuracy));

  print_event (training, event);
}

static void
print_divergence (const CliTraining *training)
{
  g_autoptr (json_t) event
      = json_pack ("{s:s, s:s, s:I, s:o}", "event", "diverged", "model", model_of (training), "iteration",
                   (json_int_t) training->view.iteration, "reason", nn_json_string (training->view.reason));

  print_event (training, event);
}

gboolean
cli_train_report_events (CliTraining *training, CliProgress *progress)
{
  const CliTrainingView *view = &training->view;
  guint points = view->history != NULL ? nn_history_length (view->history) : 0;
  guint next = view->history != NULL ? nn_history_after (view->history, training->told) : 0;
  gboolean diverged = view->reason != NULL && !training->divergence_told;

  if (next == points && !diverged)
    return FALSE;
  cli_progress_hide (progress);
  for (; next < points; next++)
    {
      print_point (training, nn_history_point (view->history, next));
      training->told = nn_history_point (view->history, next)->iteration;
    }
  if (diverged)
    print_divergence (training);
  training->divergence_told = training->divergence_told || diverged;
  return TRUE;
}

static char *
state_text (const CliTrainingView *view)
{
  g_autofree char *left = NULL;

  if (view->reason != NULL)
    return g_strdup (_("diverged"));
  if (view->measuring)
    return g_strdup (_("measuring"));
  if (view->stopped)
    return g_strdup (_("stopped"));
  if (view->over)
    return g_strdup (_("done"));
  left = cli_duration_text (view->seconds_left);
  return g_strdup_printf (_("%s left"), left);
}

/* Details are of one width each, so that the bars keep their length. */
void
cli_train_report_bar (const CliTraining *training, CliProgress *progress, guint bar)
{
  const CliTrainingView *view = &training->view;
  g_autofree char *text = state_text (view);
  g_autofree char *state
    = g_strdup_printf ("%*s%s", (int) (STATE_WIDTH - MIN (cli_text_width (text), STATE_WIDTH)), "", text);
  g_autofree char *loss = g_strdup_printf (_("loss %6.3f"), view->loss);
  g_autofree char *accuracy = g_strdup_printf (_("accuracy %5.1f %%"), 100.0 * view->accuracy);
  g_autofree char *speed = g_strdup_printf (_("%7.0f names/s"), view->names_per_second);
  gboolean begun = isfinite (view->loss) && isfinite (view->names_per_second);
  const char *const details[] = { state, begun ? loss : NULL, accuracy, speed, NULL };

  cli_progress_set (progress, bar, view->done, details);
}

/* ---- At its end ---- */

static void
print_result (const CliTraining *training)
{
  const NnRunRecord *record = training->record;
  g_autoptr (json_t) event
      = json_pack ("{s:s, s:s, s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "event", "result", "model", model_of (training),
                   "iterations", (json_int_t) record->iterations, "train_accuracy",
                   nn_json_real (record->train_accuracy), "held_out_accuracy", nn_json_real (record->held_out_accuracy),
                   "held_out_macro", nn_json_real (record->held_out_macro), "seconds", nn_json_real (record->seconds),
                   "names_per_second", nn_json_real (record->names_per_second), "weights",
                   nn_json_string (training->kept ? training->plan->weights_path : NULL));

  print_event (training, event);
}

static void
add_row (CliTable *table, const CliTraining *training)
{
  const NnRunRecord *record = training->record;
  g_autofree char *weights
      = g_filename_display_name (training->kept ? training->plan->weights_path : "-");

  cli_table_add (table, "%s", model_of (training));
  if (training->plan->of_set)
    cli_table_add (table, "%u", training->plan->settings.seed);
  cli_table_add (table, "%" G_GUINT64_FORMAT, record->iterations);
  cli_table_add_percent (table, record->train_accuracy);
  cli_table_add_percent (table, record->held_out_accuracy);
  cli_table_add_percent (table, record->held_out_macro);
  cli_table_add_number (table, record->final_loss, 3);
  cli_table_add_number (table, record->seconds, 1);
  cli_table_add_number (table, record->names_per_second, 0);
  cli_table_add (table, "%s", weights);
}

void
cli_train_report_results (GPtrArray *trainings, gboolean json)
{
  const CliTraining *first = g_ptr_array_index (trainings, 0);
  g_autoptr (CliTable) table = cli_table_new (first->plan->of_set ? "lrrrrrrrrl" : "lrrrrrrrl");

  cli_table_add (table, "%s", _("network"));
  if (first->plan->of_set)
    cli_table_add (table, "%s", _("seed"));
  cli_table_add (table, "%s", _("iterations"));
  cli_table_add (table, "%s", _("training"));
  cli_table_add (table, "%s", _("held out"));
  cli_table_add (table, "%s", _("held out, macro"));
  cli_table_add (table, "%s", _("loss"));
  cli_table_add (table, "%s", _("seconds"));
  cli_table_add (table, "%s", _("names/s"));
  cli_table_add (table, "%s", _("weights"));
  for (guint i = 0; i < trainings->len; i++)
    {
      const CliTraining *training = g_ptr_array_index (trainings, i);

      if (json)
        print_result (training);
      else
        add_row (table, training);
    }
  if (!json)
    cli_table_print (table, 0);
}
