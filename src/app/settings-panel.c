/* settings-panel.c: the settings of the next run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/settings-panel.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ScopeSettingsPanel
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkGrid *grid;
  GtkDropDown *preset;
  GtkSpinButton *iterations;
  GtkSpinButton *rate_rnn;
  GtkSpinButton *rate_lstm;
  GtkSpinButton *rate_gate_lstm;
  GtkSpinButton *rate_gate_lstm_hidden;
  GtkWidget *label_rates;
  GtkWidget *label_rnn;
  GtkWidget *label_lstm;
  GtkWidget *label_gate_lstm;
  GtkWidget *label_gate_lstm_hidden;
  GtkSpinButton *hidden;
  GtkSpinButton *seed;
  GtkSpinButton *seeds;
  GtkSpinButton *hold_out;
  GtkLabel *note;

  ScopeSession *session;
  gboolean showing; /* the panel itself moves the controls */
};

G_DEFINE_FINAL_TYPE (ScopeSettingsPanel, scope_settings_panel, GTK_TYPE_WIDGET)

/* The presets in the order of the drop-down; its last row is "Custom". */
static const char *const presets[] = { "default", "report", "careful" };

static GtkSpinButton *
rate_button (ScopeSettingsPanel *panel, guint kind)
{
  GtkSpinButton *buttons[NN_N_KINDS]
      = { panel->rate_rnn, panel->rate_lstm, panel->rate_gate_lstm, panel->rate_gate_lstm_hidden };

  return buttons[kind];
}

/* A network that does not train needs no learning rate. */
static void
show_rates (ScopeSettingsPanel *panel)
{
  GtkWidget *labels[NN_N_KINDS]
      = { panel->label_rnn, panel->label_lstm, panel->label_gate_lstm, panel->label_gate_lstm_hidden };
  gboolean any = FALSE;

  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    {
      gboolean enabled = scope_network_get_enabled (scope_session_get_network (panel->session, kind));

      any = any || enabled;
      gtk_widget_set_visible (labels[kind], enabled);
      gtk_widget_set_visible (GTK_WIDGET (rate_button (panel, kind)), enabled);
    }
  gtk_widget_set_visible (panel->label_rates, any);
}

static guint
preset_row (const ScopeSettings *settings)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (strcmp (settings->preset, presets[i]) == 0)
      return i;
  return G_N_ELEMENTS (presets);
}

static void
show (ScopeSettingsPanel *panel)
{
  const ScopeSettings *settings = scope_session_get_settings (panel->session);
  gboolean active = scope_session_is_active (panel->session);

  show_rates (panel);
  /* Each for itself: assistive technologies are not told of a box that is insensitive as a whole. */
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (panel->grid)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_sensitive (child, !active);
  gtk_widget_set_visible (GTK_WIDGET (panel->note), active);
  if (gtk_drop_down_get_selected (panel->preset) == preset_row (settings)
      && gtk_spin_button_get_value (panel->iterations) == (double) settings->iterations && active)
    return;
  panel->showing = TRUE;
  gtk_drop_down_set_selected (panel->preset, preset_row (settings));
  gtk_spin_button_set_value (panel->iterations, (double) settings->iterations);
  gtk_spin_button_set_value (panel->hidden, settings->hidden);
  gtk_spin_button_set_value (panel->seed, settings->seed);
  gtk_spin_button_set_value (panel->seeds, settings->n_seeds);
  gtk_spin_button_set_value (panel->hold_out, settings->hold_out * 100);
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    gtk_spin_button_set_value (rate_button (panel, kind), settings->learning_rate[kind]);
  panel->showing = FALSE;
}

/* Which preset has exactly these values, if any: a person who types a preset's values has that preset. */
static void
find_preset (ScopeSettings *settings)
{
  settings->preset[0] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      ScopeSettings of_preset = *settings;

      scope_settings_apply_preset (&of_preset, presets[i]);
      if (of_preset.iterations == settings->iterations && of_preset.hidden == settings->hidden
          && of_preset.hold_out == settings->hold_out
          && memcmp (of_preset.learning_rate, settings->learning_rate, sizeof settings->learning_rate) == 0)
        {
          *settings = of_preset;
          return;
        }
    }
}

static void
apply (ScopeSettingsPanel *panel, const ScopeSettings *settings)
{
  g_autoptr (GError) error = NULL;

  if (!scope_session_set_settings (panel->session, settings, &error))
    {
      gtk_label_set_text (panel->note, error->message);
      gtk_widget_set_visible (GTK_WIDGET (panel->note), TRUE);
    }
}

static void
on_value_changed (ScopeSettingsPanel *panel)
{
  ScopeSettings settings = *scope_session_get_settings (panel->session);

  if (panel->showing)
    return;
  settings.iterations = (guint64) gtk_spin_button_get_value (panel->iterations);
  settings.hidden = (guint) gtk_spin_button_get_value (panel->hidden);
  settings.seed = (guint32) gtk_spin_button_get_value (panel->seed);
  settings.n_seeds = (guint) gtk_spin_button_get_value (panel->seeds);
  settings.hold_out = gtk_spin_button_get_value (panel->hold_out) / 100;
  for (guint kind = 0; kind < NN_N_KINDS; kind++)
    settings.learning_rate[kind] = gtk_spin_button_get_value (rate_button (panel, kind));
  find_preset (&settings);
  apply (panel, &settings);
}

static void
on_preset_selected (ScopeSettingsPanel *panel)
{
  ScopeSettings settings = *scope_session_get_settings (panel->session);
  guint row = gtk_drop_down_get_selected (panel->preset);

  if (panel->showing || row >= G_N_ELEMENTS (presets))
    return;
  scope_settings_apply_preset (&settings, presets[row]);
  apply (panel, &settings);
}

static void
scope_settings_panel_dispose (GObject *object)
{
  ScopeSettingsPanel *panel = SCOPE_SETTINGS_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (panel), SCOPE_TYPE_SETTINGS_PANEL);
  g_clear_object (&panel->session);
  G_OBJECT_CLASS (scope_settings_panel_parent_class)->dispose (object);
}

static void
scope_settings_panel_class_init (ScopeSettingsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_settings_panel_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/settings-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, box);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, grid);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, preset);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, iterations);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, rate_rnn);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, rate_lstm);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, rate_gate_lstm);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, rate_gate_lstm_hidden);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, label_rates);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, label_rnn);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, label_lstm);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, label_gate_lstm);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, label_gate_lstm_hidden);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, hidden);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, seed);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, seeds);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, hold_out);
  gtk_widget_class_bind_template_child (widget_class, ScopeSettingsPanel, note);
  gtk_widget_class_bind_template_callback (widget_class, on_value_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_preset_selected);
}

static void
scope_settings_panel_init (ScopeSettingsPanel *panel)
{
  gtk_widget_init_template (GTK_WIDGET (panel));
}

GtkWidget *
scope_settings_panel_new (ScopeSession *session)
{
  ScopeSettingsPanel *panel = g_object_new (SCOPE_TYPE_SETTINGS_PANEL, NULL);

  panel->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (show), panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "updated", G_CALLBACK (show), panel, G_CONNECT_SWAPPED);
  show (panel);
  return GTK_WIDGET (panel);
}
