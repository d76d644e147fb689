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
#include <string.h>
#include <time.h>

/* How often a thread looks before it tells the processor that it waits, which makes it slower to see. */
#define SPINS_BEFORE_RELAXING 200
/* How often a thread looks before it believes that the other one is not running and gives up its processor. */
#define SPINS_BEFORE_YIELD 4000
/* How long the second thread spins for the next name before it sleeps. */
#define SPINS_BEFORE_SLEEP 20000
/* See nn_network_recurrent_sum. */
#define NAMES_BETWEEN_SUMS 256

/* Floats on a cache line. */
#define LINE 16
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

typedef struct
{
  Command command;
  float *block;
  float scale;
} Task;

/* Each thread computes its half in a workspace of its own. What the other one needs is copied through arrays that serve
 * for nothing else: a line that is read there while it is in use here holds both up, by a tenth of the whole. */
struct _NnTeam
{
  NnModel *model;
  NnWorkspace *workspaces[NN_N_HALVES]; /* the first one is whose team it is; the second is owned */
  GThread *thread;
  Arrivals *arrivals;                /* [2] */
  float *outputs[NN_N_HALVES];       /* [T+1 x units of the half]: h_t, or of gate-lstm's last letter o_T */
  float *parts[NN_N_HALVES][2];      /* [H]: halves of backward's sums, two in turn */
  float *own[NN_N_HALVES];           /* blocks for workspace.own */

