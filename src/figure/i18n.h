/* i18n.h: how the figures' words are translated: the one place that knows.
 *
 * All of GLib's ways to ask for words go by the language that the thread has chosen, see language.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

#include "figure/language.h"

#define GETTEXT_PACKAGE GATESCOPE_GETTEXT_DOMAIN
#include <glib/gi18n-lib.h>

#undef _
#undef C_
#define _(string) fig_gettext (string)
#define C_(context, string) fig_pgettext (context, string)
#undef ngettext
#define ngettext(singular, plural, n) fig_ngettext (singular, plural, n)
#define g_dngettext(domain, singular, plural, n) fig_ngettext (singular, plural, n)
#define g_dpgettext2(domain, context, string) fig_pgettext (context, string)
