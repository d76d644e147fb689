/* figure-page.c: what every figure of "figure" has in common: its paper, its colours, its file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/figure-page.h"

#include "cli/error.h"
#include "cli/options.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MIN_SIDE 20.0 /* millimetres */
#define MAX_SIDE 2000.0
#define MIN_DPI 20.0
#define MAX_DPI 2400.0
#define MIN_FONT_SIZE 4.0 /* points */
#define MAX_FONT_SIZE 72.0

static const CliCommandFacts facts = {
  .name = "figure",
  .parameters = N_ ("loss|accuracy|confusion|compare|gates|units|substitutions|attribution [-- NAME]"),
  .summary = N_ ("Draws a figure into a file, whose ending chooses the format: .png, .svg, .pdf, .csv for its "
                 "numbers, or .tex for pgfplots."),
  .description
  = N_ ("loss, accuracy   the curves of training runs: --run FILE...\n"
        "confusion        what is taken for what: --run FILE... or --weights FILE..., and --data DIR\n"
        "compare          those three on one sheet: --run FILE..., and --weights FILE... for more matrices\n"
        "gates            what networks hold after each letter of NAME: --weights FILE... -- NAME\n"
        "units            single units, and how they come to their values: --weights FILE... --pin UNIT... -- NAME\n"
        "substitutions    what networks would make of NAME with other letters: --weights FILE... -- NAME\n"
        "attribution      which letters of NAME counted for networks: --weights FILE... -- NAME\n\n"
        "--run and --weights may be given several times, for several networks in one figure. --clamp and --pin may be\n"
        "given several times, too; N: before their value, as in 2:17, means the network of the Nth --weights alone.\n"
        "CLAMP is what it is in gates."),
};

/* ---- Options ---- */

static gboolean
read_length (const char *option, const char *text, double least, double most, double *value, GError **error)
{
  return text == NULL || cli_option_real (option, text, least, FALSE, most, value, error);
}

static gboolean
read_values (CliFigureOptions *options, GError **error)
{
  FigFormat format;
  double width = 0, height = 0;

  if (options->rest == NULL)
    return cli_misuse (error, _("which figure is missing: loss, accuracy, confusion, compare, gates, units, "
                               "substitutions or attribution"));
  if (options->out == NULL)
    return cli_misuse (error, _("--out FILE is missing"));
  if (!fig_format_from_path (options->out, &format, NULL))
    {
      g_autofree char *quoted = cli_quoted (options->out);
      return cli_misuse (error, _("--out is %s; it must end in .png, .svg, .pdf, .csv or .tex"), quoted);
    }
  if (!read_length ("--width", options->width_text, MIN_SIDE, MAX_SIDE, &width, error)
      || !read_length ("--height", options->height_text, MIN_SIDE, MAX_SIDE, &height, error)
      || !read_length ("--dpi", options->dpi_text, MIN_DPI, MAX_DPI, &options->dpi, error)
      || !read_length ("--font-size", options->font_size_text, MIN_FONT_SIZE, MAX_FONT_SIZE, &options->theme.font_size,
                       error))
    return FALSE;
  if (options->titled && options->untitled)
    return cli_misuse (error, _("--title and --no-title exclude each other"));
  if (options->language != NULL && !fig_language_exists (options->language))
    {
      g_autofree char *quoted = cli_quoted (options->language);
      return cli_misuse (error, _("--language is %s; it must be en or zh_CN"), quoted);
    }
  options->width = cli_points (width);
  options->height = cli_points (height);
  return TRUE;
}

/* An argument without the folders of a path: they are nobody's business who is given the figure. (transfer full) */
static char *
without_folder (const char *argument)
{
  g_autofree char *valid = g_utf8_make_valid (argument, -1);
  gsize length = strlen (valid);
  const char *slash;
  const char *equals = g_str_has_prefix (valid, "--") ? strchr (valid, '=') : NULL;

  while (length > 1 && valid[length - 1] == '/')
    valid[--length] = '\0';
  slash = strrchr (valid, '/');
  if (slash == NULL)
    return g_steal_pointer (&valid);
  if (equals == NULL || equals > slash)
    return g_strdup (slash + 1);
  return g_strdup_printf ("%.*s%s", (int) (equals + 1 - valid), valid, slash + 1);
}

