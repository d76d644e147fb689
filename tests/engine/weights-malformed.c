/* weights-malformed.c: what is said of files that hold no network, whatever is wrong in them; and that nothing of them
 * crashes the reader.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights-files.h"

#include "engine/error.h"

#include <glib/gstdio.h>

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A sound file with one thing changed in its header, in which ' stands for ". */
typedef struct
{
  const char *name;
  const char *from, *to;
  const char *message; /* with an asterisk at its end: how it begins, the rest being the JSON library's own words */
} Change;

#define AGAIN "; get or save the file anew"
#define OTHER "; choose another file"

static const Change changes[] = {
  /* The header */
  { "no-json", "{'__m", "{{'__m", "its header is no valid JSON: string or '}' expected*" },
  { "two-values", "[2632,2640]}}", "[2632,2640]}}{}", "its header is no valid JSON: end of file expected*" },
  { "duplicate-tensor", "'i2o.bias'", "'i2h.bias'", "its header is no valid JSON: duplicate object key*" },
  { "duplicate-field", "'dtype':'F32','shape':[2],", "'dtype':'F32','dtype':'F32','shape':[2],",
    "its header is no valid JSON: duplicate object key*" },
  { "duplicate-fact", "gatescope.seed", "gatescope.hidden", "its header is no valid JSON: duplicate object key*" },
  { "invalid-utf8", "gatescope.seed", "gatescope.\377seed",
    "its header is no valid JSON: unable to decode byte 0xff*" },
  { "nul-in-name", "i2h.bias", "i2h\\u0000.bias", "its header is no valid JSON: NUL byte in object key*" },
  { "control-character", "i2h.bias", "i2h\033.bias", "its header is no valid JSON: control character 0x1b*" },
  { "leading-blank", "{'__m", " {'__m",
    "its header is no JSON object; save a state_dict with safetensors.torch.save_file" },
  /* The metadata */
  { "metadata-list", "{'format':'pt',", "[1],'x':{'format':'pt',", "its __metadata__ is no JSON object" AGAIN },
  { "metadata-number", "'gatescope.seed':'3'", "'gatescope.seed':3",
    "its metadata \"gatescope.seed\" is no string" AGAIN },
  { "unknown-model", ":'rnn'", ":'gru'", "its metadata gatescope.model names the unknown network \"gru\"" OTHER },
  { "other-model", ":'rnn'", ":'lstm'",
    "its metadata gatescope.model says lstm, but its tensors are those of rnn" OTHER },
  { "other-hidden", ":'8'", ":'9'",
    "its metadata gatescope.hidden says \"9\", but its tensors have a hidden size of 8" OTHER },
  { "odd-hidden", ":'8'", ":'8 units\\n'",
    "its metadata gatescope.hidden says \"8 units\357\277\275\", but its tensors have a hidden size of 8" OTHER },
  { "few-classes", "A\\nB", "A", "its metadata gatescope.classes has 1 name, but its tensors are for 2 classes" OTHER },
  { "many-classes", "A\\nB", "A\\nB\\nC",
    "its metadata gatescope.classes has 3 names, but its tensors are for 2 classes" OTHER },
  { "no-classes", "A\\nB", "", "its metadata gatescope.classes has 0 names, but its tensors are for 2 classes" OTHER },
  { "empty-class", "A\\nB", "A\\n", "the name of class 2 is empty; name every class" },
  { "same-classes", "A\\nB", "B\\nB", "two classes are named \"B\"; rename one" },
  { "control-class", "A\\nB", "A\\n\\u0007",
    "the class name \"\357\277\275\" is not one line of text; rename the class" },
  { "odd-iterations", "iterations':'7'", "iterations':'-7'",
    "its metadata gatescope.iterations is \"-7\"; it must be a whole number from 0 to 9223372036854775807" AGAIN },
  { "large-iterations", "iterations':'7'", "iterations':'9223372036854775808'",
    "its metadata gatescope.iterations is \"9223372036854775808\"; it must be a whole number from 0 to "
    "9223372036854775807" AGAIN },
  { "large-seed", "seed':'3'", "seed':'4294967296'",
    "its metadata gatescope.seed is \"4294967296\"; it must be a whole number from 0 to 4294967295" AGAIN },
  /* The tensors */
  { "missing", "'i2o.bias':{'dtype':'F32','shape':[2],'data_offsets':[2632,2640]}",
    "'gate':{'dtype':'F32','shape':[2],'data_offsets':[2632,2640]}",
    "the tensor \"i2o.bias\" of the network rnn is missing; save the whole state_dict" },
  { "extra", "'i2o.bias'", "'lstm.weight_ih_l1':{'dtype':'F32','shape':[0],'data_offsets':[0,0]},'i2o.bias'",
    "the tensor \"lstm.weight_ih_l1\" does not belong to the network rnn; save the network's own state_dict alone" },
  { "no-object", "{'dtype':'F32','shape':[2],'data_offsets':[2632,2640]}", "['F32',[2],[2632,2640]]",
    "the header's entry of the tensor \"i2o.bias\" is no JSON object" AGAIN },
  { "unknown-field", "{'dtype':'F32','shape':[2]", "{'scale':2,'dtype':'F32','shape':[2]",
    "the tensor \"i2o.bias\" has an unknown field \"scale\"" AGAIN },
  { "no-dtype", "{'dtype':'F32','shape':[2]", "{'shape':[2]", "the tensor \"i2o.bias\" has no dtype" AGAIN },
  { "f64", "{'dtype':'F32','shape':[2]", "{'dtype':'F64','shape':[2]",
    "the tensor \"i2o.bias\" has the unsupported dtype \"F64\"; save it as float32 (F32)" },
  { "f16", "{'dtype':'F32','shape':[2]", "{'dtype':'F16','shape':[2]",
    "the tensor \"i2o.bias\" has the unsupported dtype \"F16\"; save it as float32 (F32)" },
  { "bf16", "{'dtype':'F32','shape':[2]", "{'dtype':'BF16','shape':[2]",
    "the tensor \"i2o.bias\" has the unsupported dtype \"BF16\"; save it as float32 (F32)" },
  { "i64", "{'dtype':'F32','shape':[2]", "{'dtype':'I64','shape':[2]",
    "the tensor \"i2o.bias\" has the dtype \"I64\", but a network's weights are float32 (F32); save the network's "
    "weights alone" },
  { "no-shape", "'shape':[2],", "", "the tensor \"i2o.bias\" has no shape" AGAIN },
  { "negative-shape", "'shape':[2],", "'shape':[-2],",
    "the shape of the tensor \"i2o.bias\" is no list of lengths" AGAIN },
  { "real-shape", "'shape':[2],", "'shape':[2.0],",
    "the shape of the tensor \"i2o.bias\" is no list of lengths" AGAIN },
  { "overflowing-shape", "'shape':[2],", "'shape':[4294967296,4294967296],",
    "the shape of the tensor \"i2o.bias\" is larger than any file" AGAIN },
  { "overflowing-size", "'shape':[2],", "'shape':[4611686018427387904],",
    "the shape of the tensor \"i2o.bias\" is larger than any file" AGAIN },
  { "shape-and-place", "'shape':[2],", "'shape':[3],",
    "the tensor \"i2o.bias\" of shape [3] needs 12 bytes, but its data_offsets give it 8" AGAIN },
  { "no-place", ",'data_offsets':[2632,2640]", "",
    "the data_offsets of the tensor \"i2o.bias\" are no two places in order" AGAIN },
  { "three-places", "[2632,2640]", "[2632,2640,2640]",
    "the data_offsets of the tensor \"i2o.bias\" are no two places in order" AGAIN },
  { "negative-place", "[2632,2640]", "[-8,0]",
    "the data_offsets of the tensor \"i2o.bias\" are no two places in order" AGAIN },
  { "backward-place", "[2632,2640]", "[2640,2632]",
    "the data_offsets of the tensor \"i2o.bias\" are no two places in order" AGAIN },
  { "outside", "[2632,2640]", "[2636,2644]",
    "it is cut short: the tensor \"i2o.bias\" ends at byte 2644 of the data, of which there are 2640" AGAIN },
  { "far-outside", "[2632,2640]", "[9223372036854775799,9223372036854775807]",
    "it is cut short: the tensor \"i2o.bias\" ends at byte 9223372036854775807 of the data, of which there are "
    "2640" AGAIN },
  { "overlap", "[2632,2640]", "[2628,2636]", "the tensor \"i2o.bias\" overlaps another one" AGAIN },
  { "same-place", "[2,65],'data_offsets':[2112,2632]", "[2,65],'data_offsets':[0,520]",
    "the tensor \"i2h.weight\" overlaps another one" AGAIN },
  { "hole", "'shape':[2],'data_offsets':[2632,2640]", "'shape':[1],'data_offsets':[2636,2640]",
    "there is a hole of 4 bytes before the tensor \"i2o.bias\"" AGAIN },
  { "rest", "'shape':[2],'data_offsets':[2632,2640]", "'shape':[1],'data_offsets':[2632,2636]",
    "4 bytes follow the last tensor" AGAIN },
  /* The network */
  { "flat-weight", "[8,65]", "[520]",
    "the tensor \"i2h.weight\" has the shape [520], but it must have 2 dimensions; save the network anew" },
  { "two-dimensional-bias", "'shape':[8]", "'shape':[8,1]",
    "the tensor \"i2h.bias\" has the shape [8, 1], but with a hidden size of 8 and 2 classes it must have [8]; save "
    "the network anew" },
  { "narrow", "[8,65],'data_offsets':[0,2080]},'i2h.bias':{'dtype':'F32','shape':[8],'data_offsets':[2080,2112]",
    "[8,64],'data_offsets':[0,2048]},'i2h.bias':{'dtype':'F32','shape':[16],'data_offsets':[2048,2112]",
    "the tensor \"i2h.weight\" has the shape [8, 64], but with a hidden size of 8 and 2 classes it must have [8, 65]; "
    "save the network anew" },
  { "transposed", "[2,65]", "[65,2]",
    "by its tensor \"i2o.weight\" its number of classes is 65; it must be from 2 to 64" OTHER },
  { "one-class", "[2,65]", "[1,130]",
    "by its tensor \"i2o.weight\" its number of classes is 1; it must be from 2 to 64" OTHER },
  { "small", "[8,65]", "[4,130]",
    "by its tensor \"i2h.weight\" its hidden size is 4; it must be from 8 to 1024" OTHER },
  { "large", "[8,65],'data_offsets':[0,2080]},'i2h.bias':{'dtype':'F32','shape':[8],'data_offsets':[2080,2112]",
    "[2000,0],'data_offsets':[0,0]},'i2h.bias':{'dtype':'F32','shape':[528],'data_offsets':[0,2112]",
    "by its tensor \"i2h.weight\" its hidden size is 2000; it must be from 8 to 1024" OTHER },
  { "other-width", "[8,65]", "[10,52]",
    "its metadata gatescope.hidden says \"8\", but its tensors have a hidden size of 10" OTHER },
  { "many-dimensions", "'shape':[8]", "'shape':[8,1,1,1,1,1,1,1,1]",
    "the tensor \"i2h.bias\" has the shape [8, 1, 1, 1, 1, 1, 1, 1, …], but with a hidden size of 8 and 2 classes "
    "it must have [8]; save the network anew" },
};

