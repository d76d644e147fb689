/* csv-lines.h: the fields of comma-separated values. Private to the figure library.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/export.h"

G_BEGIN_DECLS

/* fig_csv_begin: "# " lines with what @metadata (nullable) says, then the names of the columns. (transfer full) */
GString *fig_csv_begin (const FigMetadata *metadata, const char *columns);

/* fig_csv_add_text: a field, quoted as RFC 4180 has it where it must be. */
void fig_csv_add_text (GString *csv, const char *text);

/* fig_csv_add_number: a comma and the shortest digits that give the number back as a float; none where it isn't
 * finite. */
void fig_csv_add_number (GString *csv, double value);

G_END_DECLS
