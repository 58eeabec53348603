#include "server/control/parameters.h"

#include <algorithm>
#include <charconv>

#include "api/wire/percent_encoding.h"
#include "api/wire/time_text.h"
#include "server/process/log.h"

namespace workmail::server::control {

namespace {

// "+" is a space.
auto decoded(std::string_view text) -> std::string {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return api::percent_decoded(spaced);
}

}  // namespace

Parameters::Parameters(Reading& reading, std::string_view query) : reading_(reading), index_(reading.begin_object({})) {
  while (!query.empty()) {
    const auto parameter = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(parameter.size() + 1, query.size()));
    if (parameter.empty()) continue;
    const auto equals = std::min(parameter.find('='), parameter.size());
    const auto value = parameter.substr(std::min(equals + 1, parameter.size()));
    parameters_.emplace_back(decoded(parameter.substr(0, equals)), decoded(value));
  }
}

auto Parameters::find(std::string_view name) -> const std::string* {
  known_.push_back(name);
  const auto is_it = [name](const auto& parameter) { return parameter.first == name; };
  const auto found = std::find_if(parameters_.begin(), parameters_.end(), is_it);
  return found == parameters_.end() || found->second.empty() ? nullptr : &found->second;
}

void Parameters::judge_unknown() {
  for (const auto& [name, value] : parameters_) {
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
      reading_.unknown(index_, printable(name), "unknown parameter");
    }
  }
}

auto Parameters::value(const std::string& text, std::string_view name, const TextRule& rule, std::string& out) -> bool {
  out = text;
  const bool right = follows(text, rule);
  if (!right) reading_.violation(index_, name, rule.message);
  return right;
}

auto Parameters::value(const std::string& text, std::string_view name, const CountRule& rule, std::uint64_t& out)
    -> bool {
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, out);
  if (result.ec != std::errc() || result.ptr != end) {
    reading_.violation(index_, name, "must be a non-negative integer");
    return false;
  }
  if (out > rule.max) reading_.violation(index_, name, rule.message);
  return out <= rule.max;
}

auto Parameters::value(const std::string& text, std::string_view name, const DurationRule& rule, Duration& out)
    -> bool {
  const auto duration = api::parse_duration(text);
  if (!duration) {
    reading_.violation(index_, name, "must be a duration such as 5, PT5S or 500ms");
    return false;
  }
  out = *duration;
  if (out > rule.max) reading_.violation(index_, name, rule.message);
  return out <= rule.max;
}

auto Parameters::value(const std::string& text, std::string_view name, const FlagRule& /*rule*/, bool& out) -> bool {
  out = text == "true";
  const bool right = out || text == "false";
  if (!right) reading_.violation(index_, name, "must be true or false");
  return right;
}

auto Parameters::value(const std::string& /*text*/, std::string_view name, const TextsRule& rule,
                       std::vector<std::string>& out) -> bool {
  for (const auto& [other, text] : parameters_) {
    if (other == name && !text.empty()) out.push_back(text);
  }
  const bool all = std::all_of(out.begin(), out.end(), [&](const auto& one) { return follows(one, rule.element); });
  const bool right = all && out.size() <= rule.max;
  if (!right) reading_.violation(index_, name, rule.message);
  return right;
}

}  // namespace workmail::server::control
