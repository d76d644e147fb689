/* report-pages.c: the report's blocks on pages.
 *
 * Text fills the pages from the top. A figure that has no room left waits for the next page while the text goes on,
 * but for no longer than its chapter; it and its caption are one. A paragraph leaves no line alone on a page, a heading
 * stands with what it is the heading of, and a table or a listing is not broken.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report-pages.h"

#include "figure/i18n.h"
#include "report/report-figures.h"
#include "report/report-type.h"

#include <cairo-pdf.h>

/* Points. */
#define MARGIN_SIDE 71.0
#define MARGIN_TOP 68.0
#define MARGIN_BOTTOM 74.0
#define TEXT_WIDTH (REPORT_PAGE_WIDTH - 2 * MARGIN_SIDE)
#define TEXT_BOTTOM (REPORT_PAGE_HEIGHT - MARGIN_BOTTOM)
#define BEFORE_CHAPTER 24.0
#define BEFORE_SECTION 15.0
#define BEFORE_BLOCK 12.0
#define AFTER_HEADING 6.0
#define AFTER_PARAGRAPH 11.0
#define AFTER_INDENTED_PARAGRAPH 5.0
#define CAPTION_GAP 5.0
#define WITH_HEADING 58.0 /* what must have room under a heading */
#define LISTING_PADDING 8.0
#define COLUMN_GAP 22.0
#define ROW_PADDING 3.2
#define FEWEST_LINES 2 /* of a paragraph on a page */

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
  const ReportDocument *document;
  const ReportRuns *runs;
  ReportType type;
  FigTheme theme;
  guint page;
  double y;           /* the top of what is still free */
  double gap;         /* to leave before what comes next, unless it begins a page */
  GPtrArray *waiting; /* figures, of ReportBlock, for the next page; borrowed */
} Pages;

static void new_page (Pages *pages);

/* ---- Room ---- */

static gboolean
is_top (const Pages *pages)
{
  return pages->y <= MARGIN_TOP;
}

static double
gap_before (const Pages *pages, double gap)
{
  return is_top (pages) ? 0 : MAX (pages->gap, gap);
}

static gboolean
has_room (const Pages *pages, double gap, double height)
{
  return pages->y + gap_before (pages, gap) + height <= TEXT_BOTTOM;
}

/* Goes to a new page where @height has no room, and leaves the gap before it. */
static void
make_room (Pages *pages, double gap, double height)
{
  while (!has_room (pages, gap, height) && !is_top (pages))
    new_page (pages);
  pages->y += gap_before (pages, gap);
  pages->gap = 0;
}

static void
set_ink (Pages *pages, double grey)
{
  cairo_set_source_rgb (pages->cr, grey, grey, grey);
}

static void
show_layout (Pages *pages, PangoLayout *layout, double x, double y)
{
  set_ink (pages, 0);
  cairo_move_to (pages->cr, x, y);
  pango_cairo_show_layout (pages->cr, layout);
}

static PangoLayout *
caption_layout (const Pages *pages, const char *label, const char *text)
{
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b>\342\200\202%s", label, text);

  return report_type_layout (&pages->type, REPORT_STYLE_CAPTION, markup, TEXT_WIDTH);
}

/* ---- Figures ---- */

static gboolean
figure_has_room (const Pages *pages, const ReportBlock *block)
{
  ReportDrawing drawing;

  report_drawing_init (&drawing, pages->runs, block->figure, &pages->theme, TEXT_WIDTH);
  /* Two lines for the caption. */
  return has_room (pages, BEFORE_BLOCK, drawing.height + CAPTION_GAP + 30);
}

static void
draw_figure (Pages *pages, const ReportBlock *block)
{
  g_autofree char *label = report_figure_reference (block->number);
  g_autoptr (PangoLayout) caption = caption_layout (pages, label, block->text);
  ReportDrawing drawing;
  double height;

  report_drawing_init (&drawing, pages->runs, block->figure, &pages->theme, TEXT_WIDTH);
  report_layout_size (caption, NULL, &height);
  pages->y += gap_before (pages, BEFORE_BLOCK);
  cairo_save (pages->cr);
  cairo_translate (pages->cr, MARGIN_SIDE + (TEXT_WIDTH - drawing.width) / 2, pages->y);
  drawing.draw (pages->cr, drawing.width, drawing.height, drawing.figure, &pages->theme);
  cairo_restore (pages->cr);
  pages->y += drawing.height + CAPTION_GAP;
  show_layout (pages, caption, MARGIN_SIDE, pages->y);
  pages->y += height;
  pages->gap = BEFORE_BLOCK;
}