static void
assert_refused (const TestFolder *test, const NnKind *kind, const char *const *classes, const char *message)
{
  NnWeightsFacts *facts = NULL;
  GError *error = NULL;

  g_assert_null (nn_weights_load (test->path, kind, classes, &facts, &error));
  g_assert_null (facts);
  test_folder_assert_error (test, &error, NN_ERROR_WEIGHTS, message);
}

static char *
replace (const char *text, const char *from, const char *to)
{
  const char *at = strstr (text, from);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int) (at - text), text, to, at + strlen (from));
}

static void
test_change (TestFolder *test, gconstpointer data)
{
  const Change *change = data;
  g_autofree char *header = replace (TEST_METADATA TEST_TENSORS, change->from, change->to);

  test_write_raw (test, header, TEST_DATA_BYTES);
  assert_refused (test, NULL, NULL, change->message);
}

/* ---- Files that are no safetensors file at all ---- */

static void
test_length (TestFolder *test, gconstpointer data)
{
  test_folder_write (test, "", 0);
  assert_refused (test, NULL, NULL, "it has only 0 bytes: it is cut short or no safetensors file" AGAIN);
  test_folder_write (test, "1234567", 7);
  assert_refused (test, NULL, NULL, "it has only 7 bytes: it is cut short or no safetensors file" AGAIN);
  test_folder_write (test, "\0\0\0\0\0\0\0\0", 8);
  assert_refused (test, NULL, NULL, "its header is no valid JSON: '[' or '{' expected*");
  test_folder_write (test, "\003\0\0\0\0\0\0\0{}", 10);
  assert_refused (test, NULL, NULL,
                  "its header would be 3 bytes long, but only 2 follow: it is cut short or no safetensors file" AGAIN);
  test_folder_write (test, "\377\377\377\377\377\377\377\377{}", 10);
  assert_refused (test, NULL, NULL,
                  "its header would be 18446744073709551615 bytes long, but only 2 follow: it is cut short or no "
                  "safetensors file" AGAIN);
  test_folder_write (test, "\002\0\0\0\0\0\0\0{}", 10);
  assert_refused (test, NULL, NULL, "it holds no tensor; save a state_dict with safetensors.torch.save_file");
  test_folder_write (test, "\002\0\0\0\0\0\0\0[]", 10);
  assert_refused (test, NULL, NULL, "its header is no JSON object; save a state_dict with safetensors.torch.save_file");
  test_folder_write (test, "PK\003\004\0\0\0\0\0\0\0\0", 12);
  assert_refused (test, NULL, NULL,
                  "it is an archive, such as torch.save writes; save a state_dict with safetensors.torch.save_file");
}

