/* timeline.c: weights along a run, evenly in the logarithm and no more than fit.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run.h"
#include "run/timeline.h"
#include "support/known-weights.h"
#include "support/small-data.h"
#include "support/wait.h"

#include <math.h>

#define LIMIT 60.0

static NnModel *
model_of (NnKind kind, guint hidden)
{
  static const char *const classes[] = { "A", "B", NULL };
  g_autoptr (GError) error = NULL;
  NnModel *model = nn_model_new (kind, hidden, classes, &error);

  g_assert_no_error (error);
  return model;
}

/* As a run does: a snapshot at each iteration that is asked for, up to the end. */
static void
run_to_end (ScopeTimeline *timeline, NnSnapshot *like)
{
  guint64 next;

  while ((next = scope_timeline_next (timeline)) != G_MAXUINT64)
    {
      NnSnapshot *snapshot = nn_snapshot_new (like->model, next);

      g_assert_cmpuint (next, <=, timeline->total);
      scope_timeline_add (timeline, snapshot);
      g_assert_cmpuint (timeline->snapshots->len, <=, timeline->most);
    }
}

static guint64
iteration_at (const GPtrArray *list, guint i)
{
  return ((NnSnapshot *) g_ptr_array_index (list, i))->iteration;
}

static void
assert_rising (const ScopeTimeline *timeline, guint64 first, guint64 last)
{
  const GPtrArray *list = timeline->snapshots;

  g_assert_cmpuint (iteration_at (list, 0), ==, first);
  g_assert_cmpuint (iteration_at (list, list->len - 1), ==, last);
  for (guint i = 1; i < list->len; i++)
    g_assert_cmpuint (iteration_at (list, i), >, iteration_at (list, i - 1));
}

/* The largest step in log (1 + iterations), where steps are larger than one iteration. */
static double
largest_step (const ScopeTimeline *timeline, guint64 first)
{
  double largest = 0;

  for (guint i = 1; i < timeline->snapshots->len; i++)
    {
      const guint64 before = iteration_at (timeline->snapshots, i - 1) - first;
      const guint64 now = iteration_at (timeline->snapshots, i) - first;

      if (now > before + 1)
        largest = MAX (largest, log1p ((double) now) - log1p ((double) before));
    }
  return largest;
}

static void
test_even_steps (void)
{
  static const guint64 firsts[] = { 0, 100000 };
  static const guint64 lengths[] = { 100000, 1000, G_GUINT64_CONSTANT (1000000000) };

  for (gsize i = 0; i < G_N_ELEMENTS (firsts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (lengths); j++)
      {
        g_autoptr (NnSnapshot) like = nn_snapshot_new_take (model_of (NN_RNN, 8), firsts[i]);
        g_autoptr (ScopeTimeline) timeline = scope_timeline_new (like, firsts[i] + lengths[j]);

        run_to_end (timeline, like);
        g_assert_cmpuint (timeline->snapshots->len, ==, 60);
        assert_rising (timeline, firsts[i], firsts[i] + lengths[j]);
        /* 59 even steps would be log (1 + length) / 59 each; where they are less than an iteration, the later ones are
         * larger. */
        g_assert_cmpfloat (largest_step (timeline, firsts[i]), <, 1.5 * log1p ((double) lengths[j]) / 59);
      }
}

static void
test_short_run (void)
{
  g_autoptr (NnSnapshot) like = nn_snapshot_new_take (model_of (NN_RNN, 8), 0);
  g_autoptr (ScopeTimeline) timeline = scope_timeline_new (like, 5);

  run_to_end (timeline, like);
  g_assert_cmpuint (timeline->snapshots->len, ==, 6);
  assert_rising (timeline, 0, 5);
  /* An older one, or the same once more, changes nothing. */
  scope_timeline_add (timeline, nn_snapshot_new (like->model, 5));
  scope_timeline_add (timeline, nn_snapshot_new (like->model, 2));
  g_assert_cmpuint (timeline->snapshots->len, ==, 6);
}

/* However often it is extended, by much or by little, there are no more than there were, from the first to the last. */
static void
test_extended (void)
{
  static const guint64 extensions[] = { 1, 1000, 100, 200000, 10, 3000000, 1000, 1000, 1000, 500000000 };
  g_autoptr (NnSnapshot) like = nn_snapshot_new_take (model_of (NN_RNN, 8), 0);
  g_autoptr (ScopeTimeline) timeline = scope_timeline_new (like, 1000);

  run_to_end (timeline, like);
  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      scope_timeline_extend (timeline, timeline->total + extensions[i]);
      run_to_end (timeline, like);
      g_assert_cmpuint (timeline->snapshots->len, ==, 60);
      assert_rising (timeline, 0, timeline->total);
    }
  for (guint i = 0; i < 1000; i++)
    {
      scope_timeline_extend (timeline, timeline->total + 1);
      run_to_end (timeline, like);
    }
  g_assert_cmpuint (timeline->snapshots->len, ==, 60);
  assert_rising (timeline, 0, timeline->total);
  /* 59 even steps would be 0.34 each. */
  g_assert_cmpfloat (largest_step (timeline, 0), <, 3 * log1p ((double) timeline->total) / 59);
}