/* How many arguments say where the figure goes, which is no part of what makes it. */
static guint
count_out (char **arguments)
{
  if (g_str_has_prefix (arguments[0], "--out="))
    return 1;
  return strcmp (arguments[0], "--out") == 0 && arguments[1] != NULL ? 2 : 0;
}

/* GOption keeps the order of the files of one option, but not that of two options. @entries: of the options
 * Returns: (transfer full): up to one without a path. */
static CliFigureSource *
list_sources (const GOptionEntry *entries, char **arguments)
{
  GArray *sources = g_array_new (TRUE, TRUE, sizeof (CliFigureSource));

  for (guint i = 1; arguments[i] != NULL && strcmp (arguments[i], "--") != 0; i++)
    for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
      {
        gsize length = strlen (entry->long_name);
        const char *value = NULL;
        CliFigureSource source;

        if (!g_str_has_prefix (arguments[i], "--") || entry->arg == G_OPTION_ARG_NONE || length == 0
            || strncmp (arguments[i] + 2, entry->long_name, length) != 0)
          continue;
        if (arguments[i][2 + length] == '=')
          value = arguments[i] + 2 + length + 1;
        else if (arguments[i][2 + length] == '\0' && arguments[i + 1] != NULL)
          value = arguments[++i];
        else
          continue;
        source = (CliFigureSource){ value, strcmp (entry->long_name, "weights") == 0 };
        if (source.weights || strcmp (entry->long_name, "run") == 0)
          g_array_append_val (sources, source);
        break;
      }
  return (CliFigureSource *) (gpointer) g_array_free (sources, FALSE);
}

