// Case-insensitive functions on texts of protocols; only for ASCII.
#pragma once

#include "store/ascii.h"

namespace workmail::server {

using store::equals_ignoring_case;
using store::is_small_letter_or_digit;
using store::lower_case;
using store::to_lower;
using store::to_upper;
using store::upper_case;

}  // namespace workmail::server
