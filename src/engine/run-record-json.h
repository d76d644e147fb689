/* run-record-json.h: a record of a run as JSON, for files that hold it beside other things.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/json.h"
#include "engine/run-record.h"

G_BEGIN_DECLS

/* nn_run_record_to_json: the object that nn_run_record_save writes. (transfer full) */
json_t *nn_run_record_to_json (const NnRunRecord *record);

/* nn_run_record_from_json:
 * @path: of the file that @object was read from, for messages
 * Returns: (transfer full). Errors: NN_ERROR_DATA naming what is wrong in it. */
NnRunRecord *nn_run_record_from_json (const char *path, const json_t *object, GError **error);

/* nn_json_load:
 * Reads a file that is one JSON object.
 * @limit: the most bytes that it may have
 * Returns: (transfer full). Errors: NN_ERROR_FILE, NN_ERROR_DATA where it is no object. */
json_t *nn_json_load (const char *path, gsize limit, GError **error);

G_END_DECLS
