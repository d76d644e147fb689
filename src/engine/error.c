/* error.c: the errors that a person can cause.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/error.h"

G_DEFINE_QUARK (nn-error-quark, nn_error)