/* A file that is all hole: nothing of it is on the disk, and little of it may be read. */
static void
make_sparse (const TestFolder *test, guint64 header_length, gint64 size)
{
  guint64 length = GUINT64_TO_LE (header_length);

  test_folder_write (test, &length, sizeof length);
  g_assert_cmpint (truncate (test->path, size), ==, 0);
}

static void
test_large (TestFolder *test, gconstpointer data)
{
  GError *error = NULL;

  make_sparse (test, 101 << 20, 200 << 20);
  assert_refused (test, NULL, NULL, "its header is 105906176 bytes long, but a network's has at most 4194304" OTHER);
  make_sparse (test, 2, ((gint64) 1 << 30) + 1);
  g_assert_null (nn_weights_load (test->path, NULL, NULL, NULL, &error));
  test_folder_assert_error (test, &error, NN_ERROR_FILE,
                            "is too large: 1073741825 bytes, at most 1073741824 are read; choose another file");
}

static void
test_data_length (TestFolder *test, gconstpointer data)
{
  test_write_raw (test, TEST_METADATA TEST_TENSORS, TEST_DATA_BYTES - 1);
  assert_refused (test, NULL, NULL,
                  "it is cut short: the tensor \"i2o.bias\" ends at byte 2640 of the data, of which there are "
                  "2639" AGAIN);
  test_write_raw (test, TEST_METADATA TEST_TENSORS, TEST_DATA_BYTES + 3);
  assert_refused (test, NULL, NULL, "3 bytes follow the last tensor" AGAIN);
}

