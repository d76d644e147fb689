/* gates-sheets.c: the tables of the Gates page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/gates-sheets.h"

#include "figure/i18n.h"
#include "figure/names.h"
#include "figure/number.h"

#include <math.h>

/* ---- Damage ---- */

static char *
clamp_words (const NnDamageRow *row)
{
  static const NnState states[NN_N_GATES] = {
    [NN_GATE_INPUT] = NN_STATE_INPUT,
    [NN_GATE_FORGET] = NN_STATE_FORGET,
    [NN_GATE_CANDIDATE] = NN_STATE_CANDIDATE,
    [NN_GATE_OUTPUT] = NN_STATE_OUTPUT,
  };
  const char *value;

  if (!row->clamped)
    return g_strdup (_ ("nothing held"));
  value = row->clamp.value == NN_CLAMP_MEAN ? C_ ("clamp", "its mean") : row->clamp.value == NN_CLAMP_ONE ? "1" : "0";
  /* Translators: a gate, and the value that it is held at. */
  return g_strdup_printf (_ ("%s at %s"), fig_state_name (states[row->clamp.gate]), value);
}

static char *
accuracy_words (const NnDamage *damage, guint index, gboolean plain)
{
  g_autofree char *accuracy = fig_percent (damage->rows[index].accuracy, 1, plain), *loss = NULL;
  double change = damage->rows[index].accuracy - damage->rows[0].accuracy;

  if (plain || index == 0)
    return g_steal_pointer (&accuracy);
  loss = fig_number (fabs (100 * change), 1, FALSE);
  /* Translators: an accuracy, and by how many percentage points it is lower or higher than without a clamp. */
  return change <= 0 ? g_strdup_printf (_ ("%s (−%s)"), accuracy, loss)
                     : g_strdup_printf (_ ("%s (+%s)"), accuracy, loss);
}

FigSheet *
scope_gates_damage_sheet (GPtrArray *readings, const NnDamage *const *damages, gboolean plain)
{
  FigSheet *sheet = fig_sheet_new ();
  const NnDamage *any = NULL;

  for (guint i = 0; any == NULL && i < readings->len; i++)
    any = damages[i];
  if (any == NULL)
    return sheet;
  fig_sheet_add_column (sheet, any->held_out ? _ ("Held-out accuracy with") : _ ("Accuracy, all names, with"), FALSE);
  for (guint i = 0; i < readings->len; i++)
    if (damages[i] != NULL)
      fig_sheet_add_column (
        sheet, scope_network_get_title (((ScopeGatesReading *) g_ptr_array_index (readings, i))->network), TRUE);
  for (guint row = 0; row < NN_DAMAGE_ROWS; row++)
    {
      fig_sheet_take (sheet, clamp_words (&any->rows[row]));
      for (guint i = 0; i < readings->len; i++)
        if (damages[i] != NULL)
          fig_sheet_take (sheet, accuracy_words (damages[i], row, plain));
    }
  return sheet;
}

/* ---- Drivers ---- */

char *
scope_gates_marked (const char *ascii, guint at)
{
  return g_strdup_printf ("%.*s[%c]%s", (int) at, ascii, ascii[at], ascii + at + 1);
}

FigSheet *
scope_gates_drivers_sheet (const NnDrivers *drivers, NnDataset *dataset, gboolean plain)
{
  FigSheet *sheet = fig_sheet_new ();

  fig_sheet_add_column (sheet, _ ("Name"), FALSE);
  fig_sheet_add_column (sheet, _ ("Language"), FALSE);
  fig_sheet_add_column (sheet, _ ("Letter"), TRUE);
  fig_sheet_add_column (sheet, fig_state_name (drivers->state), TRUE);
  for (guint i = 0; i < drivers->n; i++)
    {
      const NnDriver *driver = &drivers->drivers[i];

      fig_sheet_take (sheet, scope_gates_marked (nn_dataset_row_ascii (dataset, driver->row), driver->letter));
      fig_sheet_add (sheet, nn_dataset_class_names (dataset)[nn_dataset_row_class (dataset, driver->row)]);
      fig_sheet_take (sheet, g_strdup_printf ("%u", driver->letter + 1));
      fig_sheet_take (sheet, fig_number ((double) driver->value, 3, plain));
    }
  return sheet;
}

/* ---- All numbers ---- */

static char *
state_cell (const ScopeGatesReading *reading, NnState state, guint letter, gboolean plain)
{
  guint units[SCOPE_GATES_MOST_PINS], n;
  GString *cell = g_string_new (NULL);
  FigUnitSummary summary;
  g_autofree char *mean = NULL;

  if (reading->trace->states[state] == NULL)
    return g_string_free (cell, FALSE);
  fig_unit_summary (reading->trace, state, letter, &summary);
  mean = fig_number (summary.mean, 3, plain);
  g_string_append (cell, mean);
  n = scope_gates_state_pinned (&reading->text->state, reading->network, reading->trace->hidden, units);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = fig_number ((double) nn_trace_state (reading->trace, state, letter)[units[i]], 3, plain);

      g_string_append_printf (cell, ", #%u: %s", units[i], value);
    }
  return g_string_free (cell, FALSE);
}

static void
add_letters (FigSheet *sheet, ScopeGatesReading *reading, gboolean plain)
{
  const NnTrace *trace;

  scope_gates_reading_update (reading);
  trace = reading->trace;
  for (guint letter = 0; trace != NULL && letter < trace->length; letter++)
    {
      guint guess = trace->guess[letter];
      g_autofree char *shown = fig_letter (trace->ascii[letter]);

      fig_sheet_add (sheet, scope_network_get_title (reading->network));
      fig_sheet_take (sheet, g_strdup_printf ("%u", letter + 1));
      fig_sheet_add (sheet, shown);
      fig_sheet_add (sheet, scope_gates_reading_class (reading, guess));
      fig_sheet_take (sheet,
                      fig_percent (exp ((double) trace->log_probs[(gsize) letter * trace->n_classes + guess]), 1, plain));
      for (guint state = 0; state < NN_N_STATES; state++)
        fig_sheet_take (sheet, state_cell (reading, state, letter, plain));
    }
}

FigSheet *
scope_gates_table_sheet (GPtrArray *readings, gboolean plain)
{
  FigSheet *sheet = fig_sheet_new ();

  fig_sheet_add_column (sheet, _ ("Network"), FALSE);
  fig_sheet_add_column (sheet, _ ("No."), TRUE);
  fig_sheet_add_column (sheet, _ ("Letter"), FALSE);
  fig_sheet_add_column (sheet, _ ("Guess"), FALSE);
  fig_sheet_add_column (sheet, _ ("Probability"), TRUE);
  for (guint state = 0; state < NN_N_STATES; state++)
    {
      /* Translators: %s is a gate or a state. */
      g_autofree char *title = g_strdup_printf (_ ("Mean %s"), fig_state_name (state));

      fig_sheet_add_column (sheet, title, TRUE);
    }
  for (guint i = 0; i < readings->len; i++)
    add_letters (sheet, g_ptr_array_index (readings, i), plain);
  return sheet;
}
