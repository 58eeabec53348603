// Enumerations that the database stores as words of AWS's model.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace workmail::store {

// The words of an enumeration, in the order of its values; empty for an enumeration that is stored differently.
template <class Enum>
inline constexpr std::array<std::string_view, 0> kWords{};

template <class Type>
concept KeptAsWord = std::is_enum_v<Type> && !kWords<Type>.empty();

template <KeptAsWord Enum>
constexpr auto word(Enum value) -> std::string_view {
  return kWords<Enum>[static_cast<std::size_t>(value)];
}

template <KeptAsWord Enum>
constexpr auto from_word(std::string_view text) -> std::optional<Enum> {
  for (std::size_t i = 0; i < kWords<Enum>.size(); ++i) {
    if (kWords<Enum>[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace workmail::store
