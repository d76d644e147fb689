/* alphabet-private.h: trimming and reducing without allocating, for reading many names at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/alphabet.h"

G_BEGIN_DECLS

/* nn_name_trim:
 * Narrows @text, @length bytes of valid UTF-8, to what is left without the white space at both ends and without a byte
 * order mark at its start. */
void nn_name_trim (const char **text, gsize *length);

/* nn_name_reduce_span:
 * Reduces @text, @length bytes of valid UTF-8 that are trimmed already, into @ascii, which has room for @length letters
 * and gets no NUL: no character has more letters than bytes.
 * @dropped: (nullable): gets the letters outside the 57 appended
 * @lost: (out): whether there was such a letter
 * Returns: the number of letters. */
gsize nn_name_reduce_span (const char *text, gsize length, char *ascii, GString *dropped, gboolean *lost);

G_END_DECLS
