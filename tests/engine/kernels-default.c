/* kernels-default.c: the kernels once more, without the versions for newer processors.
 *
 * The engine's own source under other names, so that what an old processor would run is tested on a new one too.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define nn_kernel_affine default_affine
#define nn_kernel_add_rows default_add_rows
#define nn_kernel_dot_rows default_dot_rows
#define nn_kernel_add_outer default_add_outer
#define nn_kernel_dot_and_outer default_dot_and_outer
#define nn_kernel_add_scaled default_add_scaled
#define nn_kernel_sum_abs default_sum_abs
#define nn_kernel_sigmoid default_sigmoid
#define nn_kernel_lstm_cell default_lstm_cell
#define nn_kernel_lstm_cell_backward default_lstm_cell_backward

/* The attribute that asks for those versions becomes one that asks for nothing, and the processor has nothing new. */
#define target_clones(...) unused
#define __builtin_cpu_supports(feature) 0

#include "../../src/engine/kernels-elementwise.c"
#include "../../src/engine/kernels-outer.c"
#include "../../src/engine/kernels.c"

#include "kernel-variants.h"

const KernelVariant kernels_default = {
  "default",
  default_affine,
  default_add_rows,
  default_dot_rows,
  default_add_outer,
  default_dot_and_outer,
  default_add_scaled,
  default_sum_abs,
  default_sigmoid,
  default_lstm_cell,
  default_lstm_cell_backward,
};
