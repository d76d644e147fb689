/* kernels-v3.c: the kernels once more, without the version for the newest processors.
 *
 * The engine's own source under other names, so that what a processor with vectors of 32 bytes would run is tested on a
 * newer one too.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define nn_kernel_affine v3_affine
#define nn_kernel_add_rows v3_add_rows
#define nn_kernel_dot_rows v3_dot_rows
#define nn_kernel_add_outer v3_add_outer
#define nn_kernel_dot_and_outer v3_dot_and_outer
#define nn_kernel_add_scaled v3_add_scaled
#define nn_kernel_sum_abs v3_sum_abs
#define nn_kernel_sigmoid v3_sigmoid
#define nn_kernel_lstm_cell v3_lstm_cell
#define nn_kernel_lstm_cell_backward v3_lstm_cell_backward

/* As if the processor had no vectors of 64 bytes. */
#define target_clones(...) target_clones ("default", "arch=x86-64-v3")
#define NN_HAS_V4 0

#include "../../src/engine/kernels-elementwise.c"
#include "../../src/engine/kernels-outer.c"
#include "../../src/engine/kernels.c"

#include "kernel-variants.h"

const KernelVariant kernels_v3 = {
  "v3",
  v3_affine,
  v3_add_rows,
  v3_dot_rows,
  v3_add_outer,
  v3_dot_and_outer,
  v3_add_scaled,
  v3_sum_abs,
  v3_sigmoid,
  v3_lstm_cell,
  v3_lstm_cell_backward,
};
