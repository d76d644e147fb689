/* gates-letters.h: "gates --letters" and "gates --substitutions": which letters of a name counted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/name.h"
#include "engine/model.h"

G_BEGIN_DECLS

/* cli_print_letters:
 * Prints the effect of taking each letter out, gradient times input, and for the RNN what each letter contributes.
 * @target: the class that is looked at, or -1 for the one that is guessed */
void cli_print_letters (const NnModel *model, const CliName *name, int target, gboolean json);

/* cli_print_substitutions: prints what the guess would become with every other letter at every place. */
void cli_print_substitutions (const NnModel *model, const CliName *name, gboolean json);

G_END_DECLS
