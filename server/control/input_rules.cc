#include "server/control/input_rules.h"

#include "store/utf8.h"

namespace workmail::server::control {

auto follows(std::string_view text, const TextRule& rule) -> bool {
  const auto length = store::code_points(text);
  if (length < rule.min || length > rule.max) return false;
  // Parameters can be any bytes, and patterns do not validate UTF-8.
  return rule.pattern == nullptr || (store::is_utf8(text) && rule.pattern->matches(text));
}

auto choices_text(const std::string_view* names, std::size_t count) -> std::string {
  std::string text = count == 1 ? "must be " : "must be one of ";
  for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : ", ").append(names[i]);
  return text;
}

}  // namespace workmail::server::control