static void
test_foreign (TestFolder *test, gconstpointer data)
{
  test_write_raw (test, "{'bert\\u0007':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", 8);
  assert_refused (test, NULL, NULL,
                  "none of its tensors belongs to a network of this program (the first is \"bert\357\277\275\")" OTHER);
  test_write_raw (test, "{'linear.weight':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", 8);
  assert_refused (test, NULL, NULL,
                  "the tensor \"lstm.weight_ih_l0\" of the network lstm is missing; save the whole state_dict");
}

static void
test_long_name (TestFolder *test, gconstpointer data)
{
  g_autofree char *name = g_strnfill (5000, 'x');
  g_autofree char *shown = g_strnfill (60, 'x');
  g_autofree char *header = g_strdup_printf ("{'%s':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", name);
  g_autofree char *message = g_strdup_printf (
    "none of its tensors belongs to a network of this program (the first is \"%s…\")" OTHER, shown);

  test_write_raw (test, header, 8);
  assert_refused (test, NULL, NULL, message);
}

static void
test_too_many_classes (TestFolder *test, gconstpointer data)
{
  g_autoptr (GString) names = g_string_new ("A");
  g_autofree char *header = NULL;

  for (guint i = 1; i < 65; i++)
    g_string_append_printf (names, "\\nB%u", i);
  header = replace (TEST_METADATA TEST_TENSORS, "A\\nB", names->str);
  test_write_raw (test, header, TEST_DATA_BYTES);
  assert_refused (test, NULL, NULL,
                  "its metadata gatescope.classes has more than 64 names, but its tensors are for 2 classes" OTHER);
}

