/* clamp.c: a gate that is held at a value, whatever the network would make of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/clamp.h"

#include "engine/error.h"
#include "engine/i18n.h"
#include "engine/json.h"

#include <string.h>

static const char *const gates[NN_N_GATES] = { "input", "forget", "candidate", "output" };
static const char *const values[] = { "0", "1", "mean" };

void
nn_clamp_init (NnClamp *clamp, NnGate gate, NnClampValue value)
{
  *clamp = (NnClamp){ .gate = gate, .value = value, .all_units = TRUE, .letters = NN_CLAMP_EVERY_LETTER };
}

/* ---- Reading ---- */

/* Digits at @at, which moves behind them; a number too large for any list becomes 100,000. */
static gboolean
read_number (const char **at, guint *number)
{
  const char *start = *at;
  guint value = 0;

  for (; g_ascii_isdigit (**at); (*at)++)
    value = MIN (value * 10 + (guint) (**at - '0'), 100000);
  *number = value;
  return *at > start;
}

/* Numbers from @least to @most and ranges of them, as bits counted from @least. */
static gboolean
read_list (const char *text, guint least, guint most, guint64 *bits)
{
  const char *at = text;

  for (;;)
    {
      guint from, to;

      if (!read_number (&at, &from))
        return FALSE;
      to = from;
      if (*at == '-')
        {
          at++;
          if (!read_number (&at, &to))
            return FALSE;
        }
      if (from < least || to > most || to < from)
        return FALSE;
      for (guint i = from - least; i <= to - least; i++)
        bits[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
      if (*at == '\0')
        return TRUE;
      if (*at++ != ',')
        return FALSE;
    }
}

static int
find (const char *const *list, guint n, const char *word)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (list[i], word) == 0)
      return (int) i;
  return -1;
}

/* Cuts @text off at the first @mark, and gives what stood behind it; NULL where there is no mark. */
static const char *
cut (char *text, char mark)
{
  char *at = strchr (text, mark);

  if (at == NULL)
    return NULL;
  *at = '\0';
  return at + 1;
}

static gboolean
read_gate (const char *text, NnClamp *clamp, GError **error)
{
  int gate = find (gates, NN_N_GATES, text);
  g_autofree char *shown = nn_json_shown (text);

  if (gate >= 0)
    clamp->gate = (NnGate) gate;
  else
    g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                 _("there is no gate %s; it must be forget, input, candidate or output"), shown);
  return gate >= 0;
}

static gboolean
read_value (const char *text, NnClamp *clamp, GError **error)
{
  int value = text != NULL ? find (values, G_N_ELEMENTS (values), text) : -1;
  g_autofree char *shown = nn_json_shown (text != NULL ? text : "");

  if (value >= 0)
    clamp->value = (NnClampValue) value;
  else if (text == NULL)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_SETTINGS,
                         _("the value is missing; write GATE=0, GATE=1 or GATE=mean"));
  else
    g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS, _("the value is %s; it must be 0, 1 or mean"), shown);
  return value >= 0;
}

static gboolean
read_units (const char *text, NnClamp *clamp, GError **error)
{
  g_autofree char *shown = NULL;

  if (text == NULL)
    return TRUE;
  clamp->all_units = FALSE;
  if (read_list (text, 0, NN_MAX_HIDDEN - 1, clamp->units))
    return TRUE;
  shown = nn_json_shown (text);
  g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
               _("the units are %s; they must be numbers from 0 to %d and ranges of them, such as 3,7-9"), shown,
               NN_MAX_HIDDEN - 1);
  return FALSE;
}

static gboolean
read_letters (const char *text, NnClamp *clamp, GError **error)
{
  g_autofree char *shown = NULL;

  if (text == NULL)
    return TRUE;
  clamp->letters = 0;
  if (read_list (text, 1, NN_MAX_LETTERS, &clamp->letters))
    return TRUE;
  shown = nn_json_shown (text);
  g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
               _("the letters are %s; they must be numbers from 1 to %d and ranges of them, such as 1,3-5"), shown,
               NN_MAX_LETTERS);
  return FALSE;
}

gboolean
nn_clamp_parse (const char *text, NnClamp *clamp, GError **error)
{
  g_autofree char *gate = g_strdup (text);
  const char *letters, *units, *value;

  g_return_val_if_fail (text != NULL && clamp != NULL, FALSE);
  letters = cut (gate, '@');
  units = cut (gate, ':');
  value = cut (gate, '=');
  nn_clamp_init (clamp, NN_GATE_FORGET, NN_CLAMP_ZERO);
  return read_gate (gate, clamp, error) && read_value (value, clamp, error) && read_units (units, clamp, error)
         && read_letters (letters, clamp, error);
}

