/* team-choice.c: two threads are used while they are faster, and soon again after something came between.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/team-choice.h"

#define LETTERS 6
#define ALONE 6000 /* nanoseconds that a name takes by one thread */

/* @n names, that take @together by two threads. Returns how many of them two threads did. */
static guint
do_names (NnTeamChoice *choice, guint n, gint64 together)
{
  guint by_two = 0;

  for (guint i = 0; i < n; i++)
    {
      const gboolean two = nn_team_choice_begin (choice);

      by_two += two;
      nn_team_choice_end (choice, LETTERS, two ? together : ALONE);
    }
  return by_two;
}

static void
test_faster (void)
{
  NnTeamChoice choice;

  nn_team_choice_init (&choice);
  g_assert_cmpuint (do_names (&choice, 100000, ALONE * 2 / 3), >, 99000);
}

static void
test_slower (void)
{
  NnTeamChoice choice;

  nn_team_choice_init (&choice);
  g_assert_cmpuint (do_names (&choice, 100000, ALONE * 3 / 2), <, 1000);
}

/* A thousand times as long, as where the second thread does not get a processor: a trial is soon over. */
static void
test_hopeless (void)
{
  NnTeamChoice choice;

  nn_team_choice_init (&choice);
  g_assert_cmpuint (do_names (&choice, 100000, ALONE * 1000), <, 12);
}

static void
test_once_between (void)
{
  NnTeamChoice choice;

  nn_team_choice_init (&choice);
  do_names (&choice, 1000, ALONE * 2 / 3);
  g_assert_true (choice.two);
  do_names (&choice, 1, 50 * 1000 * 1000);
  g_assert_false (choice.two);
  /* The trials and what goes before them take the rest. */
  g_assert_cmpuint (do_names (&choice, 2000, ALONE * 2 / 3), >, 1200);
  g_assert_true (choice.two);
}

/* From when it gets busy, and stays so, one thread does it. */
static void
test_busy (void)
{
  NnTeamChoice choice;

  nn_team_choice_init (&choice);
  do_names (&choice, 1000, ALONE * 2 / 3);
  g_assert_cmpuint (do_names (&choice, 100000, ALONE * 2), <, 1700);
}

/* @n names, of which two threads take a third less time, but lose @stall of it every @every names. Returns the share of
 * them that two threads did. @longer: (out): the time all took, in times of one thread's */
static double
do_names_by_turns (NnTeamChoice *choice, guint n, guint every, gint64 stall, double *longer)
{
  guint by_two = 0;
  gint64 all = 0;

  for (guint i = 0; i < n; i++)
    {
      const gboolean two = nn_team_choice_begin (choice);
      const gint64 taken = !two ? ALONE : ++by_two % every == 0 ? ALONE * 2 / 3 + stall : ALONE * 2 / 3;

      nn_team_choice_end (choice, LETTERS, taken);
      all += taken;
    }
  *longer = (double) all / n / ALONE;
  g_test_message ("two threads did %u of %u names, in %.3f times the time of one", by_two, n, *longer);
  return (double) by_two / n;
}

/* Other programs take a processor away for some milliseconds as often as not: between, two threads are faster, but not on
 * the whole. That is found out. */
static void
test_busy_by_turns (void)
{
  NnTeamChoice choice;
  double longer;

  nn_team_choice_init (&choice);
  do_names_by_turns (&choice, 200000, 232, 155 * ALONE, &longer);
  g_assert_cmpfloat (longer, <, 1.02);
}

/* A window that is drawn 30 times a second takes one away for a tenth of the time. Two threads are worth it. */
static void
test_beside_a_window (void)
{
  NnTeamChoice choice;
  double longer;

  nn_team_choice_init (&choice);
  g_assert_cmpfloat (do_names_by_turns (&choice, 200000, 1720, 135 * ALONE, &longer), >, 0.9);
  g_assert_cmpfloat (longer, <, 0.8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/team-choice/faster", test_faster);
  g_test_add_func ("/team-choice/slower", test_slower);
  g_test_add_func ("/team-choice/hopeless", test_hopeless);
  g_test_add_func ("/team-choice/once-between", test_once_between);
  g_test_add_func ("/team-choice/busy", test_busy);
  g_test_add_func ("/team-choice/busy-by-turns", test_busy_by_turns);
  g_test_add_func ("/team-choice/beside-a-window", test_beside_a_window);
  return g_test_run ();
}
