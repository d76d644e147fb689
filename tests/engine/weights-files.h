/* weights-files.h: networks and files for the tests of weights.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-folder.h"

#include "engine/weights.h"

/* A network with drawn parameters and the classes "Class 00", "Class 01"... */
NnModel *test_model_new (NnKind kind, guint hidden, guint n_classes, guint32 seed);

/* Same kind, size, classes, and the same bits in every parameter. */
void test_assert_same_model (const NnModel *a, const NnModel *b);

/* @header as it stands in a file: with " where it has '. (transfer full) */
char *test_header_text (const char *header);

/* Makes test->path of that text behind its length, then @n_data bytes: floats of 0.5. */
void test_write_raw (const TestFolder *test, const char *header, gsize n_data);

/* A sound file by hand: an RNN of 8 units and the classes A and B. */
#define TEST_METADATA                                                                                                  \
  "{'__metadata__':{'format':'pt','gatescope.model':'rnn','gatescope.hidden':'8','gatescope.classes':'A\\nB',"         \
  "'gatescope.iterations':'7','gatescope.seed':'3'},"
#define TEST_TENSORS                                                                                                   \
  "'i2h.weight':{'dtype':'F32','shape':[8,65],'data_offsets':[0,2080]},"                                               \
  "'i2h.bias':{'dtype':'F32','shape':[8],'data_offsets':[2080,2112]},"                                                 \
  "'i2o.weight':{'dtype':'F32','shape':[2,65],'data_offsets':[2112,2632]},"                                            \
  "'i2o.bias':{'dtype':'F32','shape':[2],'data_offsets':[2632,2640]}}"
#define TEST_DATA_BYTES 2640
