// Reads what stands behind the question mark of an endpoint's address, as JsonMembers reads an object.
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

  // To be called when every parameter that the endpoint has was asked for.
  void judge_unknown();

 private:
  auto find(std::string_view name) -> const std::string*;

  // False for a value that is wrong, which is a violation.
  auto value(const std::string& text, std::string_view name, const TextRule& rule, std::string& out) -> bool;
  auto value(const std::string& text, std::string_view name, const CountRule& rule, std::uint64_t& out) -> bool;
  auto value(const std::string& text, std::string_view name, const DurationRule& rule, Duration& out) -> bool;
  auto value(const std::string& text, std::string_view name, const FlagRule& rule, bool& out) -> bool;
  // Of a parameter that is given several times.
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
