/* beside.h: figures of several networks side by side in equal columns, as one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/export.h"

G_BEGIN_DECLS

/* The height at which a figure is comfortably read at that width, in points; every fig_x_height is one. */
typedef double (*FigHeight) (gconstpointer figure, const FigTheme *theme, double width);
#define FIG_HEIGHT(function) ((FigHeight) (void (*) (void)) (function))

/* Everything is borrowed. */
typedef struct
{
  FigDraw draw; /* the next three are of each of the figures */
  FigHeight height;
  FigCsv csv;
  const gconstpointer *figures; /* [n] */
  guint n;
  const char *title; /* (nullable): above them all */
} FigBeside;

/* The figures that stand beside each other. */
typedef enum
{
  FIG_BESIDE_UNITS,         /* FigUnitTraces */
  FIG_BESIDE_ATTRIBUTION,   /* FigAttribution */
  FIG_BESIDE_SUBSTITUTIONS, /* FigSubstitution */
} FigBesideKind;

/* fig_beside_init: of @n figures of that kind, which may be filled afterwards.
 * @title: (nullable) */
void fig_beside_init (FigBeside *beside, FigBesideKind kind, const gconstpointer *figures, guint n, const char *title);

void fig_beside_draw (cairo_t *cr, double width, double height, const FigBeside *beside, const FigTheme *theme);
double fig_beside_height (const FigBeside *beside, const FigTheme *theme, double width);

/* fig_beside_csv: the rows of all figures under one line of columns' names, which each must have alike.
 * (transfer full). @metadata: (nullable) */
char *fig_beside_csv (const FigBeside *beside, const FigMetadata *metadata);

G_END_DECLS
