/* names-folder.h: folders of names for a test, gone when it ends.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* names_folder_new: makes an empty folder. (transfer full) */
char *names_folder_new (void);

/* names_folder_free: removes the folder with all that is in it, and frees its path. */
void names_folder_free (char *folder);

typedef char NamesFolder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NamesFolder, names_folder_free)

/* names_folder_write: writes @text into @file of @folder; names_folder_write_bytes: @length bytes, NULs too. */
void names_folder_write (const char *folder, const char *file, const char *text);
void names_folder_write_bytes (const char *folder, const char *file, const char *bytes, gsize length);

/* names_folder_mkdir: makes a folder in the folder. */
void names_folder_mkdir (const char *folder, const char *name);

G_END_DECLS
