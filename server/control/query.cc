#include "server/control/query.h"

#include <algorithm>
#include <charconv>

#include "api/wire/time_text.h"
#include "server/control/refusal.h"
#include "server/process/log.h"

namespace workmail::server::control {

namespace {

auto digit(char c) -> int {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// "%41" is "A" and "+" is a space. A percent sign without two digits stands for itself.
auto decoded(std::string_view text) -> std::string {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    if (escape) {
      plain += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      plain += text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

}  // namespace

Query::Query(const Request& request) {
  std::string_view rest = request.query;
  while (!rest.empty()) {
    const auto parameter = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(parameter.size() + 1, rest.size()));
    if (parameter.empty()) continue;
    const auto equals = std::min(parameter.find('='), parameter.size());
    const auto value = parameter.substr(std::min(equals + 1, parameter.size()));
    parameters_.emplace_back(decoded(parameter.substr(0, equals)), decoded(value));
  }
}

auto Query::text(std::string_view name) -> std::optional<std::string> {
  known_.push_back(name);
  const auto is_it = [name](const auto& parameter) { return parameter.first == name; };
  const auto found = std::find_if(parameters_.begin(), parameters_.end(), is_it);
  if (found == parameters_.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

auto Query::count(std::string_view name) -> std::optional<std::uint64_t> {
  const auto digits = text(name);
  if (!digits) return std::nullopt;
  std::uint64_t count = 0;
  const char* end = digits->data() + digits->size();
  const auto result = std::from_chars(digits->data(), end, count);
  if (result.ec == std::errc() && result.ptr == end) return count;
  violation(name, "must be a number from 0 on");
  return std::nullopt;
}

auto Query::duration(std::string_view name) -> std::optional<Duration> {
  const auto written = text(name);
  if (!written) return std::nullopt;
  const auto duration = api::parse_duration(*written);
  if (!duration) violation(name, "must be a duration such as 5, PT5S or 500ms");
  return duration;
}

void Query::violation(std::string_view name, std::string_view what) {
  violations_.add(name, what);
}

void Query::finish() {
  for (const auto& [name, value] : parameters_) {
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) violation(printable(name), "unknown parameter");
  }
  if (!violations_.empty()) throw BadRequest(violations_.text());
}

}  // namespace workmail::server::control
