#include "api/seed/apply.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <regex>

namespace workmail::api {

namespace {

// AWS: of the shape WorkMailIdentifier.
constexpr std::size_t kMaxIdLength = 256;

}  // namespace

auto at(const Context& context, std::optional<Time> then) -> Context {
  Context other(context.store, context.ids, context.settings, then.value_or(context.now), context.account,
                context.region);
  other.any_organization_state = true;
  return other;
}

auto is_entity_id(std::string_view text) -> bool {
  // AWS: a UUID; for users and groups of existing directories S-1-… (CLI examples); for resources r-….
  static const std::regex form("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|S(-[0-9]+){3,}|r-[0-9a-f]{32}");
  return text.size() <= kMaxIdLength && std::regex_match(text.begin(), text.end(), form);
}

void count_past(Ids& ids, std::string_view identifier) {
  if (ids.mode() != Ids::Mode::Sequential) return;
  // The number is in the last digits: 8 digits of a directory's id, 16 digits (62 bits) of any other.
  constexpr std::size_t kDirectoryLength = 12;
  const std::size_t length = identifier.size() == kDirectoryLength ? 8 : 16;
  std::string digits(identifier);
  std::erase(digits, '-');
  if (digits.size() < length) return;
  std::uint64_t number = 0;
  const char* end = digits.data() + digits.size();
  if (std::from_chars(end - length, end, number, 16).ptr != end) return;
  number &= 0x3FFF'FFFF'FFFF'FFFFU;
  // A larger number is from a random identifier.
  constexpr std::uint64_t kMaxNumber = 0xFF'FFFF;
  if (number <= kMaxNumber) ids.count_from(std::max(ids.counted(), number));
}

auto given_or_uuid(const Context& context, const std::optional<std::string>& given) -> std::string {
  return given_or(context, given, [&] { return context.ids.uuid(context.now); });
}

}  // namespace workmail::api
