/* machine.h: what this machine can do at most, for the instructions that the kernels are compiled for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* machine_read_rate: bytes a second that can be read again and again from a block of @bytes (a multiple of 16,384). */
double machine_read_rate (size_t bytes);

/* machine_multiply_add_rate: float32 multiply-adds a second, all operands in registers. */
double machine_multiply_add_rate (void);

/* machine_flush: takes @bytes at @memory out of the caches, and whatever else the near ones hold. */
void machine_flush (const void *memory, size_t bytes);
