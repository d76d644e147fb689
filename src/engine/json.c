/* json.c: JSON in and out, the same under every locale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/json.h"

#include "engine/i18n.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

#define MAX_SHOWN 60 /* characters */

/* The C locale for this thread alone, others may be printing a person's numbers meanwhile. */
static locale_t
enter_c_locale (locale_t *c_locale)
{
  *c_locale = newlocale (LC_ALL_MASK, "C", (locale_t) 0);
  return uselocale (*c_locale);
}

static void
leave_c_locale (locale_t c_locale, locale_t before)
{
  uselocale (before);
  if (c_locale != (locale_t) 0)
    freelocale (c_locale);
}

json_t *
nn_json_parse (const char *text, gsize length, json_error_t *problem)
{
  locale_t c_locale;
  locale_t before = enter_c_locale (&c_locale);
  json_t *value = json_loadb (text, length, JSON_REJECT_DUPLICATES, problem);

  leave_c_locale (c_locale, before);
  return value;
}

char *
nn_json_text (const json_t *value, gsize flags)
{
  locale_t c_locale;
  locale_t before = enter_c_locale (&c_locale);
  char *dumped = json_dumps (value, flags | JSON_ENCODE_ANY | JSON_REAL_PRECISION (17));
  char *text = g_strdup (dumped);

  leave_c_locale (c_locale, before);
  free (dumped);
  g_assert (text != NULL);
  return text;
}

/* Valid UTF-8 without control characters, of at most @limit characters. */
static char *
one_line (const char *text, glong limit)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (limit-- == 0)
        {
          g_string_append (line, "…");
          break;
        }
      g_string_append_unichar (line, g_unichar_isprint (character) ? character : 0xFFFD);
    }
  return g_string_free (line, FALSE);
}

char *
nn_json_problem (const json_error_t *problem)
{
  g_autofree char *text = one_line (problem->text, JSON_ERROR_TEXT_LENGTH);

  return g_strdup_printf (_("%s (at byte %d)"), text, MAX (problem->position, 0));
}

json_t *
nn_json_real (double value)
{
  return isfinite (value) ? json_real (value) : json_null ();
}

json_t *
nn_json_string (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  return valid != NULL ? json_string (valid) : json_null ();
}

char *
nn_json_shown (const char *text)
{
  g_autofree char *line = one_line (text, MAX_SHOWN);

  return g_strconcat ("\"", line, "\"", NULL);
}
