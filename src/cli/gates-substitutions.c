/* gates-substitutions.c: "gates --substitutions": what the guess would become with another letter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/gates-letters.h"
#include "cli/output.h"
#include "cli/table.h"
#include "cli/work.h"
#include "engine/substitution.h"

#include <glib/gi18n.h>

/* ---- JSON ---- */

static json_t *
place_json (const NnModel *model, const NnSubstitution *map, guint place)
{
  const char own[2] = { map->ascii[place], '\0' };
  json_t *others = json_array ();

  for (guint i = 0; i < NN_ALPHABET_SIZE; i++)
    {
      const gsize at = (gsize) i * map->length + place;
      const char letter[2] = { nn_letter (i), '\0' };

      json_array_append_new (others, json_pack ("{s:s, s:o, s:o, s:o}", "letter", letter, "guess",
                                                nn_json_string (model->classes[map->guesses[at]]), "probability",
                                                nn_json_real ((double) map->probabilities[at]), "kept",
                                                nn_json_real ((double) map->kept[at])));
    }
  return json_pack ("{s:s, s:o}", "letter", own, "substitutions", others);
}

static void
print_json (const NnModel *model, const CliName *name, const NnSubstitution *map)
{
  json_t *places = json_array ();
  g_autoptr (json_t) object = json_pack ("{s:o, s:s, s:s}", "name", nn_json_string (name->given), "ascii", name->ascii,
                                         "model", nn_kind_id (model->kind));

  for (guint place = 0; map != NULL && place < map->length; place++)
    json_array_append_new (places, place_json (model, map, place));
  if (map != NULL)
    {
      json_object_set_new (object, "guess", nn_json_string (model->classes[map->guess]));
      json_object_set_new (object, "probability", nn_json_real ((double) map->probability));
    }
  json_object_set_new (object, "places", places);
  if (name->problem != NULL)
    json_object_set_new (object, "error", nn_json_string (name->problem));
  cli_print_json (object, CLI_DIGITS_FLOAT);
}

/* ---- Text ---- */

/* The classes that the guess becomes, the most frequent first, each with the letters that bring it. (transfer full) */
static char *
others_text (const NnModel *model, const NnSubstitution *map, guint place, guint *changed)
{
  GString *letters[NN_MAX_CLASSES];
  GString *text = g_string_new (NULL);

  *changed = 0;
  for (guint k = 0; k < model->n_classes; k++)
    letters[k] = g_string_new (NULL);
  for (guint i = 0; i < NN_ALPHABET_SIZE; i++)
    {
      const guint8 guess = map->guesses[(gsize) i * map->length + place];

      if (guess == map->guess)
        continue;
      g_string_append_c (letters[guess], nn_letter (i));
      (*changed)++;
    }
  for (;;)
    {
      guint most = 0;

      for (guint k = 1; k < model->n_classes; k++)
        if (letters[k]->len > letters[most]->len)
          most = k;
      if (letters[most]->len == 0)
        break;
      g_string_append_printf (text, "%s%s “%s”", text->len > 0 ? ", " : "", model->classes[most], letters[most]->str);
      g_string_truncate (letters[most], 0);
    }
  for (guint k = 0; k < model->n_classes; k++)
    g_string_free (letters[k], TRUE);
  if (text->len == 0)
    g_string_append_c (text, '-');
  return g_string_free (text, FALSE);
}

static void
print_text (const NnModel *model, const NnSubstitution *map)
{
  g_autoptr (CliTable) table = cli_table_new ("lrl");

  cli_print (_("  guess %s, %.1f %%\n"), model->classes[map->guess], 100.0 * (double) map->probability);
  cli_table_add (table, "%s", _("letter"));
  cli_table_add (table, "%s", _("others that change the guess"));
  cli_table_add (table, "%s", _("to what, and which letters"));
  for (guint place = 0; place < map->length; place++)
    {
      guint changed;
      g_autofree char *others = others_text (model, map, place, &changed);

      cli_table_add (table, "%c", map->ascii[place]);
      cli_table_add (table, C_("letters", "%u of %u"), changed, NN_ALPHABET_SIZE - 1);
      cli_table_add (table, "%s", others);
    }
  cli_table_print (table, 2);
}

void
cli_print_substitutions (const NnModel *model, const CliName *name, gboolean json)
{
  g_autoptr (NnSubstitution) map = NULL;

  if (name->problem == NULL)
    {
      g_auto (CliWork) work = { 0 };

      cli_work_init (&work, nn_kind_id (model->kind));
      map = nn_substitution_new (model, name->ascii, cli_work_goes_on, &work);
    }
  if (json)
    {
      print_json (model, name, map);
      return;
    }
  cli_name_print (name);
  if (map != NULL)
    print_text (model, map);
}
