/* program.h: runs gatescope-cli in a folder of its own and looks at what it did.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/json.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A new folder, in which the program runs; it has a folder "names" of three small classes. */
typedef struct
{
  char *folder;
} Place;

void place_set_up (Place *place, gconstpointer data);
void place_tear_down (Place *place, gconstpointer data);

/* place_path: (transfer full): a path in the folder. */
char *place_path (const Place *place, const char *name);

/* place_write: makes a file of @text, and its folder if need be. */
void place_write (const Place *place, const char *name, const char *text);

/* place_read: the bytes of a file, which must be there. (transfer full) */
GBytes *place_read (const Place *place, const char *name);
gboolean place_has (const Place *place, const char *name);

/* How the program ended. */
typedef struct
{
  int status;   /* its exit code */
  char *output; /* never NULL; standard output */
  char *errors; /* standard error */
} Outcome;

void outcome_clear (Outcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* program_launcher: for a run with English words and no terminal; set up for more by the caller. (transfer full) */
GSubprocessLauncher *program_launcher (const Place *place, GSubprocessFlags flags);

/* program_start: @line is split as a shell does. (transfer full) */
GSubprocess *program_start (GSubprocessLauncher *launcher, const char *line);

/* program_run: runs it to its end with nothing on its standard input. */
Outcome program_run (const Place *place, const char *line);
/* The same with @length bytes (-1: up to the NUL) on its standard input. */
Outcome program_run_with (const Place *place, const char *input, gssize length, const char *line);

/* program_finish: waits for the end of one that was started with both outputs as pipes. */
Outcome program_finish (GSubprocess *program);

/* program_succeed: runs it; it must exit with 0 and say nothing on its standard error. (transfer full): its output */
char *program_succeed (const Place *place, const char *line);

/* program_fail:
 * Runs it; it must exit with @status and say exactly "gatescope-cli: " and @message, in one line. An asterisk in
 * @message stands for any words: where the sentence is another part's. */
void program_fail (const Place *place, int status, const char *message, const char *line);

/* lines_json: each line of @text, which must be a JSON object, in order. (transfer full): of json_t */
GPtrArray *lines_json (const char *text);

/* assert_keys: whether @object has exactly these keys, in this order, a blank between two. */
void assert_keys (const json_t *object, const char *keys);

/* Values that must be there and of that type. */
const char *string_of (const json_t *object, const char *key);
double number_of (const json_t *object, const char *key);

#define PLACE_ADD(name, function) g_test_add (name, Place, NULL, place_set_up, function, place_tear_down)

G_END_DECLS
