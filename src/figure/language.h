/* language.h: the language of a figure's words, chosen for a thread while the program speaks another.
 *
 * gettext knows one language a process, and only languages whose locale the system has. Here the catalogue of any
 * language that the program was translated into is read directly, so a Chinese figure can be made on a thread of an
 * English window, or on a machine without a Chinese locale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* fig_language_push:
 * Until the matching pop the calling thread's figures speak the language of @locale.
 * @locale: (nullable): "zh_CN", "zh_CN.UTF-8", "en", ...; NULL: that of the process again
 * Returns: FALSE where the program has no words in that language; they are English then. */
gboolean fig_language_push (const char *locale);

/* fig_language_pop: back to what it was before the push. */
void fig_language_pop (void);

/* fig_language_exists: whether the program has words in the language of @locale; English it always has. */
gboolean fig_language_exists (const char *locale);

/* fig_language_of_interface: the language that the program speaks, of those it has words in: "en", "zh_CN", ...
 * (transfer none), valid for ever */
const char *fig_language_of_interface (void);

/* fig_language_of_figures: the one that the calling thread's figures speak: of the last push, or the interface's.
 * (transfer none), valid for ever */
const char *fig_language_of_figures (void);

/* The words for @id in the thread's language, for the macros of i18n.h. (transfer none), valid for ever.
 * fig_ngettext knows languages of one form, and those that have a second for all numbers but 1. */
const char *fig_gettext (const char *id) G_GNUC_FORMAT (1);
const char *fig_pgettext (const char *context, const char *id) G_GNUC_FORMAT (2);
const char *fig_ngettext (const char *singular, const char *plural, gulong n) G_GNUC_FORMAT (1) G_GNUC_FORMAT (2);

G_END_DECLS
