/* lstm-team.c: one LSTM trained by two threads, each with half of the units.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/lstm-team.h"

#include "engine/kernels.h"
#include "engine/loss.h"
#include "engine/lstm-halves.h"
#include "engine/network.h"
#include "engine/team-choice.h"

#include <math.h>
#include <stdatomic.h>

/* How often a thread looks before it tells the processor that it waits, which makes it slower to see. */
#define SPINS_BEFORE_RELAXING 200
/* How often a thread looks before it believes that the other one is not running and gives up its processor. */
#define SPINS_BEFORE_YIELD 4000
/* How long the second thread spins for the next name before it sleeps. */
#define SPINS_BEFORE_SLEEP 20000
/* See nn_network_recurrent_sum. */
#define NAMES_BETWEEN_SUMS 256

#define PAGE 4096

/* How many barriers a thread has come to; on a cache line of its own. */
typedef struct
{
  _Alignas (64) atomic_uint count;
} Arrivals;

typedef enum
{
  LEARN,
  LOAD,  /* the halves' parameters into blocks of their own */
  STORE, /* and back */
} Command;

struct _NnTeam
{
  NnModel *model;
  NnWorkspace *workspace;
  GThread *thread;
  Arrivals *arrivals;       /* [2] */
  float *parts[NN_N_HALVES][2]; /* [H]: halves of backward's sums, two in turn */

  float *own[NN_N_HALVES];  /* blocks for workspace.own */
  float *gates[NN_N_HALVES], *gradients[NN_N_HALVES], *bias[NN_N_HALVES]; /* for workspace.half_gates and the like */

  /* The name under way: written by the first thread before the barrier that begins it. */
  Command command;
  float *block;
  float scale;
  guint target;
  gboolean goes_on;
  float bounds[NN_N_HALVES];

  /* Each thread's own: an upper bound on the sum of |w| over its half's recurrent weights, and for how many names. */
  float recurrent_sums[NN_N_HALVES];
  guint names_until_sum[NN_N_HALVES];

  /* The second thread's sleep. */
  GMutex mutex;
  GCond cond;
  atomic_int asleep;
  atomic_int leaves;

  gboolean always;
  NnTeamChoice choice;
};

static inline void
relax (void)
{
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause ();
#elif defined(__aarch64__)
  __asm__ volatile ("yield");
#endif
}

/* A barrier in two: what a thread does between coming and leaving hides how long the other one is on its way. Each
 * count is written by its thread alone. */
static void
come (NnTeam *team, guint half)
{
  guint mine = atomic_load_explicit (&team->arrivals[half].count, memory_order_relaxed) + 1;

  atomic_store_explicit (&team->arrivals[half].count, mine, memory_order_release);
}

static void
leave (NnTeam *team, guint half)
{
  const guint mine = atomic_load_explicit (&team->arrivals[half].count, memory_order_relaxed);
  guint spins = 0;

  while ((int) (atomic_load_explicit (&team->arrivals[1 - half].count, memory_order_acquire) - mine) < 0)
    {
      if (++spins > SPINS_BEFORE_RELAXING)
        relax ();
      if (spins % SPINS_BEFORE_YIELD == 0)
        g_thread_yield ();
    }
}

/* Both threads leave it once both have come. */
static void
meet (NnTeam *team, guint half)
{
  come (team, half);
  leave (team, half);
}

/* ---- What each thread does ---- */

/* Where letter @t has one before it: leaves the barrier that one ended with. */
static void
leave_letter (NnTeam *team, guint t, guint half)
{
  if (t > 0)
    leave (team, half);
}

static void
forward (NnTeam *team, guint half)
{
  const NnModel *model = team->model;
  NnWorkspace *workspace = team->workspace;

  nn_lstm_sum_biases_half (model, workspace, half);
  for (guint t = 0; t < workspace->length; t++)
    {
      if (nn_lstm_output_alone (model, workspace, t))
        {
          leave_letter (team, t, half);
          nn_lstm_output_gate (model, workspace, t, half);
        }
      else
        {
          /* The first half can begin before the second half's hidden units of the last letter are there. */
          if (half != 0)
            leave_letter (team, t, half);
          nn_lstm_begin_pre_activations_half (model, workspace, t, half, NN_GATE_INPUT);
          if (half == 0)
            leave_letter (team, t, half);
          nn_lstm_end_pre_activations_half (model, workspace, t, half, NN_GATE_INPUT);
          nn_lstm_cells (model, workspace, t, half);
        }
      come (team, half);
    }
  leave (team, half);
}

