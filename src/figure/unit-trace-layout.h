/* unit-trace-layout.h: where the parts of a unit's figure stand. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/letter-grid.h"
#include "figure/names.h"
#include "figure/text.h"
#include "figure/unit-trace.h"

G_BEGIN_DECLS

#define FIG_UNIT_PANELS 3

/* Lines of the same range share a panel. */
typedef struct
{
  FigRect plot; /* height 0 where the network has none of its states */
  FigRange range;
  NnState states[3];
  guint n_states;
} FigUnitPanel;

typedef struct
{
  FigLetterGrid grid;
  double title;    /* the top of each */
  double letters;
  FigUnitPanel panels[FIG_UNIT_PANELS];
  FigRect update;
  double bottom;
  double natural_height;
} FigUnitLayout;

void fig_unit_layout_init (FigUnitLayout *layout,
                           const FigUnitTrace *figure,
                           const FigTheme *theme,
                           double width,
                           double height);

/* fig_unit_panel_y: where @value lies; what is beyond the range lies at its end. */
double fig_unit_panel_y (const FigUnitPanel *panel, double value);

/* fig_unit_letter: the letter whose update is written out. */
guint fig_unit_letter (const FigUnitTrace *figure);

/* fig_unit_title: "LSTM, unit 17". (transfer full) */
char *fig_unit_title (const FigUnitTrace *figure);

G_END_DECLS