static void
append_argument (GString *line, const char *given)
{
  g_autofree char *argument = without_folder (given);
  gboolean plain = *argument != '\0'
                   && argument[strspn (argument, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.=,+:")] == '\0';
  g_autofree char *quoted = plain ? g_strdup (argument) : g_shell_quote (argument);

  g_string_append_printf (line, " %s", quoted);
}

/* The language is always told, since whoever runs the line again may speak another one. */
static char *
command_line (char **arguments, const char *language, gboolean language_given)
{
  GString *line = g_string_new ("gatescope-cli");
  gboolean options_end = FALSE;

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      guint skipped = options_end ? 0 : count_out (&arguments[i]);

      if (skipped > 0)
        {
          i += skipped - 1;
          continue;
        }
      if (!options_end && strcmp (arguments[i], "--") == 0)
        {
          options_end = TRUE;
          if (!language_given)
            g_string_append_printf (line, " --language %s", language);
        }
      append_argument (line, arguments[i]);
    }
  if (!options_end && !language_given)
    g_string_append_printf (line, " --language %s", language);
  return g_string_free (line, FALSE);
}

gboolean
cli_figure_options_parse (CliFigureOptions *options, char **arguments, gboolean *helped, GError **error)
{
  const GOptionEntry entries[] = {
    CLI_OPTION_LIST ("run", &options->runs, N_ ("A .run.json that train wrote"), N_ ("FILE")),
    CLI_OPTION_LIST ("weights", &options->weights, N_ ("Weights, a safetensors file"), N_ ("FILE")),
    CLI_OPTION_TEXT ("model", &options->model, N_ ("Network that the weights are of"), "K"),
    CLI_OPTION_TEXT ("data", &options->data, N_ ("Folder of names, a CLASS.txt for each class"), N_ ("DIR")),
    CLI_OPTION_LIST ("label", &options->labels, N_ ("What a figure calls the network of a file; one for each file"),
                     N_ ("WORDS")),
    CLI_OPTION_FLAG ("held-out", &options->held_out, N_ ("confusion: of the runs' held-out rows")),
    CLI_OPTION_TEXT ("smoothing", &options->curves.smoothing,
                     N_ ("loss, accuracy: smoothing factor, 0 to 0.999 (0)"), "A"),
    CLI_OPTION_FLAG ("log", &options->curves.logarithmic, N_ ("loss: logarithmic axis")),
    CLI_OPTION_TEXT ("iterations", &options->curves.iterations, N_ ("loss, accuracy: the iterations to show"),
                     N_ ("FROM:TO")),
    CLI_OPTION_TEXT ("loss-range", &options->curves.loss_range, N_ ("loss: the part of the axis to show"),
                     N_ ("FROM:TO")),
    CLI_OPTION_TEXT ("accuracy-range", &options->curves.accuracy_range,
                     N_ ("accuracy: the part of the axis to show, 0 to 1"), N_ ("FROM:TO")),
    CLI_OPTION_LIST ("hide", &options->hidden, N_ ("compare: a file whose lines are not drawn, by its number from 1"),
                     "N"),
    CLI_OPTION_FLAG ("report-values", &options->curves.report_values, N_ ("accuracy: mark what the report ends with")),
    CLI_OPTION_FLAG ("band", &options->curves.bands,
                     N_ ("loss, accuracy: runs that differ in their seed alone as mean and standard deviation")),
    CLI_OPTION_TEXT ("counted", &options->counted,
                     N_ ("confusion: draws, rows or held-out (runs: draws, weights: rows)"), N_ ("NAMES")),
    CLI_OPTION_TEXT ("draws", &options->draws_text, N_ ("confusion: how many names are drawn (10000)"), "N"),
    CLI_OPTION_TEXT ("seed", &options->seed_text,
                     N_ ("confusion of weights: the seed that names are drawn and held out with (that of the weights)"),
                     "S"),
    CLI_OPTION_TEXT ("hold-out", &options->hold_out_text,
                     N_ ("confusion of weights: the share of the names that is held out (that of the training)"), "F"),
    CLI_OPTION_TEXT ("cells", &options->cells, N_ ("confusion: percent, counts, both or none (percent)"),
                     N_ ("NUMBERS")),
    CLI_OPTION_TEXT ("order", &options->order,
                     N_ ("confusion: alphabetical, accuracy or clustered (alphabetical); gates: index, last or clustered "
                         "(index)"),
                     N_ ("ORDER")),
    CLI_OPTION_TEXT ("difference", &options->difference, N_ ("confusion: network A, B and A minus B"), "A,B"),
    CLI_OPTION_FLAG ("scores", &options->scores, N_ ("confusion: precision, recall and F1 of each class")),
    CLI_OPTION_TEXT ("detail", &options->detail, N_ ("gates: summary or units (summary)"), N_ ("DETAIL")),
    CLI_OPTION_LIST ("clamp", &options->clamps, N_ ("gates, units: hold a gate at a value, beside what it would be"),
                     N_ ("CLAMP")),
    CLI_OPTION_LIST ("pin", &options->pins, N_ ("gates: mark a unit; units: show it"), N_ ("UNIT")),
    CLI_OPTION_TEXT ("second", &options->second, N_ ("gates: another name below the first"), N_ ("NAME")),
    CLI_OPTION_TEXT ("out", &options->out, N_ ("Where to write the figure"), N_ ("FILE")),
    CLI_OPTION_TEXT ("width", &options->width_text, N_ ("Width in millimetres"), "MM"),
    CLI_OPTION_TEXT ("height", &options->height_text, N_ ("Height in millimetres"), "MM"),
    CLI_OPTION_TEXT ("dpi", &options->dpi_text, N_ ("Dots per inch of a .png (300)"), "N"),
    CLI_OPTION_TEXT ("font-size", &options->font_size_text, N_ ("Size of the words in points (11)"), "N"),
    CLI_OPTION_FLAG ("dark", &options->dark, N_ ("Light on dark")),
    CLI_OPTION_FLAG ("transparent", &options->transparent, N_ ("No background")),
    CLI_OPTION_FLAG ("title", &options->titled, N_ ("With a title above")),
    CLI_OPTION_FLAG ("no-title", &options->untitled, N_ ("Without a title, as where neither is given")),
    CLI_OPTION_FLAG ("side-by-side", &options->beside, N_ ("gates: networks side by side, not one under the other")),
    CLI_OPTION_TEXT ("language", &options->language, N_ ("Language of the words: en, zh_CN"), N_ ("LANGUAGE")),
    CLI_OPTION_REST (&options->rest),
    CLI_OPTION_END,
  };
  gboolean language_given;

  if (!cli_options_parse (&facts, entries, arguments, helped, error))
    return FALSE;
  if (*helped)
    return TRUE;
  options->sources = list_sources (entries, arguments);
  fig_theme_init (&options->theme, options->dark);
  options->theme.transparent = options->transparent;
  if (!cli_option_not_empty ("--language", options->language, error) || !read_values (options, error))
    return FALSE;
  language_given = options->language != NULL;
  if (!language_given)
    options->language = g_strdup (fig_language_of_interface ());
  options->command = command_line (arguments, options->language, language_given);
  fig_theme_set_language (&options->theme, options->language);
  options->theme.plain_numbers = TRUE;
  return TRUE;
}

void
cli_figure_options_clear (CliFigureOptions *options)
{
  g_strfreev (options->rest);
  g_strfreev (options->runs);
  g_strfreev (options->weights);
  g_free (options->sources);
  g_strfreev (options->labels);
  g_strfreev (options->hidden);
  g_free (options->draws_text);
  g_free (options->seed_text);
  g_free (options->hold_out_text);
  g_free (options->model);
  g_free (options->cells);
  g_free (options->order);
  g_free (options->difference);
  g_free (options->counted);
  g_free (options->data);
  g_free (options->out);
  g_free (options->width_text);
  g_free (options->height_text);
  g_free (options->dpi_text);
  g_free (options->font_size_text);
  g_free (options->language);
  g_free (options->detail);
  g_free (options->second);
  g_strfreev (options->clamps);
  g_strfreev (options->pins);
  g_free (options->command);
  cli_curves_options_clear (&options->curves);
}

/* ---- Saving ---- */

gboolean
cli_figure_save (const CliFigureOptions *options,
                 FigDraw draw,
                 FigCsv csv,
                 FigTex tex,
                 gconstpointer figure,
                 double width,
                 double height,
                 const char *title,
                 const char *description,
                 GError **error)
{
  FigPage page = {
    .draw = draw,
    .csv = csv,
    .tex = tex,
    .figure = figure,
    .theme = &options->theme,
    .width = options->width > 0 ? options->width : width,
    .height = options->height > 0 ? options->height : height,
    .dpi = options->dpi,
    .language = options->language,
    .metadata = { .title = title, .description = description, .command = options->command },
  };
  gboolean saved;

  /* What goes wrong is told in the program's language. */
  fig_language_push (NULL);
  saved = fig_export (&page, options->out, error);
  fig_language_pop ();
  return saved;
}

/* ---- What the figures' files have in common ---- */

char *
cli_figure_label (const NnKind *kinds, guint n, guint index, const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (base);
  guint alike = 0;

  for (guint i = 0; i < n; i++)
    alike += kinds[i] == kinds[index];
  return alike > 1 ? fig_label_with_file (kinds[index], shown) : g_strdup (fig_kind_name (kinds[index]));
}

gboolean
cli_figure_classes_equal (
  char **first, const char *first_path, char **other, const char *path, GError **error)
{
  g_autofree char *first_shown = g_filename_display_name (first_path);
  g_autofree char *shown = g_filename_display_name (path);

  if (g_strv_equal ((const char *const *) first, (const char *const *) other))
    return TRUE;
  return cli_fail (error, _("%s has %u classes and %s other ones (%u); draw a figure of each"), first_shown,
                   g_strv_length (first), shown, g_strv_length (other));
}
