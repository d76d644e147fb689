/* curves-state.c: how a session's curves are shown.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/curves-state.h"

#include <math.h>

#define STATE_KEY "curves-state"
#define HIDDEN_KEY "curves-hidden"

ScopeCurvesState *
scope_curves_state (ScopeSession *session)
{
  ScopeCurvesState *state;

  g_return_val_if_fail (SCOPE_IS_SESSION (session), NULL);
  state = g_object_get_data (G_OBJECT (session), STATE_KEY);
  if (state == NULL)
    {
      const FigLimits all = { NAN, NAN };

      state = g_new0 (ScopeCurvesState, 1);
      state->report_values = state->seed_bands = TRUE;
      state->iterations = state->values[FIG_MEASURE_LOSS] = state->values[FIG_MEASURE_ACCURACY] = all;
      g_object_set_data_full (G_OBJECT (session), STATE_KEY, state, g_free);
    }
  return state;
}

void
scope_curves_set_log_loss (ScopeSession *session, gboolean log_loss)
{
  ScopeCurvesState *state = scope_curves_state (session);

  if (state->log_loss == !!log_loss)
    return;
  state->log_loss = !!log_loss;
  state->values[FIG_MEASURE_LOSS] = (FigLimits){ NAN, NAN };
}

gboolean
scope_curves_get_hidden (ScopeResult *result)
{
  g_return_val_if_fail (SCOPE_IS_RESULT (result), FALSE);
  return g_object_get_data (G_OBJECT (result), HIDDEN_KEY) != NULL;
}

void
scope_curves_set_hidden (ScopeResult *result, gboolean hidden)
{
  g_return_if_fail (SCOPE_IS_RESULT (result));
  g_object_set_data (G_OBJECT (result), HIDDEN_KEY, GINT_TO_POINTER (hidden ? TRUE : FALSE));
}
