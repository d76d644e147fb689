/* attribution-layout.h: where the parts of the attribution's figure stand. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/attribution.h"
#include "figure/letter-grid.h"

G_BEGIN_DECLS

typedef struct
{
  FigRect plot; /* height 0 where the measure is missing */
  double limit; /* its scale goes from -limit to limit */
} FigAttributionPanel;

typedef struct
{
  FigLetterGrid grid;
  guint length;
  double title; /* the top of each */
  double legend;
  double letters;
  FigAttributionPanel panels[FIG_N_MEASURED];
  FigRect without; /* the guesses without each letter */
  double sum;      /* the line that adds the contributions up */
  double bottom;
  double natural_height;
} FigAttributionLayout;

void fig_attribution_layout_init (FigAttributionLayout *layout,
                                  const FigAttribution *figure,
                                  const FigTheme *theme,
                                  double width,
                                  double height);

/* fig_attribution_values: the measure's numbers, or NULL. (transfer none) */
const double *fig_attribution_values (const FigAttribution *figure, FigMeasured measure);

/* fig_attribution_label: the network. (transfer none) */
const char *fig_attribution_label (const FigAttribution *figure);

/* fig_attribution_sum_text: "letters 4.21 + biases 0.31 = logit 4.52 of Russian". (transfer full) */
char *fig_attribution_sum_text (const FigAttribution *figure, gboolean plain);

/* fig_signed_number: with a plus or a minus; U+2212. (transfer full) */
char *fig_signed_number (double value, guint decimals, gboolean plain);

G_END_DECLS
