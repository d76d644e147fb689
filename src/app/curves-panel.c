/* curves-panel.c: the loss and accuracy curves with what steers them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/curves-panel.h"

#include "app/curves-figure.h"
#include "app/figure-menu.h"

#include <glib/gi18n.h>

/* The least size of a figure: a page that is lower scrolls. */
#define FIGURE_WIDTH 300
#define FIGURE_HEIGHT 220

struct _ScopeCurvesPanel
{
  GtkWidget parent_instance;

  /* Template widgets. */
  GtkWidget *box;
  ScopeFigureView *loss_view;
  ScopeFigureView *accuracy_view;
  GtkAdjustment *smoothing;
  GtkWidget *bands_button;

  /* Owned. */
  ScopeSession *session;
  ScopeCurvesView loss;
  ScopeCurvesView accuracy;
};

G_DEFINE_FINAL_TYPE (ScopeCurvesPanel, scope_curves_panel, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SMOOTHING,
  PROP_LOG_LOSS,
  PROP_REPORT_VALUES,
  PROP_SEED_BANDS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* ---- The state ---- */

static void
redraw (ScopeCurvesPanel *panel)
{
  scope_figure_view_redraw (panel->loss_view);
  scope_figure_view_redraw (panel->accuracy_view);
}

static void
on_changed (ScopeCurvesChange change, gpointer data)
{
  ScopeCurvesPanel *panel = data;

  if (change == SCOPE_CURVES_OVERLAY)
    {
      scope_figure_view_redraw_overlay (panel->loss_view);
      scope_figure_view_redraw_overlay (panel->accuracy_view);
      return;
    }
  redraw (panel);
  g_object_notify_by_pspec (G_OBJECT (panel), properties[PROP_LOG_LOSS]);
}

static void
set_flag (ScopeCurvesPanel *panel, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;
  *flag = value;
  redraw (panel);
  g_object_notify_by_pspec (G_OBJECT (panel), properties[property]);
}

static void
set_smoothing (ScopeCurvesPanel *panel, double smoothing)
{
  ScopeCurvesState *state = scope_curves_state (panel->session);

  smoothing = CLAMP (smoothing, 0, SCOPE_MOST_SMOOTHING);
  if (state->smoothing == smoothing)
    return;
  state->smoothing = smoothing;
  gtk_adjustment_set_value (panel->smoothing, smoothing);
  redraw (panel);
  g_object_notify_by_pspec (G_OBJECT (panel), properties[PROP_SMOOTHING]);
}

static void
set_log_loss (ScopeCurvesPanel *panel, gboolean log_loss)
{
  if (scope_curves_state (panel->session)->log_loss == log_loss)
    return;
  scope_curves_set_log_loss (panel->session, log_loss);
  redraw (panel);
  g_object_notify_by_pspec (G_OBJECT (panel), properties[PROP_LOG_LOSS]);
}

static void
on_smoothing_changed (ScopeCurvesPanel *panel)
{
  if (panel->session != NULL)
    set_smoothing (panel, gtk_adjustment_get_value (panel->smoothing));
}

/* ---- Object ---- */

static void
scope_curves_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeCurvesPanel *panel = SCOPE_CURVES_PANEL (object);
  const ScopeCurvesState none = { 0 };
  const ScopeCurvesState *state = panel->session != NULL ? scope_curves_state (panel->session) : &none;

  switch (id)
    {
    case PROP_SMOOTHING:
      g_value_set_double (value, state->smoothing);
      break;
    case PROP_LOG_LOSS:
      g_value_set_boolean (value, state->log_loss);
      break;
    case PROP_REPORT_VALUES:
      g_value_set_boolean (value, state->report_values);
      break;
    case PROP_SEED_BANDS:
      g_value_set_boolean (value, state->seed_bands);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_curves_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeCurvesPanel *panel = SCOPE_CURVES_PANEL (object);
  ScopeCurvesState *state = scope_curves_state (panel->session);

  switch (id)
    {
    case PROP_SMOOTHING:
      set_smoothing (panel, g_value_get_double (value));
      break;
    case PROP_LOG_LOSS:
      set_log_loss (panel, g_value_get_boolean (value));
      break;
    case PROP_REPORT_VALUES:
      set_flag (panel, &state->report_values, g_value_get_boolean (value), id);
      break;
    case PROP_SEED_BANDS:
      set_flag (panel, &state->seed_bands, g_value_get_boolean (value), id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_curves_panel_dispose (GObject *object)
{
  ScopeCurvesPanel *panel = SCOPE_CURVES_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (panel), SCOPE_TYPE_CURVES_PANEL);
  g_clear_object (&panel->session);
  G_OBJECT_CLASS (scope_curves_panel_parent_class)->dispose (object);
}

static void
add_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_SMOOTHING] = g_param_spec_double ("smoothing", NULL, NULL, 0, SCOPE_MOST_SMOOTHING, 0, flags);
  properties[PROP_LOG_LOSS] = g_param_spec_boolean ("log-loss", NULL, NULL, FALSE, flags);
  properties[PROP_REPORT_VALUES] = g_param_spec_boolean ("report-values", NULL, NULL, TRUE, flags);
  properties[PROP_SEED_BANDS] = g_param_spec_boolean ("seed-bands", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
scope_curves_panel_class_init (ScopeCurvesPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_curves_panel_get_property;
  object_class->set_property = scope_curves_panel_set_property;
  object_class->dispose = scope_curves_panel_dispose;
  add_properties (object_class);
  g_type_ensure (SCOPE_TYPE_FIGURE_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/gatescope/Gatescope/ui/curves-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeCurvesPanel, box);
  gtk_widget_class_bind_template_child (widget_class, ScopeCurvesPanel, loss_view);
  gtk_widget_class_bind_template_child (widget_class, ScopeCurvesPanel, accuracy_view);
  gtk_widget_class_bind_template_child (widget_class, ScopeCurvesPanel, smoothing);
  gtk_widget_class_bind_template_child (widget_class, ScopeCurvesPanel, bands_button);
}

static void
scope_curves_panel_init (ScopeCurvesPanel *panel)
{
  gtk_widget_init_template (GTK_WIDGET (panel));
  g_signal_connect_swapped (panel->smoothing, "value-changed", G_CALLBACK (on_smoothing_changed), panel);
  scope_figure_view_set_title (panel->loss_view, _("Loss curves"));
  scope_figure_view_set_title (panel->accuracy_view, _("Accuracy curves"));
  scope_figure_view_set_least_size (panel->loss_view, FIGURE_WIDTH, FIGURE_HEIGHT);
  scope_figure_view_set_least_size (panel->accuracy_view, FIGURE_WIDTH, FIGURE_HEIGHT);
}

void
scope_curves_panel_set_session (ScopeCurvesPanel *panel, ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_CURVES_PANEL (panel) && SCOPE_IS_SESSION (session) && panel->session == NULL);
  panel->session = g_object_ref (session);
  panel->loss = (ScopeCurvesView){ session, FIG_MEASURE_LOSS, on_changed, panel };
  panel->accuracy = (ScopeCurvesView){ session, FIG_MEASURE_ACCURACY, on_changed, panel };
  gtk_adjustment_set_value (panel->smoothing, scope_curves_state (session)->smoothing);
  scope_figure_view_set_figure (panel->loss_view, &scope_curves_funcs, &panel->loss);
  scope_figure_view_set_figure (panel->accuracy_view, &scope_curves_funcs, &panel->accuracy);
  scope_figure_menu_attach (panel->loss_view, "loss");
  scope_figure_menu_attach (panel->accuracy_view, "accuracy");
}

/* ---- What it is told ---- */

/* The button of the bands is there when there are several seeds to draw as one. */
static gboolean
has_seeds (const ScopeCurvesFigures *figures)
{
  for (guint i = 0; i < figures->results->len; i++)
    if (figures->series[i].group != i + 1)
      return TRUE;
  return FALSE;
}

void
scope_curves_panel_queue (ScopeCurvesPanel *panel)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };

  g_return_if_fail (SCOPE_IS_CURVES_PANEL (panel) && panel->session != NULL);
  scope_curves_figures_init (&figures, panel->session);
  gtk_widget_set_visible (panel->bands_button, has_seeds (&figures));
  scope_figure_view_queue (panel->loss_view);
  scope_figure_view_queue (panel->accuracy_view);
}

