/* json.h: JSON in and out, the same under every locale.
 *
 * jansson reads and writes numbers through the C library, and puts the locale's decimal point right only where that is
 * one byte: under ps_AF it writes invalid UTF-8, and ends the program on reading 1.5.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* nn_json_parse: the JSON object or list in @length bytes of text; an object that names a member twice is an error.
 * Returns: (transfer full) (nullable): NULL with @problem filled. */
json_t *nn_json_parse (const char *text, gsize length, json_error_t *problem);

/* nn_json_problem: what the parser found wrong and where, fit for one line of a message. (transfer full) */
char *nn_json_problem (const json_error_t *problem);

/* nn_json_text: @value as text on one line, reals with all 17 digits.
 * @flags: jansson's, such as JSON_COMPACT
 * Returns: (transfer full). */
char *nn_json_text (const json_t *value, gsize flags);

/* nn_json_real: a number, or null where @value is not finite, which JSON can't say. (transfer full) */
json_t *nn_json_real (double value);

/* nn_json_string: @text, or null for NULL; bytes that are no UTF-8 (a file's name may have them) become U+FFFD.
 * (transfer full) */
json_t *nn_json_string (const char *text);

/* nn_json_shown: text from a file, quoted and fit for one line of a message: shortened, without control characters.
 * (transfer full) */
char *nn_json_shown (const char *text);

G_END_DECLS
