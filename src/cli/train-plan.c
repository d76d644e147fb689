/* train-plan.c: what each network is trained with: settings, names, weights to start from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train-plan.h"

#include "cli/error.h"
#include "cli/inputs.h"

#include <glib/gi18n.h>

void
cli_plan_free (CliPlan *plan)
{
  g_clear_pointer (&plan->split, nn_split_unref);
  g_clear_pointer (&plan->order, g_array_unref);
  g_clear_pointer (&plan->initial, nn_model_free);
  g_free (plan->generator);
  g_free (plan->weights_path);
  g_free (plan->record_path);
  g_free (plan);
}

/* ---- Settings ---- */

static void
choose_settings (CliPlan *plan, const CliTrainOptions *options, NnKind kind, guint32 seed_index, GArray *order)
{
  /* A step along the gradient of one name each, whatever the presets come to be. */
  const char *preset = options->preset != NULL && order == NULL ? options->preset : "default";
  NnSettings *settings = &plan->settings;

  nn_settings_preset (preset, kind, settings);
  if (options->iterations_text != NULL)
    settings->iterations = options->iterations;
  if (options->learning_rate_text != NULL)
    settings->learning_rate = options->learning_rate;
  if (options->hidden_text != NULL)
    settings->hidden = (guint) options->hidden;
  if (options->seed_text != NULL)
    settings->seed = (guint32) options->seed;
  settings->seed += seed_index;
  if (options->hold_out_text != NULL)
    settings->hold_out = options->hold_out;
  cli_descent_options_apply (&options->descent, settings);
  if (order != NULL)
    {
      settings->iterations = (order->len + settings->batch - 1) / settings->batch;
      settings->hold_out = 0;
      plan->order = g_array_ref (order);
    }
}

/* A run is named after a preset only if it is what the preset says; a seed may be any. */
static void
name_preset (CliPlan *plan, const CliTrainOptions *options)
{
  const char *preset = options->preset != NULL ? options->preset : "default";
  const NnSettings *settings = &plan->settings;
  NnSettings said;

  nn_settings_preset (preset, settings->kind, &said);
  said.seed = settings->seed;
  if (plan->order == NULL && nn_settings_equal (settings, &said))
    plan->preset = g_intern_string (preset);
}

/* ---- Weights to start from ---- */

/* Where the file is ours and says enough, the run goes on as if it had never stopped; a seed or an order that is given
 * asks for something else. */
static gboolean
take_initial (CliPlan *plan, const CliTrainOptions *options, NnDataset *dataset, GError **error)
{
  NnKind kind = plan->settings.kind;
  g_autofree char *name = g_strconcat (nn_kind_id (kind), ".safetensors", NULL);
  g_autofree char *path = g_file_test (options->init, G_FILE_TEST_IS_DIR) ? g_build_filename (options->init, name, NULL)
                                                                          : g_strdup (options->init);
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (NnWeightsFacts) facts = NULL;

  plan->initial = nn_weights_load (path, &kind, nn_dataset_class_names (dataset), &facts, error);
  if (plan->initial == NULL || !cli_input_check_classes (plan->initial, path, dataset, error))
    return FALSE;
  if (options->hidden_text != NULL && options->hidden != plan->initial->hidden)
    return cli_fail (error, _("%s: its hidden size is %u, but --hidden is %u; leave --hidden out"), shown,
                     plan->initial->hidden, (guint) options->hidden);
  plan->settings.hidden = plan->initial->hidden;
  if (options->seed_text != NULL)
    return TRUE;
  if (facts->has_seed)
    plan->settings.seed = facts->seed;
  if (plan->order == NULL && options->hold_out_text == NULL && options->preset == NULL)
    cli_input_hold_out (plan->initial, facts, path, &plan->settings.hold_out);
  if (plan->order == NULL && facts->generator != NULL
      && g_strcmp0 (facts->data_hash, nn_dataset_hash (dataset)) == 0)
    {
      plan->generator = g_strdup (facts->generator);
      plan->iterations_before = facts->iterations;
    }
  return TRUE;
}

/* ---- Plans ---- */

/* Networks of the same seed learn and hold out the same names. */
static NnSplit *
find_split (GPtrArray *plans, const NnSettings *settings, NnDataset *dataset, GError **error)
{
  for (guint i = 0; i < plans->len; i++)
    {
      const CliPlan *other = g_ptr_array_index (plans, i);

      if (other->settings.seed == settings->seed && other->settings.hold_out == settings->hold_out)
        return nn_split_ref (other->split);
    }
  return nn_split_new (dataset, settings->hold_out, settings->seed, error);
}

static CliPlan *
new_plan (
  GPtrArray *plans, const CliTrainOptions *options, guint index, NnDataset *dataset, GArray *order, GError **error)
{
  CliPlan *plan = g_new0 (CliPlan, 1);

  plan->of_set = options->n_seeds > 1;
  plan->threads = (guint) options->threads;
  choose_settings (plan, options, options->kinds[index % options->n_kinds], index / options->n_kinds, order);
  if (options->init == NULL || take_initial (plan, options, dataset, error))
    plan->split = find_split (plans, &plan->settings, dataset, error);
  name_preset (plan, options);
  if (plan->split != NULL)
    return plan;
  cli_plan_free (plan);
  return NULL;
}

GPtrArray *
cli_plans_new (const CliTrainOptions *options, NnDataset *dataset, GArray *order, GError **error)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func ((GDestroyNotify) cli_plan_free);

  for (guint i = 0; i < options->n_kinds * options->n_seeds; i++)
    {
      CliPlan *plan = new_plan (plans, options, i, dataset, order, error);

      if (plan == NULL)
        return NULL;
      g_ptr_array_add (plans, plan);
    }
  return g_steal_pointer (&plans);
}

NnTrainer *
cli_plan_make_trainer (const CliPlan *plan, GError **error)
{
  g_autoptr (NnTrainer) trainer = nn_trainer_new (&plan->settings, plan->split, plan->initial, error);

  if (trainer == NULL)
    return NULL;
  nn_trainer_set_threads (trainer, plan->threads);
  if (plan->order != NULL)
    nn_trainer_set_order (trainer, (const NnExample *) (gpointer) plan->order->data, plan->order->len);
  else if (plan->generator != NULL && !nn_trainer_resume (trainer, plan->generator, plan->iterations_before, error))
    return NULL;
  return g_steal_pointer (&trainer);
}
