/* train-options.c: what "train" was asked for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train-options.h"

#include "cli/error.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "engine/model.h"

#include <glib/gi18n.h>
#include <string.h>

static const CliCommandFacts facts = {
  .name = "train",
  .parameters = NULL,
  .summary = N_ ("Trains one network, or with --model all the first three at once, and prints what they reached."),
  .description
  /* xgettext:no-c-format */
  = N_ ("Without an option, it trains rnn, lstm and gate-lstm for 100,000 names each at the learning rates of the\n"
        "report, on the surnames that come with the program, of which it holds 10 % out. Without --out, nothing is\n"
        "kept. Ctrl-C ends the training and keeps the weights that were reached."),
};

static gboolean
read_model (CliTrainOptions *options, GError **error)
{
  const char *model = options->model != NULL ? options->model : "all";
  g_autofree char *quoted = NULL;

  options->all = strcmp (model, "all") == 0;
  if (options->all)
    {
      options->kinds[0] = NN_RNN;
      options->kinds[1] = NN_LSTM;
      options->kinds[2] = NN_GATE_LSTM;
      options->n_kinds = 3;
      return TRUE;
    }
  options->n_kinds = 1;
  if (nn_kind_from_id (model, &options->kinds[0]))
    return TRUE;
  quoted = cli_quoted (model);
  return cli_misuse (error, _("--model is %s; it must be rnn, lstm, gate-lstm, gate-lstm-hidden or all"), quoted);
}

static gboolean
read_preset (const CliTrainOptions *options, GError **error)
{
  NnSettings settings;
  g_autofree char *quoted = NULL;

  if (options->preset == NULL || nn_settings_preset (options->preset, NN_RNN, &settings))
    return TRUE;
  quoted = cli_quoted (options->preset);
  return cli_misuse (error, _("--preset is %s; it must be report, default or careful"), quoted);
}

static gboolean
read_whole (const char *option, const char *text, guint64 least, guint64 most, guint64 *value, GError **error)
{
  return text == NULL || cli_option_whole (option, text, least, most, value, error);
}

/* Several seeds begin with weights of their own, and need a folder for what they reach. */
static gboolean
check_seeds (const CliTrainOptions *options, GError **error)
{
  guint64 first = options->seed_text != NULL ? options->seed : 1;
  g_autofree char *quoted = NULL;

  if (options->n_seeds == 1)
    return TRUE;
  if (first + options->n_seeds - 1 > G_MAXUINT32)
    return cli_misuse (error, _("--seeds is %u, but from seed %u on there are only %u; give a lower --seed"),
                       (guint) options->n_seeds, (guint) first, (guint) (G_MAXUINT32 - first + 1));
  if (options->init != NULL)
    return cli_misuse (error, _("--seeds draws the weights anew for each seed, so it can't start from those of --init; "
                                "give one of the two"));
  if (options->out == NULL || !(g_file_test (options->out, G_FILE_TEST_IS_REGULAR)
                                || g_str_has_suffix (options->out, ".safetensors")))
    return TRUE;
  quoted = cli_quoted (options->out);
  return cli_misuse (error, _("--out is %s, one file, but --seeds %u makes several; give a folder"), quoted,
                     (guint) options->n_seeds);
}

static gboolean
read_values (CliTrainOptions *options, GError **error)
{
  options->n_seeds = 1;
  options->threads = 1;
  return read_model (options, error) && read_preset (options, error)
         && read_whole ("--iterations", options->iterations_text, 1, NN_MAX_ITERATIONS, &options->iterations, error)
         && (options->learning_rate_text == NULL
             || cli_option_real ("--learning-rate", options->learning_rate_text, 0.0, TRUE, NN_MAX_LEARNING_RATE,
                                 &options->learning_rate, error))
         && read_whole ("--hidden", options->hidden_text, NN_MIN_HIDDEN, NN_MAX_HIDDEN, &options->hidden, error)
         && read_whole ("--seed", options->seed_text, 0, G_MAXUINT32, &options->seed, error)
         && read_whole ("--seeds", options->n_seeds_text, 1, CLI_MOST_SEEDS, &options->n_seeds, error)
         && read_whole ("--threads", options->threads_text, 1, 2, &options->threads, error)
         && (options->hold_out_text == NULL
             || cli_option_real ("--hold-out", options->hold_out_text, 0.0, FALSE, NN_MAX_HOLD_OUT, &options->hold_out,
                                 error))
         && cli_descent_options_read (&options->descent, error)
         && cli_option_not_empty ("--data", options->data, error)
         && cli_option_not_empty ("--init", options->init, error)
         && cli_option_not_empty ("--order", options->order, error)
         && cli_option_not_empty ("--out", options->out, error);
}

