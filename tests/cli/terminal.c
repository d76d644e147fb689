/* terminal.c: progress bars, interruptions, and outputs that take nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "known-network.h"

#include "engine/run-record.h"
#include "engine/weights.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define ENDLESS "train --data names --hidden 16 --iterations 1000000000 "

/* ---- Interruptions ---- */

/* Reads events until each of @n networks has told a point, so that all are known to train. */
static void
wait_for_points (GDataInputStream *events, guint n)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (g_hash_table_size (told) < n)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_data_input_stream_read_line_utf8 (events, NULL, NULL, &error);
      g_autoptr (json_t) event = json_loads (line != NULL ? line : "", 0, NULL);

      g_assert_no_error (error);
      g_assert_cmpstr (string_of (event, "event"), ==, "progress");
      g_hash_table_add (told, g_strdup (string_of (event, "model")));
    }
}

/* What is left of the events. */
static GPtrArray *
read_rest (GDataInputStream *events)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char *line;

  while ((line = g_data_input_stream_read_line_utf8 (events, NULL, NULL, NULL)) != NULL)
    {
      g_string_append_printf (text, "%s\n", line);
      g_free (line);
    }
  return lines_json (text->str);
}

static void
check_weights (const Place *place, const char *name, const json_t *result)
{
  g_autofree char *path = place_path (place, name);
  g_autoptr (NnWeightsFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnModel) model = nn_weights_load (path, NULL, NULL, &facts, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (string_of (result, "weights"), ==, name);
  g_assert_cmpfloat ((double) facts->iterations, ==, number_of (result, "iterations"));
  g_assert_cmpuint (facts->iterations, >=, 1000);
}

static void
interrupt (const Place *place, const char *line, int number, guint n_networks, const char *message, GPtrArray **rest)
{
  g_autoptr (GSubprocessLauncher) launcher
      = program_launcher (place, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) program = program_start (launcher, line);
  g_autoptr (GDataInputStream) events = g_data_input_stream_new (g_subprocess_get_stdout_pipe (program));
  g_autoptr (GDataInputStream) errors = g_data_input_stream_new (g_subprocess_get_stderr_pipe (program));
  g_autofree char *expected = g_strconcat ("gatescope-cli: ", message, NULL);
  g_autofree char *said = NULL;

  wait_for_points (events, n_networks);
  g_subprocess_send_signal (program, number);
  *rest = read_rest (events);
  said = g_data_input_stream_read_line_utf8 (errors, NULL, NULL, NULL);
  g_assert_cmpstr (said, ==, expected);
  g_assert_true (g_subprocess_wait (program, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (program));
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 1);
}

static void
test_interrupt (Place *place, gconstpointer data)
{
  static const char *const models[] = { "rnn", "lstm", "gate-lstm" };
  g_autoptr (GPtrArray) rest = NULL;

  interrupt (place, ENDLESS "--out o --json", GPOINTER_TO_INT (data), 3,
             "interrupted; the weights reached are in o, to go on from there give them with --init", &rest);
  g_assert_cmpuint (rest->len, >=, 3);
  for (guint i = 0; i < 3; i++)
    {
      const json_t *result = g_ptr_array_index (rest, rest->len - 3 + i);
      g_autofree char *weights = g_strdup_printf ("o/%s.safetensors", models[i]);

      g_assert_cmpstr (string_of (result, "event"), ==, "result");
      g_assert_cmpfloat (number_of (result, "train_accuracy"), >=, 0);
      check_weights (place, weights, result);
    }
}

static void
test_interrupt_order (Place *place, gconstpointer data)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GPtrArray) rest = NULL;
  g_autofree char *path = place_path (place, "w.run.json");
  g_autoptr (NnRunRecord) record = NULL;
  const json_t *result;

  for (guint i = 0; i < 400000; i++)
    g_string_append (lines, i % 2 == 0 ? "Alana\tAla\n" : "Uskin\tUsk\n");
  place_write (place, "order", lines->str);
  interrupt (place, "train --data names --model lstm --order order --out w --json", SIGINT, 1,
             "interrupted; the weights reached are in w, to go on from there give them with --init", &rest);
  result = g_ptr_array_index (rest, rest->len - 1);
  check_weights (place, "w", result);
  record = nn_run_record_load (path, NULL);
  g_assert_nonnull (record);
  g_assert_cmpuint (record->n_order_losses, ==, record->iterations);
  g_assert_cmpuint (record->iterations, <, 400000);
}

static void
test_interrupt_unkept (Place *place, gconstpointer data)
{
  g_autoptr (GPtrArray) rest = NULL;

  interrupt (place, ENDLESS "--model rnn --json", SIGINT, 1,
             "interrupted; nothing is kept without --out, so give it the next time", &rest);
  g_assert_true (json_is_null (json_object_get (g_ptr_array_index (rest, rest->len - 1), "weights")));
}

