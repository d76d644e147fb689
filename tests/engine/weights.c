/* weights.c: networks go into files and come back bit for bit, and what the files look like.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights-files.h"

#include "engine/error.h"
#include "engine/safetensors-read.h"
#include "engine/safetensors-write.h"
#include "engine/snapshot.h"

#include "config.h"

#include <float.h>
#include <math.h>
#include <string.h>

static NnModel *
load (const TestFolder *test, const NnKind *kind, const char *const *classes, NnWeightsFacts **facts)
{
  GError *error = NULL;
  NnModel *model = nn_weights_load (test->path, kind, classes, facts, &error);

  g_assert_no_error (error);
  g_assert_nonnull (model);
  return model;
}

static void
save (const TestFolder *test, const NnModel *model, const NnWeightsFacts *facts)
{
  GError *error = NULL;

  g_assert_true (nn_weights_save (model, facts, test->path, &error));
  g_assert_no_error (error);
}

/* ---- Round trips ---- */

static void
test_round_trip (TestFolder *test, gconstpointer data)
{
  static const guint sizes[] = { 8, 9, 33, 128 };
  static const guint class_counts[] = { 2, 18, 64 };

  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
      for (gsize j = 0; j < G_N_ELEMENTS (class_counts); j++)
        {
          g_autoptr (NnModel) model = test_model_new ((NnKind) kind, sizes[i], class_counts[j], 5);
          g_autoptr (NnModel) loaded = NULL;
          g_autoptr (GBytes) first = NULL;
          g_autoptr (GBytes) second = NULL;

          save (test, model, NULL);
          first = test_folder_read (test);
          loaded = load (test, NULL, NULL, NULL);
          test_assert_same_model (model, loaded);
          save (test, loaded, NULL);
          second = test_folder_read (test);
          g_assert_true (g_bytes_equal (first, second));
          g_assert_cmpuint (test_folder_count (test), ==, 1);
        }
}

static void
test_largest (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnModel) model = test_model_new (NN_LSTM, NN_MAX_HIDDEN, 64, 5);
  g_autoptr (NnModel) loaded = NULL;

  save (test, model, NULL);
  loaded = load (test, NULL, NULL, NULL);
  test_assert_same_model (model, loaded);
}

static void
test_odd_values (TestFolder *test, gconstpointer data)
{
  static const float odd[] = { 0.0f, -0.0f, FLT_MAX, -FLT_MAX, FLT_MIN, FLT_TRUE_MIN, -FLT_TRUE_MIN, 0.1f };
  g_autoptr (NnModel) model = test_model_new (NN_RNN, 8, 2, 1);
  g_autoptr (NnModel) loaded = NULL;

  nn_tensor_write (nn_model_tensor (model, "i2h.bias"), model->parameters, odd);
  save (test, model, NULL);
  loaded = load (test, NULL, NULL, NULL);
  test_assert_same_model (model, loaded);
}

static void
test_facts (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnModel) model = test_model_new (NN_GATE_LSTM, 8, 3, 1);
  g_autoptr (NnWeightsFacts) facts = nn_weights_facts_new ();
  g_autoptr (NnWeightsFacts) all = NULL;
  g_autoptr (NnWeightsFacts) none = NULL;
  g_autoptr (NnModel) with = NULL;
  g_autoptr (NnModel) without = NULL;

  facts->has_iterations = facts->has_seed = TRUE;
  facts->iterations = G_GUINT64_CONSTANT (12345678901);
  facts->seed = G_MAXUINT32;
  facts->data_hash = g_strdup ("0123abcd");
  facts->generator = g_strdup ("AAEC+/==");
  save (test, model, facts);
  with = load (test, NULL, NULL, &all);
  g_assert_true (all->has_iterations && all->has_seed);
  g_assert_cmpuint (all->iterations, ==, facts->iterations);
  g_assert_cmpuint (all->seed, ==, facts->seed);
  g_assert_cmpstr (all->data_hash, ==, facts->data_hash);
  g_assert_cmpstr (all->generator, ==, facts->generator);

  save (test, model, NULL);
  without = load (test, NULL, NULL, &none);
  g_assert_false (none->has_iterations || none->has_seed);
  g_assert_null (none->data_hash);
  g_assert_null (none->generator);
}

