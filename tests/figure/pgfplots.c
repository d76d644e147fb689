/* pgfplots.c: figures as LaTeX source: well-formed, the numbers drawn, and compiled where there is a LaTeX.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "support/folder.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define TITLE "50 % of {a_b} & $c$ #1 \\x ^~ <\"q\">"
#define COMMAND "gatescope-cli figure loss --run 'a b.run.json'"

typedef struct
{
  NnHistory *history;
  NnConfusion *counts;
  NnTrace *trace;
  FigSeries series[2];
  FigMatrix matrices[2];
  FigReading reading;
  FigCurves curves;
  FigConfusion confusion;
  FigGates gates;
  FigTheme theme;
  FigCompare compare;
  FigPage pages[4];
} Sample;

static const char *const classes[] = { "A&B_{100%}", "Gr\xc3\xbc\xc3\x9f", "\\C", NULL };

static void
set_up (Sample *sample, gconstpointer data)
{
  sample->history = sample_history (30, 0.5, 0.85);
  nn_history_add (sample->history, &(NnPoint){ 31000, NAN, 0.5, NAN });
  sample->counts = sample_confusion (3, 1);
  sample->trace = sample_trace (NN_LSTM, "O'B i", 8, 3);
  sample->series[0] = (FigSeries){ NULL, NN_LSTM, sample->history, 0 };
  sample->series[1] = (FigSeries){ "RNN, 50 %", NN_RNN, sample->history, 12345 };
  for (guint i = 0; i < 2; i++)
    sample->matrices[i] = (FigMatrix){ NULL, i, sample->counts, FIG_COUNTED_DRAWS };
  sample->reading = (FigReading){ NULL, NN_LSTM, sample->trace, 1000 };
  sample->curves = (FigCurves){
    .measure = FIG_MEASURE_ACCURACY, .series = sample->series, .n_series = 2, .iterations = 40000, .n_classes = 3,
    .held_out = TRUE, .title = TITLE,
  };
  sample->confusion = (FigConfusion){ .matrices = sample->matrices, .n_matrices = 2, .classes = classes,
                                      .n_classes = 3, .title = TITLE };
  sample->gates = (FigGates){ .name = "O'B i", .readings = &sample->reading, .n_readings = 1, .classes = classes,
                              .n_classes = 3, .title = TITLE };
  fig_theme_init (&sample->theme, FALSE);
  sample->compare = (FigCompare){ sample->curves, sample->curves, sample->confusion, TITLE };
  sample->compare.loss.measure = FIG_MEASURE_LOSS;
  sample->compare.loss.title = sample->compare.accuracy.title = sample->compare.confusion.title = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (sample->pages); i++)
    sample->pages[i] = (FigPage){
      .theme = &sample->theme, .width = 480, .height = i == 2 ? 500 : 300, .metadata = { TITLE, "seed 1\nand more", COMMAND },
    };
  sample->pages[0].draw = FIG_DRAW (fig_curves_draw);
  sample->pages[0].tex = FIG_TEX (fig_curves_tex);
  sample->pages[0].figure = &sample->curves;
  sample->pages[1].draw = FIG_DRAW (fig_confusion_draw);
  sample->pages[1].tex = FIG_TEX (fig_confusion_tex);
  sample->pages[1].figure = &sample->confusion;
  sample->pages[2].draw = FIG_DRAW (fig_gates_draw);
  sample->pages[2].tex = FIG_TEX (fig_gates_tex);
  sample->pages[2].figure = &sample->gates;
  sample->pages[3].draw = FIG_DRAW (fig_compare_draw);
  sample->pages[3].tex = FIG_TEX (fig_compare_tex);
  sample->pages[3].figure = &sample->compare;
}

static void
tear_down (Sample *sample, gconstpointer data)
{
  nn_history_free (sample->history);
  nn_confusion_free (sample->counts);
  nn_trace_free (sample->trace);
}

static char *
write_tex (const FigPage *page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fig_export_to_bytes (page, FIG_FORMAT_TEX, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static guint
count (const char *text, const char *words)
{
  guint n = 0;

  for (const char *at = strstr (text, words); at != NULL; at = strstr (at + 1, words))
    n++;
  return n;
}

/* Outside of comments: braces pair, and so do environments. */
static void
assert_pictures (const char *tex, guint n_pictures)
{
  int depth = 0;

  for (const char *at = tex; *at != '\0'; at++)
    {
      if (*at == '\\')
        at++;
      else if (*at == '%')
        while (at[1] != '\n' && at[1] != '\0')
          at++;
      else
        depth += (*at == '{') - (*at == '}');
      g_assert_cmpint (depth, >=, 0);
    }
  g_assert_cmpint (depth, ==, 0);
  g_assert_cmpuint (count (tex, "\\begin{axis}"), ==, count (tex, "\\end{axis}"));
  g_assert_cmpuint (count (tex, "\\begin{tikzpicture}"), ==, n_pictures);
  g_assert_cmpuint (count (tex, "\\end{tikzpicture}"), ==, n_pictures);
  g_assert_true (g_str_has_suffix (tex, "\n\\gatescopeend\n"));
}

