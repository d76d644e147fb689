/* error.h: the errors that a person can cause.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  NN_ERROR_DATA,     /* a folder of names that can't be used */
  NN_ERROR_NAME,     /* a name that no network can read */
  NN_ERROR_SETTINGS, /* a setting out of its range */
  NN_ERROR_WEIGHTS,  /* a weights file that can't be used */
  NN_ERROR_FILE,     /* a file that can't be read or written */
} NnError;

#define NN_ERROR (nn_error_quark ())

GQuark nn_error_quark (void);

G_END_DECLS