/* Seed 0 and no iterations are facts, not the lack of them. */
static void
test_zero_facts (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnModel) model = test_model_new (NN_RNN, 8, 2, 1);
  g_autoptr (NnWeightsFacts) facts = nn_weights_facts_new ();
  g_autoptr (NnWeightsFacts) found = NULL;
  g_autoptr (NnModel) loaded = NULL;

  facts->has_iterations = facts->has_seed = TRUE;
  save (test, model, facts);
  loaded = load (test, NULL, NULL, &found);
  g_assert_true (found->has_iterations && found->has_seed);
  g_assert_cmpuint (found->iterations, ==, 0);
  g_assert_cmpuint (found->seed, ==, 0);
}

/* ---- The bytes ---- */

/* Element j of tensor k is 256 k + j, which float32 holds exactly. */
static void
fill_counting (NnModel *model)
{
  for (guint k = 0; k < model->n_tensors; k++)
    {
      gsize n = nn_tensor_n_elements (&model->tensors[k]);
      g_autofree float *values = g_new (float, n);

      for (gsize j = 0; j < n; j++)
        values[j] = (float) (256 * k + j);
      nn_tensor_write (&model->tensors[k], model->parameters, values);
    }
}

static void
assert_float_at (const guint8 *bytes, gsize place, guint8 b0, guint8 b1, guint8 b2, guint8 b3)
{
  const guint8 expected[] = { b0, b1, b2, b3 };

  g_assert_cmpmem (bytes + place, 4, expected, 4);
}

static void
test_bytes (TestFolder *test, gconstpointer data)
{
  static const char *const classes[] = { "\303\211tat", "B", NULL };
  g_autofree char *expected = test_header_text (
    "{'__metadata__':{'format':'pt','gatescope.version':'" GATESCOPE_VERSION "','gatescope.model':'rnn',"
    "'gatescope.hidden':'8','gatescope.classes':'\303\211tat\\nB','gatescope.iterations':'7','gatescope.seed':'3',"
    "'gatescope.data_hash':'ab','gatescope.generator':'cd'}," TEST_TENSORS);
  g_autoptr (NnModel) model = nn_model_new (NN_RNN, 8, classes, NULL);
  NnWeightsFacts facts = { TRUE, 7, TRUE, 3, (char *) "ab", (char *) "cd" };
  g_autoptr (GBytes) file = NULL;
  const guint8 *bytes;
  gsize n, header;

  fill_counting (model);
  save (test, model, &facts);
  file = test_folder_read (test);
  bytes = g_bytes_get_data (file, &n);
  header = bytes[0] + 256u * bytes[1];
  for (guint i = 2; i < 8; i++)
    g_assert_cmpuint (bytes[i], ==, 0);
  g_assert_cmpuint (header % 8, ==, 0);
  g_assert_cmpuint (header, >=, strlen (expected));
  g_assert_cmpuint (header, <, strlen (expected) + 8);
  g_assert_true (memcmp (bytes + 8, expected, strlen (expected)) == 0);
  for (gsize i = strlen (expected); i < header; i++)
    g_assert_cmpuint (bytes[8 + i], ==, ' ');
  bytes += 8 + header;
  g_assert_cmpuint (n, ==, 8 + header + TEST_DATA_BYTES);
  assert_float_at (bytes, 0, 0x00, 0x00, 0x00, 0x00);       /* i2h.weight[0][0] = 0 */
  assert_float_at (bytes, 4, 0x00, 0x00, 0x80, 0x3f);       /* i2h.weight[0][1] = 1 */
  assert_float_at (bytes, 65 * 4, 0x00, 0x00, 0x82, 0x42);  /* i2h.weight[1][0] = 65 */
  assert_float_at (bytes, 519 * 4, 0x00, 0xc0, 0x01, 0x44); /* i2h.weight[7][64] = 519 */
  assert_float_at (bytes, 2080, 0x00, 0x00, 0x80, 0x43);    /* i2h.bias[0] = 256 */
  assert_float_at (bytes, 2112, 0x00, 0x00, 0x00, 0x44);    /* i2o.weight[0][0] = 512 */
  assert_float_at (bytes, 2636, 0x00, 0x40, 0x40, 0x44);    /* i2o.bias[1] = 769 */
}