/* The first thread's alone: the guess, the loss and its derivative by what the classifier reads. */
static void
classify (NnTeam *team, guint *guess, float *loss)
{
  const NnModel *model = team->model;
  NnWorkspace *workspace = team->workspace;

  nn_network_for (model->kind)->read (model, workspace, workspace->length - 1, workspace->logits);
  *guess = nn_log_softmax (workspace->logits, model->n_classes, workspace->log_probs);
  *loss = -workspace->log_probs[team->target];
  team->goes_on = isfinite (*loss);
  if (!team->goes_on)
    return;
  nn_nll_backward (workspace->log_probs, model->n_classes, team->target, workspace->logit_gradients);
  nn_lstm_readout_gradient (model, workspace);
}

static void
letter_backward (NnTeam *team, guint t, guint half)
{
  if (nn_lstm_output_alone (team->model, team->workspace, t))
    nn_lstm_output_gate_backward (team->model, team->workspace, t, half);
  else
    nn_lstm_cells_backward (team->model, team->workspace, t, half);
}

/* The rows that the other thread waits for come first. With @learns, the weights learn in the same pass. */
static void
hidden_gradient (NnTeam *team, guint t, guint half, gboolean learns)
{
  const NnModel *model = team->model;
  NnWorkspace *workspace = team->workspace;
  float *out = workspace->hidden_gradients + t * workspace->units;
  const guint first = model->layout.first_unit[half], n = model->layout.n_units[half];

  for (guint i = 0; i < NN_N_HALVES; i++)
    {
      const guint of = i == 0 ? 1 - half : half;
      const guint first_unit = model->layout.first_unit[of], n_units = model->layout.n_units[of];
      float *part = team->parts[half][t % 2];

      if (learns)
        nn_lstm_learn_recurrent_part (model, workspace, team->scale, half, first_unit, n_units, part);
      else
        nn_lstm_hidden_gradient_part (model, workspace, t, half, first_unit, n_units, part);
      if (i == 0)
        come (team, half);
    }
  leave (team, half);
  for (guint unit = first; unit < first + n; unit++)
    out[unit] = team->parts[0][t % 2][unit] + team->parts[1][t % 2][unit];
}

/* Down to the second letter. */
static void
backward (NnTeam *team, guint half)
{
  for (guint t = team->workspace->length; t-- > 1;)
    {
      letter_backward (team, t, half);
      if (t > 1)
        hidden_gradient (team, t, half, FALSE);
    }
}

/* The sum of |dL/d pre-activation| of the letters from @first on. */
static float
sum_from (NnTeam *team, guint first, guint half)
{
  const NnWorkspace *workspace = team->workspace;

  return nn_kernel_sum_abs (workspace->half_gradients[half] + first * workspace->half_stride[half],
                            (workspace->length - first) * workspace->half_stride[half]);
}

/* Whether a step is finite whose gradients each thread bounds for its half; both threads agree. */
static gboolean
agree (NnTeam *team, guint half, float bound)
{
  team->bounds[half] = bound;
  meet (team, half);
  return nn_network_step_is_finite (team->scale, team->bounds[0] + team->bounds[1]
                                                     + nn_kernel_sum_abs (team->workspace->logit_gradients,
                                                                          team->model->n_classes));
}

/* As nn_network_recurrent_sum and nn_network_recurrent_grows, for the thread's own half. */
static float
recurrent_sum (NnTeam *team, guint half)
{
  if (team->names_until_sum[half] == 0)
    {
      team->recurrent_sums[half] = nn_lstm_recurrent_sum_half (team->model, team->workspace, half);
      team->names_until_sum[half] = NAMES_BETWEEN_SUMS;
    }
  team->names_until_sum[half]--;
  return team->recurrent_sums[half];
}