/* Whether the process has a handler for SIGINT already. */
static gboolean
handles_interruption (const char *process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", process);
  g_autofree char *status = NULL;
  const char *caught;

  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  caught = strstr (status, "\nSigCgt:\t");
  g_assert_nonnull (caught);
  return (g_ascii_strtoull (caught + strlen ("\nSigCgt:\t"), NULL, 16) & (1u << (SIGINT - 1))) != 0;
}

/* Who interrupts again does not wait for the final numbers, which take a large network a minute; its weights are kept
 * all the same. */
static void
test_interrupt_twice (Place *place, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher
      = program_launcher (place, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *line = g_strconcat ("train --model lstm --hidden 1024 --out w --json ", data, NULL);
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *path = place_path (place, "w");
  g_autoptr (NnModel) model = NULL;
  Outcome outcome;
  const json_t *result;

  place_write (place, "order", "Satoshi\tJapanese\n");
  program = program_start (launcher, line);
  while (!handles_interruption (g_subprocess_get_identifier (program)))
    g_usleep (G_USEC_PER_SEC / 100);
  /* Two that come at once are one. */
  while (g_subprocess_get_identifier (program) != NULL)
    {
      g_subprocess_send_signal (program, SIGINT);
      g_usleep (G_USEC_PER_SEC / 4);
      g_main_context_iteration (NULL, FALSE);
    }
  outcome = program_finish (program);
  g_assert_cmpint (outcome.status, ==, 1);
  events = lines_json (outcome.output);
  result = g_ptr_array_index (events, events->len - 1);
  g_assert_true (json_is_null (json_object_get (result, "train_accuracy")));
  g_assert_cmpstr (string_of (result, "weights"), ==, "w");
  g_assert_true (place_has (place, "w.run.json"));
  model = nn_weights_load (path, NULL, NULL, NULL, NULL);
  g_assert_nonnull (model);
  outcome_clear (&outcome);
}

/* The folder went away while it trained: said, and no weights are claimed. */
static void
test_lost_folder (Place *place, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher
      = program_launcher (place, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) program = program_start (launcher, ENDLESS "--model rnn --out o/ --json");
  g_autoptr (GDataInputStream) events = g_data_input_stream_new (g_subprocess_get_stdout_pipe (program));
  g_autoptr (GDataInputStream) errors = g_data_input_stream_new (g_subprocess_get_stderr_pipe (program));
  g_autofree char *folder = place_path (place, "o");
  g_autofree char *said = NULL;
  g_autoptr (GPtrArray) rest = NULL;

  wait_for_points (events, 1);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_subprocess_send_signal (program, SIGINT);
  rest = read_rest (events);
  said = g_data_input_stream_read_line_utf8 (errors, NULL, NULL, NULL);
  g_assert_true (g_pattern_match_simple ("gatescope-cli: o/rnn.safetensors: can't be written: *; *", said));
  g_assert_true (json_is_null (json_object_get (g_ptr_array_index (rest, rest->len - 1), "weights")));
  g_subprocess_wait (program, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 1);
}

/* ---- Outputs that take nothing ---- */

static void
run_into (const Place *place, int output, const char *line, const char *message)
{
  g_autoptr (GSubprocessLauncher) launcher = program_launcher (place, G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) program = NULL;
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *expected =
    g_strdup_printf ("gatescope-cli: the standard output can't be written: %s; make room, or send "
                     "it elsewhere\n",
                     message);

  g_assert_cmpint (output, >=, 0);
  g_subprocess_launcher_take_stdout_fd (launcher, output);
  program = program_start (launcher, line);
  outcome = program_finish (program);
  g_assert_cmpstr (outcome.errors, ==, expected);
  g_assert_cmpint (outcome.status, ==, 1);
}

static const char *const printing[] = {
  "--help",
  "--version",
  "train --help",
  "data --data names",
  "data --data names --json",
  "predict --weights rnn.safetensors -- Bobo",
  "gates --weights rnn.safetensors --csv -- Bobo",
  "evaluate --weights rnn.safetensors --data names --json",
  "train --data names --hidden 8 --iterations 100",
  /* What would be trained without a trace ends at once. */
  ENDLESS "--json",
};

static void
test_full_disk (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_RNN);

  for (gsize i = 0; i < G_N_ELEMENTS (printing); i++)
    run_into (place, open ("/dev/full", O_WRONLY | O_CLOEXEC), printing[i], "No space left on device");
}

static void
test_closed_pipe (Place *place, gconstpointer data)
{
  g_autoptr (NnModel) model = known_network_write (place, NN_RNN);

  for (gsize i = 0; i < G_N_ELEMENTS (printing); i++)
    {
      int ends[2];

      g_assert_true (g_unix_open_pipe (ends, FD_CLOEXEC, NULL));
      close (ends[0]);
      run_into (place, ends[1], printing[i], "Broken pipe");
    }
}

/* The training goes on, and what it reaches is kept. */
static void
test_full_disk_with_weights (Place *place, gconstpointer data)
{
  run_into (place, open ("/dev/full", O_WRONLY | O_CLOEXEC),
            "train --data names --model rnn --hidden 8 --iterations 5000 --json --out w", "No space left on device");
  g_assert_true (place_has (place, "w") && place_has (place, "w.run.json"));
}

