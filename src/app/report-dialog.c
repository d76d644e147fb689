/* report-dialog.c: asks for a report, shows how far it is, and where it was written.
 *
 * The report is made on a thread of its own; a timer looks how far it is. Closing the dialog breaks it off.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/report-dialog.h"

#include "app/file-dialog.h"
#include "app/format.h"
#include "report/report-job.h"
#include "run/paths.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define LOOK_INTERVAL 100 /* milliseconds */

struct _ScopeReportDialog
{
  GtkWindow parent_instance;

  GtkStack *stack;
  GtkEditable *folder;
  GtkEditable *author;
  GtkDropDown *language;
  GtkSpinButton *seed;
  GtkSpinButton *iterations;
  GtkCheckButton *train_anew;
  GtkCheckButton *use_runs;
  GtkLabel *runs_note;
  GtkLabel *problem;
  GtkButton *cancel_button;
  GtkButton *make_button;
  GtkLabel *stage;
  GtkProgressBar *bar;
  GtkLabel *outcome;
  GtkWidget *show_button;
  GtkWidget *open_button;

  ScopeSession *session;
  ReportJob *job; /* NULL while none is under way */
  GCancellable *cancellable;
  guint timer;
};

G_DEFINE_FINAL_TYPE (ScopeReportDialog, scope_report_dialog, GTK_TYPE_WINDOW)

/* In the order of the drop-down. */
static const char *const languages[] = { "zh_CN", "en" };

/* ---- Runs at hand ---- */

/* Why a run can't be taken for a report of that seed, or NULL. */
static const char *
misfit (ScopeResult *result, const ReportOrder *order)
{
  ScopeRun *run = scope_result_get_run (result);
  ScopeRunState state = run != NULL ? scope_run_get_state (run) : SCOPE_RUN_READY;
  const NnSettings *settings;
  NnSettings wanted;

  if (run == NULL)
    return _("it was opened from a file");
  if (state != SCOPE_RUN_FINISHED && state != SCOPE_RUN_DIVERGED)
    return state == SCOPE_RUN_READY ? _("it is not trained yet") : _("it is not finished");
  settings = scope_run_get_settings (run);
  wanted = report_order_settings (order, settings->hold_out > 0 ? REPORT_HELD_OUT : REPORT_ALL_ROWS, settings->kind);
  if (settings->seed != wanted.seed)
    return _("it has another seed");
  if (!nn_settings_equal (settings, &wanted))
    return _("its settings are not those of the preset “As in the report”");
  return NULL;
}

/* Gives @job the shown runs that fit; @note says of each run whether it does.
 * @job: (nullable): only the note is wanted
 * Returns: how many fit. */
static guint
take_runs (ScopeReportDialog *dialog, const ReportOrder *order, ReportJob *job, GString *note)
{
  g_autoptr (GPtrArray) shown = scope_session_get_shown_results (dialog->session);
  guint n = 0;

  for (guint i = 0; i < shown->len; i++)
    {
      ScopeResult *result = g_ptr_array_index (shown, i);
      const char *title = scope_result_get_title (result), *reason = misfit (result, order);
      g_autoptr (NnRunRecord) record = NULL;

      if (reason != NULL)
        {
          /* Translators: a network, and why its run can't be used. */
          g_string_append_printf (note, _("%s: trained anew, for %s."), title, reason);
          g_string_append_c (note, '\n');
          continue;
        }
      n++;
      g_string_append_printf (note, _("%s: used."), title);
      g_string_append_c (note, '\n');
      if (job == NULL)
        continue;
      record = scope_run_make_record (scope_result_get_run (result));
      if (report_job_take (job, record, scope_result_get_snapshot (result), title, NULL))
        g_steal_pointer (&record);
    }
  g_string_truncate (note, note->len > 0 ? note->len - 1 : 0);
  return n;
}

/* ---- Asking ---- */

static const char *
chosen_language (ScopeReportDialog *dialog)
{
  guint row = gtk_drop_down_get_selected (dialog->language);

  return languages[row < G_N_ELEMENTS (languages) ? row : 0];
}

/* The order as the controls have it; all strings are borrowed. */
static ReportOrder
read_order (ScopeReportDialog *dialog)
{
  const char *author = gtk_editable_get_text (dialog->author);
  guint64 iterations = (guint64) gtk_spin_button_get_value (dialog->iterations);
  ReportOrder order = {
    .folder = (char *) gtk_editable_get_text (dialog->folder),
    .language = (char *) chosen_language (dialog),
    .author = *author != '\0' ? (char *) author : NULL,
    .seed = (guint32) gtk_spin_button_get_value (dialog->seed),
  };
  NnSettings preset = report_order_settings (&order, REPORT_ALL_ROWS, NN_RNN);

  order.iterations = iterations != preset.iterations ? iterations : 0;
  return order;
}

