// The constraints of the control plane's model, for the generated code: one kind of rule for each type of input.
// `message` describes a violation; the reader has the messages for wrong types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "api/wire/pattern.h"
#include "api/wire/shape_rules.h"
#include "store/time.h"

namespace workmail::server::control {

struct TextRule {
  std::size_t min = 0;  // in characters, like max
  std::size_t max = api::kUnlimited;
  const api::Pattern* pattern = nullptr;
  std::string_view message = {};
};

// One of the names of an enumeration.
template <class Enum>
struct ChoiceRule {};

// A text, or a list of texts.
struct TextsRule {
  TextRule element = {};
  std::size_t max = api::kUnlimited;
  std::string_view message = {};
};

struct FlagRule {};

struct TimeRule {};

// An integer of at least 0.
struct CountRule {
  std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
  std::string_view message = {};
};

struct NumberRule {
  double min = std::numeric_limits<double>::lowest();
  std::string_view message = {};
};

struct DurationRule {
  Duration max = Duration::max();
  std::string_view message = {};
};

// An object with any members.
struct DocumentRule {
  std::size_t max = api::kUnlimited;  // bytes, without white space
};

struct StructureRule {};

auto follows(std::string_view text, const TextRule& rule) -> bool;

// "must be one of start, empty".
auto choices_text(const std::string_view* names, std::size_t count) -> std::string;

template <class Enum>
auto choices_text() -> std::string {
  const auto names = enum_names(Enum{});
  return choices_text(names.data(), names.size());
}

}  // namespace workmail::server::control
