// Words of AWS's model that the database keeps as texts.
#pragma once

#include <stdexcept>
#include <string_view>

#include "api/wire/shape_rules.h"

namespace workmail::api {

// The word as the model has it. Another one is only in a file that somebody else has changed, and too large to be
// checked at the start: then the call fails, which is logged.
template <class Enum>
auto stored_word(std::string_view word) -> Enum {
  if (const auto known = from_string<Enum>(word)) return *known;
  throw std::runtime_error("the database holds a word that the model does not have");
}

}  // namespace workmail::api
