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
#define NN_ENTRY __attribute__ ((target_clones ("default", "arch=x86-64-v3")))
#define NN_HAS_CLONES 1
#define NN_V3 __attribute__ ((target ("arch=x86-64-v3")))
#define NN_HAS_V3 (__builtin_cpu_supports ("x86-64-v3"))
#else
#define NN_ENTRY
#define NN_HAS_CLONES 0
#endif

#define NN_INNER static inline __attribute__ ((always_inline))

/* Eight numbers at any address. */
typedef float Vector __attribute__ ((vector_size (32), aligned (4), may_alias));
