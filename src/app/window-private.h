/* window-private.h: what the window's files share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/compare-page.h"
#include "app/export-figure.h"
#include "app/gates-page.h"
#include "app/name-bar.h"
#include "app/runs-pane.h"
#include "app/sidebar.h"
#include "app/window.h"

G_BEGIN_DECLS

struct _ScopeWindow
{
  GtkApplicationWindow parent_instance;

  /* Template widgets. */
  GtkButton *train_button;
  GtkButton *reset_button;
  GtkButton *step_button;
  GtkRevealer *sidebar_revealer;
  GtkBox *sidebar_box;
  GtkStack *stack;
  GtkPaned *paned; /* the pages above, the list of runs below */
  GtkBox *content;
  GtkRevealer *notice;
  GtkLabel *notice_label;
  GtkButton *notice_button;

  /* Owned by their parents. */
  ScopeComparePage *compare_page;
  ScopeGatesPage *gates_page;
  ScopeNameBar *name_bar;
  ScopeRunsPane *runs_pane;

  /* Owned. */
  ScopeSession *session;
  GSettings *settings;
  GCancellable *loading; /* NULL while no folder is being read */
  GPtrArray *waiting_weights; /* paths to open once there is data, whose classes they may need */
  guint notice_source;        /* that will take a confirmation away, or 0 */
  gboolean runs_shown;   /* before the Gates page was presented */
  gboolean fell_back;    /* the first folder was bad, so our own names were opened */
};

/* scope_window_add_actions: every command of the window. */
void scope_window_add_actions (ScopeWindow *window);

/* scope_window_add_curves_actions: those for the curves, and what is remembered of them. */
void scope_window_add_curves_actions (ScopeWindow *window);

/* scope_window_add_number_actions: those for the numbers of the networks; a part of the above. */
void scope_window_add_number_actions (ScopeWindow *window);

/* scope_window_add_gates_actions: those for the Gates page; a part of the above. */
void scope_window_add_gates_actions (ScopeWindow *window);

/* scope_window_update_actions: which of them can be used now. */
void scope_window_update_actions (ScopeWindow *window);

/* Those that concern runs. (window-runs.c) */
void scope_window_add_run_actions (ScopeWindow *window);
void scope_window_update_run_actions (ScopeWindow *window);

/* scope_window_set_name: the name that is read on every page. */
void scope_window_set_name (ScopeWindow *window, const char *name);

/* Files; each tells in the window what is wrong. @path and @folder are file names. */
void scope_window_open_data (ScopeWindow *window, const char *folder);
void scope_window_open_weights (ScopeWindow *window, const char *path);
void scope_window_save_weights (ScopeWindow *window, const char *folder);
void scope_window_export (ScopeWindow *window, const char *path);
void scope_window_export_all (ScopeWindow *window, const char *folder);
void scope_window_export_figure (ScopeWindow *window, const char *id, const char *path);
void scope_window_export_pane (ScopeWindow *window, const char *path); /* what is below the Gates page's strips */

/* A figure, by its id (export-figure.h; "" for the one with the focus, else the page's), with the settings that are
 * remembered. */
void scope_window_copy_figure (ScopeWindow *window, const char *id);
void scope_window_copy_numbers (ScopeWindow *window, const char *id);
void scope_window_export_figure_dialog (ScopeWindow *window, const char *id);

/* scope_window_take_figure: it, prepared, and the settings. (transfer full).
 * Errors: those of scope_export_figure_new. */
ScopeExportFigure *scope_window_take_figure (ScopeWindow *window, const char *id, ScopeExportSettings *settings,
                                             GError **error);

/* The same, asking for a path first. */
void scope_window_open_data_dialog (ScopeWindow *window);
void scope_window_open_weights_dialog (ScopeWindow *window);
void scope_window_save_weights_dialog (ScopeWindow *window);
void scope_window_export_all_dialog (ScopeWindow *window);

G_END_DECLS
