/* lines.h: a file or pipe, line by line, whatever is in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef struct
{
  FILE *file;          /* borrowed */
  gsize limit;         /* the most bytes that are kept of a line */
  GString *text;       /* the line, without its end */
  guint64 number;      /* of the line, from 1 */
  gboolean too_long;   /* the line had more bytes than the limit, and was cut there */
  gboolean unfinished; /* its end has not been read yet: of a line without end, what there is must do */
} CliLines;

/* cli_lines_init: @file: read from where it stands; the caller closes it */
void cli_lines_init (CliLines *lines, FILE *file, gsize limit);
void cli_lines_clear (CliLines *lines);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliLines, cli_lines_clear)

/* cli_lines_next:
 * Reads the next line into @lines->text; CRLF and a byte order mark at the start are taken off. The last line needs no
 * end.
 * Returns: FALSE at the end, or where reading fails: then ferror (file) is true. */
gboolean cli_lines_next (CliLines *lines);

/* cli_lines_is_text: whether the line is UTF-8 without NUL. */
gboolean cli_lines_is_text (const CliLines *lines);

G_END_DECLS
