/* team-choice.h: whether one thread or two are faster at the moment, measured again and again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  NN_TEAM_TRY_ONE,
  NN_TEAM_TRY_TWO,
  NN_TEAM_DECIDED,
} NnTeamStage;

/* Letters done and time taken in a trial of each way, as far as it counts. */
typedef struct
{
  gboolean two; /* the way of the name under way */
  NnTeamStage stage;
  guint names_left;
  guint names_between; /* two trials, where two threads are faster */
  guint names_alone;   /* before the next trial, where they are not */
  guint64 letters[2];
  gint64 nanoseconds[2];
  gint64 spent, spent_by_one;      /* nanoseconds in this trial, in that of one thread */
  double credit;                   /* nanoseconds that two threads have saved, with what they began with */
} NnTeamChoice;

/* nn_team_choice_init: a trial comes first. */
void nn_team_choice_init (NnTeamChoice *choice);

/* nn_team_choice_begin: whether the next name is for two threads. Call nn_team_choice_end after it, whoever did it. */
gboolean nn_team_choice_begin (NnTeamChoice *choice);

/* nn_team_choice_end: the name is over.
 * @length: its letters
 * @nanoseconds: that it took */
void nn_team_choice_end (NnTeamChoice *choice, guint length, gint64 nanoseconds);

G_END_DECLS