/* ---- Writing ---- */

static gboolean
has_bit (const guint64 *bits, guint i)
{
  return (bits[i / 64] >> (i % 64) & 1) != 0;
}

/* The runs of set bits among the first @n, counted from @least. */
static void
append_list (GString *text, const guint64 *bits, guint n, guint least)
{
  const char *separator = "";

  for (guint i = 0; i < n; i++)
    {
      const guint from = i;

      if (!has_bit (bits, i))
        continue;
      while (i + 1 < n && has_bit (bits, i + 1))
        i++;
      g_string_append_printf (text, i > from ? "%s%u-%u" : "%s%u", separator, from + least, i + least);
      separator = ",";
    }
}

char *
nn_clamp_text (const NnClamp *clamp)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (clamp != NULL, NULL);
  g_string_append_printf (text, "%s=%s", gates[clamp->gate], values[clamp->value]);
  if (!clamp->all_units)
    {
      g_string_append_c (text, ':');
      append_list (text, clamp->units, NN_MAX_HIDDEN, 0);
    }
  if (clamp->letters != NN_CLAMP_EVERY_LETTER)
    {
      g_string_append_c (text, '@');
      append_list (text, &clamp->letters, NN_MAX_LETTERS, 1);
    }
  return g_string_free (text, FALSE);
}

/* ---- Asking ---- */

gboolean
nn_clamp_check (const NnClamp *clamp, const NnModel *model, GError **error)
{
  g_return_val_if_fail (clamp != NULL && model != NULL, FALSE);
  if (!nn_kind_has_gates (model->kind))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_SETTINGS,
                           _("the RNN has no gates that could be clamped; choose one of the LSTMs"));
      return FALSE;
    }
  for (guint unit = model->hidden; !clamp->all_units && unit < NN_MAX_HIDDEN; unit++)
    if (has_bit (clamp->units, unit))
      {
        g_set_error (error, NN_ERROR, NN_ERROR_SETTINGS,
                     _("there is no unit %u; the network has %u units, from 0 to %u"), unit, model->hidden,
                     model->hidden - 1);
        return FALSE;
      }
  return TRUE;
}

gboolean
nn_clamp_holds_unit (const NnClamp *clamp, guint unit)
{
  return clamp->all_units || has_bit (clamp->units, unit);
}

gboolean
nn_clamp_holds_letter (const NnClamp *clamp, guint letter)
{
  return has_bit (&clamp->letters, letter);
}

/* ---- Several ---- */

NnClamps *
nn_clamps_new (void)
{
  NnClamps *clamps = g_new0 (NnClamps, 1);

  clamps->clamps = g_array_new (FALSE, FALSE, sizeof (NnClamp));
  return clamps;
}

NnClamps *
nn_clamps_copy (const NnClamps *clamps)
{
  NnClamps *copy = g_new0 (NnClamps, 1);

  copy->clamps = g_array_copy (clamps->clamps);
  copy->means = clamps->means != NULL ? nn_gate_means_copy (clamps->means) : NULL;
  return copy;
}

void
nn_clamps_free (NnClamps *clamps)
{
  if (clamps == NULL)
    return;
  g_array_unref (clamps->clamps);
  nn_gate_means_free (clamps->means);
  g_free (clamps);
}

void
nn_clamps_add (NnClamps *clamps, const NnClamp *clamp)
{
  g_return_if_fail (clamps != NULL && clamp != NULL);
  g_array_append_vals (clamps->clamps, clamp, 1);
}

gboolean
nn_clamps_need_means (const NnClamps *clamps)
{
  for (guint i = 0; i < clamps->clamps->len; i++)
    if (g_array_index (clamps->clamps, NnClamp, i).value == NN_CLAMP_MEAN)
      return TRUE;
  return FALSE;
}

void
nn_clamps_take_means (NnClamps *clamps, NnGateMeans *means)
{
  g_return_if_fail (clamps != NULL);
  nn_gate_means_free (clamps->means);
  clamps->means = means;
}

float
nn_clamps_value (const NnClamps *clamps, guint index, guint unit)
{
  const NnClamp *clamp = &g_array_index (clamps->clamps, NnClamp, index);

  if (clamp->value == NN_CLAMP_MEAN)
    {
      g_assert (clamps->means != NULL);
      return clamps->means->means[clamp->gate][unit];
    }
  return clamp->value == NN_CLAMP_ONE ? 1.0f : 0.0f;
}
