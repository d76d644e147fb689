/* team-choice.c: whether one thread or two are faster at the moment, measured again and again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/team-choice.h"

/* Names in a trial of each way, the first of them that don't count (threads wake, caches fill), names between the
 * first trials, names for which one thread goes on at first where two were slower, and the most that may become of
 * either. */
#define TRIAL_NAMES 96
#define WARM_NAMES 8
#define NAMES_BETWEEN_TRIALS 4096
#define NAMES_ALONE 512
#define MOST_NAMES_BETWEEN_TRIALS 65536
/* Two threads go on while they have saved more time than they have lost. They begin with the time that one thread takes
 * for so many letters, and never have more than for so many: then a thread may lose its processor for some milliseconds
 * now and then, as to a window that is drawn, but not half of the time. */
#define FIRST_CREDIT_LETTERS 2000
#define MOST_CREDIT_LETTERS 8000
/* How many times as long one thread goes on alone after each failure in a row: of a trial, and of two threads after a
 * trial that they had won, which costs more. */
#define AFTER_TRIAL 2
#define AFTER_CREDIT 4

void
nn_team_choice_init (NnTeamChoice *choice)
{
  *choice = (NnTeamChoice){ .stage = NN_TEAM_DECIDED, .names_between = NAMES_BETWEEN_TRIALS, .names_alone = NAMES_ALONE };
}

static double
nanoseconds_a_letter (const NnTeamChoice *choice, guint way)
{
  return (double) choice->nanoseconds[way] / (double) choice->letters[way];
}

/* Something may have come between once; it is tried again soon, and ever later while it stays so. */
static void
go_alone (NnTeamChoice *choice, guint growth)
{
  choice->two = FALSE;
  choice->names_left = choice->names_alone;
  choice->names_alone = MIN (growth * choice->names_alone, MOST_NAMES_BETWEEN_TRIALS);
  choice->names_between = NAMES_BETWEEN_TRIALS;
}

static void
go_together (NnTeamChoice *choice)
{
  choice->two = TRUE;
  choice->names_left = choice->names_between;
  choice->names_between = MIN (2 * choice->names_between, MOST_NAMES_BETWEEN_TRIALS);
  choice->credit = FIRST_CREDIT_LETTERS * nanoseconds_a_letter (choice, 0);
}

static void
next_stage (NnTeamChoice *choice)
{
  if (choice->stage == NN_TEAM_TRY_ONE)
    {
      choice->stage = NN_TEAM_TRY_TWO;
      choice->names_left = TRIAL_NAMES;
      choice->spent_by_one = choice->spent;
      choice->spent = 0;
    }
  else if (choice->stage == NN_TEAM_TRY_TWO)
    {
      choice->stage = NN_TEAM_DECIDED;
      if (nanoseconds_a_letter (choice, 1) < nanoseconds_a_letter (choice, 0))
        go_together (choice);
      else
        go_alone (choice, AFTER_TRIAL);
    }
  else
    {
      /* A trial that two threads win tells little where other programs have the processors by turns; that they lasted
       * until the next one tells more. */
      if (choice->two)
        choice->names_alone = NAMES_ALONE;
      choice->stage = NN_TEAM_TRY_ONE;
      choice->names_left = TRIAL_NAMES;
      choice->spent = 0;
      choice->letters[0] = choice->letters[1] = 0;
      choice->nanoseconds[0] = choice->nanoseconds[1] = 0;
    }
}

gboolean
nn_team_choice_begin (NnTeamChoice *choice)
{
  if (choice->names_left == 0)
    next_stage (choice);
  choice->names_left--;
  if (choice->stage != NN_TEAM_DECIDED)
    choice->two = choice->stage == NN_TEAM_TRY_TWO;
  return choice->two;
}

/* The machine may become busy between two trials. */
static void
watch (NnTeamChoice *choice, guint length, gint64 taken)
{
  const double alone = nanoseconds_a_letter (choice, 0);

  choice->credit = MIN (choice->credit + alone * length - (double) taken, MOST_CREDIT_LETTERS * alone);
  if (choice->credit < 0)
    go_alone (choice, AFTER_CREDIT);
}

/* The end of a name in a trial. */
static void
count (NnTeamChoice *choice, guint length, gint64 taken)
{
  choice->spent += taken;
  if (choice->names_left < TRIAL_NAMES - WARM_NAMES)
    {
      choice->letters[choice->two] += length;
      choice->nanoseconds[choice->two] += taken;
    }
  /* Where the second thread does not get its processor, a name can take a thousand times as long: it has lost as soon
   * as it has spent what one thread needs for a trial. */
  if (choice->stage == NN_TEAM_TRY_TWO && choice->names_left > 0 && choice->spent > choice->spent_by_one)
    {
      choice->letters[1] = 1;
      choice->nanoseconds[1] = G_MAXINT64;
      choice->names_left = 0;
    }
}

void
nn_team_choice_end (NnTeamChoice *choice, guint length, gint64 nanoseconds)
{
  if (choice->stage == NN_TEAM_DECIDED && !choice->two)
    return;
  if (choice->stage == NN_TEAM_DECIDED)
    watch (choice, length, nanoseconds);
  else
    count (choice, length, nanoseconds);
}