static void
assert_well_formed (const char *tex)
{
  assert_pictures (tex, 1);
  g_assert_true (g_str_has_suffix (tex, "\\end{tikzpicture}%\n\\gatescopeend\n"));
}

/* The figures of a sheet, one below the other, with all their numbers: what stands alone and what stands in it are the
 * same but for its place and its title. */
static void
test_sheet (Sample *sample, gconstpointer data)
{
  g_autofree char *tex = write_tex (&sample->pages[3]), *alone = write_tex (&sample->pages[1]), *gates = NULL;
  const FigReading readings[] = { sample->reading, sample->reading, sample->reading, sample->reading, sample->reading };
  g_auto (FigGatesSheet) sheet = { 0 };
  FigPage page = sample->pages[2];

  assert_pictures (tex, 4);
  g_assert_cmpuint (count (tex, "\\addlegendentry{"), ==, 4);
  g_assert_cmpuint (count (tex, "\\addplot[matrix plot*"), ==, count (alone, "\\addplot[matrix plot*"));
  /* The title, two figures of curves that are too wide to stand abreast here, the matrices. */
  g_assert_cmpuint (count (tex, "\\hbox{"), ==, 4);
  g_assert_cmpuint (count (tex, "% command: " COMMAND "\n"), ==, 1);

  sample->gates.readings = readings;
  sample->gates.n_readings = G_N_ELEMENTS (readings);
  fig_gates_sheet_init (&sheet, &sample->gates, &sample->theme, page.width);
  g_assert_cmpuint (sheet.n_rows, ==, 2);
  g_assert_cmpuint (sheet.rows[0].n_readings, ==, 3);
  g_assert_cmpuint (sheet.rows[1].n_readings, ==, 2);
  page.tex = FIG_TEX (fig_gates_sheet_tex);
  page.figure = &sheet;
  gates = write_tex (&page);
  assert_pictures (gates, 2);
  g_assert_cmpuint (count (gates, "\\addplot[matrix plot*"), ==, 5 * 6);
}

static void
test_form (Sample *sample, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *tex = write_tex (&sample->pages[i]);

      assert_well_formed (tex);
      g_assert_true (g_str_has_prefix (tex, "% title: " TITLE "\n% description: seed 1\n%   and more\n% command: " COMMAND
                                            "\n"));
      g_assert_nonnull (strstr (tex, "{50 \\% of \\{a\\_b\\} \\& \\$c\\$ \\#1 \\textbackslash{}x "
                                     "\\textasciicircum{}\\textasciitilde{} \\textless{}{\\ttfamily\\char34}q"));
    }
}

/* The numbers of the lines are those of the runs; a gap is one. */
static void
test_curves (Sample *sample, gconstpointer data)
{
  g_autofree char *tex = NULL;
  const NnPoint *point = nn_history_point (sample->history, 7);
  char number[G_ASCII_DTOSTR_BUF_SIZE], wanted[64];

  tex = write_tex (&sample->pages[0]);
  g_ascii_formatd (number, sizeof number, "%.7g", point->accuracy);
  g_snprintf (wanted, sizeof wanted, "(8000,%s)", number);
  g_assert_cmpuint (count (tex, wanted), ==, 2);
  g_assert_cmpuint (count (tex, "(31000,0.5)"), ==, 2);
  /* Two lines of training and two of names held out, chance, and a cross. */
  g_assert_cmpuint (count (tex, "\\addplot["), ==, 6);
  g_assert_cmpuint (count (tex, "\\addlegendentry{"), ==, 2);
  g_assert_nonnull (strstr (tex, "mark=triangle*"));
  g_assert_nonnull (strstr (tex, "dash pattern=on 2bp off 2bp"));
  g_assert_nonnull (strstr (tex, "\\definecolor{gatescopelstm}{HTML}{0072B2}"));
  g_assert_nonnull (strstr (tex, "diverged at iteration 12,345"));
  sample->curves.measure = FIG_MEASURE_LOSS;
  g_free (tex);
  tex = write_tex (&sample->pages[0]);
  g_assert_cmpuint (count (tex, "(31000,nan)"), ==, 2);
}