/* As deep as JSON goes, and as many tensors as a header can name. */
static void
test_excess (TestFolder *test, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (GString) wide = g_string_new ("{");
  g_autoptr (GError) error = NULL;

  test_write_raw (test, deep, 0);
  g_assert_null (nn_weights_load (test->path, NULL, NULL, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_WEIGHTS);
  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (wide, "%s't%u':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}", i > 0 ? "," : "", i);
  g_string_append_c (wide, '}');
  test_write_raw (test, wide->str, 0);
  assert_refused (test, NULL, NULL,
                  "none of its tensors belongs to a network of this program (the first is \"t0\")" OTHER);
}

/* ---- Files that are sound, but not what is asked for ---- */

static void
test_asked (TestFolder *test, gconstpointer data)
{
  static const char *const three[] = { "A", "B", "C", NULL };
  static const char *const same[] = { "A", "A", NULL };
  NnKind kind = NN_LSTM;

  test_write_raw (test, TEST_METADATA TEST_TENSORS, TEST_DATA_BYTES);
  assert_refused (test, &kind, NULL,
                  "it holds the network rnn, but lstm is asked for; choose another file or ask for rnn");
  test_write_raw (test, "{" TEST_TENSORS, TEST_DATA_BYTES);
  assert_refused (test, &kind, NULL,
                  "it holds the network rnn, but lstm is asked for; choose another file or ask for rnn");
  assert_refused (test, NULL, NULL, "it does not name its 2 classes; give the data that it was trained on");
  assert_refused (test, NULL, three, "it is for 2 classes, but the data has 3; give the data that it was trained on");
  assert_refused (test, NULL, same, "two classes are named \"A\"; rename one");
}

static void
test_null_metadata (TestFolder *test, gconstpointer data)
{
  static const char *const classes[] = { "A", "B", NULL };
  g_autoptr (NnModel) model = NULL;
  g_autoptr (GError) error = NULL;

  test_write_raw (test, "{'__metadata__':null," TEST_TENSORS, TEST_DATA_BYTES);
  model = nn_weights_load (test->path, NULL, classes, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (model);
}

static void
test_not_finite (TestFolder *test, gconstpointer data)
{
  static const float values[] = { NAN, INFINITY, -INFINITY };
  gsize header = strlen (TEST_METADATA TEST_TENSORS);

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GBytes) file = NULL;
      g_autofree guint8 *bytes = NULL;
      gsize n;

      test_write_raw (test, TEST_METADATA TEST_TENSORS, TEST_DATA_BYTES);
      file = test_folder_read (test);
      bytes = g_memdup2 (g_bytes_get_data (file, &n), g_bytes_get_size (file));
      memcpy (bytes + 8 + header + 2112 + (65 + 3) * 4, &values[i], 4);
      test_folder_write (test, bytes, n);
      assert_refused (test, NULL, NULL,
                      "the tensor \"i2o.weight\" has a value that is not finite (row 1, column 3), as after training "
                      "that diverged" OTHER);
    }
}