/* As many of those that wait as the page holds, and one at least on an empty page. */
static void
draw_waiting (Pages *pages)
{
  while (pages->waiting->len > 0)
    {
      const ReportBlock *block = g_ptr_array_index (pages->waiting, 0);

      if (!is_top (pages) && !figure_has_room (pages, block))
        return;
      g_ptr_array_remove_index (pages->waiting, 0);
      draw_figure (pages, block);
    }
}

static void
add_figure (Pages *pages, ReportBlock *block)
{
  g_ptr_array_add (pages->waiting, block);
  draw_waiting (pages);
}

static void
flush_waiting (Pages *pages)
{
  draw_waiting (pages);
  while (pages->waiting->len > 0)
    new_page (pages);
}

/* ---- Pages ---- */

static void
end_page (Pages *pages)
{
  g_autofree char *number = g_strdup_printf ("%u", pages->page);
  g_autoptr (PangoLayout) layout = report_type_layout (&pages->type, REPORT_STYLE_PAGE_NUMBER, number, TEXT_WIDTH);

  show_layout (pages, layout, MARGIN_SIDE, REPORT_PAGE_HEIGHT - MARGIN_BOTTOM * 0.55);
  cairo_show_page (pages->cr);
}

static void
new_page (Pages *pages)
{
  end_page (pages);
  pages->page++;
  pages->y = MARGIN_TOP;
  pages->gap = 0;
  draw_waiting (pages);
}

/* ---- Text ---- */

static void
add_heading (Pages *pages, const ReportBlock *block)
{
  const gboolean chapter = block->kind == REPORT_BLOCK_CHAPTER;
  g_autofree char *text = block->number != NULL ? g_strdup_printf ("%s\342\200\203%s", block->number, block->text)
                                                : g_strdup (block->text);
  g_autofree char *markup = report_type_markup (text), *target = NULL;
  g_autoptr (PangoLayout) layout
    = report_type_layout (&pages->type, chapter ? REPORT_STYLE_CHAPTER : REPORT_STYLE_SECTION, markup, TEXT_WIDTH);
  double height;

  if (chapter)
    flush_waiting (pages);
  report_layout_size (layout, NULL, &height);
  make_room (pages, chapter ? BEFORE_CHAPTER : BEFORE_SECTION, height + AFTER_HEADING + WITH_HEADING);
  if (chapter)
    {
      target = g_strdup_printf ("page=%u pos=[%d %d]", pages->page, (int) MARGIN_SIDE, (int) pages->y);
      cairo_pdf_surface_add_outline (pages->surface, CAIRO_PDF_OUTLINE_ROOT, text, target,
                                     (cairo_pdf_outline_flags_t) 0);
    }
  show_layout (pages, layout, MARGIN_SIDE, pages->y);
  pages->y += height;
  pages->gap = AFTER_HEADING;
}

/* How many of @n lines stand on this page: all, or so many that none is alone on this page or the next. */
static int
lines_that_fit (const Pages *pages, GArray *bottoms, int first)
{
  int n = (int) bottoms->len, fit = 0;
  double top = first > 0 ? g_array_index (bottoms, double, first - 1) : 0;

  while (first + fit < n
         && has_room (pages, 0, g_array_index (bottoms, double, first + fit) - top))
    fit++;
  if (first + fit < n)
    fit = MIN (fit, n - first - FEWEST_LINES);
  return fit < FEWEST_LINES && first + fit < n ? 0 : fit;
}