/* Runs that differ in their seed are one line with a band; smoothed ones stand before themselves as they are; a hidden
 * one is not there. What that means is told above the plot. */
static void
test_curves_views (Sample *sample, gconstpointer data)
{
  g_autofree char *band = NULL, *smooth = NULL, *hidden = NULL;

  sample->series[1] = sample->series[0];
  sample->series[0].group = sample->series[1].group = 1;
  sample->curves.bands = TRUE;
  band = write_tex (&sample->pages[0]);
  g_assert_cmpuint (count (band, "fill opacity=0.2"), ==, 1);
  g_assert_cmpuint (count (band, "\\addlegendentry{"), ==, 1);
  g_assert_nonnull (strstr (band, "standard deviation"));
  sample->curves.bands = FALSE;
  sample->curves.smoothing = 0.5;
  smooth = write_tex (&sample->pages[0]);
  g_assert_cmpuint (count (smooth, "opacity=0.3, forget plot"), ==, 2);
  g_assert_nonnull (strstr (smooth, "smoothed"));
  sample->series[1].hidden = TRUE;
  hidden = write_tex (&sample->pages[0]);
  g_assert_cmpuint (count (hidden, "\\addlegendentry{"), ==, 1);
}

/* A line of many points is thinned, yet keeps its highest and its lowest. */
static void
test_thinned (Sample *sample, gconstpointer data)
{
  g_autoptr (NnHistory) history = nn_history_new ();
  g_autofree char *tex = NULL;

  for (guint i = 1; i <= 60000; i++)
    nn_history_add (history, &(NnPoint){ i * 1000, 1, i == 30000 ? 0.875 : i == 30001 ? 0.125 : 0.5, NAN });
  sample->series[0].history = history;
  sample->curves.n_series = 1;
  sample->curves.held_out = FALSE;
  tex = write_tex (&sample->pages[0]);
  g_assert_cmpuint (strlen (tex), <, 80000);
  g_assert_cmpuint (count (tex, ",0.875)"), ==, 1);
  g_assert_cmpuint (count (tex, ",0.125)"), ==, 1);
}

static void
test_matrices (Sample *sample, gconstpointer data)
{
  g_autofree char *tex = write_tex (&sample->pages[1]), *gates = NULL;
  char number[G_ASCII_DTOSTR_BUF_SIZE], wanted[64];

  g_assert_cmpuint (count (tex, "\\addplot[matrix plot*, mesh/cols=3"), ==, 2);
  g_ascii_formatd (number, sizeof number, "%.7g", round (fig_confusion_share (sample->counts, 2, 0) * 1e5) / 1e5);
  g_snprintf (wanted, sizeof wanted, "(0,2) [%s]", number);
  g_assert_cmpuint (count (tex, wanted), ==, 2);
  g_assert_nonnull (strstr (tex, "{A\\&B\\_\\{100\\%\\}}"));
  g_assert_nonnull (strstr (tex, "{\\textbackslash{}C}"));
  g_assert_cmpuint (count (tex, "colorbar, "), ==, 1);
  gates = write_tex (&sample->pages[2]);
  g_assert_cmpuint (count (gates, "\\addplot[matrix plot*, mesh/cols=5"), ==, 6);
  g_assert_nonnull (strstr (gates, "{\\textvisiblespace{}}"));
  g_assert_nonnull (strstr (gates, "forget gate $f_t$"));
}

/* An order of the classes, one matrix minus the other, and the scores are those of the drawing. */
static void
test_matrices_views (Sample *sample, gconstpointer data)
{
  static const guint order[] = { 2, 0, 1 };
  g_autofree char *tex = NULL;
  char number[G_ASCII_DTOSTR_BUF_SIZE], wanted[64];

  sample->confusion.order = order;
  sample->confusion.difference = sample->confusion.scores = TRUE;
  tex = write_tex (&sample->pages[1]);
  assert_well_formed (tex);
  /* Two matrices, their difference, and scores beside each; a bar for the shares and one for the difference. */
  g_assert_cmpuint (count (tex, "\\addplot[matrix plot*, mesh/cols=3"), ==, 6);
  g_assert_cmpuint (count (tex, "colorbar, "), ==, 2);
  /* The first row and column are of class 2. */
  g_ascii_formatd (number, sizeof number, "%.7g", round (fig_confusion_share (sample->counts, 2, 0) * 1e5) / 1e5);
  g_snprintf (wanted, sizeof wanted, "(1,0) [%s]", number);
  g_assert_cmpuint (count (tex, wanted), >=, 2);
  g_assert_nonnull (strstr (tex, "{precision}"));
  g_assert_nonnull (strstr (tex, "difference in percentage points"));
}