/* ---- Progress ---- */

/* All that the program writes to its standard error where that is a terminal of @columns columns. */
static char *
on_terminal (const Place *place, guint columns, const char *terminal, const char *line)
{
  int master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  struct winsize size = { .ws_row = 24, .ws_col = (unsigned short) columns };
  g_autoptr (GSubprocessLauncher) launcher = program_launcher (place, G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  char bytes[4096];
  gssize n;

  if (master < 0 || grantpt (master) != 0 || unlockpt (master) != 0)
    return NULL;
  g_assert_cmpint (ioctl (master, TIOCSWINSZ, &size), ==, 0);
  g_subprocess_launcher_take_stderr_fd (launcher, open (ptsname (master), O_RDWR | O_NOCTTY | O_CLOEXEC));
  g_subprocess_launcher_setenv (launcher, "TERM", terminal, TRUE);
  program = program_start (launcher, line);
  /* Ours, lest the end of the program's never show. */
  g_clear_object (&launcher);
  while ((n = read (master, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR))
    if (n > 0)
      g_string_append_len (text, bytes, n);
  close (master);
  g_assert_true (g_subprocess_wait_check (program, NULL, NULL));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define A_SECOND "train --data names --model all --hidden 256 --iterations 4000 "

static void
test_bars (Place *place, gconstpointer data)
{
  g_autofree char *text = on_terminal (place, 100, "xterm", A_SECOND);
  g_auto (GStrv) lines = NULL;
  g_autoptr (GRegex) bar =
    g_regex_new ("^(\033\\[3A)?\r\033\\[K(rnn      |lstm     |gate-lstm)  \\[#*-*\\]  +[0-9]+ %  +[0-9:-]+ left"
                 "(  loss +[0-9]+\\.[0-9]{3}  accuracy +[0-9.]+ %  +[0-9]+ names/s)?\r$",
                 0, 0, NULL);
  guint bars = 0;

  if (text == NULL)
    {
      g_test_skip ("there is no pseudo-terminal here");
      return;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (strstr (lines[i], " left") == NULL)
        continue;
      if (!g_regex_match (bar, lines[i], 0, NULL))
        g_error ("no bar: %s", lines[i]);
      bars += strstr (lines[i], "names/s") != NULL;
    }
  g_assert_cmpuint (bars, >, 3);
  /* Redrawn in place, and gone at the end. */
  g_assert_nonnull (strstr (text, "\033[3A"));
  g_assert_true (g_str_has_suffix (text, "\033[3A\r\033[J"));
}

static void
test_narrow_bars (Place *place, gconstpointer data)
{
  for (guint columns = 12; columns < 80; columns += 40)
    {
      g_autofree char *text = on_terminal (place, columns, "xterm", A_SECOND "--json");
      g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        {
          const char *start = strstr (lines[i], "\033[K");

          if (start != NULL)
            g_assert_cmpuint (g_utf8_strlen (start + strlen ("\033[K"), -1) - 1, <, columns);
        }
    }
}

static void
test_no_bars (Place *place, gconstpointer data)
{
  g_autofree char *quiet = on_terminal (place, 80, "xterm", A_SECOND "--quiet");
  g_autofree char *dumb = on_terminal (place, 80, "dumb", A_SECOND);
  g_autofree char *no_terminal = program_succeed (place, A_SECOND);

  g_assert_cmpstr (quiet != NULL ? quiet : "", ==, "");
  g_assert_cmpstr (dumb != NULL ? dumb : "", ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/terminal/interrupt", Place, GINT_TO_POINTER (SIGINT), place_set_up, test_interrupt, place_tear_down);
  g_test_add ("/terminal/terminate", Place, GINT_TO_POINTER (SIGTERM), place_set_up, test_interrupt, place_tear_down);
  g_test_add ("/terminal/hang-up", Place, GINT_TO_POINTER (SIGHUP), place_set_up, test_interrupt, place_tear_down);
  PLACE_ADD ("/terminal/interrupt-order", test_interrupt_order);
  PLACE_ADD ("/terminal/interrupt-unkept", test_interrupt_unkept);
  g_test_add ("/terminal/interrupt-twice", Place, "--iterations 1000000", place_set_up, test_interrupt_twice,
              place_tear_down);
  g_test_add ("/terminal/interrupt-order-twice", Place, "--order order", place_set_up, test_interrupt_twice,
              place_tear_down);
  PLACE_ADD ("/terminal/lost-folder", test_lost_folder);
  PLACE_ADD ("/terminal/full-disk", test_full_disk);
  PLACE_ADD ("/terminal/closed-pipe", test_closed_pipe);
  PLACE_ADD ("/terminal/full-disk-with-weights", test_full_disk_with_weights);
  PLACE_ADD ("/terminal/bars", test_bars);
  PLACE_ADD ("/terminal/narrow-bars", test_narrow_bars);
  PLACE_ADD ("/terminal/no-bars", test_no_bars);
  return g_test_run ();
}
