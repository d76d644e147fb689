/* counts.c: the results of a session, counted over the names that are chosen.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/counts.h"
#include "support/folder.h"
#include "support/wait.h"

#include <string.h>

#define LIMIT 60.0

typedef struct
{
  char *folder;
  ScopeSession *session;
  ScopeCounts *counts;
  gboolean loaded;
} Fixture;

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (scope_session_load_finish (SCOPE_SESSION (source), result, NULL));
  ((Fixture *) data)->loaded = TRUE;
}

static gboolean
is_loaded (gpointer data)
{
  return ((Fixture *) data)->loaded;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  ScopeSettings settings;

  fixture->folder = g_dir_make_tmp ("counts-XXXXXX", NULL);
  folder_write (fixture->folder, "Ala.txt",
                "Alana\nBala\nCalada\nDalama\nGarala\nHalata\nKala\nLamara\nMala\nNalada\n");
  folder_write (fixture->folder, "Obo.txt",
                "Obolo\nBobo\nColobo\nDombo\nGombo\nHobolo\nKolo\nLobo\nMolobo\nNobo\n");
  fixture->session = scope_session_new ();
  settings = *scope_session_get_settings (fixture->session);
  settings.hidden = 16;
  settings.iterations = 300;
  settings.hold_out = 0.3;
  g_assert_true (scope_session_set_settings (fixture->session, &settings, NULL));
  fixture->counts = scope_counts_new (fixture->session);
  scope_session_load_async (fixture->session, fixture->folder, NULL, on_loaded, fixture);
  wait_until (is_loaded, fixture, LIMIT);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->counts);
  g_assert_finalize_object (fixture->session);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

static ScopeResult *
result_at (Fixture *fixture, guint index)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown_results (fixture->session);

  return g_ptr_array_index (shown, index);
}

static gboolean
all_counted (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < 3; i++)
    {
      ScopeResult *result = result_at (fixture, i);
      const NnConfusion *confusion = scope_counts_get (fixture->counts, result);
      ScopeCounting counting;

      if (confusion == NULL || !scope_counts_get_counting (fixture->counts, result, &counting))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_over (gpointer data)
{
  return !scope_session_is_running (((Fixture *) data)->session);
}

/* The counts, and what the engine counts with the same weights. */
static void
assert_counted (Fixture *fixture, guint index)
{
  ScopeResult *result = result_at (fixture, index);
  const NnConfusion *confusion = scope_counts_get (fixture->counts, result);
  g_autoptr (NnConfusion) expected = NULL;
  ScopeCounting counting;

  g_assert_true (scope_counts_get_counting (fixture->counts, result, &counting));
  expected = nn_evaluate (counting.snapshot->model, counting.split, counting.counted, counting.n_draws, counting.seed,
                          NULL, NULL);
  g_assert_cmpmem (confusion->counts, 4 * sizeof (guint64), expected->counts, 4 * sizeof (guint64));
  g_assert_cmpuint (confusion->total, ==, expected->total);
}

static void
test_counts (Fixture *fixture, gconstpointer data)
{
  g_assert_null (scope_counts_get (fixture->counts, result_at (fixture, 0)));
  scope_session_train (fixture->session);
  wait_until (is_over, fixture, LIMIT);
  for (guint counted = NN_COUNTED_DRAWS; counted <= NN_COUNTED_HELD_OUT; counted++)
    {
      scope_counts_set_counted (fixture->counts, (NnCounted) counted);
      scope_counts_set_watched (fixture->counts, TRUE);
      wait_until (all_counted, fixture, LIMIT);
      for (guint i = 0; i < 3; i++)
        assert_counted (fixture, i);
    }
}

static gboolean
has_held_out (gpointer data)
{
  Fixture *fixture = data;

  return scope_counts_get (fixture->counts, result_at (fixture, 0)) != NULL;
}

/* While it is paused, a run has no final numbers yet; its held-out names are counted here. After a reset there is
 * nothing to tell. */
static void
test_paused (Fixture *fixture, gconstpointer data)
{
  scope_counts_set_counted (fixture->counts, NN_COUNTED_HELD_OUT);
  scope_counts_set_watched (fixture->counts, TRUE);
  scope_session_step (fixture->session);
  wait_until (has_held_out, fixture, LIMIT);
  g_assert_null (scope_result_get_held_out_confusion (result_at (fixture, 0)));
  g_assert_cmpuint (scope_counts_get (fixture->counts, result_at (fixture, 0))->total, ==, 6);
  scope_session_reset (fixture->session);
  g_assert_null (scope_counts_get (fixture->counts, result_at (fixture, 0)));
}

/* What nobody looks at isn't counted. */
static void
test_unwatched (Fixture *fixture, gconstpointer data)
{
  scope_counts_set_counted (fixture->counts, NN_COUNTED_ROWS);
  scope_session_train (fixture->session);
  wait_until (is_over, fixture, LIMIT);
  for (guint i = 0; i < 3; i++)
    g_assert_null (scope_counts_get (fixture->counts, result_at (fixture, i)));
  scope_counts_set_watched (fixture->counts, TRUE);
  wait_until (all_counted, fixture, LIMIT);
}

static gboolean
is_untrained_counted (gpointer data)
{
  Fixture *fixture = data;
  guint64 iteration;

  return all_counted (fixture) && scope_counts_get_moment (fixture->counts, result_at (fixture, 1), &iteration)
         && iteration == 0;
}

/* At an earlier moment its weights are counted, whichever names are; at the end of time the newest again. */
static void
test_moment (Fixture *fixture, gconstpointer data)
{
  guint64 iteration;

  scope_session_train (fixture->session);
  wait_until (is_over, fixture, LIMIT);
  scope_counts_set_watched (fixture->counts, TRUE);
  for (guint counted = NN_COUNTED_DRAWS; counted <= NN_COUNTED_HELD_OUT; counted++)
    {
      ScopeCounting counting;

      scope_counts_set_counted (fixture->counts, (NnCounted) counted);
      scope_counts_set_time (fixture->counts, 0);
      wait_until (is_untrained_counted, fixture, LIMIT);
      for (guint i = 0; i < 3; i++)
        {
          g_assert_true (scope_counts_get_counting (fixture->counts, result_at (fixture, i), &counting));
          g_assert_cmpuint (counting.snapshot->iteration, ==, 0);
          assert_counted (fixture, i);
        }
      scope_counts_set_time (fixture->counts, 1);
      wait_until (all_counted, fixture, LIMIT);
      g_assert_false (scope_counts_get_moment (fixture->counts, result_at (fixture, 1), &iteration));
      g_assert_true (scope_counts_get_counting (fixture->counts, result_at (fixture, 1), &counting));
      g_assert_cmpuint (counting.snapshot->iteration, ==, 300);
      assert_counted (fixture, 1);
    }
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/counts/counts", test_counts);
  ADD ("/counts/paused", test_paused);
  ADD ("/counts/unwatched", test_unwatched);
  ADD ("/counts/moment", test_moment);
  return g_test_run ();
}
