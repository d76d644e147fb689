/* run-title.h: what a run is called, from its settings.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/preset.h"

G_BEGIN_DECLS

/* scope_kind_title: a kind of network for people, translated: "LSTM by hand". (transfer none) */
const char *scope_kind_title (NnKind kind);

/* scope_preset_title: a preset as part of a run's title, translated: "as in the report"; @preset is one that
 * nn_settings_preset knows. (transfer none) */
const char *scope_preset_title (const char *preset);

/* scope_settings_get_preset: the preset that @settings are, whatever their seed; NULL where they are none.
 * (transfer none) */
const char *scope_settings_get_preset (const NnSettings *settings);

/* scope_run_title:
 * "LSTM, as in the report, seed 1", or with what differs from the preset that is nearest: "LSTM, learning rate 0.05, 64
 * hidden units, seed 1". Translated. (transfer full) */
char *scope_run_title (const NnSettings *settings);

G_END_DECLS
