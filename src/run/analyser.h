/* analyser.h: what takes too long to work out while a page is drawn, on a thread of its own: substitution maps, tables
 * of damage, and the names that drive units.
 *
 * All functions are for the thread that made it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/damage.h"
#include "engine/drivers.h"
#include "engine/snapshot.h"
#include "engine/substitution.h"

G_BEGIN_DECLS

typedef enum
{
  SCOPE_ANALYSIS_SUBSTITUTION,
  SCOPE_ANALYSIS_DAMAGE,
  SCOPE_ANALYSIS_DRIVERS,
  SCOPE_N_ANALYSES
} ScopeAnalysis;

/* The most slots, one a network, that an analyser serves; each has one request of each analysis. */
#define SCOPE_ANALYSER_SLOTS 16

/* A question about a network's weights. All but the snapshot is what is asked; unused fields are 0. */
typedef struct
{
  ScopeAnalysis what;
  NnSnapshot *snapshot;
  const char *ascii;  /* for a substitution map: a reduced name that passes nn_name_check */
  NnSplit *split;     /* for damage (of a network with gates) and drivers */
  NnState state;      /* for drivers, as the next three: see nn_drivers_new */
  const guint *units; /* [n_units] */
  guint n_units;
  guint top;
} ScopeAnalysisRequest;

/* One of the last three is there, as the request says. (transfer none): for the time of the call */
typedef struct
{
  guint slot;
  const ScopeAnalysisRequest *request; /* what was asked, and of which weights */
  const NnSubstitution *substitution;
  const NnDamage *damage;
  const NnDrivers *drivers;
} ScopeAnalysisAnswer;

/* Both are called on the maker's main context, and may ask for more, but not free the analyser. @done: 0..1, told some
 * twenty times a second while a request is being served. */
typedef void (*ScopeAnalysed) (const ScopeAnalysisAnswer *answer, gpointer data);
typedef void (*ScopeAnalysisProgress) (guint slot, ScopeAnalysis what, double done, gpointer data);

typedef struct _ScopeAnalyser ScopeAnalyser;

/* scope_analyser_new: @analysed is called for each request that was served. @progress: (nullable). (transfer full) */
ScopeAnalyser *scope_analyser_new (ScopeAnalysed analysed, ScopeAnalysisProgress progress, gpointer data);

/* scope_analyser_free: breaks off what is under way and joins the thread; nothing is called again. */
void scope_analyser_free (ScopeAnalyser *analyser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeAnalyser, scope_analyser_free)

/* scope_analyser_request:
 * Asks for @request, which is copied. One that waits in the same slot for the same analysis is replaced. One that is
 * being served, or whose answer was not yet told, is dropped where it asks something else; where only the weights are
 * newer it is finished and told first, so that answers come also while training brings new weights faster than they can
 * be analysed.
 * @slot: below SCOPE_ANALYSER_SLOTS */
void scope_analyser_request (ScopeAnalyser *analyser, guint slot, const ScopeAnalysisRequest *request);

/* scope_analyser_is_busy: whether an answer of the slot to @what is still to come. */
gboolean scope_analyser_is_busy (ScopeAnalyser *analyser, guint slot, ScopeAnalysis what);

/* scope_analyser_cancel: drops what waits, breaks off what is under way, and forgets what was found but not yet
 * told. */
void scope_analyser_cancel (ScopeAnalyser *analyser, guint slot, ScopeAnalysis what);

G_END_DECLS
