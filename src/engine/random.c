/* random.c: random numbers, the same on every run with the same seed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/random.h"

#include <string.h>

/* splitmix64's finaliser (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). */
static guint64
mix (guint64 value)
{
  value += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return value ^ (value >> 31);
}

gsl_rng *
nn_random_new (guint32 seed, NnStream stream)
{
  gsl_rng *random = gsl_rng_alloc (gsl_rng_mt19937);
  guint32 start = (guint32) mix (((guint64) stream << 32) | seed);

  /* GSL reads the seed 0 as its default seed, which would make two seeds one. */
  gsl_rng_set (random, start != 0 ? start : 1);
  return random;
}

char *
nn_random_state_text (const gsl_rng *random)
{
  return g_base64_encode (gsl_rng_state (random), gsl_rng_size (random));
}

/* GSL's mt19937 keeps its 624 words in unsigned longs and then an int: the position, which it uses unchecked. */
static gboolean
state_is_sound (const guchar *bytes, gsize length)
{
  gsize words = 624;
  int position;

  if (length < words * sizeof (gulong) + sizeof position)
    return FALSE;
  for (gsize i = 0; i < words; i++)
    {
      gulong word;
      memcpy (&word, bytes + i * sizeof word, sizeof word);
      if (word > G_MAXUINT32)
        return FALSE;
    }
  memcpy (&position, bytes + words * sizeof (gulong), sizeof position);
  return position >= 0 && position <= (int) words;
}

gboolean
nn_random_restore (gsl_rng *random, const char *text)
{
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (text, &length);

  if (length != gsl_rng_size (random) || !state_is_sound (bytes, length))
    return FALSE;
  memcpy (gsl_rng_state (random), bytes, length);
  return TRUE;
}
