/* unit-traces.h: several units of a network, one under the other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/unit-trace.h"

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  const FigUnitTrace *traces; /* [n] */
  guint n;
  const char *none; /* (nullable): what is said where n is 0 */
} FigUnitTraces;

void fig_unit_traces_draw (cairo_t *cr,
                           double width,
                           double height,
                           const FigUnitTraces *figure,
                           const FigTheme *theme);
double fig_unit_traces_height (const FigUnitTraces *figure, const FigTheme *theme, double width);

/* fig_unit_traces_csv: the columns of fig_unit_trace_csv. (transfer full). @metadata: (nullable) */
char *fig_unit_traces_csv (const FigUnitTraces *figure, const FigMetadata *metadata);

G_END_DECLS
