/* progress.c: bars on the standard error, redrawn in place; only where that is a terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include "cli/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_COLUMNS 80
#define MIN_BAR 10
#define MAX_BAR 40
#define LINE_UP "\033[%uA"
#define CLEAR_LINE "\r\033[K"

typedef struct
{
  char *label;
  double done;
  char **details;
} Bar;

struct _CliProgress
{
  Bar *bars;
  guint n_bars;
  guint label_width;
  gboolean shown;
  guint drawn; /* lines that stand above the cursor */
};

/* A terminal that can't move its cursor would get a new line with every redraw. */
static gboolean
can_redraw (void)
{
  const char *terminal = g_getenv ("TERM");

  return isatty (STDERR_FILENO) && terminal != NULL && *terminal != '\0' && strcmp (terminal, "dumb") != 0;
}

CliProgress *
cli_progress_new (const char *const *labels, gboolean quiet)
{
  CliProgress *progress = g_new0 (CliProgress, 1);

  progress->n_bars = g_strv_length ((char **) labels);
  progress->bars = g_new0 (Bar, progress->n_bars);
  progress->shown = !quiet && can_redraw ();
  for (guint i = 0; i < progress->n_bars; i++)
    {
      progress->bars[i].label = g_strdup (labels[i]);
      progress->label_width = MAX (progress->label_width, cli_text_width (labels[i]));
    }
  return progress;
}

void
cli_progress_free (CliProgress *progress)
{
  cli_progress_hide (progress);
  for (guint i = 0; i < progress->n_bars; i++)
    {
      g_free (progress->bars[i].label);
      g_strfreev (progress->bars[i].details);
    }
  g_free (progress->bars);
  g_free (progress);
}

void
cli_progress_set (CliProgress *progress, guint bar, double done, const char *const *details)
{
  g_assert (bar < progress->n_bars);
  progress->bars[bar].done = isfinite (done) ? CLAMP (done, 0.0, 1.0) : 0.0;
  g_strfreev (progress->bars[bar].details);
  progress->bars[bar].details = g_strdupv ((char **) details);
}

/* Never the last column: some terminals go to the next line as soon as it is written. */
static guint
usable_columns (void)
{
  struct winsize size;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return DEFAULT_COLUMNS - 1;
  return (guint) size.ws_col - 1;
}

/* Cuts @line to @columns columns. */
static void
cut (GString *line, guint columns)
{
  guint width = 0;
  const char *at = line->str;

  while (*at != '\0')
    {
      gunichar character = g_utf8_get_char (at);

      width += g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2 : 1;
      if (width > columns)
        break;
      at = g_utf8_next_char (at);
    }
  g_string_truncate (line, (gsize) (at - line->str));
}

/* @bar as it is drawn in @columns columns. (transfer full) */
static char *
bar_line (const Bar *bar, guint label_width, guint columns)
{
  g_autofree char *percent = g_strdup_printf ("%3d %%", (int) floor (100.0 * bar->done));
  guint fixed = label_width + (guint) strlen ("  []  ") + (guint) strlen (percent);
  guint length = columns > fixed ? columns - fixed : 0;
  GString *line = g_string_new (bar->label);
  guint kept = 0, full;

  for (; bar->details != NULL && bar->details[kept] != NULL; kept++)
    {
      guint width = cli_text_width (bar->details[kept]) + 2;

      if (length < width + MIN_BAR)
        break;
      length -= width;
    }
  length = MIN (length, MAX_BAR);
  full = (guint) floor (bar->done * length);
  for (guint i = cli_text_width (bar->label); i < label_width; i++)
    g_string_append_c (line, ' ');
  g_string_append (line, "  [");
  for (guint i = 0; i < length; i++)
    g_string_append_c (line, i < full ? '#' : '-');
  g_string_append_printf (line, "]  %s", percent);
  for (guint i = 0; i < kept; i++)
    g_string_append_printf (line, "  %s", bar->details[i]);
  cut (line, columns);
  return g_string_free (line, FALSE);
}

void
cli_progress_draw (CliProgress *progress)
{
  guint columns;

  if (!progress->shown)
    return;
  columns = usable_columns ();
  if (progress->drawn > 0)
    fprintf (stderr, LINE_UP, progress->drawn);
  for (guint i = 0; i < progress->n_bars; i++)
    {
      g_autofree char *line = bar_line (&progress->bars[i], progress->label_width, columns);

      fprintf (stderr, CLEAR_LINE "%s\n", line);
    }
  fflush (stderr);
  progress->drawn = progress->n_bars;
}

void
cli_progress_hide (CliProgress *progress)
{
  if (progress->drawn == 0)
    return;
  fprintf (stderr, LINE_UP "\r\033[J", progress->drawn);
  fflush (stderr);
  progress->drawn = 0;
}

char *
cli_duration_text (double seconds)
{
  guint64 whole;

  if (!isfinite (seconds) || seconds < 0 || seconds > 1e9)
    return g_strdup ("-");
  whole = (guint64) ceil (seconds);
  if (whole < 3600)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u", whole / 60, (guint) (whole % 60));
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u", whole / 3600, (guint) (whole / 60 % 60),
                          (guint) (whole % 60));
}
