#include "api/mail/parameters.h"

#include <utility>

#include "api/mail/charset.h"
#include "api/mail/header_text.h"
#include "api/mail/headers.h"
#include "api/mail/tokens.h"
#include "api/wire/percent_encoding.h"
#include "store/ascii.h"

namespace workmail::api {

namespace {

// Further parameters are ignored: each piece of a value in pieces is searched in all parameters.
constexpr std::size_t kMaxParameters = 100;

// The value after the equals sign. File names with spaces and without quotes are not allowed, but common.
auto take_value(std::string_view& text) -> std::string {
  skip_space(text);
  if (text.starts_with('"')) {
    const auto quoted = take_quoted(text);
    take_until(text, ";");
    return unquoted(quoted);
  }
  const auto whole = text;
  const auto token = take_until(text, "; \t\r\n(");
  skip_space(text);
  if (text.empty() || text.front() == ';') return std::string(token);
  take_until(text, ";");
  return unfolded(whole.substr(0, whole.size() - text.size()));
}

// Removes charset'language' from the front, and returns the charset.
auto take_charset(std::string_view& text) -> std::string {
  const auto charset = text.find('\'');
  const auto language = charset == std::string_view::npos ? charset : text.find('\'', charset + 1);
  if (language == std::string_view::npos) return "";
  const std::string name(text.substr(0, charset));
  text.remove_prefix(language + 1);
  return name;
}

}  // namespace

FieldWithParameters::FieldWithParameters(std::string_view value) {
  skip_space(value);
  value_ = store::lower_case(take_until(value, "; \t\r\n("));
  take_until(value, ";");
  while (!value.empty() && parameters_.size() < kMaxParameters) {
    value.remove_prefix(1);
    skip_space(value);
    const auto name = trimmed(take_until(value, "=;"));
    if (!value.starts_with('=')) continue;
    value.remove_prefix(1);
    parameters_.push_back({.name = store::lower_case(name), .value = take_value(value)});
  }
}

auto FieldWithParameters::find(const std::string& name) const -> const std::string* {
  for (const auto& parameter : parameters_) {
    if (parameter.name == name) return &parameter.value;
  }
  return nullptr;
}

// name*=charset'language'text, or the same in pieces name*0*, name*1 and so on, of which those without the last
// asterisk are plain.
auto FieldWithParameters::find_extended(const std::string& name) const -> std::optional<Extended> {
  const auto* whole = find(name + "*");
  const auto* first = whole == nullptr ? find(name + "*0*") : whole;
  Extended extended;
  if (first != nullptr) {
    std::string_view text = *first;
    extended.charset = take_charset(text);
    extended.bytes = percent_decoded(text);
  } else if (const auto* plain = find(name + "*0")) {
    extended.bytes = *plain;
  } else {
    return std::nullopt;
  }
  for (int number = 1; whole == nullptr; ++number) {
    const auto piece = name + "*" + std::to_string(number);
    const auto* encoded = find(piece + "*");
    const auto* plain = encoded == nullptr ? find(piece) : nullptr;
    if (encoded == nullptr && plain == nullptr) break;
    extended.bytes += encoded != nullptr ? percent_decoded(*encoded) : *plain;
  }
  return extended;
}

auto FieldWithParameters::bytes(std::string_view name) const -> std::optional<std::string> {
  if (auto extended = find_extended(std::string(name))) return std::move(extended->bytes);
  const auto* plain = find(std::string(name));
  return plain == nullptr ? std::nullopt : std::optional(*plain);
}

auto FieldWithParameters::text(std::string_view name) const -> std::optional<std::string> {
  if (const auto extended = find_extended(std::string(name))) {
    const auto charset = find_charset(extended->charset);
    return charset ? to_utf8(extended->bytes, *charset) : to_utf8(extended->bytes);
  }
  const auto* plain = find(std::string(name));
  return plain == nullptr ? std::nullopt : std::optional(decoded_header_text(*plain));
}

}  // namespace workmail::api