/* As lstm_descend does it alone, with backward done down to the second letter. */
static gboolean
descend (NnTeam *team, guint half)
{
  const NnModel *model = team->model;
  NnWorkspace *workspace = team->workspace;
  const gboolean has_second = workspace->length > 1;
  const float from_second = has_second ? sum_from (team, 1, half) : 0;

  if (has_second && team->block == model->parameters
      && agree (team, half,
                from_second + nn_lstm_bound_of_first (model, workspace, half, recurrent_sum (team, half))))
    {
      hidden_gradient (team, 1, half, TRUE);
      letter_backward (team, 0, half);
      nn_lstm_learn_inputs_half (model, workspace, team->scale, half);
    }
  else
    {
      if (has_second)
        hidden_gradient (team, 1, half, FALSE);
      letter_backward (team, 0, half);
      if (!agree (team, half, sum_from (team, 0, half)))
        return FALSE;
      nn_lstm_add_gradient_half (model, workspace, team->block, team->scale, half);
    }
  team->recurrent_sums[half] += fabsf (team->scale) * from_second * (float) model->hidden;
  return TRUE;
}

/* Between the barriers that begin and end a name. Returns whether the step was taken; both threads agree. */
static gboolean
learn (NnTeam *team, guint half, guint *guess, float *loss)
{
  forward (team, half);
  if (half == 0)
    classify (team, guess, loss);
  meet (team, half);
  if (!team->goes_on)
    return FALSE;
  backward (team, half);
  if (!descend (team, half))
    return FALSE;
  if (half == 0)
    nn_lstm_add_read_gradient (team->model, team->workspace, team->block, team->scale);
  return TRUE;
}

static void
take_half (NnTeam *team, guint half)
{
  NnWorkspace *workspace = team->workspace;

  workspace->own[half] = team->own[half];
  workspace->half_gates[half] = team->gates[half];
  workspace->half_gradients[half] = team->gradients[half];
  workspace->half_bias[half] = team->bias[half];
  workspace->half_stride[half] = NN_N_GATES * (gsize) team->model->layout.n_units[half];
}

/* A half's parameters move by the thread that uses them, so that they end up in its cache. */
static gboolean
obey (NnTeam *team, guint half, guint *guess, float *loss)
{
  if (team->command == LEARN)
    return learn (team, half, guess, loss);
  if (team->command == LOAD)
    {
      take_half (team, half);
      nn_lstm_own_load (team->model, team->workspace, half);
      team->names_until_sum[half] = 0;
    }
  else
    {
      nn_lstm_own_store (team->model, team->workspace, half);
      team->workspace->own[half] = NULL;
      nn_workspace_join_half (team->workspace, team->model, half);
    }
  return TRUE;
}

/* ---- The second thread ---- */

static void
sleep_until_called (NnTeam *team, guint mine)
{
  g_mutex_lock (&team->mutex);
  atomic_store (&team->asleep, 1);
  while (!atomic_load (&team->leaves) && (int) (atomic_load (&team->arrivals[0].count) - mine) < 0)
    g_cond_wait (&team->cond, &team->mutex);
  atomic_store (&team->asleep, 0);
  g_mutex_unlock (&team->mutex);
}

/* Comes to the barrier that begins a name; sleeps where none begins for a while. Returns FALSE where it is to leave. */
static gboolean
wait_for_name (NnTeam *team)
{
  guint mine = atomic_fetch_add (&team->arrivals[1].count, 1) + 1;
  guint spins = 0;

  while ((int) (atomic_load_explicit (&team->arrivals[0].count, memory_order_acquire) - mine) < 0)
    {
      relax ();
      if (atomic_load_explicit (&team->leaves, memory_order_relaxed))
        return FALSE;
      if (++spins >= SPINS_BEFORE_SLEEP)
        sleep_until_called (team, mine);
    }
  return TRUE;
}

static gpointer
second_thread (gpointer data)
{
  NnTeam *team = data;

  while (wait_for_name (team))
    {
      obey (team, 1, NULL, NULL);
      meet (team, 1);
    }
  return NULL;
}

static void
call_second_thread (NnTeam *team)
{
  if (!atomic_load (&team->asleep))
    return;
  g_mutex_lock (&team->mutex);
  g_cond_signal (&team->cond);
  g_mutex_unlock (&team->mutex);
}