void
scope_curves_panel_fit (ScopeCurvesPanel *panel)
{
  g_return_if_fail (SCOPE_IS_CURVES_PANEL (panel) && panel->session != NULL);
  scope_curves_fit (&panel->loss);
}

void
scope_curves_panel_zoom (ScopeCurvesPanel *panel, double factor)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };
  double crosshair, about = 0.5;
  FigScale x;

  g_return_if_fail (SCOPE_IS_CURVES_PANEL (panel) && panel->session != NULL);
  if (!(factor > 0 && factor < G_MAXFLOAT))
    return;
  crosshair = scope_curves_state (panel->session)->crosshair;
  scope_curves_figures_init (&figures, panel->session);
  x = fig_curves_shown_x (&figures.curves[FIG_MEASURE_LOSS]);
  if (crosshair > x.low && crosshair < x.high)
    about = fig_scale_map (&x, crosshair);
  scope_curves_zoom (&panel->loss, FALSE, about - about * factor, about + (1 - about) * factor);
}

gboolean
scope_curves_panel_toggle (ScopeCurvesPanel *panel, const char *name)
{
  g_auto (ScopeCurvesFigures) figures = { 0 };

  g_return_val_if_fail (SCOPE_IS_CURVES_PANEL (panel) && panel->session != NULL && name != NULL, FALSE);
  scope_curves_figures_init (&figures, panel->session);
  for (guint i = 0; i < figures.results->len; i++)
    if (g_str_equal (name, figures.series[i].label) || g_str_equal (name, nn_kind_id (figures.series[i].kind)))
      {
        scope_curves_figures_toggle (&figures, i);
        redraw (panel);
        return TRUE;
      }
  return FALSE;
}
