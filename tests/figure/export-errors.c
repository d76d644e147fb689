/* export-errors.c: what is said when a figure can't be written, and that nothing half is left behind.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* A folder, a path in it that isn't there yet, and a page to write. */
typedef struct
{
  char *folder;
  char *path;
  FigTheme theme;
  FigCurves curves;
  FigPage page;
} Sample;

static void
set_up (Sample *sample, gconstpointer data)
{
  sample->folder = g_dir_make_tmp ("gatescope-XXXXXX", NULL);
  sample->path = g_build_filename (sample->folder, "figure.pdf", NULL);
  fig_theme_init (&sample->theme, FALSE);
  sample->page = (FigPage){
    .draw = FIG_DRAW (fig_curves_draw), .figure = &sample->curves, .theme = &sample->theme, .width = 300, .height = 200,
  };
}

static guint
count_files (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  g_dir_close (dir);
  return n;
}

static void
tear_down (Sample *sample, gconstpointer data)
{
  GDir *dir = g_dir_open (sample->folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (sample->folder, name, NULL);

      g_remove (path);
    }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (sample->folder), ==, 0);
  g_free (sample->folder);
  g_free (sample->path);
}

/* That writing to @path fails with "PATH: MESSAGE", in one line. */
static void
assert_fails (const Sample *sample, const char *path, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *expected = g_strdup_printf ("%s: %s", shown, message);

  g_assert_false (fig_export (&sample->page, path, &error));
  g_assert_error (error, FIG_ERROR, code);
  g_assert_cmpstr (error->message, ==, expected);
  g_assert_null (strchr (error->message, '\n'));
}

static void
test_ending (Sample *sample, gconstpointer data)
{
  static const char *const names[] = { "figure", "figure.jpg", "figure.svgz", ".png", "png", "figure.png ", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_fails (sample, names[i], FIG_ERROR_FORMAT,
                  "the ending says no format; give a name that ends in .png, .svg, .pdf, .csv or .tex");
}

static void
test_place (Sample *sample, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (sample->folder, "no", "figure.pdf", NULL);
  g_autofree char *folder = g_build_filename (sample->folder, "folder.svg", NULL);
  g_autofree char *under_file = NULL, *long_name = g_strnfill (300, 'x'), *too_long = NULL;
  g_autofree char *long_file = g_strconcat (long_name, ".pdf", NULL);

  assert_fails (sample, missing, FIG_ERROR_WRITE, "there is no such folder; make it, or choose another");
  g_mkdir (folder, 0700);
  assert_fails (sample, folder, FIG_ERROR_WRITE, "is a folder; give the name of a file in it");
  g_rmdir (folder);
  g_assert_true (fig_export (&sample->page, sample->path, NULL));
  under_file = g_build_filename (sample->path, "figure.pdf", NULL);
  assert_fails (sample, under_file, FIG_ERROR_WRITE, "there is no such folder; make it, or choose another");
  too_long = g_build_filename (sample->folder, long_file, NULL);
  assert_fails (sample, too_long, FIG_ERROR_WRITE, "the name is too long; choose a shorter one");
  g_assert_cmpuint (count_files (sample->folder), ==, 1);
}

/* A device is no place for a figure: it must still be a device afterwards. */
static void
test_device (Sample *sample, gconstpointer data)
{
  g_autofree char *link = g_build_filename (sample->folder, "device.png", NULL);

  g_assert_cmpint (symlink ("/dev/full", link), ==, 0);
  assert_fails (sample, link, FIG_ERROR_WRITE, "is not a file; give another name");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
}

static void
test_read_only (Sample *sample, gconstpointer data)
{
  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  g_chmod (sample->folder, 0500);
  assert_fails (sample, sample->path, FIG_ERROR_WRITE, "writing there is not allowed; choose another folder");
  g_chmod (sample->folder, 0700);
}

/* A limit on the size of files stands for the full disk: it, too, lets a part be written. The file that was there stays
 * as it was, and no part of the new one is left. */
static void
test_no_space (Sample *sample, gconstpointer data)
{
  static const char *const endings[] = { ".pdf", ".svg", ".png" };
  struct rlimit limit, tiny = { 100, RLIM_INFINITY };

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  tiny.rlim_max = limit.rlim_max;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat ("old", endings[i], NULL), *contents = NULL;
      g_autofree char *path = g_build_filename (sample->folder, name, NULL);
      g_autoptr (GError) error = NULL;
      gboolean done;

      g_assert_true (g_file_set_contents (path, "the old one", -1, NULL));
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tiny), ==, 0);
      done = fig_export (&sample->page, path, &error);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      g_assert_false (done);
      g_assert_error (error, FIG_ERROR, FIG_ERROR_WRITE);
      g_assert_true (g_str_has_prefix (error->message, path));
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "the old one");
      g_assert_cmpuint (count_files (sample->folder), ==, i + 1);
    }
}

