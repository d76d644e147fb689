/* memory.h: how much memory a test has.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* own_memory: KiB that are the process's alone and lie in no file, or 0 where the system doesn't tell. */
guint64 own_memory (void);

G_END_DECLS
