/* train-paths.c: where the weights and the record of each run go.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train-plan.h"

#include "cli/error.h"
#include "cli/inputs.h"
#include "engine/run-record.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WEIGHTS_ENDING ".safetensors"

static gboolean
is_folder (const CliTrainOptions *options)
{
  return options->all || options->n_seeds > 1 || g_str_has_suffix (options->out, "/")
         || g_file_test (options->out, G_FILE_TEST_IS_DIR);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  g_autofree char *shown = g_filename_display_name (folder);

  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;
  return cli_fail (error, _("%s: the folder can't be made: %s; give another --out"), shown, g_strerror (errno));
}

/* A file is written by putting a new one in its place, so what has to be writable is its folder. */
static gboolean
check_folder (const char *folder, const char *path, GError **error)
{
  g_autofree char *probe = g_build_filename (folder, ".gatescope-XXXXXX", NULL);
  g_autofree char *shown = g_filename_display_name (path);
  int fd = g_mkstemp (probe);

  if (fd < 0 && errno == ENOENT)
    return cli_fail (error, _("%s: there is no such folder; make it, or give another --out"), shown);
  if (fd < 0)
    return cli_fail (error, _("%s: can't be written: %s; give another --out"), shown, g_strerror (errno));
  close (fd);
  g_unlink (probe);
  return TRUE;
}

static gboolean
check_file (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *folder = NULL;
  char *target = realpath (path, NULL);
  struct stat facts;
  gboolean fine;

  if (target == NULL && errno != ENOENT)
    return cli_fail (error, _("%s: can't be written: %s; give another --out"), shown, g_strerror (errno));
  if (target != NULL && stat (target, &facts) == 0 && !S_ISREG (facts.st_mode))
    fine = cli_fail (error, _("%s: can't be written: it is no file; give another --out"), shown);
  else if (target != NULL && g_access (target, W_OK) != 0)
    fine = cli_fail (error, _("%s: can't be written: %s; give another --out"), shown, g_strerror (errno));
  else
    {
      folder = g_path_get_dirname (target != NULL ? target : path);
      fine = check_folder (folder, path, error);
    }
  free (target);
  return fine;
}

gboolean
cli_plans_choose_paths (GPtrArray *plans, const CliTrainOptions *options, GError **error)
{
  gboolean folder;

  if (options->out == NULL)
    return TRUE;
  folder = is_folder (options);
  if (folder && !make_folder (options->out, error))
    return FALSE;
  for (guint i = 0; i < plans->len; i++)
    {
      CliPlan *plan = g_ptr_array_index (plans, i);
      const char *id = nn_kind_id (plan->settings.kind);
      g_autofree char *name = plan->of_set ? g_strdup_printf ("%s-seed-%u" WEIGHTS_ENDING, id, plan->settings.seed)
                                           : g_strconcat (id, WEIGHTS_ENDING, NULL);

      plan->weights_path = folder ? g_build_filename (options->out, name, NULL) : g_strdup (options->out);
      plan->record_path = nn_run_record_path (plan->weights_path);
      if (!check_file (plan->weights_path, error) || !check_file (plan->record_path, error))
        return FALSE;
    }
  return TRUE;
}
