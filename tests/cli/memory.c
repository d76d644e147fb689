/* memory.c: every command under valgrind, which ends with an exit code of its own where it finds something.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <string.h>

/* In this order: what one writes, another reads. */
static const struct
{
  int status;
  const char *line;
} lines[] = {
  { 0, "--help" },
  { 0, "train --help" },
  { 2, "train --nope" },
  { 0, "train --data names --hidden 8 --iterations 1200 --hold-out 0.2 --out o" },
  { 0, "train --data names --init o --iterations 100 --json" },
  { 0, "train --data names --hidden 8 --model all --order order --out p --json" },
  { 1, "train --data names --hidden 8 --model rnn --learning-rate 0.5 --iterations 3000 --out d --json" },
  { 1, "train --data names --init o/rnn.safetensors --model rnn --hidden 9" },
  { 1, "train --data names --order names/Ala.txt" },
  { 0, "evaluate --weights o/lstm.safetensors --data names" },
  { 0, "evaluate --weights o/lstm.safetensors --data names --held-out --json" },
  { 0, "predict --weights o/rnn.safetensors -- Bobo 9 Ünö" },
  { 0, "predict --weights o/rnn.safetensors --json -- Bobo 9 Ünö" },
  { 0, "predict --weights o/rnn.safetensors" },
  { 0, "gates --weights o/gate-lstm.safetensors --target Ala -- Bobo 9" },
  { 0, "gates --weights o/gate-lstm.safetensors --target Ala --json -- Bobo 9" },
  { 1, "gates --weights o/rnn.safetensors --csv -- Bobo 9" },
  { 2, "gates --weights o/rnn.safetensors --target Nope -- Bobo" },
  { 0, "gates --weights o/lstm.safetensors --data names --clamp forget=0:3@2 --clamp output=mean -- Bobo 9" },
  { 2, "gates --weights o/lstm.safetensors --clamp forget=0:99 -- Bobo" },
  { 2, "gates --weights o/lstm.safetensors --clamp forgt=0 -- Bobo" },
  { 0, "gates --weights o/rnn.safetensors --letters --json -- Bobo 9 B" },
  { 0, "gates --weights o/rnn.safetensors --letters -- Bobo 9 B" },
  { 0, "gates --weights o/lstm.safetensors --substitutions --json -- Bobo 9" },
  { 0, "gates --weights o/lstm.safetensors --substitutions -- Bobo 9" },
  { 0, "evaluate --weights o/lstm.safetensors --data names --damage --held-out" },
  { 1, "evaluate --weights o/rnn.safetensors --data names --damage --json" },
  { 0, "data --data names" },
  { 0, "data --json" },
  { 1, "data --data nowhere" },
  { 0, "figure accuracy --run o/rnn.run.json --run o/lstm.run.json --out f.csv" },
  { 0, "figure confusion --data names --weights o/rnn.safetensors --out f.csv" },
  { 0, "figure gates --weights o/rnn.safetensors --out f.csv -- Bobo" },
  { 1, "figure gates --weights o/rnn.safetensors --out f.csv -- 9" },
};

static void
test_commands (Place *place, gconstpointer data)
{
  place_write (place, "order", "Alana\tAla\nBobo\tObo\n");
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (Outcome) outcome = program_run (place, lines[i].line);
      const char *end = strchr (outcome.errors, '\n');

      if (outcome.status != lines[i].status || (end != NULL && end[1] != '\0'))
        g_error ("%s: exit code %d: %s", lines[i].line, outcome.status, outcome.errors);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  PLACE_ADD ("/memory/commands", test_commands);
  return g_test_run ();
}
