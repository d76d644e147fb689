/* unit-trace.h: one unit of a network over the letters of a name, and how it comes to its value.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/inspect.h"
#include "figure/export.h"
#include "figure/geometry.h"

G_BEGIN_DECLS

/* The figure's numbers. Everything is borrowed. */
typedef struct
{
  const char *label;        /* (nullable): the network; NULL for the kind's name */
  const NnTrace *trace;     /* (nullable): NULL where there is none yet */
  const NnTrace *unclamped; /* (nullable): the same name without the clamps */
  guint unit;
  gboolean has_cursor;
  guint cursor_letter; /* from 0: the update is written out for it; without a cursor for the last letter */
  guint n_columns;     /* 0: the letters of the name; more, where the columns should stand under a longer name's */
} FigUnitTrace;

typedef struct
{
  guint letter;
  gboolean has_state; /* a line is near */
  NnState state;
  double value;
  FigRect place; /* what to mark */
} FigUnitTraceHit;

void fig_unit_trace_draw (cairo_t *cr, double width, double height, const FigUnitTrace *figure, const FigTheme *theme);
double fig_unit_trace_height (const FigUnitTrace *figure, const FigTheme *theme, double width);

/* fig_unit_trace_hit: FALSE where there is no letter's column. */
gboolean fig_unit_trace_hit (const FigUnitTrace *figure,
                             const FigTheme *theme,
                             double width,
                             double height,
                             double x,
                             double y,
                             FigUnitTraceHit *hit);

/* fig_unit_trace_hit_text: "LSTM, unit 17, forget gate, letter 3 (t): 0.910", or the update at the letter.
 * (transfer full) */
char *fig_unit_trace_hit_text (const FigUnitTrace *figure, const FigTheme *theme, const FigUnitTraceHit *hit);

/* fig_unit_trace_update:
 * The update of the unit at @letter with its numbers, in lines: "c_t = f_t c_(t-1) + i_t g_t = 0.91 x 0.40 + 0.75 x
 * -0.12 = 0.27" and "h_t = o_t tanh(c_t) = ..." with the signs of print; Hochreiter and Schmidhuber 1997 with the
 * forget gate of Gers et al. 2000. Of the RNN, which has no gates, its linear update in words.
 * @markup: as Pango markup, with subscripts
 * Returns: (transfer full). */
char *fig_unit_trace_update (const NnTrace *trace, guint unit, guint letter, gboolean plain_numbers, gboolean markup);

/* fig_unit_trace_describe: a few sentences. (transfer full) */
char *fig_unit_trace_describe (const FigUnitTrace *figure);

/* fig_unit_trace_csv:
 * Columns: network, unit (from 0), letter_number (from 1), letter, clamped (0: without the clamps that there are),
 * state, value. (transfer full)
 * @metadata: (nullable) */
char *fig_unit_trace_csv (const FigUnitTrace *figure, const FigMetadata *metadata);

G_END_DECLS
