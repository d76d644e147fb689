/* export-dialog.c: what is chosen in the export dialog is what the file has, and what the next dialog begins with.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-fixture.h"

#include "app/export-dialog.h"
#include "support/wait.h"

#include <string.h>

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static ScopeExportDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (SCOPE_IS_EXPORT_DIALOG (l->data))
      return l->data;
  return NULL;
}

/* The widget that the dialog calls so. */
static gpointer
child (ScopeExportDialog *dialog, const char *name)
{
  GObject *object = gtk_widget_get_template_child (GTK_WIDGET (dialog), SCOPE_TYPE_EXPORT_DIALOG, name);

  g_assert_nonnull (object);
  return object;
}

/* What is chosen in the dialog is what the file has, and what the next dialog begins with. */
static void
test_dialog (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_path (fixture, "dialog"), *whole = fixture_path (fixture, "dialog.svg"), *contents = NULL;
  ScopeExportDialog *dialog;

  fixture_train (fixture);
  fixture_act (fixture, "export-figure-dialog", g_variant_new_string ("accuracy"));
  dialog = find_dialog ();
  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));
  g_assert_cmpuint (gtk_drop_down_get_selected (child (dialog, "figure")), ==, 1);
  g_assert_false (gtk_widget_get_sensitive (child (dialog, "dpi")));
  gtk_drop_down_set_selected (child (dialog, "format"), FIG_FORMAT_PNG);
  g_assert_true (gtk_widget_get_sensitive (child (dialog, "dpi")));
  gtk_drop_down_set_selected (child (dialog, "format"), FIG_FORMAT_SVG);
  gtk_drop_down_set_selected (child (dialog, "width_preset"), 0);
  g_assert_cmpfloat (gtk_spin_button_get_value (child (dialog, "width")), ==, 85);
  gtk_spin_button_set_value (child (dialog, "width"), 127);
  g_assert_cmpuint (gtk_drop_down_get_selected (child (dialog, "width_preset")), ==, 2);
  g_assert_false (gtk_widget_get_sensitive (child (dialog, "height")));
  gtk_check_button_set_active (child (dialog, "automatic"), FALSE);
  gtk_spin_button_set_value (child (dialog, "height"), 50.8);
  gtk_spin_button_set_value (child (dialog, "font_size"), 8);
  gtk_drop_down_set_selected (child (dialog, "colors"), 1);
  gtk_check_button_set_active (child (dialog, "titled"), TRUE);
  gtk_drop_down_set_selected (child (dialog, "language"), 2);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "export.save", "s", path);
  wait_until (is_gone, &dialog, LIMIT);
  fixture_wait_for_notice (fixture, "Exported the figure to");
  contents = fixture_read (whole, NULL);
  g_assert_nonnull (strstr (contents, "width=\"360pt\" height=\"144pt\""));
  g_assert_nonnull (strstr (contents, "gatescope-cli figure accuracy --run rnn.run.json --run lstm.run.json "
                                      "--run gate-lstm.run.json "));
  g_assert_nonnull (strstr (contents, " --width 127 --height 50.8 --font-size 8 --dpi 300 --dark --title "
                                      "--language zh_CN<"));

  fixture_act (fixture, "export-dialog", NULL);
  dialog = find_dialog ();
  g_assert_cmpuint (gtk_drop_down_get_selected (child (dialog, "figure")), ==, 3);
  g_assert_cmpuint (gtk_drop_down_get_selected (child (dialog, "format")), ==, FIG_FORMAT_SVG);
  g_assert_cmpfloat (gtk_spin_button_get_value (child (dialog, "width")), ==, 127);
  g_assert_cmpfloat (gtk_spin_button_get_value (child (dialog, "height")), ==, 50.8);
  g_assert_cmpuint (gtk_drop_down_get_selected (child (dialog, "language")), ==, 2);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "export.cancel", NULL);
  wait_until (is_gone, &dialog, LIMIT);
}

/* What goes wrong is told in the dialog, which stays. */
static void
test_dialog_errors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = fixture_path (fixture, "no/a.pdf");
  ScopeExportDialog *dialog;
  GtkLabel *problem;

  fixture_act (fixture, "export-figure-dialog", g_variant_new_string ("compare"));
  dialog = find_dialog ();
  problem = child (dialog, "problem");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (problem)));
  gtk_drop_down_set_selected (child (dialog, "format"), FIG_FORMAT_PDF);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "export.save", "s", missing);
  while (*gtk_label_get_text (problem) == '\0')
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (gtk_label_get_text (problem), "no/a.pdf: there is no such folder; make it, or choose another"));
  g_assert_true (gtk_widget_get_sensitive (child (dialog, "settings_grid")));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* The dialog shows the line that the file will have, and says what is still to be done for it, as long as it is. */
static void
test_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *saved = fixture_path (fixture, "saved");

  for (guint is_saved = 0; is_saved < 2; is_saved++)
    {
      ScopeExportDialog *dialog;
      GtkLabel *line, *advice;

      if (is_saved)
        {
          fixture_act (fixture, "save-weights", g_variant_new_string (saved));
          fixture_wait_for_notice (fixture, "Saved the weights");
        }
      else
        fixture_train (fixture);
      fixture_act (fixture, "export-figure-dialog", g_variant_new_string ("loss"));
      dialog = find_dialog ();
      line = child (dialog, "line");
      advice = child (dialog, "advice");
      g_assert_true (g_str_has_prefix (gtk_label_get_text (line), "gatescope-cli figure loss --run rnn.run.json "));
      gtk_drop_down_set_selected (child (dialog, "figure"), 2);
      g_assert_true (g_str_has_prefix (gtk_label_get_text (line), "gatescope-cli figure confusion --run rnn.run.json "));
      gtk_check_button_set_active (child (dialog, "titled"), TRUE);
      g_assert_nonnull (strstr (gtk_label_get_text (line), " --title "));
      g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (advice)), ==, !is_saved);
      if (!is_saved)
        g_assert_cmpstr (gtk_label_get_text (advice), ==,
                         "Save the runs (Ctrl+S), so that its gatescope-cli line can make it again.");
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
}

static void
add (void)
{
  FIXTURE_ADD ("export-dialog/line", test_line);
  FIXTURE_ADD ("export-dialog/choices", test_dialog);
  FIXTURE_ADD ("export-dialog/errors", test_dialog_errors);
}

int
main (int argc, char **argv)
{
  return fixture_main (argc, argv, add);
}
