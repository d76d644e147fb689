/* number.c: numbers as figures write them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/number.h"

#include "figure/i18n.h"

#include <langinfo.h>
#include <math.h>
#include <string.h>

#define MINUS "\xe2\x88\x92"
#define EN_DASH "\xe2\x80\x93"

/* The locale's mark, or @fallback where it has none or not in UTF-8 (then no figure could show it). */
static const char *
locale_mark (nl_item item, const char *fallback)
{
  const char *mark = nl_langinfo (item);

  return mark != NULL && *mark != '\0' && g_utf8_validate (mark, -1, NULL) ? mark : fallback;
}

static void
append_grouped (GString *text, const char *digits, gsize n, const char *separator)
{
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
}

char *
fig_number (double value, guint decimals, gboolean plain)
{
  char format[16], digits[512];
  const char *point = plain ? "." : locale_mark (RADIXCHAR, ".");
  const char *separator = plain ? "," : locale_mark (THOUSEP, strcmp (point, ",") == 0 ? "\xc2\xa0" : ",");
  GString *text;
  gsize whole;

  if (!isfinite (value))
    return g_strdup (EN_DASH);
  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 15));
  g_ascii_formatd (digits, sizeof digits, format, fabs (value));
  text = g_string_new (NULL);
  /* What rounds to 0 is 0, without a sign. */
  if (value < 0 && strpbrk (digits, "123456789") != NULL)
    g_string_append (text, MINUS);
  whole = strcspn (digits, ".");
  append_grouped (text, digits, whole, separator);
  if (digits[whole] == '.')
    {
      g_string_append (text, point);
      g_string_append (text, digits + whole + 1);
    }
  return g_string_free (text, FALSE);
}

char *
fig_percent (double share, guint decimals, gboolean plain)
{
  g_autofree char *number = fig_number (share * 100.0, decimals, plain);

  /* Translators: a percentage; %s is the number. */
  return g_strdup_printf (C_ ("percentage", "%s %%"), number);
}

char *
fig_count (double value, gboolean plain)
{
  static const struct
  {
    double size;
    const char *sign;
  } units[] = { { 1e9, "G" }, { 1e6, "M" }, { 1e3, "k" } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (fabs (value) >= units[i].size)
      {
        double scaled = value / units[i].size;
        guint decimals = 0;
        g_autofree char *number = NULL;

        /* As many digits as tell it exactly, three at most. */
        while (decimals < 3 && fabs (scaled * pow (10, decimals) - round (scaled * pow (10, decimals))) > 1e-6)
          decimals++;
        number = fig_number (scaled, decimals, plain);
        return g_strdup_printf ("%s %s", number, units[i].sign);
      }
  return fig_number (value, 0, plain);
}
