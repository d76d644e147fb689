/* train-seeds.c: what "train" prints of networks that are trained with several seeds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train-seeds.h"

#include "cli/output.h"
#include "cli/table.h"

#include <glib/gi18n.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

#define STATE_WIDTH 12 /* columns: "0:05:00 left" */

/* ---- While it goes on ---- */

/* The seed that a network is at: the first that is not over, or its last. */
static guint
seed_under_way (GPtrArray *trainings, guint kind, guint n_kinds)
{
  guint n_seeds = trainings->len / n_kinds, i = 0;

  while (i + 1 < n_seeds && ((CliTraining *) g_ptr_array_index (trainings, kind + i * n_kinds))->record != NULL)
    i++;
  return i;
}

/* The share of a network's seeds that is done, 0..1. */
static double
share_done (GPtrArray *trainings, guint kind, guint n_kinds)
{
  double done = 0;

  for (guint i = kind; i < trainings->len; i += n_kinds)
    {
      const CliTraining *training = g_ptr_array_index (trainings, i);
      done += training->record != NULL ? 1 : training->view.done;
    }
  return done * n_kinds / trainings->len;
}

/* Details are of one width each, so that the bars keep their length. */
static void
set_bar (GPtrArray *trainings, guint kind, guint n_kinds, double seconds_left, CliProgress *progress)
{
  guint n_seeds = trainings->len / n_kinds, at = seed_under_way (trainings, kind, n_kinds);
  const CliTraining *training = g_ptr_array_index (trainings, kind + at * n_kinds);
  g_autofree char *left = NULL, *state = NULL, *padded = NULL, *seed = NULL, *loss = NULL, *accuracy = NULL;
  const char *details[5] = { NULL };

  left = cli_duration_text (seconds_left);
  state = training->record != NULL ? g_strdup (_("done")) : g_strdup_printf (_("%s left"), left);
  padded = g_strdup_printf ("%*s%s", (int) (STATE_WIDTH - MIN (cli_text_width (state), STATE_WIDTH)), "", state);
  /* Translators: which of how many seeds. */
  seed = g_strdup_printf (_("seed %2u of %u"), at + 1, n_seeds);
  loss = g_strdup_printf (_("loss %6.3f"), training->view.loss);
  accuracy = g_strdup_printf (_("accuracy %5.1f %%"), 100.0 * training->view.accuracy);
  if (!isfinite (training->view.loss))
    {
      memset (loss, ' ', strlen (loss));
      memset (accuracy, ' ', strlen (accuracy));
    }
  details[0] = padded;
  details[1] = seed;
  details[2] = loss;
  details[3] = accuracy;
  cli_progress_set (progress, kind, share_done (trainings, kind, n_kinds), details);
}

void
cli_train_seeds_bars (GPtrArray *trainings, guint n_kinds, double seconds, CliProgress *progress)
{
  double done = 0;

  for (guint kind = 0; kind < n_kinds; kind++)
    done += share_done (trainings, kind, n_kinds) / n_kinds;
  for (guint kind = 0; kind < n_kinds; kind++)
    set_bar (trainings, kind, n_kinds, done > 0 ? seconds * (1 - done) / done : NAN, progress);
}

/* ---- At its end ---- */

/* What one network reached with its seeds. */
typedef struct
{
  const char *model;
  guint n_runs; /* with those that are left out */
  GArray *seeds;
  GArray *loss, *training, *held_out, *macro; /* of double, one a seed */
} Set;

static void
set_clear (Set *set)
{
  g_array_unref (set->seeds);
  g_array_unref (set->loss);
  g_array_unref (set->training);
  g_array_unref (set->held_out);
  g_array_unref (set->macro);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Set, set_clear)

static gboolean
is_whole (const CliTraining *training)
{
  return !training->record->diverged
         && training->record->iterations == training->plan->iterations_before + training->plan->settings.iterations;
}

