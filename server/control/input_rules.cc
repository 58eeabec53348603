#include "server/control/input_rules.h"

#include <algorithm>

#include "store/utf8.h"

namespace workmail::server::control {

namespace {

// The code points of a text in UTF-8.
auto characters(std::string_view text) -> std::size_t {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

auto follows(std::string_view text, const TextRule& rule) -> bool {
  const auto length = characters(text);
  if (length < rule.min || length > rule.max) return false;
  // Parameters can be any bytes, and a pattern reads UTF-8 without checking it.
  return rule.pattern == nullptr || (store::is_utf8(text) && rule.pattern->matches(text));
}

auto choices_text(const std::string_view* names, std::size_t count) -> std::string {
  std::string text = "must be one of";
  for (std::size_t i = 0; i < count; ++i) text.append(" ").append(names[i]);
  return text;
}

}  // namespace workmail::server::control
