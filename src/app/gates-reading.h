/* gates-reading.h: a network's reading of the name on the Gates page, with what is needed to draw it.
 *
 * It is worked out when something that is drawn asks for it, so never while the page can't be seen and never twice for
 * the same name, weights and clamps.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/gates-state.h"
#include "run/session.h"

G_BEGIN_DECLS

/* The most telling units that the summary shows of each state. */
#define SCOPE_GATES_TELLING 3

/* What all networks read. */
typedef struct
{
  ScopeSession *session; /* borrowed */
  ScopeGatesState state;
  char *name;           /* as it was typed */
  char *ascii;          /* reduced; what is read: while the name is read aloud its first letters alone */
  char *problem;        /* (nullable): why it can't be read */
  guint n_letters;      /* of the whole name */
  char *second;         /* another name, as it was typed; "" for none */
  char *second_ascii;
  char *second_problem; /* (nullable): why it can't be read; NULL also for none */
} ScopeGatesText;

/* scope_gates_text_copy: as it is now, for good. Of what is read aloud, the letters that were read are the whole name.
 * (transfer full) */
ScopeGatesText *scope_gates_text_copy (const ScopeGatesText *text);
void scope_gates_text_free (ScopeGatesText *text);

typedef void (*ScopeGatesChanged) (gpointer data);

typedef struct
{
  const ScopeGatesText *text; /* borrowed */
  ScopeNetwork *network;      /* owned */
  ScopeGatesChanged changed;  /* called when means that were missing are there */
  gpointer data;

  /* Of what the following is. */
  NnSnapshot *snapshot; /* owned (nullable) */
  guint serial;
  guint means_serial; /* grows with each measurement */
  guint used_means;
  NnUnitOrder by;
  NnClamps *held; /* owned (nullable): with what @trace was read */

  NnTrace *trace; /* owned, as those below; NULL while there is none */
  NnTrace *unclamped;
  NnTrace *second;
  NnTrace *second_unclamped;
  guint *order; /* [H]: owned; NULL by index */
  guint *telling[NN_N_STATES];
  guint n_telling;

  NnGateMeans *means; /* owned (nullable) */
  NnSnapshot *means_snapshot;
  GCancellable *measuring; /* owned; NULL while none is */
  gboolean is_frozen;      /* a copy, which stays as it is */
} ScopeGatesReading;

/* scope_gates_reading_new: @network's. (transfer full) */
ScopeGatesReading *scope_gates_reading_new (const ScopeGatesText *text, ScopeNetwork *network,
                                            ScopeGatesChanged changed, gpointer data);
void scope_gates_reading_free (ScopeGatesReading *reading);

/* scope_gates_reading_copy:
 * The reading as it is now, for good, with numbers of its own.
 * @text: a copy of that of @reading, borrowed
 * Returns: (transfer full). */
ScopeGatesReading *scope_gates_reading_copy (const ScopeGatesReading *reading, const ScopeGatesText *text);

/* scope_gates_reading_update: brings it up to date with the name, the clamps and the weights. */
void scope_gates_reading_update (ScopeGatesReading *reading);

/* What the figure library draws of a reading. It borrows from the reading. */
typedef struct
{
  FigReading reading;
  FigGates gates;
  FigClamp clamps[SCOPE_GATES_MOST_CLAMPS]; /* what is held or, once its mean is there, will be */
  guint pinned[SCOPE_GATES_MOST_PINS];
} ScopeGatesFigure;

/* scope_gates_figure_init:
 * @beside: whether it stands beside others, to whose heights it keeps
 * Returns: @figure's gates. */
const FigGates *scope_gates_figure_init (ScopeGatesFigure *figure, const ScopeGatesReading *reading, gboolean beside);

/* scope_gates_reading_class: the name of a class; "" while there are no weights. (transfer none) */
const char *scope_gates_reading_class (const ScopeGatesReading *reading, guint index);

/* scope_gates_text_columns: the letters that have a place: those of the longer name. At least 1. */
guint scope_gates_text_columns (const ScopeGatesText *text);

G_END_DECLS
