/* drivers.c: which names of the data drive a unit highest, and at which letter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/drivers.h"

#include "engine/distinct.h"
#include "engine/network.h"

#include <math.h>
#include <string.h>

/* Names between two calls of a progress function. */
#define PROGRESS_NAMES 64

/* Where the value of a unit after a letter lies: at base + letter * stride + its own offset. */
typedef struct
{
  const float *base;
  gsize stride;
  gsize *offsets; /* [n_units] */
  guint n_units;
} Place;

static void
place_init (Place *place, const NnModel *model, const NnWorkspace *workspace, NnState state, const guint *units,
            guint n_units)
{
  static const NnGate gates[] = {
    [NN_STATE_FORGET] = NN_GATE_FORGET,
    [NN_STATE_INPUT] = NN_GATE_INPUT,
    [NN_STATE_CANDIDATE] = NN_GATE_CANDIDATE,
    [NN_STATE_OUTPUT] = NN_GATE_OUTPUT,
  };
  const gboolean is_gate = state < NN_STATE_CELL;

  /* Row 0 of cell and hidden is the state before the first letter. */
  place->base = is_gate                  ? workspace->gates
                : state == NN_STATE_CELL ? workspace->cell + workspace->units
                                         : workspace->hidden + workspace->units;
  place->stride = is_gate ? workspace->stride : workspace->units;
  place->offsets = g_new (gsize, n_units);
  place->n_units = n_units;
  for (guint i = 0; i < n_units; i++)
    place->offsets[i] = is_gate ? nn_layout_column (&model->layout, gates[state], units[i]) : units[i];
}

static double
value_at (const Place *place, guint letter)
{
  double sum = 0;

  for (guint i = 0; i < place->n_units; i++)
    sum += (double) place->base[letter * place->stride + place->offsets[i]];
  return sum / place->n_units;
}

/* Returns: FALSE where no letter's value is a number. */
static gboolean
highest (const Place *place, guint length, NnDriver *driver)
{
  gboolean found = FALSE;

  for (guint letter = 0; letter < length; letter++)
    {
      const float value = (float) value_at (place, letter);

      if (isfinite (value) && (!found || value > driver->value))
        {
          driver->letter = letter;
          driver->value = value;
          found = TRUE;
        }
    }
  return found;
}

/* Keeps the @top highest in order; strings come in the order of the data, so that of equals the earlier one stays. */
static void
insert (NnDrivers *drivers, guint top, const NnDriver *driver)
{
  guint at = drivers->n;

  while (at > 0 && drivers->drivers[at - 1].value < driver->value)
    at--;
  if (at == top)
    return;
  if (drivers->n < top)
    drivers->n++;
  memmove (drivers->drivers + at + 1, drivers->drivers + at, (drivers->n - 1 - at) * sizeof (NnDriver));
  drivers->drivers[at] = *driver;
}

static gboolean
search (NnDrivers *drivers, guint top, const NnModel *model, NnDataset *dataset, NnWorkspace *workspace,
        const Place *place, NnProgress progress, gpointer data)
{
  g_autoptr (NnDistinct) distinct = nn_distinct_new (dataset, NULL, 0);

  for (guint i = 0; i < distinct->n; i++)
    {
      NnDriver driver = { .row = distinct->first_rows[i] };

      nn_workspace_set_name (workspace, nn_dataset_row_ascii (dataset, driver.row));
      nn_network_for (model->kind)->forward (model, workspace, 0, FALSE);
      if (highest (place, workspace->length, &driver))
        insert (drivers, top, &driver);
      if (progress != NULL && (i + 1) % PROGRESS_NAMES == 0 && !progress ((double) (i + 1) / distinct->n, data))
        return FALSE;
    }
  return TRUE;
}

NnDrivers *
nn_drivers_new (const NnModel *model, NnDataset *dataset, NnState state, const guint *units, guint n_units, guint top,
                NnProgress progress, gpointer data)
{
  g_autoptr (NnWorkspace) workspace = NULL;
  g_autoptr (NnDrivers) drivers = NULL;
  Place place;
  gboolean whole;

  g_return_val_if_fail (model != NULL && dataset != NULL && (guint) state < NN_N_STATES && n_units > 0, NULL);
  g_return_val_if_fail (state == NN_STATE_HIDDEN || nn_kind_has_gates (model->kind), NULL);
  for (guint i = 0; i < n_units; i++)
    g_return_val_if_fail (units[i] < model->hidden, NULL);
  top = CLAMP (top, 1, NN_MAX_DRIVERS);
  workspace = nn_workspace_new (model);
  drivers = g_new0 (NnDrivers, 1);
  drivers->state = state;
  drivers->drivers = g_new0 (NnDriver, top + 1);
  place_init (&place, model, workspace, state, units, n_units);
  whole = search (drivers, top, model, dataset, workspace, &place, progress, data);
  g_free (place.offsets);
  return whole ? g_steal_pointer (&drivers) : NULL;
}

void
nn_drivers_free (NnDrivers *drivers)
{
  if (drivers == NULL)
    return;
  g_free (drivers->drivers);
  g_free (drivers);
}
