/* interval.c: how far a measured share can be trusted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/interval.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

NnInterval
nn_wilson_interval (guint64 right, guint64 n, double level)
{
  const double trials = (double) n;
  const double share = (double) right / trials;
  double z, middle, half;

  g_return_val_if_fail (right <= n && level > 0.0 && level < 1.0, ((NnInterval){ NAN, NAN }));
  if (n == 0)
    return (NnInterval){ NAN, NAN };
  z = gsl_cdf_ugaussian_Pinv (0.5 + level / 2);
  middle = (share + z * z / (2 * trials)) / (1 + z * z / trials);
  half = z / (1 + z * z / trials) * sqrt (share * (1 - share) / trials + z * z / (4 * trials * trials));
  /* At both ends the formula gives the end itself, but for rounding. */
  return (NnInterval){ right == 0 ? 0.0 : middle - half, right == n ? 1.0 : middle + half };
}

NnInterval
nn_macro_interval (const NnConfusion *confusion, double level)
{
  double below = 0, above = 0, macro;
  guint present = 0;

  g_return_val_if_fail (confusion != NULL, ((NnInterval){ NAN, NAN }));
  macro = nn_confusion_macro_accuracy (confusion);
  for (guint k = 0; k < confusion->n_classes; k++)
    {
      guint64 n = nn_confusion_row_total (confusion, k);
      NnInterval of_class = nn_wilson_interval (nn_confusion_count (confusion, k, k), n, level);
      double recall = nn_confusion_recall (confusion, k);

      if (n == 0)
        continue;
      below += (recall - of_class.low) * (recall - of_class.low);
      above += (of_class.high - recall) * (of_class.high - recall);
      present++;
    }
  if (present == 0)
    return (NnInterval){ NAN, NAN };
  return (NnInterval){ macro - sqrt (below) / present, macro + sqrt (above) / present };
}