static void
set_init (Set *set, GPtrArray *trainings, guint kind, guint n_kinds)
{
  *set = (Set){ NULL,
                0,
                g_array_new (FALSE, FALSE, sizeof (guint32)),
                g_array_new (FALSE, FALSE, sizeof (double)),
                g_array_new (FALSE, FALSE, sizeof (double)),
                g_array_new (FALSE, FALSE, sizeof (double)),
                g_array_new (FALSE, FALSE, sizeof (double)) };
  for (guint i = kind; i < trainings->len; i += n_kinds)
    {
      const CliTraining *training = g_ptr_array_index (trainings, i);
      const NnRunRecord *record = training->record;

      set->model = nn_kind_id (record->settings.kind);
      set->n_runs++;
      if (!is_whole (training))
        continue;
      g_array_append_val (set->seeds, record->settings.seed);
      g_array_append_val (set->loss, record->final_loss);
      g_array_append_val (set->training, record->train_accuracy);
      g_array_append_val (set->held_out, record->held_out_accuracy);
      g_array_append_val (set->macro, record->held_out_macro);
    }
}

static double
mean (const GArray *values)
{
  return values->len > 0 ? gsl_stats_mean ((const double *) (gpointer) values->data, 1, values->len) : NAN;
}

/* Of the seeds as a sample: divided by their number less one; NaN for fewer than two. */
static double
standard_deviation (const GArray *values)
{
  return values->len > 1 ? gsl_stats_sd ((const double *) (gpointer) values->data, 1, values->len) : NAN;
}

/* A JSON object of a measure over the seeds. (transfer full) */
static json_t *
measure_json (const GArray *values)
{
  json_t *list = json_array ();

  for (guint i = 0; i < values->len; i++)
    json_array_append_new (list, nn_json_real (g_array_index (values, double, i)));
  return json_pack ("{s:o, s:o, s:o}", "mean", nn_json_real (mean (values)), "standard_deviation",
                    nn_json_real (standard_deviation (values)), "values", list);
}

static void
print_set (const Set *set)
{
  json_t *seeds = json_array ();
  g_autoptr (json_t) event = NULL;

  for (guint i = 0; i < set->seeds->len; i++)
    json_array_append_new (seeds, json_integer (g_array_index (set->seeds, guint32, i)));
  event = json_pack ("{s:s, s:s, s:o, s:i, s:o, s:o, s:o, s:o}", "event", "seeds", "model", set->model, "seeds", seeds,
                     "left_out", (int) (set->n_runs - set->seeds->len), "final_loss", measure_json (set->loss),
                     "train_accuracy", measure_json (set->training), "held_out_accuracy", measure_json (set->held_out),
                     "held_out_macro", measure_json (set->macro));
  cli_print_json (event, CLI_DIGITS_DOUBLE);
}

/* "84.1 ± 0.6 %", or without a deviation "84.1 %". */
static void
add_percent (CliTable *table, const GArray *values)
{
  double deviation = standard_deviation (values);

  if (isfinite (deviation))
    cli_table_add (table, "%.1f ± %.1f %%", 100 * mean (values), 100 * deviation);
  else
    cli_table_add_percent (table, mean (values));
}

static void
add_set (CliTable *table, const Set *set)
{
  cli_table_add (table, "%s", set->model);
  if (set->seeds->len == set->n_runs)
    cli_table_add (table, "%u", set->n_runs);
  else
    /* Translators: how many of how many seeds. */
    cli_table_add (table, _("%u of %u"), set->seeds->len, set->n_runs);
  add_percent (table, set->training);
  add_percent (table, set->held_out);
  add_percent (table, set->macro);
  if (isfinite (standard_deviation (set->loss)))
    cli_table_add (table, "%.3f ± %.3f", mean (set->loss), standard_deviation (set->loss));
  else
    cli_table_add_number (table, mean (set->loss), 3);
}

void
cli_train_seeds_summary (GPtrArray *trainings, guint n_kinds, gboolean json)
{
  g_autoptr (CliTable) table = cli_table_new ("lrrrrr");

  cli_table_add (table, "%s", _("network"));
  cli_table_add (table, "%s", _("seeds"));
  cli_table_add (table, "%s", _("training"));
  cli_table_add (table, "%s", _("held out"));
  cli_table_add (table, "%s", _("held out, macro"));
  cli_table_add (table, "%s", _("loss"));
  for (guint kind = 0; kind < MIN (n_kinds, trainings->len); kind++)
    {
      g_auto (Set) set;

      set_init (&set, trainings, kind, n_kinds);
      if (json)
        print_set (&set);
      else
        add_set (table, &set);
    }
  if (json)
    return;
  cli_print ("\n%s\n", _("Mean ± standard deviation over the seeds:"));
  cli_table_print (table, 0);
}
