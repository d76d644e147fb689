/* application.c: the program: one window, its actions and keys.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/application.h"

#include "app/window.h"

#include <glib/gi18n.h>

struct _ScopeApplication
{
  GtkApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (ScopeApplication, scope_application, GTK_TYPE_APPLICATION)

static ScopeWindow *
ensure_window (ScopeApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); window == NULL && l != NULL; l = l->next)
    if (SCOPE_IS_WINDOW (l->data))
      window = l->data;
  if (window == NULL || !SCOPE_IS_WINDOW (window))
    window = GTK_WINDOW (scope_window_new (application));
  return SCOPE_WINDOW (window);
}

static void
scope_application_activate (GApplication *application)
{
  ScopeWindow *window = ensure_window (SCOPE_APPLICATION (application));

  scope_window_open_first_data (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
scope_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  ScopeWindow *window = ensure_window (SCOPE_APPLICATION (application));

  for (int i = 0; i < n_files; i++)
    scope_window_open_file (window, files[i]);
  scope_window_open_first_data (window);
  gtk_window_present (GTK_WINDOW (window));
}

/* By way of an action, so that a window that another process has open takes them too.
 * Returns: -1 to go on, or the program's exit status. */
static int
take_seeds (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;
  gint32 seeds;

  if (!g_variant_dict_lookup (options, "seeds", "i", &seeds))
    return -1;
  if (seeds < 1 || seeds > SCOPE_MOST_SEEDS)
    {
      g_printerr (_("gatescope: --seeds is %d; give a number from 1 to %d\n"), seeds, SCOPE_MOST_SEEDS);
      return 1;
    }
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("gatescope: %s\n", error->message);
      return 1;
    }
  g_action_group_activate_action (G_ACTION_GROUP (application), "seeds", g_variant_new_int32 (seeds));
  return -1;
}

static int
scope_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("gatescope %s\n", GATESCOPE_VERSION);
      return 0;
    }
  return take_seeds (application, options);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const authors[] = { "The Gatescope authors", NULL };

  gtk_show_about_dialog (gtk_application_get_active_window (GTK_APPLICATION (data)), "program-name", "Gatescope",
                         "version", GATESCOPE_VERSION, "logo-icon-name", GATESCOPE_APPLICATION_ID, "comments",
                         _("Trains recurrent networks on surnames, side by side, and shows what every gate does"),
                         "authors", authors, "translator-credits", _("translator-credits"), "license-type",
                         GTK_LICENSE_GPL_3_0, NULL);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (data)), *next; l != NULL; l = next)
    {
      next = l->next;
      gtk_window_close (l->data);
    }
  g_application_quit (data);
}

static void
on_seeds (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_action_group_change_action_state (G_ACTION_GROUP (ensure_window (data)), "seeds", parameter);
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = on_about },
  { .name = "seeds", .activate = on_seeds, .parameter_type = "i" },
  { .name = "quit", .activate = on_quit },
};

static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "win.show-help-overlay", { "<Control>question", "F1" } },
  { "win.toggle-training", { "F5" } },
  { "win.step", { "F6" } },
  { "win.reset", { "<Control><Shift>r" } },
  { "win.undo-reset", { "<Control><Shift>z" } },
  { "win.page::compare", { "<Alt>1" } },
  { "win.page::gates", { "<Alt>2" } },
  { "win.matrix-order::alphabetical", { "<Control><Shift>a" } },
  { "win.matrix-order::clustered", { "<Control><Shift>g" } },
  { "win.matrix-scores", { "<Control><Shift>f" } },
  { "win.matrix-large", { "<Control><Shift>m" } },
  { "win.sidebar", { "F9" } },
  { "win.runs", { "<Control>r" } },
  { "win.focus-name", { "<Control>l" } },
  { "win.export-dialog", { "<Control>e" } },
  { "win.copy-shown", { "<Control><Shift>c" } },
  { "win.copy-shown-numbers", { "<Control><Shift>n" } },
  { "win.export-all-dialog", { "<Control><Shift>e" } },
  { "win.report-dialog", { "<Control><Shift>p" } },
  { "win.open-data-dialog", { "<Control>o" } },
  { "win.open-weights-dialog", { "<Control><Shift>o" } },
  { "win.save-weights-dialog", { "<Control>s" } },
  { "win.log-loss", { "<Control><Shift>l" } },
  { "win.fit-curves", { "<Control>0", "<Control>KP_0" } },
  { "win.zoom-curves(0.5)", { "<Control>plus", "<Control>equal" } },
  { "win.zoom-curves(2.0)", { "<Control>minus" } },
  { "win.gates-detail::summary", { "<Alt>s" } },
  { "win.gates-detail::units", { "<Alt>u" } },
  { "win.gates-order::index", { "<Alt>i" } },
  { "win.gates-order::last", { "<Alt>l" } },
  { "win.gates-order::clustered", { "<Alt>c" } },
  { "win.gates-pane::units", { "<Control>1" } },
  { "win.gates-pane::letters", { "<Control>2" } },
  { "win.gates-pane::substitution", { "<Control>3" } },
  { "win.gates-pane::damage", { "<Control>4" } },
  { "win.gates-pane::drivers", { "<Control>5" } },
  { "win.gates-pane::table", { "<Control>6" } },
  { "win.never-forget", { "F7" } },
  { "win.unclamp", { "F8" } },
  { "win.unclamp-all", { "<Shift>F8" } },
  { "win.play", { "<Control>p" } },
  { "win.next-letter", { "<Control>period" } },
  { "win.present", { "F11" } },
  { "win.copy-table::text", { "<Control>t" } },
  { "window.close", { "<Control>w" } },
};

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/gatescope/Gatescope/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
scope_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (scope_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action,
                                           (const char *const *) accelerators[i].keys);
  load_style ();
  gtk_window_set_default_icon_name (GATESCOPE_APPLICATION_ID);
}

static void
scope_application_class_init (ScopeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = scope_application_startup;
  application_class->activate = scope_application_activate;
  application_class->open = scope_application_open;
  application_class->handle_local_options = scope_application_handle_local_options;
}

static void
scope_application_init (ScopeApplication *application)
{
  static const GOptionEntry options[] = {
    { "seeds", 0, 0, G_OPTION_ARG_INT, NULL, N_("Train each network with so many seeds"), "N" },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and leave"), NULL },
    { NULL },
  };

  g_set_application_name ("Gatescope");
  g_application_add_main_option_entries (G_APPLICATION (application), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (application), _("[FOLDER | WEIGHTS.safetensors]"));
}

ScopeApplication *
scope_application_new (void)
{
  return g_object_new (SCOPE_TYPE_APPLICATION, "application-id", GATESCOPE_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/io/github/gatescope/Gatescope", NULL);
}
