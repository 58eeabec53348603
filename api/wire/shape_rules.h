// The constraints of the service model, one rule for each shape, for the generated code. The messages of violations are
// in api/wire/codec.cc.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "api/wire/pattern.h"

namespace workmail::api {

inline constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

struct StringRule {
  std::size_t min = 0;  // in code points, like max
  std::size_t max = kUnlimited;
  const Pattern* pattern = nullptr;
  bool sensitive = false;
};

template <class Enum>
struct EnumRule {};

struct IntegerRule {
  std::int64_t min = std::numeric_limits<std::int32_t>::min();
  std::int64_t max = std::numeric_limits<std::int32_t>::max();
};

struct DoubleRule {
  double min = std::numeric_limits<double>::lowest();
};

struct BooleanRule {};

struct TimestampRule {};

struct StructureRule {
  std::string_view name;
};

template <class Element>
struct ListRule {
  std::size_t min = 0;
  std::size_t max = kUnlimited;
  Element element{};
};

// The names of an enumeration are given by the generated function enum_names(Enum), in the order of its values.
template <class Enum>
constexpr auto to_string(Enum value) -> std::string_view {
  return enum_names(value)[static_cast<std::size_t>(value)];
}

template <class Enum>
constexpr auto from_string(std::string_view name) -> std::optional<Enum> {
  const auto& names = enum_names(Enum{});
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace workmail::api