static gboolean
check_init (const CliTrainOptions *options, GError **error)
{
  if (options->init == NULL || !options->all || g_file_test (options->init, G_FILE_TEST_IS_DIR))
    return TRUE;
  return cli_misuse (error, _("--init is a file, which holds one network: say with --model which one, or give a folder "
                              "that has rnn.safetensors, lstm.safetensors and gate-lstm.safetensors"));
}

gboolean
cli_train_options_parse (CliTrainOptions *options, char **arguments, gboolean *helped, GError **error)
{
  CliDescentOptions *descent = &options->descent;
  const GOptionEntry entries[] = {
    CLI_OPTION_TEXT ("model", &options->model, N_ ("rnn, lstm, gate-lstm, gate-lstm-hidden or all (all)"), "K"),
    CLI_OPTION_TEXT ("data", &options->data, N_ ("Folder of names, a CLASS.txt for each class"), N_ ("DIR")),
    CLI_OPTION_TEXT ("preset", &options->preset, N_ ("report, default or careful (default)"), N_ ("PRESET")),
    CLI_OPTION_TEXT ("iterations", &options->iterations_text, N_ ("Updates of the weights (100000)"), "N"),
    CLI_OPTION_TEXT ("learning-rate", &options->learning_rate_text,
                     N_ ("Step of gradient descent (rnn: 0.005, others: 0.1)"), "X"),
    CLI_OPTION_TEXT ("hidden", &options->hidden_text, N_ ("Hidden units, 8 to 1024 (128)"), "H"),
    CLI_OPTION_TEXT ("seed", &options->seed_text, N_ ("Seed of the random numbers (1)"), "S"),
    CLI_OPTION_TEXT ("seeds", &options->n_seeds_text,
                     N_ ("Train with so many seeds, one after the other from that on, 1 to 100 (1)"), "N"),
    CLI_OPTION_TEXT ("threads", &options->threads_text,
                     N_ ("Threads for each network, 1 or 2; the weights are the same (1)"), "N"),
    CLI_OPTION_TEXT ("hold-out", &options->hold_out_text,
                     N_ ("Share of the different names not to train on, 0 to 0.9 (0.1)"), "F"),
    CLI_OPTION_TEXT ("batch", &descent->batch_text, N_ ("Names an update, 1 to 1024 (1)"), "B"),
    CLI_OPTION_TEXT ("optimizer", &descent->optimizer_text, N_ ("sgd or adam (sgd)"), "O"),
    CLI_OPTION_TEXT ("clip", &descent->real_texts[CLI_DESCENT_CLIP],
                     N_ ("Largest norm of a gradient, 0 for no limit (0)"), "X"),
    CLI_OPTION_TEXT ("decay", &descent->real_texts[CLI_DESCENT_DECAY],
                     N_ ("Share of the learning rate gone at the end, 0 to 0.99 (0)"), "F"),
    CLI_OPTION_TEXT ("weight-decay", &descent->real_texts[CLI_DESCENT_WEIGHT_DECAY],
                     N_ ("Pull of the weights towards 0, 0 to 1 (0)"), "X"),
    CLI_OPTION_TEXT ("dropout", &descent->real_texts[CLI_DESCENT_DROPOUT],
                     N_ ("Share of the hidden units to leave out, 0 to 0.9 (0)"), "F"),
    CLI_OPTION_TEXT ("letter-dropout", &descent->real_texts[CLI_DESCENT_LETTER_DROPOUT],
                     N_ ("Share of the letters to leave out, 0 to 0.9 (0)"), "F"),
    CLI_OPTION_TEXT ("averaging", &descent->real_texts[CLI_DESCENT_AVERAGING],
                     N_ ("Share of the old in the mean of the weights (0: no mean)"), "F"),
    CLI_OPTION_TEXT ("init", &options->init, N_ ("Weights to start from"), N_ ("FILE")),
    CLI_OPTION_TEXT ("order", &options->order, N_ ("Train on these lines of name, tab, class, a name each"),
                     N_ ("FILE")),
    CLI_OPTION_TEXT ("out", &options->out, N_ ("Where to write weights and curves"), N_ ("PATH")),
    CLI_OPTION_FLAG ("json", &options->json, N_ ("Print JSON, one object a line")),
    CLI_OPTION_FLAG ("quiet", &options->quiet, N_ ("Show no progress")),
    CLI_OPTION_END,
  };

  if (!cli_options_parse (&facts, entries, arguments, helped, error))
    return FALSE;
  return *helped || (read_values (options, error) && check_init (options, error) && check_seeds (options, error));
}

void
cli_train_options_clear (CliTrainOptions *options)
{
  g_free (options->model);
  g_free (options->data);
  g_free (options->preset);
  g_free (options->iterations_text);
  g_free (options->learning_rate_text);
  g_free (options->hidden_text);
  g_free (options->seed_text);
  g_free (options->n_seeds_text);
  g_free (options->threads_text);
  g_free (options->hold_out_text);
  cli_descent_options_clear (&options->descent);
  g_free (options->init);
  g_free (options->order);
  g_free (options->out);
}
