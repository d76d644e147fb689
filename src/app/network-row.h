/* network-row.h: a network at the side: whether it trains, how far it is, its numbers, its structure.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_NETWORK_ROW (scope_network_row_get_type ())
G_DECLARE_FINAL_TYPE (ScopeNetworkRow, scope_network_row, SCOPE, NETWORK_ROW, GtkWidget)

GtkWidget *scope_network_row_new (ScopeSession *session, ScopeNetwork *network);

G_END_DECLS
