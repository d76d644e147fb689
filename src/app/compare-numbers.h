/* compare-numbers.h: the numbers of what a session shows, and how its networks fare against each other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/numbers.h"
#include "figure/only-right.h"
#include "run/session.h"
#include "run/tester.h"

G_BEGIN_DECLS

/* Why networks are tested against each other, or not yet. */
typedef enum
{
  SCOPE_TEST_NO_DATA,
  SCOPE_TEST_NOTHING_HELD_OUT, /* runs hold nothing out */
  SCOPE_TEST_NOT_OVER,         /* fewer than two runs are over that hold out the same names */
  SCOPE_TEST_UNDER_WAY,        /* the names are being read */
  SCOPE_TEST_DONE,
} ScopeTestState;

/* The numbers at this moment. What is borrowed is valid until the session or the tester changes. */
typedef struct
{
  GPtrArray *results; /* of ScopeResult, owned: a row each */
  FigNumbers *rows;   /* owned */
  NnTestNames **names;     /* of each row, NULL where it is not tested; the array is owned */
  const guint8 **guesses;  /* likewise */
  GArray *pairings;   /* of FigPairing, owned: the tests that were made */
  GArray *awaited;    /* the same of those that will be, without numbers */
  ScopeTestState state;
  FigNumbersTable table;
} ScopeCompareNumbers;

/* scope_compare_numbers_init: asks @tester for what is not known yet. */
void scope_compare_numbers_init (ScopeCompareNumbers *numbers, ScopeSession *session, ScopeTester *tester);
void scope_compare_numbers_clear (ScopeCompareNumbers *numbers);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScopeCompareNumbers, scope_compare_numbers_clear)

/* scope_compare_numbers_init_only_right:
 * Fills @right with all networks that read the same names as row @row, and @labels and @guesses, of as many as there
 * are rows, which it then borrows.
 * Returns: the place of @row among them, or -1 where it was not tested against any other. */
int scope_compare_numbers_init_only_right (const ScopeCompareNumbers *numbers, guint row, FigOnlyRight *right,
                                           const char **labels, const guint8 **guesses);

/* scope_result_dup_id: what an action knows a result by: the id of a kind, of anything else the title.
 * (transfer full) */
char *scope_result_dup_id (ScopeResult *result);

G_END_DECLS
