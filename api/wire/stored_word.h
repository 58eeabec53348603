// Enumerations of AWS's model that the database stores as texts.
#pragma once

#include <stdexcept>
#include <string_view>

#include "api/wire/shape_rules.h"
#include "store/words.h"

namespace workmail::api {

// Converts a stored word to a value of the model. Only a file that another program has changed, and that is too large
// to be checked at the start, can have an invalid word: the call then fails, and the error is logged.
template <class Enum>
auto stored_word(std::string_view word) -> Enum {
  if (const auto known = from_string<Enum>(word)) return *known;
  throw std::runtime_error("the database holds a word that the model does not have");
}

// A value of a model's enumeration as the store's enumeration of the same words, and back.
template <class To, class From>
constexpr auto same_word(From value) -> To {
  constexpr auto kWordsOf = [](auto of) {
    using Enum = decltype(of);
    if constexpr (store::KeptAsWord<Enum>)
      return store::kWords<Enum>;
    else
      return enum_names(of);
  };
  static_assert(kWordsOf(From{}) == kWordsOf(To{}), "the two enumerations have other words, or another order");
  return static_cast<To>(value);
}

}  // namespace workmail::api