/* Both threads carry @command out. */
static gboolean
carry_out (NnTeam *team, Command command, guint *guess, float *loss)
{
  gboolean done;
  guint mine;

  team->command = command;
  /* The second thread comes to the first barrier by itself; it only has to be awake. */
  mine = atomic_fetch_add (&team->arrivals[0].count, 1) + 1;
  call_second_thread (team);
  while ((int) (atomic_load_explicit (&team->arrivals[1].count, memory_order_acquire) - mine) < 0)
    relax ();
  done = obey (team, 0, guess, loss);
  meet (team, 0);
  return done;
}

gboolean
nn_team_learn (NnTeam *team, guint target, float *block, float scale, guint *guess, float *loss)
{
  if (team->workspace->own[0] == NULL)
    carry_out (team, LOAD, NULL, NULL);
  team->target = target;
  team->block = block;
  team->scale = scale;
  return carry_out (team, LEARN, guess, loss);
}

void
nn_team_flush (NnTeam *team)
{
  if (team->workspace->own[0] == NULL)
    return;
  carry_out (team, STORE, NULL, NULL);
  team->workspace->names_until_sum = 0;
}

/* ---- Which way ---- */

gboolean
nn_team_begin (NnTeam *team)
{
  return team->always || nn_team_choice_begin (&team->choice);
}

void
nn_team_end (NnTeam *team)
{
  if (!team->always)
    nn_team_choice_end (&team->choice, team->workspace->length);
}

void
nn_team_set_always (NnTeam *team, gboolean always)
{
  team->always = always;
}

/* ---- Making ---- */

/* On pages of its own: what one thread writes is never near what the other one reads. */
static float *
new_array (gsize n)
{
  return g_aligned_alloc0 ((n * sizeof (float) + PAGE - 1) / PAGE, PAGE, PAGE);
}

NnTeam *
nn_team_new (NnModel *model, NnWorkspace *workspace)
{
  NnTeam *team;

  g_return_val_if_fail (model != NULL && workspace != NULL, NULL);
  if (model->kind == NN_RNN || model->layout.n_units[1] == 0)
    return NULL;
  team = g_new0 (NnTeam, 1);
  team->model = model;
  team->workspace = workspace;
  team->arrivals = g_aligned_alloc0 (NN_N_HALVES, sizeof (Arrivals), _Alignof (Arrivals));
  for (guint half = 0; half < NN_N_HALVES; half++)
    for (guint turn = 0; turn < 2; turn++)
      team->parts[half][turn] = g_aligned_alloc0 (model->layout.units_stride, sizeof (float), 64);
  for (guint half = 0; half < NN_N_HALVES; half++)
    {
      const gsize columns = NN_N_GATES * (gsize) model->layout.n_units[half];

      team->own[half] = new_array (nn_lstm_own_size (model, half));
      team->gates[half] = new_array (NN_MAX_LETTERS * columns);
      team->gradients[half] = new_array (NN_MAX_LETTERS * columns);
      team->bias[half] = new_array (columns);
    }
  g_mutex_init (&team->mutex);
  g_cond_init (&team->cond);
  nn_team_choice_init (&team->choice);
  team->thread = g_thread_new ("train second half", second_thread, team);
  return team;
}

void
nn_team_free (NnTeam *team)
{
  if (team == NULL)
    return;
  nn_team_flush (team);
  atomic_store (&team->leaves, 1);
  g_mutex_lock (&team->mutex);
  g_cond_signal (&team->cond);
  g_mutex_unlock (&team->mutex);
  g_thread_join (team->thread);
  for (guint half = 0; half < NN_N_HALVES; half++)
    for (guint turn = 0; turn < 2; turn++)
      g_aligned_free (team->parts[half][turn]);
  for (guint half = 0; half < NN_N_HALVES; half++)
    {
      g_aligned_free (team->own[half]);
      g_aligned_free (team->gates[half]);
      g_aligned_free (team->gradients[half]);
      g_aligned_free (team->bias[half]);
    }
  g_aligned_free (team->arrivals);
  g_mutex_clear (&team->mutex);
  g_cond_clear (&team->cond);
  g_free (team);
}
