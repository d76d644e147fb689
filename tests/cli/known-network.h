/* known-network.h: files of small networks whose weights follow from a rule.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "program.h"

#include "engine/model.h"

G_BEGIN_DECLS

#define KNOWN_HIDDEN 16
#define KNOWN_SEED 5

/* The classes of the folder "names" of a place; NULL-terminated. */
extern const char *const known_classes[];

/* known_network: the weights by rule. (transfer full) */
NnModel *known_network (NnKind kind);

/* known_network_write: the same, written to KIND.safetensors as the program does; the file says KNOWN_SEED. */
NnModel *known_network_write (const Place *place, NnKind kind);

/* known_network_write_bare: writes "bare": the tensors of @model and nothing else, as PyTorch does. */
void known_network_write_bare (const Place *place, const NnModel *model);

/* only_object: the one line of @output. (transfer full) */
json_t *only_object (const char *output);

/* assert_log_probs: whether these are the network's numbers [C], to the last digit. */
void assert_log_probs (const json_t *log_probs, const float *expected);

G_END_DECLS