static void
update (ScopeReportDialog *dialog)
{
  g_autoptr (GString) note = g_string_new (NULL);
  ReportOrder order;
  guint n;

  /* The template's own values come before there is anything to compare with. */
  if (dialog->session == NULL)
    return;
  order = read_order (dialog);
  n = take_runs (dialog, &order, NULL, note);
  gtk_widget_set_sensitive (GTK_WIDGET (dialog->use_runs), n > 0);
  if (n == 0 && gtk_check_button_get_active (dialog->use_runs))
    gtk_check_button_set_active (dialog->train_anew, TRUE);
  gtk_label_set_text (dialog->runs_note, note->str);
  gtk_widget_set_sensitive (GTK_WIDGET (dialog->make_button), *order.folder != '\0');
}

static void
on_folder_chosen (const char *path, gpointer data)
{
  gtk_editable_set_text (SCOPE_REPORT_DIALOG (data)->folder, path);
}

static void
on_choose (ScopeReportDialog *dialog)
{
  ScopeFileDialog chooser = { .title = _("Folder for the report"),
                              .accept = _("_Choose"),
                              .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER };

  scope_file_dialog_ask (GTK_WINDOW (dialog), &chooser, on_folder_chosen, G_OBJECT (dialog));
}

static void
show_page (ScopeReportDialog *dialog, const char *page)
{
  gboolean asks = strcmp (page, "ask") == 0, is_done = strcmp (page, "done") == 0;

  gtk_stack_set_visible_child_name (dialog->stack, page);
  gtk_widget_set_visible (GTK_WIDGET (dialog->make_button), asks);
  gtk_widget_set_visible (dialog->show_button, is_done);
  gtk_button_set_label (dialog->cancel_button, is_done ? C_("command", "Close") : C_("command", "Cancel"));
}

/* ---- Making ---- */

static gboolean
look (gpointer data)
{
  ScopeReportDialog *dialog = data;
  ReportView view;
  g_autofree char *left = NULL, *text = NULL;

  report_job_look (dialog->job, &view);
  gtk_progress_bar_set_fraction (dialog->bar, view.done);
  gtk_label_set_text (dialog->stage, view.stage == REPORT_TRAINING ? _("Training the networks")
                                                                   : _("Drawing and writing the report"));
  left = scope_format_duration (view.seconds_left);
  /* Translators: %s is a time such as 0:12. */
  text = isfinite (view.seconds_left) ? g_strdup_printf (_("%s left"), left) : g_strdup (_("Time left: not known yet"));
  gtk_progress_bar_set_text (dialog->bar, text);
  return G_SOURCE_CONTINUE;
}

static void
stop_looking (ScopeReportDialog *dialog)
{
  g_clear_handle_id (&dialog->timer, g_source_remove);
  g_clear_object (&dialog->cancellable);
  g_clear_pointer (&dialog->job, report_job_unref);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ScopeReportDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  gboolean made = report_job_finish (result, &error);
  g_autofree char *message = NULL;

  /* It may have been closed meanwhile. */
  if (dialog->job == NULL)
    return;
  stop_looking (dialog);
  if (made)
    {
      message = g_strdup_printf (_("The report is in %s."), gtk_editable_get_text (dialog->folder));
      gtk_label_set_text (dialog->outcome, message);
      show_page (dialog, "done");
      gtk_widget_grab_focus (dialog->show_button);
      return;
    }
  gtk_label_set_text (dialog->problem,
                      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _("Cancelled; nothing was written.")
                                                                                : error->message);
  gtk_widget_set_visible (GTK_WIDGET (dialog->problem), TRUE);
  show_page (dialog, "ask");
  update (dialog);
}

static void
on_make (ScopeReportDialog *dialog)
{
  ReportOrder order = read_order (dialog);
  NnDataset *dataset = scope_session_get_dataset (dialog->session);
  g_autofree char *own = scope_paths_names_folder ();
  g_autofree char *folder = g_canonicalize_filename (order.folder, NULL);
  g_autoptr (GString) note = g_string_new (NULL);

  if (dialog->job != NULL || dataset == NULL)
    return;
  order.folder = folder;
  order.data = g_strcmp0 (nn_dataset_folder (dataset), own) != 0 ? (char *) nn_dataset_folder (dataset) : NULL;
  dialog->job = report_job_new (&order, dataset);
  dialog->cancellable = g_cancellable_new ();
  if (gtk_check_button_get_active (dialog->use_runs))
    take_runs (dialog, &order, dialog->job, note);
  gtk_editable_set_text (dialog->folder, folder);
  gtk_widget_set_visible (GTK_WIDGET (dialog->problem), FALSE);
  show_page (dialog, "progress");
  report_job_start (dialog->job, dialog->cancellable, on_made, g_object_ref (dialog));
  look (dialog);
  dialog->timer = g_timeout_add (LOOK_INTERVAL, look, dialog);
}

