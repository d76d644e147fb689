/* format.c: numbers and times as the window writes them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/format.h"

#include <math.h>

char *
scope_format_duration (double seconds)
{
  guint64 whole;

  if (!isfinite (seconds) || seconds < 0 || seconds > 1e9)
    return g_strdup ("–");
  whole = (guint64) (seconds + 0.5);
  if (whole < 3600)
    return g_strdup_printf ("%u:%02u", (guint) (whole / 60), (guint) (whole % 60));
  return g_strdup_printf ("%u:%02u:%02u", (guint) (whole / 3600), (guint) (whole / 60 % 60), (guint) (whole % 60));
}