/* Networks side by side have the names of the rows once, at the left. */
static void
test_gates_beside (Sample *sample, gconstpointer data)
{
  const FigReading readings[] = { sample->reading, sample->reading };
  g_autofree char *tex = NULL;

  sample->gates.readings = readings;
  sample->gates.n_readings = 2;
  sample->gates.arrangement = FIG_GATES_SIDE_BY_SIDE;
  tex = write_tex (&sample->pages[2]);
  assert_well_formed (tex);
  g_assert_cmpuint (count (tex, "{guess}"), ==, 1);
  g_assert_cmpuint (count (tex, "forget gate $f_t$"), ==, 1);
  g_assert_cmpuint (count (tex, "\\addplot[matrix plot*"), ==, 12);
}

/* Nothing to draw is no error, and says so. */
static void
test_empty (Sample *sample, gconstpointer data)
{
  g_autofree char *confusion = NULL, *gates = NULL, *curves = NULL;

  sample->confusion.n_matrices = sample->gates.n_readings = sample->curves.n_series = 0;
  confusion = write_tex (&sample->pages[1]);
  assert_well_formed (confusion);
  g_assert_nonnull (strstr (confusion, "{no network is chosen}"));
  gates = write_tex (&sample->pages[2]);
  g_assert_nonnull (strstr (gates, "{no network is chosen}"));
  curves = write_tex (&sample->pages[0]);
  assert_well_formed (curves);
}

/* Runs @program on a file in @folder; whether it made a PDF. */
static gboolean
compile (const char *program, const char *folder, const char *name)
{
  const char *arguments[] = { program, "-interaction=nonstopmode", "-halt-on-error", name, NULL };
  g_autofree char *pdf = g_build_filename (folder, "figure.pdf", NULL);
  int status = 1;

  g_remove (pdf);
  if (!g_spawn_sync (folder, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                     NULL, NULL, &status, NULL))
    return FALSE;
  return status == 0 && g_file_test (pdf, G_FILE_TEST_EXISTS);
}

/* LaTeX may be there without the packages, which kpsewhich, a part of it, finds. */
static gboolean
has_packages (void)
{
  g_autofree char *found = NULL;

  g_spawn_command_line_sync ("kpsewhich pgfplots.sty standalone.cls", &found, NULL, NULL, NULL);
  return found != NULL && strstr (found, "pgfplots.sty") != NULL && strstr (found, "standalone.cls") != NULL;
}

/* Compiled by itself, and all of them within a document. */
static void
test_compiles (Sample *sample, gconstpointer data)
{
  static const char document[] = "\\documentclass{article}\\usepackage{pgfplots}\\pgfplotsset{compat=1.16}"
                                 "\\begin{document}\\input{0}\n\n\\input{1}\n\n\\input{2}\n\n\\input{3}\\end{document}";
  static const char *const programs[] = { "xelatex", "lualatex", "pdflatex" };
  g_autofree char *folder = g_dir_make_tmp ("gatescope-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "figure.tex", NULL);
  const char *program = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sample->pages); i++)
    {
      g_autofree char *tex = write_tex (&sample->pages[i]), *name = g_strdup_printf ("%u.tex", i);
      g_autofree char *inner = g_build_filename (folder, name, NULL);

      g_assert_true (g_file_set_contents (inner, tex, -1, NULL));
      if (i + 1 == G_N_ELEMENTS (sample->pages))
        g_assert_true (g_file_set_contents (path, tex, -1, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (programs) && program == NULL; i++)
    {
      g_autofree char *found = g_find_program_in_path (programs[i]);

      program = found != NULL ? programs[i] : NULL;
    }
  if (program == NULL || !has_packages ())
    g_test_skip ("no LaTeX with pgfplots and standalone is installed");
  else
    {
      g_assert_true (compile (program, folder, "figure.tex"));
      g_assert_true (g_file_set_contents (path, document, -1, NULL));
      g_assert_true (compile (program, folder, "figure.tex"));
    }
  folder_remove (folder);
}

#define ADD(name, function) g_test_add ("/pgfplots/" name, Sample, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("form", test_form);
  ADD ("curves", test_curves);
  ADD ("curves-views", test_curves_views);
  ADD ("thinned", test_thinned);
  ADD ("matrices", test_matrices);
  ADD ("matrices-views", test_matrices_views);
  ADD ("gates-beside", test_gates_beside);
  ADD ("sheet", test_sheet);
  ADD ("empty", test_empty);
  ADD ("compiles", test_compiles);
  return g_test_run ();
}
