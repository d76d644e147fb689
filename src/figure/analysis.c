/* analysis.c: what the engine finds out about a name, as the figures take it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/analysis.h"

#include "engine/layout.h"
#include "figure/i18n.h"

#include <math.h>

void
fig_attribution_init (FigAttribution *figure,
                      FigLetters *letters,
                      const NnModel *model,
                      const char *ascii,
                      const NnOcclusion *occlusion,
                      const NnGradientXInput *gradient,
                      const NnDecomposition *sum)
{
  for (guint i = 0; i < occlusion->length; i++)
    {
      letters->left_out[i] = nn_occlusion_change (occlusion, i, occlusion->guess);
      letters->without[i] = occlusion->has_effects ? model->classes[occlusion->guess_without[i]] : "";
      letters->gradient[i] = gradient->values[i];
      letters->contributions[i] = sum != NULL ? nn_decomposition_row (sum, i)[occlusion->guess] : 0;
    }
  *figure = (FigAttribution){
    .kind = model->kind,
    .ascii = ascii,
    .class_name = model->classes[occlusion->guess],
    .probability = exp (occlusion->log_probs[occlusion->guess]),
    .left_out = letters->left_out,
    .guess_without = letters->without,
    .gradient = letters->gradient,
    .contributions = sum != NULL ? letters->contributions : NULL,
    .bias = sum != NULL ? nn_decomposition_row (sum, sum->length)[occlusion->guess] : 0,
  };
}

void
fig_substitution_init (FigSubstitution *figure, const NnModel *model, const NnSubstitution *map)
{
  *figure = (FigSubstitution){
    .kind = model->kind,
    .ascii = map->ascii,
    .guess = map->guess,
    .probability = map->probability,
    .guesses = map->guesses,
    .probabilities = map->probabilities,
    .kept = map->kept,
    .classes = (const char *const *) model->classes,
    .n_classes = model->n_classes,
  };
}

static const char *
value_of (NnClampValue value)
{
  if (value == NN_CLAMP_MEAN)
    /* Translators: a gate is held at its mean. */
    return C_ ("clamp", "its mean");
  return value == NN_CLAMP_ONE ? "1" : "0";
}

guint
fig_clamps_init (FigClamp *marks, const NnClamps *clamps)
{
  static const NnState states[] = {
    [NN_GATE_FORGET] = NN_STATE_FORGET,
    [NN_GATE_INPUT] = NN_STATE_INPUT,
    [NN_GATE_CANDIDATE] = NN_STATE_CANDIDATE,
    [NN_GATE_OUTPUT] = NN_STATE_OUTPUT,
  };
  guint n = MIN (clamps->clamps->len, FIG_MAX_CLAMPS);

  for (guint i = 0; i < n; i++)
    {
      const NnClamp *clamp = &g_array_index (clamps->clamps, NnClamp, i);

      marks[i] = (FigClamp){
        states[clamp->gate], value_of (clamp->value), clamp->all_units ? NULL : clamp->units, clamp->letters,
      };
    }
  return n;
}

const char *
fig_unit_order_name (NnUnitOrder order)
{
  if (order == NN_UNITS_BY_INDEX)
    return NULL;
  /* Translators: what units are ordered by. */
  return order == NN_UNITS_CLUSTERED ? C_ ("order", "likeness") : C_ ("order", "last value");
}
