/* worker.c: measures what run_bench.py asks for.
 *
 * It reads commands, a line each, and answers each with a line of JSON: so it takes turns with its peers without being
 * started anew. What is in its caches and in its memory is then what a long run has. A command may also stand in the
 * arguments; then it is the only one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine.h"
#include "measure-data.h"
#include "measure-training.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_NAMES 2000

static Names names;

#ifdef __clang__
#define COMPILER "Clang " __clang_version__
#else
#define COMPILER "GCC " __VERSION__
#endif

static guint
number (const char *text)
{
  guint64 value;
  g_autoptr (GError) error = NULL;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &value, &error))
    g_error ("%s", error->message);
  return (guint) value;
}

static NnKind
kind_of (const char *id)
{
  NnKind kind;

  if (!nn_kind_from_id (id, &kind))
    g_error ("there is no network %s", id);
  return kind;
}

static void
stop_at (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
answer_training (Training *training, guint n, guint passes, gboolean with_losses)
{
  printf ("{\"names\": %u, \"passes\": %u, \"processor\": %.9f, \"wall\": %.9f, \"fastest\": %.9f, \"steps\": %u", n,
          passes, training->all.processor, training->all.wall, training->fastest, training->steps);
  if (with_losses)
    {
      printf (", \"losses\": [");
      for (guint i = 0; i < training->n_losses; i++)
        printf ("%s%.9g", i > 0 ? ", " : "", (double) training->losses[i]);
      printf ("]");
    }
  printf ("}\n");
  g_free (training->losses);
}

/* How many of the prepared names. */
static guint
number_of_names (const char *text)
{
  const guint n = number (text);

  if (n == 0 || n > names.n)
    g_error ("%u names are prepared, not %u", names.n, n);
  return n;
}

/* prepare NAMES FOLDER */
static void
prepare (char **words)
{
  g_autoptr (GError) error = NULL;

  if (names_load (&names, words[1], N_NAMES, &error))
    names_save (&names, words[2], &error);
  stop_at (error);
  printf ("{\"names\": %u, \"rows\": %u, \"compiler\": \"%s\"}\n", names.n,
          nn_dataset_n_rows (names.dataset), COMPILER);
}

/* train KIND HIDDEN N PASSES THREADS BATCH */
static void
train (char **words)
{
  const guint n = number_of_names (words[3]), passes = number (words[4]);
  Training training;

  measure_training (&training, &names, kind_of (words[1]), number (words[2]), n, passes, number (words[5]),
                    number (words[6]));
  answer_training (&training, n, passes, TRUE);
}

/* letters KIND T N PASSES */
static void
letters (char **words)
{
  const guint n = number (words[3]), passes = number (words[4]);
  Training training;

  measure_letters (&training, &names, kind_of (words[1]), number (words[2]), n, passes);
  answer_training (&training, n, passes, FALSE);
}

/* plain KIND N */
static void
plain (char **words)
{
  const guint n = number_of_names (words[2]);
  Training training;

  measure_plain (&training, &names, kind_of (words[1]), n);
  answer_training (&training, n, 1, TRUE);
}

/* machine BYTES */
static void
machine (char **words)
{
  printf ("{\"read\": %.6g, \"multiply_add\": %.6g}\n", machine_read_rate (number (words[1])),
          machine_multiply_add_rate ());
}

/* trace KIND warm|flushed */
static void
trace (char **words)
{
  printf ("{\"seconds\": %.9f}\n", measure_trace (&names, kind_of (words[1]), strcmp (words[2], "flushed") == 0));
}

/* generate FOLDER N */
static void
generate (char **words)
{
  g_autoptr (GError) error = NULL;

  measure_data_generate (words[1], number (words[2]), &error);
  stop_at (error);
  printf ("{}\n");
}

/* load|normalise|reduce FOLDER */
static void
data (char **words)
{
  g_autoptr (GError) error = NULL;
  Stopwatch taken;
  guint rows;

  if (strcmp (words[0], "load") == 0)
    measure_data_load (words[1], &taken, &rows, &error);
  else if (strcmp (words[0], "normalise") == 0)
    measure_data_normalise (words[1], &taken, &rows, &error);
  else
    measure_data_reduce (words[1], &taken, &rows, &error);
  stop_at (error);
  printf ("{\"processor\": %.9f, \"wall\": %.9f, \"rows\": %u, \"peak\": %" G_GSIZE_FORMAT "}\n", taken.processor,
          taken.wall, rows, measure_data_peak ());
}

static const struct
{
  const char *name;
  guint n_words;
  void (*run) (char **words);
} commands[] = {
  { "prepare", 3, prepare },   { "train", 7, train }, { "letters", 5, letters }, { "plain", 3, plain },
  { "machine", 2, machine },   { "trace", 3, trace },    { "generate", 3, generate }, { "load", 2, data },
  { "normalise", 2, data },    { "reduce", 2, data },
};

static void
obey (char **words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, words[0]) == 0 && commands[i].n_words == g_strv_length (words))
      {
        commands[i].run (words);
        fflush (stdout);
        return;
      }
  g_error ("no such command, or not with so many words: %s", words[0]);
}

int
main (int argc, char **argv)
{
  char line[8192];

  if (argc > 1)
    obey (argv + 1);
  else
    while (fgets (line, sizeof line, stdin) != NULL)
      {
        g_auto (GStrv) words = g_strsplit (g_strchomp (line), "\t", -1);
        obey (words);
      }
  names_clear (&names);
  return EXIT_SUCCESS;
}
