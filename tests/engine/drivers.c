/* drivers.c: what gates are good for over the data, and which names drive a unit, against brute force.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/damage.h"
#include "engine/distinct.h"
#include "engine/drivers.h"
#include "support/plain-model.h"
#include "support/small-data.h"

#include <math.h>
#include <string.h>

#define HIDDEN 21

/* 200 short names in two classes, so that progress is told of. */
static NnDataset *
many_names (void)
{
  static const char *const class_names[] = { "A", "B", NULL };
  g_auto (GStrv) names = g_new0 (char *, 201);
  guint classes[200];
  g_autoptr (GError) error = NULL;
  NnDataset *dataset;

  for (guint i = 0; i < 200; i++)
    {
      names[i] = g_strdup_printf ("%c%co", 'a' + (char) (i / 10), 'a' + (char) (i % 10));
      classes[i] = i / 100;
    }
  dataset = nn_dataset_new_from_rows (class_names, (const char *const *) names, classes, 200, &error);
  g_assert_no_error (error);
  return dataset;
}

/* Where progress stops, counted in calls; 0: never. */
typedef struct
{
  guint calls, stop_at;
  double last;
} Watch;

static gboolean
watch (double done, gpointer data)
{
  Watch *watched = data;

  g_assert_cmpfloat (done, >, watched->last);
  g_assert_cmpfloat (done, <, 1);
  watched->last = done;
  return ++watched->calls != watched->stop_at;
}

/* ---- Strings ---- */

static void
test_distinct (void)
{
  static const guint rows[] = { 30, 11, 2, 23, 2 };
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (NnDistinct) all = nn_distinct_new (dataset, NULL, 0);
  g_autoptr (NnDistinct) some = nn_distinct_new (dataset, rows, G_N_ELEMENTS (rows));
  g_autoptr (NnSplit) split = small_data_split (0.4);
  g_autoptr (NnDistinct) trained = nn_distinct_new_training (split);
  guint n_trained = 0, n_held_out;

  /* "Nova" stands in rows 11 and 23. */
  g_assert_cmpuint (all->n, ==, 35);
  g_assert_cmpuint (all->n_rows, ==, 36);
  g_assert_cmpuint (all->counts[11], ==, 2);
  g_assert_cmpuint (some->n, ==, 3);
  g_assert_cmpuint (some->first_rows[0], ==, 30);
  g_assert_cmpuint (some->first_rows[1], ==, 11);
  g_assert_cmpuint (some->first_rows[2], ==, 2);
  g_assert_cmpuint (some->counts[0], ==, 1);
  g_assert_cmpuint (some->counts[1], ==, 2);
  g_assert_cmpuint (some->counts[2], ==, 2);
  nn_split_held_out_rows (split, &n_held_out);
  g_assert_cmpuint (n_held_out, >, 0);
  for (guint i = 0; i < trained->n; i++)
    {
      g_assert_false (nn_split_row_held_out (split, trained->first_rows[i]));
      n_trained += trained->counts[i];
    }
  g_assert_cmpuint (n_trained, ==, 36 - n_held_out);
}

/* ---- Damage ---- */

static const struct
{
  const char *clamp;
} expected_rows[NN_DAMAGE_ROWS] = {
  { NULL },      { "forget=0" },   { "forget=1" }, { "forget=mean" }, { "input=0" },     { "input=1" },
  { "input=mean" }, { "output=0" }, { "output=1" }, { "output=mean" }, { "candidate=0" },
};