static void
test_read_by_hand (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnModel) model = NULL;
  g_autoptr (NnWeightsFacts) facts = NULL;
  float bias[8];

  /* Blanks behind the header are part of the format. */
  test_write_raw (test, TEST_METADATA TEST_TENSORS "     ", TEST_DATA_BYTES);
  model = load (test, NULL, NULL, &facts);
  g_assert_cmpint (model->kind, ==, NN_RNN);
  g_assert_cmpuint (model->hidden, ==, 8);
  g_assert_cmpuint (model->n_classes, ==, 2);
  g_assert_cmpstr (model->classes[0], ==, "A");
  g_assert_cmpstr (model->classes[1], ==, "B");
  g_assert_cmpuint (facts->iterations, ==, 7);
  g_assert_cmpuint (facts->seed, ==, 3);
  nn_tensor_read (nn_model_tensor (model, "i2h.bias"), model->parameters, bias);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat (bias[i], ==, 0.5f);
}

/* ---- Files without our metadata ---- */

/* As safetensors.torch.save_file writes a state_dict: sorted by name, not by the module's order. */
static void
write_state_dict (const TestFolder *test, const NnModel *model, const char *fact, const char *value)
{
  g_autoptr (NnSafetensorsWriter) writer = nn_safetensors_writer_new ();
  GError *error = NULL;

  if (fact != NULL)
    nn_safetensors_writer_add_fact (writer, fact, value);
  for (guint i = model->n_tensors; i-- > 0;)
    {
      const NnTensor *tensor = &model->tensors[i];
      const guint64 shape[] = { tensor->rows, tensor->columns };
      g_autofree float *values = g_new (float, nn_tensor_n_elements (tensor));

      nn_tensor_read (tensor, model->parameters, values);
      nn_safetensors_writer_add_tensor (writer, tensor->name, shape, tensor->n_dimensions, values);
    }
  nn_safetensors_writer_save (writer, test->path, &error);
  g_assert_no_error (error);
}

static void
test_no_metadata (TestFolder *test, gconstpointer data)
{
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      g_autoptr (NnModel) model = test_model_new ((NnKind) kind, 9, 3, 2);
      g_autoptr (NnModel) by_names = NULL;
      g_autoptr (NnModel) as_asked = NULL;

      write_state_dict (test, model, kind % 2 == 0 ? "format" : NULL, "pt");
      by_names = load (test, NULL, (const char *const *) model->classes, NULL);
      g_assert_cmpint (by_names->kind, ==, kind == NN_GATE_LSTM_HIDDEN ? NN_GATE_LSTM : kind);
      g_assert_true (memcmp (by_names->parameters, model->parameters, model->layout.size * sizeof (float)) == 0);
      as_asked = load (test, &model->kind, (const char *const *) model->classes, NULL);
      test_assert_same_model (model, as_asked);
    }
}

static void
test_own_classes_win (TestFolder *test, gconstpointer data)
{
  static const char *const others[] = { "X", "Y", "Z", NULL };
  g_autoptr (NnModel) model = test_model_new (NN_LSTM, 8, 2, 2);
  g_autoptr (NnModel) loaded = NULL;

  save (test, model, NULL);
  loaded = load (test, NULL, others, NULL);
  test_assert_same_model (model, loaded);
}

/* The twins have the same tensors: the metadata tell them apart, and only without them does the caller. */
static void
test_twins (TestFolder *test, gconstpointer data)
{
  static const NnKind twins[] = { NN_GATE_LSTM, NN_GATE_LSTM_HIDDEN };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (NnModel) model = test_model_new (twins[i], 8, 2, 2);
      g_autoptr (NnModel) loaded = NULL;
      g_autoptr (GError) error = NULL;

      save (test, model, NULL);
      loaded = load (test, &twins[i], NULL, NULL);
      test_assert_same_model (model, loaded);
      g_assert_null (nn_weights_load (test->path, &twins[1 - i], NULL, NULL, &error));
      test_folder_assert_error (test, &error, NN_ERROR_WEIGHTS,
                                i == 0 ? "it holds the network gate-lstm, but gate-lstm-hidden is asked for; "
                                         "choose another file or ask for gate-lstm"
                                       : "it holds the network gate-lstm-hidden, but gate-lstm is asked for; "
                                         "choose another file or ask for gate-lstm-hidden");
    }
}

