/* name.h: a name that a person has given, and what the networks read of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *given;         /* UTF-8; bytes that are none are replaced */
  char *ascii;         /* reduced; "" where there was nothing to reduce */
  char *dropped;       /* the letters that it lost */
  const char *problem; /* why no network can read it, NULL where one can; untranslated, as JSON wants it */
  char *owned_problem;
} CliName;

/* cli_name_init: reads @length bytes that may be anything. */
void cli_name_init (CliName *name, const char *bytes, gsize length);

/* cli_name_init_too_long: a name of which only the beginning was read. */
void cli_name_init_too_long (CliName *name, const char *bytes, gsize length);

void cli_name_clear (CliName *name);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliName, cli_name_clear)

/* cli_name_print: prints the name as the heading of what follows, with what was made of it where that differs. */
void cli_name_print (const CliName *name);

G_END_DECLS
