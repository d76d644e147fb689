/* gates-pane-kind.c: what can be shown below the strips of the Gates page, and what it is called.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-pane.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const ids[SCOPE_N_PANES] = {
  "none", "units", "letters", "substitution", "damage", "drivers", "table",
};

gboolean
scope_pane_from_id (const char *id, ScopePaneKind *kind)
{
  for (guint i = 0; i < SCOPE_N_PANES; i++)
    if (strcmp (id, ids[i]) == 0)
      {
        *kind = (ScopePaneKind) i;
        return TRUE;
      }
  return FALSE;
}

const char *
scope_pane_id (ScopePaneKind kind)
{
  return ids[kind];
}

const char *
scope_pane_title (ScopePaneKind kind)
{
  static const char *const titles[SCOPE_N_PANES] = {
    NULL,
    NC_ ("figure", "Pinned units of all networks"),
    NC_ ("figure", "Letters that counted for all networks"),
    NC_ ("figure", "Other letters for all networks"),
    NC_ ("figure", "Damage, a table"),
    NC_ ("figure", "Names that drive the pinned unit, a table"),
    NC_ ("figure", "Numbers of the name, a table"),
  };

  return titles[kind] != NULL ? g_dpgettext2 (NULL, "figure", titles[kind]) : NULL;
}

const char *
scope_pane_title_format (ScopePaneKind kind)
{
  /* Translators: %s is a network's name. */
  return kind == SCOPE_PANE_UNITS     ? _ ("Pinned units of the %s")
         : kind == SCOPE_PANE_LETTERS ? _ ("Letters that counted for the %s")
         : kind == SCOPE_PANE_SUBSTITUTION ? _ ("Other letters for the %s")
                                           : NULL;
}
