/* i18n.h: how the engine's messages are translated: the one place that knows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

#define GETTEXT_PACKAGE GATESCOPE_GETTEXT_DOMAIN
#include <glib/gi18n-lib.h>