/* Draws lines @first to @first + @n - 1 from the top of what is free. */
static void
draw_lines (Pages *pages, PangoLayout *layout, GArray *bottoms, int first, int n)
{
  double top = first > 0 ? g_array_index (bottoms, double, first - 1) : 0;
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int i = 0;

  set_ink (pages, 0);
  do
    {
      PangoRectangle logical;

      if (i < first || i >= first + n)
        continue;
      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      cairo_move_to (pages->cr, MARGIN_SIDE + logical.x / (double) PANGO_SCALE,
                     pages->y - top + pango_layout_iter_get_baseline (iter) / (double) PANGO_SCALE);
      pango_cairo_show_layout_line (pages->cr, pango_layout_iter_get_line_readonly (iter));
    }
  while (++i < first + n && pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  pages->y += g_array_index (bottoms, double, first + n - 1) - top;
}

/* (transfer full): of double: where each line ends, from the layout's top. */
static GArray *
line_bottoms (PangoLayout *layout)
{
  GArray *bottoms = g_array_new (FALSE, FALSE, sizeof (double));
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      int top, bottom;
      double at;

      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      at = bottom / (double) PANGO_SCALE;
      g_array_append_val (bottoms, at);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  return bottoms;
}

static void
add_paragraph (Pages *pages, const ReportBlock *block)
{
  g_autofree char *text = report_type_paragraph (&pages->type, block->text);
  g_autofree char *markup = report_type_markup (text);
  g_autoptr (PangoLayout) layout = report_type_layout (&pages->type, REPORT_STYLE_BODY, markup, TEXT_WIDTH);
  g_autoptr (GArray) bottoms = line_bottoms (layout);
  int first = 0, n = (int) bottoms->len;

  while (first < n)
    {
      int fit;

      /* Figures that waited may stand at the top of the page. */
      pages->y += gap_before (pages, 0);
      pages->gap = 0;
      fit = lines_that_fit (pages, bottoms, first);

      /* On an empty page anything stands. */
      if (fit == 0 && is_top (pages))
        fit = n - first;
      if (fit > 0)
        draw_lines (pages, layout, bottoms, first, fit);
      first += fit;
      if (first < n)
        new_page (pages);
    }
  /* Where the first line stands in, it tells where a paragraph begins. */
  pages->gap = pages->type.chinese ? AFTER_INDENTED_PARAGRAPH : AFTER_PARAGRAPH;
}

static void
add_listing (Pages *pages, const ReportBlock *block)
{
  g_autofree char *markup = g_markup_escape_text (block->text, -1);
  g_autoptr (PangoLayout) layout
    = report_type_layout (&pages->type, REPORT_STYLE_LISTING, markup, TEXT_WIDTH - 2 * LISTING_PADDING);
  double height;

  report_layout_size (layout, NULL, &height);
  height += 2 * LISTING_PADDING;
  make_room (pages, AFTER_PARAGRAPH, height);
  set_ink (pages, 0.955);
  cairo_rectangle (pages->cr, MARGIN_SIDE, pages->y, TEXT_WIDTH, height);
  cairo_fill (pages->cr);
  show_layout (pages, layout, MARGIN_SIDE + LISTING_PADDING, pages->y + LISTING_PADDING);
  pages->y += height;
  pages->gap = BEFORE_BLOCK;
}

/* ---- Tables ---- */

typedef struct
{
  GPtrArray *layouts; /* of PangoLayout, as the cells */
  double *widths;     /* of the columns */
  double row_height;
  double width;
} Table;

static void
table_clear (Table *table)
{
  g_clear_pointer (&table->layouts, g_ptr_array_unref);
  g_free (table->widths);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void
table_init (Table *table, const Pages *pages, const ReportBlock *block)
{
  *table = (Table){
    .layouts = g_ptr_array_new_with_free_func (g_object_unref), .widths = g_new0 (double, block->n_columns),
  };
  for (guint i = 0; i < block->cells->len; i++)
    {
      g_autofree char *markup = report_type_markup (g_ptr_array_index (block->cells, i));
      PangoLayout *layout = report_type_layout (
        &pages->type, i < block->n_columns ? REPORT_STYLE_HEAD : REPORT_STYLE_CELL, markup, 0);
      double width, height;

      report_layout_size (layout, &width, &height);
      table->widths[i % block->n_columns] = MAX (table->widths[i % block->n_columns], width);
      table->row_height = MAX (table->row_height, height + 2 * ROW_PADDING);
      g_ptr_array_add (table->layouts, layout);
    }
  for (guint column = 0; column < block->n_columns; column++)
    table->width += table->widths[column] + (column > 0 ? COLUMN_GAP : 0);
}

static void
draw_rule (Pages *pages, double width, double y, double thickness)
{
  set_ink (pages, 0);
  cairo_set_line_width (pages->cr, thickness);
  cairo_move_to (pages->cr, 0, y);
  cairo_line_to (pages->cr, width, y);
  cairo_stroke (pages->cr);
}

/* The first column to the left, numbers to the right. The origin is the table's corner. */
static void
draw_cells (Pages *pages, const ReportBlock *block, const Table *table)
{
  const guint n_rows = report_table_n_rows (block);
  const double height = n_rows * table->row_height;

  draw_rule (pages, table->width, 0, 0.9);
  draw_rule (pages, table->width, table->row_height, 0.5);
  draw_rule (pages, table->width, height, 0.9);
  for (guint row = 0; row < n_rows; row++)
    {
      double x = 0;

      for (guint column = 0; column < block->n_columns; column++)
        {
          PangoLayout *layout = g_ptr_array_index (table->layouts, row * block->n_columns + column);
          double width;

          report_layout_size (layout, &width, NULL);
          show_layout (pages, layout, column > 0 ? x + table->widths[column] - width : x,
                       row * table->row_height + ROW_PADDING);
          x += table->widths[column] + COLUMN_GAP;
        }
    }
}

static void
add_table (Pages *pages, const ReportBlock *block)
{
  /* Translators: %s is the number of a table. */
  g_autofree char *label = g_strdup_printf (_ ("Table %s"), block->number);
  g_autoptr (PangoLayout) caption = caption_layout (pages, label, block->text);
  g_auto (Table) table = { 0 };
  double caption_height, height, scale;

  table_init (&table, pages, block);
  report_layout_size (caption, NULL, &caption_height);
  scale = MIN (1.0, TEXT_WIDTH / table.width);
  height = report_table_n_rows (block) * table.row_height * scale;
  make_room (pages, BEFORE_BLOCK, caption_height + CAPTION_GAP + height);
  show_layout (pages, caption, MARGIN_SIDE, pages->y);
  pages->y += caption_height + CAPTION_GAP;
  cairo_save (pages->cr);
  cairo_translate (pages->cr, MARGIN_SIDE + (TEXT_WIDTH - table.width * scale) / 2, pages->y);
  cairo_scale (pages->cr, scale, scale);
  draw_cells (pages, block, &table);
  cairo_restore (pages->cr);
  pages->y += height;
  pages->gap = BEFORE_BLOCK;
}

/* ---- The whole ---- */

static void
add_line (Pages *pages, ReportStyle style, const char *text, double gap)
{
  g_autofree char *markup = text != NULL ? g_markup_escape_text (text, -1) : NULL;
  g_autoptr (PangoLayout) layout = NULL;
  double height;

  if (text == NULL || *text == '\0')
    return;
  layout = report_type_layout (&pages->type, style, markup, TEXT_WIDTH);
  report_layout_size (layout, NULL, &height);
  pages->y += gap;
  show_layout (pages, layout, MARGIN_SIDE, pages->y);
  pages->y += height;
}

static void
add_block (Pages *pages, ReportBlock *block)
{
  switch (block->kind)
    {
    case REPORT_BLOCK_CHAPTER:
    case REPORT_BLOCK_SECTION:
      add_heading (pages, block);
      break;
    case REPORT_BLOCK_LISTING:
      add_listing (pages, block);
      break;
    case REPORT_BLOCK_TABLE:
      add_table (pages, block);
      break;
    case REPORT_BLOCK_FIGURE:
      add_figure (pages, block);
      break;
    case REPORT_BLOCK_PARAGRAPH:
    default:
      add_paragraph (pages, block);
      break;
    }
}

cairo_status_t
report_pages_draw (cairo_surface_t *surface, const ReportDocument *document, const ReportRuns *runs)
{
  Pages pages = { .surface = surface, .document = document, .runs = runs, .page = 1, .y = MARGIN_TOP };
  cairo_status_t status;

  pages.cr = cairo_create (surface);
  pages.waiting = g_ptr_array_new ();
  report_type_init (&pages.type, document);
  report_theme_init (&pages.theme, document->language);
  add_line (&pages, REPORT_STYLE_TITLE, document->title, 10);
  add_line (&pages, REPORT_STYLE_SUBTITLE, document->author, 10);
  add_line (&pages, REPORT_STYLE_SUBTITLE, document->subtitle, 4);
  for (guint i = 0; i < document->blocks->len; i++)
    add_block (&pages, g_ptr_array_index (document->blocks, i));
  flush_waiting (&pages);
  end_page (&pages);
  status = cairo_status (pages.cr);
  cairo_destroy (pages.cr);
  g_ptr_array_unref (pages.waiting);
  report_type_clear (&pages.type);
  return status;
}
