/* gates-export.c: what the Gates page shows below the strips, as a file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/compare-figures.h"
#include "app/gates-page-private.h"

gboolean
scope_gates_page_export_pane (ScopeGatesPage *page, const char *path, GError **error)
{
  g_autofree char *description = NULL;

  g_return_val_if_fail (SCOPE_IS_GATES_PAGE (page) && path != NULL, FALSE);
  description = scope_export_description (page->text.session);
  return scope_gates_pane_export (page->pane, path, description, error);
}