/* A row at a time, from the clamped traces. */
static void
check_row (const NnModel *model, const NnSplit *split, const NnGateMeans *means, const NnDamageRow *row,
           const char *clamp_text)
{
  NnDataset *dataset = nn_split_dataset (split);
  guint n_rows, right = 0, totals[3] = { 0 }, rights[3] = { 0 }, present = 0;
  const guint *rows = nn_split_held_out_rows (split, &n_rows);
  g_autoptr (NnClamps) clamps = nn_clamps_new ();
  double macro = 0;
  NnClamp clamp;

  g_assert_cmpint (row->clamped, ==, clamp_text != NULL);
  if (clamp_text != NULL)
    {
      g_autofree char *text = nn_clamp_text (&row->clamp);

      g_assert_cmpstr (text, ==, clamp_text);
      g_assert_true (nn_clamp_parse (clamp_text, &clamp, NULL));
      nn_clamps_add (clamps, &clamp);
      nn_clamps_take_means (clamps, nn_gate_means_copy (means));
    }
  for (guint i = 0; i < n_rows; i++)
    {
      const guint truth = nn_dataset_row_class (dataset, rows[i]);
      g_autoptr (NnTrace) trace = nn_trace_new_clamped (model, nn_dataset_row_ascii (dataset, rows[i]), -1, clamps);

      totals[truth]++;
      rights[truth] += trace->guess[trace->length - 1] == truth;
      right += trace->guess[trace->length - 1] == truth;
    }
  for (guint k = 0; k < 3; k++)
    if (totals[k] > 0)
      {
        macro += (double) rights[k] / totals[k];
        present++;
      }
  g_assert_cmpfloat_with_epsilon (row->accuracy, (double) right / n_rows, 1e-12);
  g_assert_cmpfloat_with_epsilon (row->macro_accuracy, macro / present, 1e-12);
}

static void
test_damage (gconstpointer data)
{
  g_autoptr (NnSplit) split = small_data_split (0.5);
  g_autoptr (NnModel) model = known_model ((NnKind) GPOINTER_TO_INT (data), HIDDEN, 3, 11);
  g_autoptr (NnGateMeans) means = nn_gate_means_new_training (model, split, NULL, NULL);
  g_autofree NnDamage *damage = nn_damage_new_split (model, split, NULL, NULL);
  guint n_rows;

  nn_split_held_out_rows (split, &n_rows);
  g_assert_true (damage->held_out);
  g_assert_cmpuint (damage->n_rows, ==, n_rows);
  for (guint i = 0; i < NN_DAMAGE_ROWS; i++)
    check_row (model, split, means, &damage->rows[i], expected_rows[i].clamp);
}