static void
test_not_regular (TestFolder *test, gconstpointer data)
{
  GError *error = NULL;

  g_assert_null (nn_weights_load (test->path, NULL, NULL, NULL, &error));
  test_folder_assert_error (test, &error, NN_ERROR_FILE, "can't be read: No such file or directory");
  g_assert_cmpint (g_mkdir (test->path, 0700), ==, 0);
  g_assert_null (nn_weights_load (test->path, NULL, NULL, NULL, &error));
  test_folder_assert_error (test, &error, NN_ERROR_FILE, "is a folder; choose a file");
  g_assert_cmpint (g_rmdir (test->path), ==, 0);
  /* Waiting for a writer would wait for ever: the test's time limit notices. */
  g_assert_cmpint (mkfifo (test->path, 0600), ==, 0);
  g_assert_null (nn_weights_load (test->path, NULL, NULL, NULL, &error));
  test_folder_assert_error (test, &error, NN_ERROR_FILE, "is a pipe; choose a file");
  g_assert_cmpint (g_remove (test->path), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", test->path), ==, 0);
  g_assert_null (nn_weights_load (test->path, NULL, NULL, NULL, &error));
  test_folder_assert_error (test, &error, NN_ERROR_FILE, "is a device; choose a file");
}

/* ---- Damage of all kinds: an error or a sound network, never a crash ---- */

static void
read_damaged (const TestFolder *test, const guint8 *bytes, gsize n, gboolean must_fail)
{
  static const char *const classes[] = { "A", "B", NULL };
  g_autoptr (NnModel) model = NULL;
  GError *error = NULL;

  test_folder_write (test, bytes, n);
  model = nn_weights_load (test->path, NULL, classes, NULL, &error);
  g_assert_true ((model == NULL) == (error != NULL));
  g_assert_false (must_fail && model != NULL);
  if (model != NULL)
    g_assert_true (nn_model_is_finite (model));
  else
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strchr (error->message, '\n'));
    }
  g_clear_error (&error);
}

static void
test_truncated (TestFolder *test, gconstpointer data)
{
  g_autoptr (GBytes) file = NULL;
  gsize n;
  const guint8 *bytes;

  test_write_raw (test, TEST_METADATA TEST_TENSORS, TEST_DATA_BYTES);
  file = test_folder_read (test);
  bytes = g_bytes_get_data (file, &n);
  for (gsize length = 0; length < n; length++)
    read_damaged (test, bytes, length, TRUE);
}

static void
test_flipped (TestFolder *test, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20240229);
  g_autoptr (GBytes) file = NULL;
  gsize n, header = 8 + strlen (TEST_METADATA TEST_TENSORS);
  const guint8 *bytes;

  test_write_raw (test, TEST_METADATA TEST_TENSORS, TEST_DATA_BYTES);
  file = test_folder_read (test);
  bytes = g_bytes_get_data (file, &n);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree guint8 *damaged = g_memdup2 (bytes, n);
      guint n_flips = 1 + g_rand_int (random) % 4;

      /* Mostly the header: damage to the data is a number like any other. */
      for (guint j = 0; j < n_flips; j++)
        damaged[g_rand_int (random) % (i % 8 == 0 ? n : header)] = (guint8) g_rand_int (random);
      read_damaged (test, damaged, n, FALSE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *name = g_strconcat ("/weights/malformed/", changes[i].name, NULL);
      g_test_add (name, TestFolder, &changes[i], test_folder_set_up, test_change, test_folder_tear_down);
    }
  TEST_ADD ("/weights/malformed/length", test_length);
  TEST_ADD ("/weights/malformed/large-file", test_large);
  TEST_ADD ("/weights/malformed/data-length", test_data_length);
  TEST_ADD ("/weights/malformed/foreign", test_foreign);
  TEST_ADD ("/weights/malformed/long-name", test_long_name);
  TEST_ADD ("/weights/malformed/too-many-classes", test_too_many_classes);
  TEST_ADD ("/weights/malformed/excess", test_excess);
  TEST_ADD ("/weights/asked", test_asked);
  TEST_ADD ("/weights/null-metadata", test_null_metadata);
  TEST_ADD ("/weights/not-finite", test_not_finite);
  TEST_ADD ("/weights/not-regular", test_not_regular);
  TEST_ADD ("/weights/truncated", test_truncated);
  TEST_ADD ("/weights/flipped", test_flipped);
  return g_test_run ();
}
