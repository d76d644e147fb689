/* alphabet.h: the 57 letters, and how a name is reduced to them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* a-z, A-Z, space, and the four marks . , ; ' in this order: the tutorial's one-hot positions. */
#define NN_ALPHABET_SIZE 57

/* The longest reduced name that a network reads. */
#define NN_MAX_LETTERS 64

/* nn_letter_index:
 * Gives the one-hot position of a letter, 0..56, or -1 for a character that the alphabet lacks. */
int nn_letter_index (char letter);

/* nn_letter:
 * Gives the letter at one-hot position @index (0..56). */
char nn_letter (guint index);

/* nn_name_reduce:
 * Gives @raw as the networks read it: trimmed of white space, decomposed (NFD), without combining marks, without the
 * letters that are outside the 57.
 * @raw: valid UTF-8
 * @dropped: (out) (optional) (transfer full): the letters outside the 57, as they stand in @raw; "" where none was
 * Returns: (transfer full): the reduced name; it may be empty or longer than NN_MAX_LETTERS. */
char *nn_name_reduce (const char *raw, char **dropped);

/* nn_name_check:
 * Tells whether a network can read the reduced name @ascii: 1 to 64 letters of the alphabet.
 * @raw: what the person wrote, for the message
 * Errors: NN_ERROR_NAME, saying what is wrong with the name. */
gboolean nn_name_check (const char *raw, const char *ascii, GError **error);

G_END_DECLS
