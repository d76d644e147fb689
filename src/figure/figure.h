/* figure.h: the figure library: everything that programs use of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/analysis.h"
#include "figure/attribution.h"
#include "figure/compare.h"
#include "figure/confusion.h"
#include "figure/csv.h"
#include "figure/curves-read.h"
#include "figure/curves.h"
#include "figure/describe.h"
#include "figure/export.h"
#include "figure/gates.h"
#include "figure/language.h"
#include "figure/names.h"
#include "figure/number.h"
#include "figure/numbers.h"
#include "figure/only-right.h"
#include "figure/substitution.h"
#include "figure/origin.h"
#include "figure/pgfplots.h"
#include "figure/theme.h"
#include "figure/unit-trace.h"