  /* What is under way. The first thread writes its task before the barrier that begins it; the second one takes a copy
   * of it and of the name, for it may still learn when the first one sets the next name. */
  Task tasks[NN_N_HALVES];
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
  gint64 began; /* the name under way, in nanoseconds */
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

/* ---- Forward ---- */

/* The floats of the half's row in outputs: whole lines. */
static gsize
outputs_stride (const NnTeam *team, guint half)
{
  return (team->model->layout.n_units[half] + LINE - 1) / LINE * LINE;
}

/* h_t, or what of the last letter the classifier reads. */
static float *
output_of (const NnTeam *team, guint t, guint half, guint of)
{
  NnWorkspace *workspace = team->workspaces[half];

  if (nn_lstm_output_alone (team->model, workspace, t))
    return workspace->half_gates[of] + t * workspace->half_stride[of]
           + NN_GATE_OUTPUT * (gsize) team->model->layout.n_units[of];
  return workspace->hidden + (t + 1) * workspace->units + team->model->layout.first_unit[of];
}

static void
give_output (NnTeam *team, guint t, guint half)
{
  memcpy (team->outputs[half] + (t + 1) * outputs_stride (team, half), output_of (team, t, half, half),
          team->model->layout.n_units[half] * sizeof (float));
  come (team, half);
}

static void
take_output (NnTeam *team, guint t, guint half)
{
  const guint other = 1 - half;

  leave (team, half);
  memcpy (output_of (team, t, half, other), team->outputs[other] + (t + 1) * outputs_stride (team, other),
          team->model->layout.n_units[other] * sizeof (float));
}

static void
forward (NnTeam *team, guint half)
{
  const NnModel *model = team->model;
  NnWorkspace *workspace = team->workspaces[half];

  nn_lstm_sum_biases_half (model, workspace, half);
  for (guint t = 0; t < workspace->length; t++)
    {
      const gboolean output_alone = nn_lstm_output_alone (model, workspace, t);

      /* The sums begin with the first half's units, which have theirs before the other half's output is there. */
      if (!output_alone && half == 0)
        nn_lstm_begin_pre_activations_half (model, workspace, t, half, NN_GATE_INPUT);
      if (t > 0)
        take_output (team, t - 1, half);
      if (!output_alone && half == 1)
        nn_lstm_begin_pre_activations_half (model, workspace, t, half, NN_GATE_INPUT);
      if (output_alone)
        nn_lstm_output_gate (model, workspace, t, half);
      else
        {
          nn_lstm_end_pre_activations_half (model, workspace, t, half, NN_GATE_INPUT);
          nn_lstm_cells (model, workspace, t, half);
        }
      give_output (team, t, half);
    }
  take_output (team, workspace->length - 1, half);
}

/* The first thread's alone: the guess, the loss and its derivative by what the classifier reads. */
static void
classify (NnTeam *team, guint *guess, float *loss)
{
  const NnModel *model = team->model;
  NnWorkspace *workspace = team->workspaces[0];

  nn_network_for (model->kind)->read (model, workspace, workspace->length - 1, workspace->logits);
  *guess = nn_log_softmax (workspace->logits, model->n_classes, workspace->log_probs);
  *loss = -workspace->log_probs[team->target];
  team->goes_on = isfinite (*loss);
  if (!team->goes_on)
    return;
  nn_nll_backward (workspace->log_probs, model->n_classes, team->target, workspace->logit_gradients);
  nn_lstm_readout_gradient (model, workspace);
}

/* ---- Backward ---- */

/* The second thread's half of what classify worked out. */
static void
take_readout_gradient (NnTeam *team)
{
  const NnWorkspace *from = team->workspaces[0];
  NnWorkspace *to = team->workspaces[1];
  const gsize first = team->model->layout.first_unit[1], last = to->length * to->units + first;
  const gsize bytes = team->model->layout.n_units[1] * sizeof (float);

  memcpy (to->readout_gradient + first, from->readout_gradient + first, bytes);
  memcpy (to->hidden_gradients + last, from->hidden_gradients + last, bytes);
  memset (to->cell_gradients + last, 0, bytes);
}

static void
letter_backward (NnTeam *team, guint t, guint half)
{
  if (nn_lstm_output_alone (team->model, team->workspaces[half], t))
    nn_lstm_output_gate_backward (team->model, team->workspaces[half], t, half);
  else
    nn_lstm_cells_backward (team->model, team->workspaces[half], t, half);
}

/* dL/dh_(t-1) of the half's units. What the other thread waits for comes first. With @learns, the recurrent weights learn
 * in the same pass. */
static void
hidden_gradient (NnTeam *team, guint t, guint half, gboolean learns)
{
  const NnLayout *layout = &team->model->layout;
  NnWorkspace *workspace = team->workspaces[half];
  float *out = workspace->hidden_gradients + t * workspace->units, *part = team->parts[half][t % 2];
  const guint first = layout->first_unit[half], n = layout->n_units[half];

  for (guint i = 0; i < NN_N_HALVES; i++)
    {
      const guint of = i == 0 ? 1 - half : half;

      if (learns)
        nn_lstm_learn_recurrent_part (team->model, workspace, team->tasks[half].scale, half, layout->first_unit[of],
                                      layout->n_units[of], part);
      else
        nn_lstm_hidden_gradient_part (team->model, workspace, t, half, layout->first_unit[of], layout->n_units[of],
                                      part);
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
  if (half == 1)
    take_readout_gradient (team);
  for (guint t = team->workspaces[half]->length; t-- > 1;)
    {
      letter_backward (team, t, half);
      if (t > 1)
        hidden_gradient (team, t, half, FALSE);
    }
}

/* The sum of |dL/d pre-activation| of the letters from @first on. */
static float
sum_from (const NnTeam *team, guint first, guint half)
{
  const NnWorkspace *workspace = team->workspaces[half];
  float sum = 0;

  for (guint t = first; t < workspace->length; t++)
    sum += nn_kernel_sum_abs (workspace->half_gradients[half] + t * workspace->half_stride[half],
                              NN_N_GATES * (gsize) team->model->layout.n_units[half]);
  return sum;
}

/* Whether a step is finite whose gradients each thread bounds for its half; both threads agree. */
static gboolean
agree (NnTeam *team, guint half, float bound)
{
  const float *logit_gradients = team->workspaces[0]->logit_gradients;

  team->bounds[half] = bound;
  meet (team, half);
  bound = team->bounds[0] + team->bounds[1] + nn_kernel_sum_abs (logit_gradients, team->model->n_classes);
  return nn_network_step_is_finite (team->tasks[half].scale, bound);
}

/* As nn_network_recurrent_sum and nn_network_recurrent_grows, for the thread's own half. */
static float
recurrent_sum (NnTeam *team, guint half)
{
  if (team->names_until_sum[half] == 0)
    {
      team->recurrent_sums[half] = nn_lstm_recurrent_sum_half (team->model, team->workspaces[half], half);
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
  NnWorkspace *workspace = team->workspaces[half];
  const Task *task = &team->tasks[half];
  const gboolean has_second = workspace->length > 1;
  const float from_second = sum_from (team, 1, half);

  if (has_second && task->block == model->parameters
      && agree (team, half,
                from_second + nn_lstm_bound_of_first (model, workspace, half, recurrent_sum (team, half))))
    {
      hidden_gradient (team, 1, half, TRUE);
      letter_backward (team, 0, half);
      nn_lstm_learn_inputs_half (model, workspace, task->scale, half);
    }
  else
    {
      if (has_second)
        hidden_gradient (team, 1, half, FALSE);
      letter_backward (team, 0, half);
      if (!agree (team, half, sum_from (team, 0, half)))
        return FALSE;
      nn_lstm_add_gradient_half (model, workspace, task->block, task->scale, half);
    }
  team->recurrent_sums[half] += fabsf (task->scale) * from_second * (float) model->hidden;
  return TRUE;
}

/* After the barrier that begins a name. Returns whether the step was taken; both threads agree. */
static gboolean
learn (NnTeam *team, guint half, guint *guess, float *loss)
{
  const Task *task = &team->tasks[half];

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
    nn_lstm_add_read_gradient (team->model, team->workspaces[half], task->block, task->scale);
  return TRUE;
}

/* A half's parameters move by the thread that uses them, so that they end up in its cache. */
static gboolean
obey (NnTeam *team, guint half, guint *guess, float *loss)
{
  NnWorkspace *workspace = team->workspaces[half];

  switch (team->tasks[half].command)
    {
    case LOAD:
      workspace->own[half] = team->own[half];
      nn_lstm_own_load (team->model, workspace, half);
      team->names_until_sum[half] = 0;
      return TRUE;
    case STORE:
      nn_lstm_own_store (team->model, workspace, half);
      workspace->own[half] = NULL;
      return TRUE;
    case LEARN:
    default:
      return learn (team, half, guess, loss);
    }
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

static void
take_task (NnTeam *team)
{
  const NnWorkspace *from = team->workspaces[0];
  NnWorkspace *to = team->workspaces[1];

  team->tasks[1] = team->tasks[0];
  to->length = from->length;
  memcpy (to->letters, from->letters, from->length);
}

/* A name has no barrier at its end: the one that begins the next is enough. */
static void
end_task (NnTeam *team, guint half)
{
  if (team->tasks[half].command != LEARN)
    meet (team, half);
}

static gpointer
second_thread (gpointer data)
{
  NnTeam *team = data;

  while (wait_for_name (team))
    {
      take_task (team);
      obey (team, 1, NULL, NULL);
      end_task (team, 1);
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

  team->tasks[0].command = command;
  /* The second thread comes to the first barrier by itself; it only has to be awake. */
  mine = atomic_fetch_add (&team->arrivals[0].count, 1) + 1;
  call_second_thread (team);
  while ((int) (atomic_load_explicit (&team->arrivals[1].count, memory_order_acquire) - mine) < 0)
    relax ();
  done = obey (team, 0, guess, loss);
  end_task (team, 0);
  return done;
}

gboolean
nn_team_learn (NnTeam *team, guint target, float *block, float scale, guint *guess, float *loss)
{
  if (team->workspaces[0]->own[0] == NULL)
    carry_out (team, LOAD, NULL, NULL);
  team->target = target;
  team->tasks[0].block = block;
  team->tasks[0].scale = scale;
  return carry_out (team, LEARN, guess, loss);
}

void
nn_team_flush (NnTeam *team)
{
  if (team->workspaces[0]->own[0] == NULL)
    return;
  carry_out (team, STORE, NULL, NULL);
  team->workspaces[0]->names_until_sum = 0;
}

/* ---- Which way ---- */

static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

gboolean
nn_team_begin (NnTeam *team)
{
  if (team->always)
    return TRUE;
  team->began = now ();
  return nn_team_choice_begin (&team->choice);
}

void
nn_team_end (NnTeam *team)
{
  if (!team->always)
    nn_team_choice_end (&team->choice, team->workspaces[0]->length, now () - team->began);
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
  team->workspaces[0] = workspace;
  team->workspaces[1] = nn_workspace_new (model);
  team->arrivals = g_aligned_alloc0 (NN_N_HALVES, sizeof (Arrivals), _Alignof (Arrivals));
  for (guint half = 0; half < NN_N_HALVES; half++)
    {
      team->own[half] = new_array (nn_lstm_own_size (model, half));
      team->outputs[half] = new_array ((NN_MAX_LETTERS + 1) * outputs_stride (team, half));
      for (guint turn = 0; turn < 2; turn++)
        team->parts[half][turn] = new_array (model->layout.units_stride);
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
    {
      g_aligned_free (team->own[half]);
      g_aligned_free (team->outputs[half]);
      for (guint turn = 0; turn < 2; turn++)
        g_aligned_free (team->parts[half][turn]);
    }
  nn_workspace_free (team->workspaces[1]);
  g_aligned_free (team->arrivals);
  g_mutex_clear (&team->mutex);
  g_cond_clear (&team->cond);
  g_free (team);
}
