/* dataset-load.c: reads a folder of Class.txt files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/dataset-private.h"

#include "engine/error.h"
#include "engine/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDING ".txt"
/* Of a usual name and its line end, rather too many: room for names that are not there would be of no use. */
#define BYTES_OF_NAME 12
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* A path as a message shows it: valid UTF-8, on one line. */
static char *
shown_path (const char *path)
{
  g_autofree char *display = g_filename_display_name (path);
  GString *shown = g_string_new (NULL);

  for (const char *at = display; *at != '\0'; at = g_utf8_next_char (at))
    g_string_append_unichar (shown, g_unichar_iscntrl (g_utf8_get_char (at)) ? 0xFFFD : g_utf8_get_char (at));
  if (shown->len == 0)
    g_string_append (shown, "“”");
  return g_string_free (shown, FALSE);
}

static gboolean
fail_to_read (int code, GError **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_DATA,
               _("the file can't be read (%s); make it readable, or take it out of the folder"), g_strerror (code));
  return FALSE;
}

/* Reads up to the end, whatever size the file was said to have: it may grow meanwhile. */
static gboolean
read_all (int fd, GByteArray *bytes, GError **error)
{
  guint length = 0;

  for (;;)
    {
      gssize n;

      if (length > NN_MAX_FILE_BYTES)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_DATA,
                       _("the file is over %u MiB; spread its names over more classes, or keep fewer"),
                       NN_MAX_FILE_BYTES / (1024u * 1024u));
          return FALSE;
        }
      if (length == bytes->len)
        g_byte_array_set_size (bytes, MIN (2 * length + 4096, NN_MAX_FILE_BYTES + 1));
      n = read (fd, bytes->data + length, bytes->len - length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_to_read (errno, error);
      if (n == 0)
        break;
      length += (guint) n;
    }
  g_byte_array_set_size (bytes, length);
  return TRUE;
}

/* Only a regular file is opened: a pipe or a device could keep us waiting for ever. */
static GByteArray *
read_file (const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  struct stat status;
  gboolean ok;
  int fd;

  if (stat (path, &status) != 0)
    {
      fail_to_read (errno, error);
      return NULL;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_DATA, _("not a regular file; take it out of the folder"));
      return NULL;
    }
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    {
      fail_to_read (errno, error);
      return NULL;
    }
  g_byte_array_set_size (bytes, (guint) MIN (status.st_size, (off_t) NN_MAX_FILE_BYTES) + 1);
  ok = read_all (fd, bytes, error);
  close (fd);
  return ok ? g_steal_pointer (&bytes) : NULL;
}

/* Adds the lines of a file; they end at LF or CRLF, the last one also without. */
static gboolean
add_lines (NnDatasetBuilder *builder, const char *text, gsize size, const char *path, GError **error)
{
  const char *end = text + size;
  guint number = 0;

  if (size >= strlen (BYTE_ORDER_MARK) && memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    text += strlen (BYTE_ORDER_MARK);
  while (text < end)
    {
      const char *line_end = memchr (text, '\n', (gsize) (end - text));
      gsize length = (gsize) ((line_end != NULL ? line_end : end) - text);

      number++;
      if (length > 0 && text[length - 1] == '\r')
        length--;
      if (!nn_dataset_builder_add (builder, text, length, error))
        {
          g_prefix_error (error, _("%s:%u: "), path, number);
          return FALSE;
        }
      text = line_end != NULL ? line_end + 1 : end;
    }
  return TRUE;
}

static gboolean
add_file (NnDatasetBuilder *builder, const char *folder, const char *file, GError **error)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *shown = shown_path (path);
  g_autofree char *class_name = g_strndup (file, strlen (file) - strlen (ENDING));
  g_autoptr (GByteArray) bytes = NULL;

  if (!nn_dataset_builder_begin_class (builder, class_name, error))
    {
      g_prefix_error (error, _("%s: "), shown);
      return FALSE;
    }
  bytes = read_file (path, error);
  if (bytes == NULL)
    {
      g_prefix_error (error, _("%s: "), shown);
      return FALSE;
    }
  if (!add_lines (builder, (const char *) bytes->data, bytes->len, shown, error))
    return FALSE;
  if (!nn_dataset_builder_end_class (builder, error))
    {
      g_prefix_error (error, _("%s: "), shown);
      return FALSE;
    }
  return TRUE;
}

static void
fail_to_open (const char *shown, int code, GError **error)
{
  if (code == ENOENT)
    g_set_error (error, NN_ERROR, NN_ERROR_DATA, _("%s: there is no such folder; give one that has Class.txt files"),
                 shown);
  else if (code == ENOTDIR)
    g_set_error (error, NN_ERROR, NN_ERROR_DATA, _("%s: not a folder; give the folder that has the Class.txt files"),
                 shown);
  else
    g_set_error (error, NN_ERROR, NN_ERROR_DATA,
                 _("%s: the folder can't be read (%s); make it readable, or give another"), shown, g_strerror (code));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Hidden files are no classes (archives from other systems bring some along that are no text), nor are folders,
 * whatever their names. */
static gboolean
is_class_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return name[0] != '.' && g_str_has_suffix (name, ENDING) && !g_file_test (path, G_FILE_TEST_IS_DIR);
}

/* The names of the class files, in byte order. */
static GPtrArray *
list_files (const char *folder, const char *shown, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  DIR *dir = opendir (folder);
  struct dirent *entry;
  int code;

  if (dir == NULL)
    {
      fail_to_open (shown, errno, error);
      return NULL;
    }
  while (errno = 0, (entry = readdir (dir)) != NULL)
    if (is_class_file (folder, entry->d_name))
      g_ptr_array_add (files, g_strdup (entry->d_name));
  code = errno;
  closedir (dir);
  if (code != 0)
    {
      fail_to_open (shown, code, error);
      return NULL;
    }
  g_ptr_array_sort (files, compare_names);
  return g_steal_pointer (&files);
}

/* From the sizes of the files; what can't be read is found out later. */
static gsize
guess_rows (const char *folder, const GPtrArray *files)
{
  goffset bytes = 0;

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, files->pdata[i], NULL);
      struct stat status;

      if (stat (path, &status) == 0 && S_ISREG (status.st_mode))
        bytes += status.st_size;
    }
  return (gsize) (bytes / BYTES_OF_NAME);
}

NnDataset *
nn_dataset_load (const char *folder, GError **error)
{
  g_autoptr (NnDatasetBuilder) builder = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  shown = shown_path (folder);
  files = list_files (folder, shown, error);
  if (files == NULL)
    return NULL;
  if (files->len == 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_DATA,
                   _("%s: there is no .txt file; give a folder that has a Class.txt for each class"), shown);
      return NULL;
    }
  builder = nn_dataset_builder_new (files->len, error);
  if (builder == NULL)
    {
      g_prefix_error (error, _("%s: "), shown);
      return NULL;
    }
  nn_dataset_builder_expect (builder, guess_rows (folder, files));
  for (guint i = 0; i < files->len; i++)
    if (!add_file (builder, folder, files->pdata[i], error))
      return NULL;
  return nn_dataset_builder_finish (builder, folder);
}
