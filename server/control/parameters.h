// Reads the query parameters of an endpoint, with the interface of JsonMembers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/control/input_rules.h"
#include "server/control/reading.h"
#include "store/time.h"

namespace workmail::server::control {

class Parameters {
 public:
  Parameters(Reading& reading, std::string_view query);

  // An empty parameter counts as absent.
  template <class Rule, class Value>
  void optional(std::string_view name, const Rule& rule, std::optional<Value>& out) {
    const auto* text = find(name);
    reading_.note(index_, name, out, text != nullptr);
    if (text != nullptr && !value(*text, name, rule, out.emplace())) out.reset();
  }

  // Call this after all parameters of the endpoint were read.
  void judge_unknown();

 private:
  auto find(std::string_view name) -> const std::string*;

  // False for an invalid value, which is noted as a violation.
  auto value(const std::string& text, std::string_view name, const TextRule& rule, std::string& out) -> bool;
  auto value(const std::string& text, std::string_view name, const CountRule& rule, std::uint64_t& out) -> bool;
  auto value(const std::string& text, std::string_view name, const DurationRule& rule, Duration& out) -> bool;
  auto value(const std::string& text, std::string_view name, const FlagRule& rule, bool& out) -> bool;
  // The values of a repeated parameter.
  auto value(const std::string& text, std::string_view name, const TextsRule& rule, std::vector<std::string>& out)
      -> bool;
  template <class Enum>
  auto value(const std::string& text, std::string_view name, const ChoiceRule<Enum>& /*rule*/, Enum& out) -> bool {
    const auto found = api::from_string<Enum>(text);
    if (found) out = *found;
    if (!found) reading_.violation(index_, name, choices_text<Enum>());
    return found.has_value();
  }

  Reading& reading_;
  std::size_t index_;
  std::vector<std::pair<std::string, std::string>> parameters_;
  std::vector<std::string_view> known_;
};

}  // namespace workmail::server::control
