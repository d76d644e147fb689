/* gates-pane-private.h: what the files of the pane below the strips share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/gates-figures.h"
#include "app/gates-pane.h"
#include "run/analyser.h"

G_BEGIN_DECLS

struct _ScopeGatesPane
{
  GtkWidget *page;
  const ScopeGatesText *text;
  ScopePaneKind kind;
  GPtrArray *readings; /* of ScopeGatesReading, borrowed */
  GPtrArray *figures;  /* of ScopeGatesFigures, one each */

  /* The box's. */
  GtkStack *stack;
  GtkBox *columns;
  GtkWidget *damage_view;
  GtkWidget *drivers_view;
  GtkWidget *table_view;
  GtkLabel *damage_words;
  GtkLabel *drivers_words;
  GtkProgressBar *damage_bar;
  GtkWidget *cancel_button;

  ScopeAnalyser *analyser; /* NULL until something is asked */
  NnDamage *damages[SCOPE_ANALYSER_SLOTS];
  double damage_done[SCOPE_ANALYSER_SLOTS];
  gboolean is_measuring;
  NnDrivers *drivers;
  NnDataset *drivers_data;
  guint table_source;
};

G_END_DECLS
