/* folder.c: folders of names that a test makes and removes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/folder.h"

#include <glib/gstdio.h>

void
folder_write (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GError *error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

void
folder_write_three_classes (const char *folder)
{
  g_mkdir (folder, 0700);
  folder_write (folder, "Ala.txt", "Alana\nBala\nCalada\nDalama\nGarala\nHalata\n");
  folder_write (folder, "Obo.txt", "Obolo\nBobo\nColobo\nDombo\nGombo\nHobolo\n");
  folder_write (folder, "Uru.txt", "Uruk\nBurut\nCurun\nDurum\nGurus\nHurul\n");
}

void
folder_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_remove (path) != 0)
        folder_remove (path);
    }
  g_rmdir (folder);
}
