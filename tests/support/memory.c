/* memory.c: how much memory a test has.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/memory.h"

#include <string.h>

guint64
own_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "RssAnon:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("RssAnon:"), NULL, 10) : 0;
}
