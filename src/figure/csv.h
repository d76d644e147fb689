/* csv.h: the numbers of a figure, as it draws them, as comma-separated values.
 *
 * A line of column names, then a line a number; before them lines that begin with "# " and say what the file is. Fields
 * are quoted as RFC 4180 has it, lines end in a line feed, numbers are the C locale's with all their digits, a number
 * that isn't finite is an empty field. Every function gives a new string, to free with g_free, to save with fig_save.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/confusion.h"
#include "figure/curves.h"
#include "figure/export.h"
#include "figure/gates.h"
#include "figure/sheet.h"

G_BEGIN_DECLS

/* fig_curves_csv:
 * Columns: network, iteration, loss, accuracy, held_out_accuracy; where lines are smoothed also smoothed_loss and
 * smoothed_accuracy, where there are bands loss_deviation, accuracy_deviation, held_out_deviation. Lines that are
 * hidden and iterations that the axis doesn't show are left out; a line "# drawn:" says how the rest is shown.
 * @metadata: (nullable) */
char *fig_curves_csv (const FigCurves *curves, const FigMetadata *metadata);

/* fig_confusion_csv:
 * Columns: network, true, guess, count, share; with scores also precision, recall, f1 of the true class. Rows stand in the
 * figure's order; those of the difference have no count, and differences for the rest.
 * @metadata: (nullable) */
char *fig_confusion_csv (const FigConfusion *confusion, const FigMetadata *metadata);

/* fig_gates_csv:
 * Columns: network, name (as the networks read it), clamped (1: with the gates held that the figure marks), letter_number
 * (from 1), letter, guess, probability, state, unit (from 0), value. All units, whatever the figure's detail.
 * @metadata: (nullable) */
char *fig_gates_csv (const FigGates *gates, const FigMetadata *metadata);

/* fig_csv_append_sheet: the titles of @sheet and its rows, as they are. */
void fig_csv_append_sheet (const FigSheet *sheet, GString *text);

/* fig_csv_append_notes: what @metadata says, in lines that begin with @mark and a blank. */
void fig_csv_append_notes (const FigMetadata *metadata, char mark, GString *text);

/* fig_csv_number: a number with the fewest digits that give it back; "" where it isn't finite. */
char *fig_csv_number (double value);

G_END_DECLS