static void
test_size (Sample *sample, gconstpointer data)
{
  static const double sizes[][2] = { { 0, 100 }, { 100, -1 }, { NAN, 100 }, { 100, INFINITY }, { 20000, 100 } };
  g_autofree char *image = g_build_filename (sample->folder, "figure.png", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;

      sample->page.width = sizes[i][0];
      sample->page.height = sizes[i][1];
      g_assert_false (fig_export (&sample->page, sample->path, &error));
      g_assert_error (error, FIG_ERROR, FIG_ERROR_SIZE);
      g_assert_true (g_str_has_prefix (error->message, sample->path));
      g_assert_nonnull (strstr (error->message, "give sides from 1 to 14400 points"));
    }
  sample->page.width = sample->page.height = 1000;
  sample->page.dpi = 2400;
  assert_fails (sample, image, FIG_ERROR_SIZE,
                "an image of 33333 by 33333 pixels can't be made; give a lower resolution or a smaller size");
  sample->page.dpi = 1800;
  assert_fails (sample, image, FIG_ERROR_SIZE,
                "an image of 25000 by 25000 pixels can't be made; give a lower resolution or a smaller size");
  g_assert_cmpuint (count_files (sample->folder), ==, 0);
}

static void
draw_badly (cairo_t *cr, double width, double height, gconstpointer figure, const FigTheme *theme)
{
  cairo_restore (cr);
}

/* What goes wrong in drawing is seen, in all three formats. */
static void
test_draw (Sample *sample, gconstpointer data)
{
  sample->page.draw = draw_badly;
  for (guint format = 0; format < 3; format++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fig_export_to_bytes (&sample->page, format, &error));
      g_assert_error (error, FIG_ERROR, FIG_ERROR_DRAW);
      g_assert_nonnull (strstr (error->message, "the figure can't be drawn"));
    }
}

/* An existing file is replaced; one behind a link, too, and the link stays. */
static void
test_replace (Sample *sample, gconstpointer data)
{
  g_autofree char *link = g_build_filename (sample->folder, "link.pdf", NULL), *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (sample->path, "the old one", -1, NULL));
  g_assert_cmpint (symlink (sample->path, link), ==, 0);
  g_assert_true (fig_export (&sample->page, link, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_get_contents (sample->path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));
  g_assert_cmpuint (count_files (sample->folder), ==, 2);
  g_clear_pointer (&contents, g_free);
  g_assert_true (fig_save (sample->path, "a,b\n1,2\n", -1, &error));
  g_assert_true (g_file_get_contents (sample->path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "a,b\n1,2\n");
}

#define ADD(name, function) g_test_add ("/export-errors/" name, Sample, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("ending", test_ending);
  ADD ("place", test_place);
  ADD ("device", test_device);
  ADD ("read-only", test_read_only);
  ADD ("no-space", test_no_space);
  ADD ("size", test_size);
  ADD ("draw", test_draw);
  ADD ("replace", test_replace);
  return g_test_run ();
}
