/* gates-sheets.h: the tables of the Gates page: cells as they are shown.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/gates-reading.h"
#include "engine/damage.h"
#include "engine/drivers.h"
#include "figure/sheet.h"

G_BEGIN_DECLS

/* scope_gates_damage_sheet:
 * A row a clamp, a column a network: the accuracy that is left, and by how much it is less than without clamps.
 * @readings: of ScopeGatesReading
 * @damages: [readings->len]: NULL where a network has no gates or none was measured
 * @plain: numbers for a file
 * Returns: (transfer full). */
FigSheet *scope_gates_damage_sheet (GPtrArray *readings, const NnDamage *const *damages, gboolean plain);

/* scope_gates_drivers_sheet: the names that drive a unit highest, the letter in brackets. (transfer full) */
FigSheet *scope_gates_drivers_sheet (const NnDrivers *drivers, NnDataset *dataset, gboolean plain);

/* scope_gates_table_sheet:
 * All that the strips show of the name in numbers: a row a letter and network: the guess, its probability, and of every
 * state the mean of its units and the values of the pinned ones. (transfer full)
 * @readings: of ScopeGatesReading */
FigSheet *scope_gates_table_sheet (GPtrArray *readings, gboolean plain);

/* scope_gates_marked: a name with the letter @at (from 0) in brackets: "Do[s]toevsky". (transfer full) */
char *scope_gates_marked (const char *ascii, guint at);

G_END_DECLS