/* A network of 1,024 units takes 18 MB. */
static void
test_large_network (void)
{
  g_autoptr (NnSnapshot) large = nn_snapshot_new_take (model_of (NN_LSTM, 1024), 0);
  g_autoptr (NnSnapshot) medium = nn_snapshot_new_take (model_of (NN_LSTM, 512), 0);
  g_autoptr (NnSnapshot) usual = nn_snapshot_new_take (model_of (NN_LSTM, 256), 0);
  g_autoptr (ScopeTimeline) of_large = scope_timeline_new (large, 100000);
  g_autoptr (ScopeTimeline) of_medium = scope_timeline_new (medium, 100000);
  g_autoptr (ScopeTimeline) of_usual = scope_timeline_new (usual, 100000);

  g_assert_cmpuint (of_large->most, ==, SCOPE_TIMELINE_LEAST);
  g_assert_cmpuint (of_medium->most, >, SCOPE_TIMELINE_LEAST);
  g_assert_cmpuint (of_medium->most * medium->model->layout.size * sizeof (float), <=, SCOPE_TIMELINE_BYTES);
  g_assert_cmpuint (of_usual->most, ==, SCOPE_TIMELINE_MOST);
}

/* ---- Of a run ---- */

static NnTrainer *
trainer_of (guint64 iterations)
{
  NnSettings settings
      = { .kind = NN_LSTM, .hidden = 16, .iterations = iterations, .learning_rate = 0.1, .seed = 3, .batch = 1 };
  g_autoptr (NnSplit) split = small_data_split (0);
  g_autoptr (GError) error = NULL;
  NnTrainer *trainer = nn_trainer_new (&settings, split, NULL, &error);

  g_assert_no_error (error);
  return trainer;
}

static gboolean
is_over (gpointer run)
{
  return scope_run_is_over (run);
}

/* Every snapshot has the weights that the engine alone has at that iteration, and taking them changed nothing. */
static void
test_of_a_run (void)
{
  g_autoptr (ScopeRun) run = scope_run_new_take (trainer_of (3000));
  g_autoptr (NnTrainer) alone = trainer_of (3000);
  GPtrArray *list = scope_run_get_timeline (run);

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_true (g_ptr_array_index (list, 0) == scope_run_get_snapshot (run));
  scope_run_start (run);
  wait_until (is_over, run, LIMIT);
  list = scope_run_get_timeline (run);
  g_assert_cmpuint (list->len, ==, SCOPE_TIMELINE_MOST);
  g_assert_cmpuint (iteration_at (list, list->len - 1), ==, 3000);
  for (guint i = 0; i < list->len; i++)
    {
      const NnModel *model = ((NnSnapshot *) g_ptr_array_index (list, i))->model;
      const gsize size = model->layout.size * sizeof (float);

      while (nn_trainer_iteration (alone) < iteration_at (list, i))
        nn_trainer_step (alone);
      g_assert_cmpmem (model->parameters, size, nn_trainer_model (alone)->parameters, size);
    }
}

static void
test_of_an_extended_run (void)
{
  g_autoptr (ScopeRun) run = scope_run_new_take (trainer_of (1000));
  GPtrArray *list;

  scope_run_start (run);
  wait_until (is_over, run, LIMIT);
  scope_run_extend (run, 500);
  scope_run_start (run);
  wait_until (is_over, run, LIMIT);
  list = scope_run_get_timeline (run);
  g_assert_cmpuint (list->len, ==, SCOPE_TIMELINE_MOST);
  g_assert_cmpuint (iteration_at (list, 0), ==, 0);
  g_assert_cmpuint (iteration_at (list, list->len - 1), ==, 1500);
  g_assert_cmpuint (iteration_at (list, list->len - 3), >, 1000);
}

static gboolean
is_paused_at_two (gpointer run)
{
  return scope_run_get_state (run) == SCOPE_RUN_PAUSED && scope_run_get_iteration (run) == 2;
}

static gboolean
is_beyond_thousands (gpointer run)
{
  return scope_run_get_iteration (run) > 3000;
}

/* Steps are on the line as they come; where a run is stopped, its last weights end the line. */
static void
test_of_a_stopped_run (void)
{
  g_autoptr (ScopeRun) run = scope_run_new_take (trainer_of (100000));
  GPtrArray *list;

  scope_run_step (run);
  scope_run_step (run);
  wait_until (is_paused_at_two, run, LIMIT);
  list = scope_run_get_timeline (run);
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpuint (iteration_at (list, 2), ==, 2);
  scope_run_start (run);
  wait_until (is_beyond_thousands, run, LIMIT);
  scope_run_stop (run);
  wait_until (is_over, run, LIMIT);
  list = scope_run_get_timeline (run);
  g_assert_cmpuint (iteration_at (list, list->len - 1), ==, scope_run_get_iteration (run));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/even-steps", test_even_steps);
  g_test_add_func ("/timeline/short-run", test_short_run);
  g_test_add_func ("/timeline/extended", test_extended);
  g_test_add_func ("/timeline/large-network", test_large_network);
  g_test_add_func ("/timeline/of-a-run", test_of_a_run);
  g_test_add_func ("/timeline/of-an-extended-run", test_of_an_extended_run);
  g_test_add_func ("/timeline/of-a-stopped-run", test_of_a_stopped_run);
  return g_test_run ();
}
