/* gates-page-private.h: what the files of the Gates page share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/figure-view.h"
#include "app/gates-page.h"
#include "app/gates-pane.h"
#include "app/gates-reading.h"

G_BEGIN_DECLS

/* A network's strips. */
typedef struct
{
  ScopeGatesPage *page;
  ScopeGatesReading *reading; /* owned */
  ScopeFigureView *view;      /* its parent's */
  FigGatesHit pointed_at;     /* what is pointed at in them; part is FIG_GATES_NOTHING where nothing is */
} ScopeGatesStrips;

struct _ScopeGatesPage
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkWidget *tools_scroller;
  GtkBox *tools;
  GtkStack *stack;
  GtkPaned *paned;
  GtkScrolledWindow *figures_scroller;
  GtkBox *figures;
  GtkLabel *message;
  GtkBox *pane_box;
  GtkWidget *bottom_scroller;
  GtkBox *bottom;
  GtkButton *export_button;
  GtkLabel *hint;
  GtkEntry *second_entry;
  GtkLabel *second_status;
  GtkScale *time_scale;
  GtkLabel *time_label;

  /* Owned. */
  ScopeGatesText text;
  char *whole_ascii;   /* the name reduced; text.ascii is its beginning while it is read aloud */
  GPtrArray *strips;   /* of ScopeGatesStrips */
  ScopeGatesPane *pane;

  /* Reading aloud. */
  double seconds;  /* a letter takes */
  guint play;      /* the source that goes on to the next letter, or 0 */
  guint n_read;    /* letters that were read; 0: the name isn't read aloud */
  gboolean presents;
};

/* What the strips' views draw; their data is a ScopeGatesStrips. */
extern const ScopeFigureFuncs scope_gates_strips_funcs;

/* scope_gates_page_set_cursor: the letter that is pointed at, in all networks; -1 for none. */
void scope_gates_page_set_cursor (ScopeGatesPage *page, int letter);

/* scope_gates_page_pin: pins a unit, or lets it go, and shows the traces of those that are. */
void scope_gates_page_pin (ScopeGatesPage *page, ScopeNetwork *network, guint unit);

/* scope_gates_page_state_changed: after a change of page->text.state: everything is drawn again. */
void scope_gates_page_state_changed (ScopeGatesPage *page);

G_END_DECLS