/* With nothing held out all rows are counted, and that is said. A closed output gate leaves the same guess for all. */
static void
test_damage_without_held_out (void)
{
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (NnModel) model = known_model (NN_LSTM, HIDDEN, 3, 11);
  g_autofree NnDamage *damage = nn_damage_new_split (model, split, NULL, NULL);

  g_assert_false (damage->held_out);
  g_assert_cmpuint (damage->n_rows, ==, 36);
  g_assert_cmpfloat_with_epsilon (damage->rows[7].accuracy, 1.0 / 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (damage->rows[7].macro_accuracy, 1.0 / 3, 1e-12);
}

static void
test_damage_stops (void)
{
  g_autoptr (NnDataset) dataset = many_names ();
  g_autoptr (NnSplit) split = nn_split_new (dataset, 0.5, 1, NULL);
  g_autoptr (NnModel) model = known_model (NN_LSTM, 8, 2, 11);
  Watch whole = { 0 };
  g_autofree NnDamage *damage = nn_damage_new_split (model, split, watch, &whole);

  g_assert_nonnull (damage);
  /* 100 names for the means, and 100 for each row: one call each. */
  g_assert_cmpuint (whole.calls, ==, 12);
  for (guint i = 1; i <= 12; i += 11)
    {
      Watch stopped = { .stop_at = i };

      g_assert_null (nn_damage_new_split (model, split, watch, &stopped));
      g_assert_cmpuint (stopped.calls, ==, i);
    }
}

/* ---- Drivers ---- */

typedef struct
{
  guint row, letter;
  float value;
} Found;

static int
compare (const void *x, const void *y)
{
  const Found *a = x, *b = y;

  if (a->value != b->value)
    return a->value > b->value ? -1 : 1;
  return a->row < b->row ? -1 : 1;
}

/* Every row, whatever stood before, then sorted; of a string that stands twice the first row alone. */
static guint
scan (const NnModel *model, NnDataset *dataset, NnState state, const guint *units, guint n_units, Found *found)
{
  guint n = 0;

  for (guint row = 0; row < nn_dataset_n_rows (dataset); row++)
    {
      g_autoptr (NnTrace) trace = nn_trace_new (model, nn_dataset_row_ascii (dataset, row), -1);
      gboolean again = FALSE;

      for (guint other = 0; other < row; other++)
        again |= strcmp (nn_dataset_row_ascii (dataset, other), trace->ascii) == 0;
      if (again)
        continue;
      found[n] = (Found){ row, 0, -INFINITY };
      for (guint t = 0; t < trace->length; t++)
        {
          double sum = 0;

          for (guint i = 0; i < n_units; i++)
            sum += (double) nn_trace_state (trace, state, t)[units[i]];
          if ((float) (sum / n_units) > found[n].value)
            found[n] = (Found){ row, t, (float) (sum / n_units) };
        }
      n++;
    }
  qsort (found, n, sizeof (Found), compare);
  return n;
}

static void
test_drivers (gconstpointer data)
{
  static const guint units[] = { 17, 0, 4 };
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (NnModel) model = known_model ((NnKind) GPOINTER_TO_INT (data), HIDDEN, 3, 11);

  for (guint state = 0; state < NN_N_STATES; state++)
    for (guint n_units = 1; n_units <= 3; n_units += 2)
      {
        g_autoptr (NnDrivers) drivers = NULL;
        Found found[36];
        guint n;

        if (state != NN_STATE_HIDDEN && !nn_kind_has_gates (model->kind))
          continue;
        drivers = nn_drivers_new (model, dataset, (NnState) state, units, n_units, 10, NULL, NULL);
        n = scan (model, dataset, (NnState) state, units, n_units, found);
        g_assert_cmpuint (n, ==, 35);
        g_assert_cmpuint (drivers->n, ==, 10);
        for (guint i = 0; i < 10; i++)
          {
            g_assert_cmpuint (drivers->drivers[i].row, ==, found[i].row);
            g_assert_cmpuint (drivers->drivers[i].letter, ==, found[i].letter);
            g_assert_cmpfloat (drivers->drivers[i].value, ==, found[i].value);
          }
      }
}

/* With weights of 0 every name has the same values: they come in the order of the data, at their first letter. */
static void
test_drivers_ties (void)
{
  static const guint unit = 3;
  g_autoptr (NnDataset) dataset = small_data_new ();
  g_autoptr (NnModel) model = known_model (NN_LSTM, 8, 3, 1);
  g_autoptr (NnDrivers) drivers = NULL;

  memset (model->parameters, 0, model->layout.size * sizeof (float));
  drivers = nn_drivers_new (model, dataset, NN_STATE_CELL, &unit, 1, NN_MAX_DRIVERS, NULL, NULL);
  g_assert_cmpuint (drivers->n, ==, 35);
  for (guint i = 0; i < 35; i++)
    {
      /* Row 23 is "Nova" once more. */
      g_assert_cmpuint (drivers->drivers[i].row, ==, i < 23 ? i : i + 1);
      g_assert_cmpuint (drivers->drivers[i].letter, ==, 0);
      g_assert_cmpfloat (drivers->drivers[i].value, ==, 0);
    }
}

static void
test_drivers_stop (void)
{
  static const guint unit = 3;
  g_autoptr (NnDataset) dataset = many_names ();
  g_autoptr (NnModel) model = known_model (NN_LSTM, 8, 2, 1);
  Watch stopped = { .stop_at = 2 };

  g_assert_null (nn_drivers_new (model, dataset, NN_STATE_HIDDEN, &unit, 1, 5, watch, &stopped));
  g_assert_cmpuint (stopped.calls, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drivers/distinct", test_distinct);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      g_autofree char *drivers = g_strconcat ("/drivers/by-brute-force/", nn_kind_id ((NnKind) kind), NULL);
      g_autofree char *damage = g_strconcat ("/damage/row-by-row/", nn_kind_id ((NnKind) kind), NULL);

      g_test_add_data_func (drivers, GUINT_TO_POINTER (kind), test_drivers);
      if (nn_kind_has_gates ((NnKind) kind))
        g_test_add_data_func (damage, GUINT_TO_POINTER (kind), test_damage);
    }
  g_test_add_func ("/damage/without-held-out", test_damage_without_held_out);
  g_test_add_func ("/damage/stops", test_damage_stops);
  g_test_add_func ("/drivers/ties", test_drivers_ties);
  g_test_add_func ("/drivers/stop", test_drivers_stop);
  return g_test_run ();
}