/* While a report is made, "Cancel" breaks that off; else it closes the dialog. */
static void
on_cancel (ScopeReportDialog *dialog)
{
  if (dialog->cancellable != NULL)
    g_cancellable_cancel (dialog->cancellable);
  else
    gtk_window_close (GTK_WINDOW (dialog));
}

/* ---- Afterwards ---- */

static void
show_file (ScopeReportDialog *dialog, const char *name)
{
  g_autoptr (GFile) file = g_file_new_build_filename (gtk_editable_get_text (dialog->folder), name, NULL);
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri (GTK_WINDOW (dialog), uri, GDK_CURRENT_TIME);
}

static void
on_show (ScopeReportDialog *dialog)
{
  show_file (dialog, "report.pdf");
}

static void
on_open (ScopeReportDialog *dialog)
{
  show_file (dialog, NULL);
}

/* ---- Object ---- */

static void
scope_report_dialog_dispose (GObject *object)
{
  ScopeReportDialog *dialog = SCOPE_REPORT_DIALOG (object);

  if (dialog->job != NULL)
    {
      /* The program may be about to end, and half a report must not be left. */
      g_cancellable_cancel (dialog->cancellable);
      report_job_wait (dialog->job);
      stop_looking (dialog);
    }
  gtk_widget_dispose_template (GTK_WIDGET (dialog), SCOPE_TYPE_REPORT_DIALOG);
  g_clear_object (&dialog->session);
  G_OBJECT_CLASS (scope_report_dialog_parent_class)->dispose (object);
}

static void
scope_report_dialog_class_init (ScopeReportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_report_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/report-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, folder);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, author);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, language);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, seed);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, iterations);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, train_anew);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, use_runs);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, runs_note);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, make_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, stage);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, outcome);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, show_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeReportDialog, open_button);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_make);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_show);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
scope_report_dialog_init (ScopeReportDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

/* The language that the window speaks, as far as there is a report in it. */
static guint
own_language (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_has_prefix (names[i], "zh"))
        return 0;
      if (g_str_has_prefix (names[i], "en"))
        return 1;
    }
  return 1;
}

static void
fill (ScopeReportDialog *dialog)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *folder
    = g_build_filename (documents != NULL ? documents : g_get_home_dir (), "gatescope-report", NULL);
  NnSettings preset;

  nn_settings_preset ("report", NN_RNN, &preset);
  gtk_editable_set_text (dialog->folder, folder);
  gtk_drop_down_set_selected (dialog->language, own_language ());
  gtk_spin_button_set_value (dialog->seed, scope_session_get_settings (dialog->session)->seed);
  gtk_spin_button_set_value (dialog->iterations, (double) preset.iterations);
  g_signal_connect_object (dialog->session, "changed", G_CALLBACK (update), dialog, G_CONNECT_SWAPPED);
  update (dialog);
}

/* (transfer none) (nullable): the one that is open over @parent. */
static ScopeReportDialog *
find_open (GtkWindow *parent)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *l = toplevels; l != NULL; l = l->next)
    if (SCOPE_IS_REPORT_DIALOG (l->data) && gtk_window_get_transient_for (l->data) == parent)
      return l->data;
  return NULL;
}

ScopeReportDialog *
scope_report_dialog_present (GtkWindow *parent, ScopeSession *session)
{
  ScopeReportDialog *dialog;

  g_return_val_if_fail (GTK_IS_WINDOW (parent) && SCOPE_IS_SESSION (session), NULL);
  dialog = find_open (parent);
  if (dialog == NULL)
    {
      dialog = g_object_new (SCOPE_TYPE_REPORT_DIALOG, "transient-for", parent, NULL);
      dialog->session = g_object_ref (session);
      fill (dialog);
    }
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

void
scope_report_dialog_make (ScopeReportDialog *dialog, const char *folder)
{
  g_return_if_fail (SCOPE_IS_REPORT_DIALOG (dialog) && folder != NULL);
  if (dialog->job != NULL)
    return;
  gtk_editable_set_text (dialog->folder, folder);
  on_make (dialog);
}
