/* report.c: "report": what it writes, what it refuses, and that an interruption leaves nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <signal.h>
#include <string.h>

#define REPORT "report --data names --iterations 400 --out "

static char *
text_of (const Place *place, const char *name)
{
  g_autoptr (GBytes) bytes = place_read (place, name);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

static void
test_writes (Place *place, gconstpointer data)
{
  static const char *const files[] = {
    "o/report.pdf", "o/report.tex", "o/figures/1.1-loss-rnn.pdf", "o/figures/2.9-matrix-gate-lstm.csv",
    "o/runs/rnn.run.json", "o/runs/gate-lstm-hidden-held-out.safetensors", "o/runs/rnn-rate-0.1.run.json",
  };
  g_autofree char *output = program_succeed (place, REPORT "o --seed 5 --author 'A B'");
  g_autofree char *tex = text_of (place, "o/report.tex");

  g_assert_cmpstr (output, ==, "o/report.pdf\n");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_assert_true (place_has (place, files[i]));
  g_assert_nonnull (strstr (tex, "\ngatescope-cli report --data names --seed 5 --language en --iterations 400 \\\n"
                                 "    --author 'A B'\n"));
  g_assert_nonnull (strstr (tex, "\\author{A B}"));
}

/* The report is in the language that is asked for, whatever the program's words are in. */
static void
test_language (Place *place, gconstpointer data)
{
  g_autofree char *output = program_succeed (place, REPORT "o --language zh_CN");
  g_autofree char *tex = text_of (place, "o/report.tex");

  g_assert_nonnull (strstr (tex, "\\documentclass[a4paper,11pt]{ctexart}"));
  g_assert_nonnull (strstr (tex, "\346\211\213\345\206\231 LSTM"));
  program_fail (place, 2, "--language is “xx”; it must be en or zh_CN; see gatescope-cli report --help",
                REPORT "o --language xx");
}

/* A run at hand is not trained again: the report has its numbers, and names it in its command. */
static void
test_takes_runs (Place *place, gconstpointer data)
{
  g_autofree char *trained = program_succeed (
    place, "train --data names --preset report --iterations 900 --model lstm --out mine.safetensors --quiet");
  g_autofree char *output = program_succeed (place, REPORT "o --run mine.run.json");
  g_autofree char *tex = text_of (place, "o/report.tex");
  g_autofree char *given = text_of (place, "mine.run.json"), *kept = text_of (place, "o/runs/lstm.run.json");
  const char *curve = strstr (given, "\"curve\""), *kept_curve = strstr (kept, "\"curve\"");

  g_assert_nonnull (strstr (tex, "\nLSTM & "));
  g_assert_nonnull (strstr (tex, " & 900 & 0.1 & 1 \\\\\n"));
  g_assert_nonnull (strstr (tex, "--run mine.run.json"));
  g_assert_true (place_has (place, "o/runs/lstm.safetensors"));
  g_assert_true (curve != NULL && kept_curve != NULL);
  g_assert_cmpmem (curve, strcspn (curve, "]"), kept_curve, strcspn (kept_curve, "]"));
}

static void
test_refuses (Place *place, gconstpointer data)
{
  g_autofree char *trained
    = program_succeed (place, "train --data names --iterations 100 --model lstm --out mine.safetensors --quiet");

  program_fail (place, 2, "--out DIR is missing; see gatescope-cli report --help", "report --data names");
  program_fail (place, 2, "--out is empty; see gatescope-cli report --help", "report --out ''");
  program_fail (place, 2, "--seed is “-1”; *", REPORT "o --seed=-1");
  program_fail (place, 2, "--iterations is “0”; *", "report --out o --iterations 0");
  program_fail (place, 1, "*no such folder*; *", "report --out o --data nowhere");
  program_fail (place, 1, "*; choose another file", REPORT "o --run nowhere.run.json");
  program_fail (place, 1,
                "mine.run.json: it was trained on other names than the report's; give those, or leave it out",
                "report --iterations 10 --out o --run mine.run.json");
  program_fail (place, 1,
                "mine.run.json: there is another run of this network; the report has room for one, leave one out",
                REPORT "o --run mine.run.json --run mine.run.json");
  program_fail (place, 1, "*mine.run.json: the folder can't be made (*); choose another one",
                REPORT "mine.run.json");
  g_assert_false (place_has (place, "o"));
}

static void
test_interrupt (Place *place, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher
    = program_launcher (place, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) program
    = program_start (launcher, "report --data names --iterations 900000000 --out new/o");
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *status_path = g_strdup_printf ("/proc/%s/task", g_subprocess_get_identifier (program));
  guint threads = 0;

  /* It trains once it has threads; only then does it listen to the signal for certain. */
  while (threads < 3)
    {
      g_autoptr (GDir) tasks = g_dir_open (status_path, 0, NULL);

      for (threads = 0; tasks != NULL && g_dir_read_name (tasks) != NULL;)
        threads++;
      g_thread_yield ();
    }
  g_subprocess_send_signal (program, SIGINT);
  outcome = program_finish (program);
  g_assert_cmpstr (outcome.errors, ==, "gatescope-cli: interrupted; nothing was written\n");
  g_assert_cmpstr (outcome.output, ==, "");
  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_false (place_has (place, "new"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/cli/report/writes", test_writes);
  PLACE_ADD ("/cli/report/language", test_language);
  PLACE_ADD ("/cli/report/takes-runs", test_takes_runs);
  PLACE_ADD ("/cli/report/refuses", test_refuses);
  PLACE_ADD ("/cli/report/interrupt", test_interrupt);
  return g_test_run ();
}
