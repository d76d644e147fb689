/* kernels-private.h: how the kernels are made for the processor that they run on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/kernels.h"

/* A sanitizer's start-up can't yet resolve cloned functions. */
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define NN_HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define NN_HAS_SANITIZER 1
#endif
#endif

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(NN_HAS_SANITIZER)
#define NN_ENTRY __attribute__ ((target_clones ("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#define NN_HAS_CLONES 1
#define NN_V3 __attribute__ ((target ("arch=x86-64-v3")))
#define NN_HAS_V3 (__builtin_cpu_supports ("x86-64-v3"))
#define NN_V4 __attribute__ ((target ("arch=x86-64-v4,prefer-vector-width=512")))
#ifndef NN_HAS_V4
#define NN_HAS_V4 (__builtin_cpu_supports ("x86-64-v4"))
#endif
#else
#define NN_ENTRY
#define NN_HAS_CLONES 0
#endif

#define NN_INNER static inline __attribute__ ((always_inline))

/* Eight and sixteen numbers at any address. */
typedef float Vector_8 __attribute__ ((vector_size (32), aligned (4), may_alias));
typedef float Vector_16 __attribute__ ((vector_size (64), aligned (4), may_alias));

typedef int Places __attribute__ ((vector_size (32)));

/* Of two vectors at once: sums of neighbours, then of their pairs. Macros, for a function of such vectors would not have
 * the same ABI everywhere. */
#define PICK(a, b, ...) __builtin_shuffle (a, b, (Places){ __VA_ARGS__ })
#define ADD_ONES(a, b) (PICK (a, b, 0, 8, 2, 10, 4, 12, 6, 14) + PICK (a, b, 1, 9, 3, 11, 5, 13, 7, 15))
#define ADD_PAIRS(a, b) (PICK (a, b, 0, 1, 8, 9, 4, 5, 12, 13) + PICK (a, b, 2, 3, 10, 11, 6, 7, 14, 15))

/* The numbers of one half of a vector of sixteen. */
#define LOWER_HALF(a) __builtin_shufflevector (a, a, 0, 1, 2, 3, 4, 5, 6, 7)
#define UPPER_HALF(a) __builtin_shufflevector (a, a, 8, 9, 10, 11, 12, 13, 14, 15)
