/* compare-figures.c: what the files of the Compare page say of themselves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/compare-figures.h"

char *
scope_export_description (ScopeSession *session)
{
  const ScopeSettings *settings = scope_session_get_settings (session);
  NnDataset *dataset = scope_session_get_dataset (session);

  const char *preset = *settings->preset != '\0' ? settings->preset : "none";
  char held_out[G_ASCII_DTOSTR_BUF_SIZE];

  /* As in every file, in English and the C locale. */
  return g_strdup_printf ("data %s; preset %s; hidden size %u; seed %u; held out %s",
                          dataset != NULL ? nn_dataset_hash (dataset) : "none", preset, settings->hidden,
                          settings->seed, g_ascii_formatd (held_out, sizeof held_out, "%g", settings->hold_out));
}
