// SQL that is concatenated at compile time: literals, lists of columns that several statements share, and stored values
// of enumerations.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "store/words.h"

namespace workmail::store {

// The number of values of an enumeration that is stored as an integer.
template <class Enum>
inline constexpr std::int64_t kValuesOf = 0;

template <std::size_t Length>
struct SqlText {
  std::array<char, Length + 1> text{};  // with a zero at the end

  // Converts to a literal. A temporary does not, because its text would be destroyed with it.
  constexpr operator const char*() const& { return text.data(); }
  constexpr operator const char*() const&& = delete;
  [[nodiscard]] constexpr auto view() const -> std::string_view { return {text.data(), Length}; }
};

namespace detail {

template <class Part>
inline constexpr std::size_t kLengthOf = 0;
template <std::size_t Size>
inline constexpr std::size_t kLengthOf<char[Size]> = Size - 1;
template <std::size_t Length>
inline constexpr std::size_t kLengthOf<SqlText<Length>> = Length;

template <std::size_t Size>
constexpr auto view(const char (&literal)[Size]) -> std::string_view {
  return {literal, Size - 1};
}
template <std::size_t Length>
constexpr auto view(const SqlText<Length>& part) -> std::string_view {
  return part.view();
}

}  // namespace detail

// Concatenates all parts.
template <class... Parts>
constexpr auto sql(const Parts&... parts) -> SqlText<(detail::kLengthOf<Parts> + ...)> {
  SqlText<(detail::kLengthOf<Parts> + ...)> joined;
  std::size_t at = 0;
  const auto append = [&](std::string_view part) {
    for (const char c : part) joined.text[at++] = c;
  };
  (append(detail::view(parts)), ...);
  return joined;
}

// The value as a literal of SQL: the word in quotes, or the number, which has one digit.
template <auto Value>
constexpr auto in_sql() {
  using Enum = decltype(Value);
  if constexpr (KeptAsWord<Enum>) {
    SqlText<word(Value).size()> text;
    for (std::size_t i = 0; i < word(Value).size(); ++i) text.text[i] = word(Value)[i];
    return sql("'", text, "'");
  } else {
    static_assert(kValuesOf<Enum> > 0 && kValuesOf<Enum> <= 10);
    SqlText<1> digit;
    digit.text[0] = static_cast<char>('0' + static_cast<int>(Value));
    return digit;
  }
}

}  // namespace workmail::store
