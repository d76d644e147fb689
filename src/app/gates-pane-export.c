/* gates-pane-export.c: what the Gates page shows below the strips, as a file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-pane-private.h"

#include "app/figure-theme.h"
#include "app/gates-sheets.h"
#include "engine/error.h"

#include <glib/gi18n.h>
#include <string.h>

#define EXPORTED_COLUMN 340.0
#define EXPORTED_LETTER 8.0

typedef struct
{
  GPtrArray *figures;
  const ScopeFigureFuncs *funcs;
  double column;
} Paper;

static void
draw_paper (cairo_t *cr, double width, double height, gconstpointer data, const FigTheme *theme)
{
  const Paper *paper = data;

  fig_paint_background (cr, theme, width, height);
  for (guint i = 0; i < paper->figures->len; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, i * paper->column, 0);
      paper->funcs->draw (cr, paper->column, height, theme, g_ptr_array_index (paper->figures, i));
      cairo_restore (cr);
    }
}

static gboolean
export_figures (ScopeGatesPane *pane, const char *path, const FigMetadata *metadata, GError **error)
{
  Paper paper = { pane->figures, scope_gates_figures_funcs (pane->kind), 0 };
  double height = 0;
  FigTheme theme;

  scope_figure_theme_init_for_paper (&theme);
  paper.column = MAX (EXPORTED_COLUMN, 160 + EXPORTED_LETTER * scope_gates_text_columns (pane->text));
  for (guint i = 0; i < pane->figures->len; i++)
    height = MAX (height, paper.funcs->height (paper.column, &theme, g_ptr_array_index (pane->figures, i)));
  return fig_export (&(FigPage){ .draw = draw_paper,
                                 .figure = &paper,
                                 .theme = &theme,
                                 .width = pane->figures->len * paper.column,
                                 .height = height,
                                 .metadata = *metadata },
                     path, error);
}

static char *
figures_csv (ScopeGatesPane *pane, const FigMetadata *metadata)
{
  GString *csv = g_string_new (NULL);

  for (guint i = 0; i < pane->figures->len; i++)
    {
      g_autofree char *part
        = scope_gates_figures_csv (g_ptr_array_index (pane->figures, i), pane->kind, csv->len == 0 ? metadata : NULL);

      g_string_append (csv, csv->len == 0 || *part == '\0' ? part : strchr (part, '\n') + 1);
    }
  return g_string_free (csv, FALSE);
}

static char *
sheet_csv (ScopeGatesPane *pane, const FigMetadata *metadata)
{
  GString *csv = g_string_new (NULL);
  g_autoptr (FigSheet) sheet = NULL;

  if (pane->kind == SCOPE_PANE_DAMAGE)
    sheet = scope_gates_damage_sheet (pane->readings, (const NnDamage *const *) pane->damages, TRUE);
  else if (pane->kind == SCOPE_PANE_DRIVERS && pane->drivers != NULL)
    sheet = scope_gates_drivers_sheet (pane->drivers, pane->drivers_data, TRUE);
  else if (pane->kind == SCOPE_PANE_TABLE)
    sheet = scope_gates_table_sheet (pane->readings, TRUE);
  if (sheet != NULL && sheet->cells->len > 0)
    {
      fig_sheet_append_comments (FIG_SHEET_CSV, metadata, csv);
      fig_sheet_append (sheet, FIG_SHEET_CSV, csv);
    }
  return g_string_free (csv, FALSE);
}

gboolean
scope_gates_pane_export (ScopeGatesPane *pane, const char *path, const char *description, GError **error)
{
  gboolean is_figure = scope_gates_figures_funcs (pane->kind) != NULL;
  g_autofree char *title = g_strdup_printf ("Gatescope: %s of %s", scope_pane_id (pane->kind), pane->text->ascii);
  g_autofree char *lower = g_ascii_strdown (path, -1), *csv = NULL;
  FigMetadata metadata = { .title = title, .description = description };

  if (pane->text->problem != NULL || pane->figures->len == 0)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SETTINGS, _ ("There is nothing to export below the strips."));
      return FALSE;
    }
  if (is_figure && !g_str_has_suffix (lower, ".csv"))
    return export_figures (pane, path, &metadata, error);
  if (!g_str_has_suffix (lower, ".csv"))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                   _ ("%s: a table is exported as comma-separated values; its name must end in .csv"), path);
      return FALSE;
    }
  csv = is_figure ? figures_csv (pane, &metadata) : sheet_csv (pane, &metadata);
  if (*csv == '\0')
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SETTINGS, _ ("There is nothing to export below the strips."));
      return FALSE;
    }
  return fig_save (path, csv, -1, error);
}
