/* confusion-actions.h: the commands of the matrices, and what they remember.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/confusion-panel.h"

G_BEGIN_DECLS

/* scope_confusion_actions_add:
 * Adds matrix-counted, matrix-cells, matrix-order and matrix-difference (a string), matrix-scores and matrix-large
 * (switches) to @map; their state is that of the settings, and @panel shows it. matrix-names opens the names of a cell,
 * "lstm/Czech/Polish". All live as long as @panel. */
void scope_confusion_actions_add (GActionMap *map, GSettings *settings, ScopeConfusionPanel *panel);

G_END_DECLS
