/* lock.h: the one way in which threads of the program lock, understood by ThreadSanitizer.
 *
 * GLib's mutex is a futex in code that the sanitizer did not instrument, so it must be told of each lock.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#if defined(__SANITIZE_THREAD__)
#define SCOPE_HAS_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SCOPE_HAS_THREAD_SANITIZER 1
#endif
#endif

#ifdef SCOPE_HAS_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#endif

G_BEGIN_DECLS

static inline void
scope_lock (GMutex *mutex)
{
#ifdef SCOPE_HAS_THREAD_SANITIZER
  __tsan_mutex_pre_lock (mutex, 0);
#endif
  g_mutex_lock (mutex);
#ifdef SCOPE_HAS_THREAD_SANITIZER
  __tsan_mutex_post_lock (mutex, 0, 0);
#endif
}

static inline void
scope_unlock (GMutex *mutex)
{
#ifdef SCOPE_HAS_THREAD_SANITIZER
  __tsan_mutex_pre_unlock (mutex, 0);
#endif
  g_mutex_unlock (mutex);
#ifdef SCOPE_HAS_THREAD_SANITIZER
  __tsan_mutex_post_unlock (mutex, 0);
#endif
}

/* Waits with @mutex held; it is held again on return. */
static inline void
scope_wait (GCond *cond, GMutex *mutex)
{
#ifdef SCOPE_HAS_THREAD_SANITIZER
  __tsan_mutex_pre_unlock (mutex, 0);
  __tsan_mutex_post_unlock (mutex, 0);
#endif
  g_cond_wait (cond, mutex);
#ifdef SCOPE_HAS_THREAD_SANITIZER
  __tsan_mutex_pre_lock (mutex, 0);
  __tsan_mutex_post_lock (mutex, 0, 0);
#endif
}

G_END_DECLS
