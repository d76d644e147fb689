/* folder.h: folders of names that a test makes and removes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* folder_write: writes @text into the file @name of @folder, which exists. */
void folder_write (const char *folder, const char *name, const char *text);

/* folder_write_three_classes: makes @folder with Ala.txt, Obo.txt and Uru.txt, six invented names in each, which their
 * last letters tell apart. */
void folder_write_three_classes (const char *folder);

/* folder_remove: removes @folder and all that is in it; nothing where there is none. */
void folder_remove (const char *folder);

G_END_DECLS