/* ---- What is not written, and snapshots ---- */

static void
test_not_written (TestFolder *test, gconstpointer data)
{
  static const char *const line_break[] = { "A", "B\nC", NULL };
  static const char *const twice[] = { "A", "A", NULL };
  g_autoptr (NnModel) diverged = test_model_new (NN_RNN, 8, 2, 1);
  g_autoptr (NnModel) broken = nn_model_new (NN_RNN, 8, line_break, NULL);
  g_autoptr (NnModel) same = nn_model_new (NN_RNN, 8, twice, NULL);
  GError *error = NULL;

  diverged->parameters[diverged->layout.bias] = NAN;
  g_assert_false (nn_weights_save (diverged, NULL, test->path, &error));
  test_folder_assert_error (test, &error, NN_ERROR_WEIGHTS,
                            "not written: the network has a value that is not finite; train it anew");
  g_assert_false (nn_weights_save (broken, NULL, test->path, &error));
  test_folder_assert_error (test, &error, NN_ERROR_WEIGHTS,
                            "the class name \"B\357\277\275C\" is not one line of text; rename the class");
  g_assert_false (nn_weights_save (same, NULL, test->path, &error));
  test_folder_assert_error (test, &error, NN_ERROR_WEIGHTS, "two classes are named \"A\"; rename one");
  g_assert_cmpuint (test_folder_count (test), ==, 0);
}

/* How a file is replaced, and what is left of one that was there, is told in files.c. */
static void
test_save_fails (TestFolder *test, gconstpointer data)
{
  g_autoptr (NnModel) model = test_model_new (NN_RNN, 8, 2, 1);
  GError *error = NULL;

  g_free (test->path);
  test->path = g_build_filename (test->folder, "none", "file", NULL);
  g_assert_false (nn_weights_save (model, NULL, test->path, &error));
  test_folder_assert_error (test, &error, NN_ERROR_FILE,
                            "can't be written: No such file or directory; choose another place");
}

static gpointer
use_snapshot (gpointer data)
{
  NnSnapshot *snapshot = data;

  for (guint i = 0; i < 10000; i++)
    nn_snapshot_unref (nn_snapshot_ref (snapshot));
  g_assert_true (nn_model_is_finite (snapshot->model));
  nn_snapshot_unref (snapshot);
  return NULL;
}

static void
test_snapshot (void)
{
  g_autoptr (NnModel) model = test_model_new (NN_LSTM, 8, 2, 1);
  g_autoptr (NnModel) as_it_was = nn_model_copy (model);
  g_autoptr (NnSnapshot) snapshot = nn_snapshot_new (model, 42);
  g_autoptr (NnSnapshot) taken = nn_snapshot_new_take (nn_model_copy (model), 43);
  GThread *threads[4];

  g_assert_cmpuint (snapshot->iteration, ==, 42);
  g_assert_cmpuint (taken->iteration, ==, 43);
  model->parameters[0] += 1.0f;
  test_assert_same_model (snapshot->model, as_it_was);
  test_assert_same_model (taken->model, as_it_was);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("snapshot", use_snapshot, nn_snapshot_ref (snapshot));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  test_assert_same_model (snapshot->model, as_it_was);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST_ADD ("/weights/round-trip", test_round_trip);
  TEST_ADD ("/weights/largest", test_largest);
  TEST_ADD ("/weights/odd-values", test_odd_values);
  TEST_ADD ("/weights/facts", test_facts);
  TEST_ADD ("/weights/zero-facts", test_zero_facts);
  TEST_ADD ("/weights/bytes", test_bytes);
  TEST_ADD ("/weights/read-by-hand", test_read_by_hand);
  TEST_ADD ("/weights/no-metadata", test_no_metadata);
  TEST_ADD ("/weights/own-classes-win", test_own_classes_win);
  TEST_ADD ("/weights/twins", test_twins);
  TEST_ADD ("/weights/not-written", test_not_written);
  TEST_ADD ("/weights/save-fails", test_save_fails);
  g_test_add_func ("/snapshot", test_snapshot);
  return g_test_run ();
}
