#include "api/mail/headers.h"

#include <algorithm>

#include "store/ascii.h"

namespace workmail::api {

namespace {

auto is_blank(char c) -> bool {
  return c == ' ' || c == '\t';
}

auto without_line_end(std::string_view line) -> std::string_view {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// The field that begins in this line, with the first line of its value; nothing if no field begins here. White space
// before the colon is obsolete but allowed (RFC 5322, 4.5).
auto field_in(std::string_view line) -> std::optional<HeaderField> {
  const auto is_of_name = [](char c) { return c > ' ' && c <= '~' && c != ':'; };
  const auto name_end = std::find_if_not(line.begin(), line.end(), is_of_name);
  const auto colon = std::find_if_not(name_end, line.end(), is_blank);
  if (name_end == line.begin() || colon == line.end() || *colon != ':') return std::nullopt;
  return HeaderField{.name = {line.begin(), name_end}, .value = without_line_end({colon + 1, line.end()})};
}

// Extends the field by the next line.
void extend(HeaderField& field, std::string_view line) {
  const auto size = line.data() + line.size() - field.value.data();
  field.value = {field.value.data(), static_cast<std::size_t>(size)};
}

}  // namespace

auto Headers::first(std::string_view name) const -> std::optional<std::string_view> {
  for (const auto& field : fields) {
    if (store::equals_ignoring_case(field.name, name)) return field.value;
  }
  return std::nullopt;
}

auto Headers::all(std::string_view name) const -> std::vector<std::string_view> {
  std::vector<std::string_view> values;
  for (const auto& field : fields) {
    if (store::equals_ignoring_case(field.name, name)) values.push_back(field.value);
  }
  return values;
}

auto read_headers(std::string_view message, const std::function<bool(std::string_view line)>& is_end) -> Headers {
  Headers headers;
  std::string_view rest = message;
  if (rest.starts_with("From ") && !field_in(rest.substr(0, rest.find('\n')))) take_line(rest);
  for (headers.body = rest; !rest.empty(); headers.body = rest) {
    const auto line = take_line(rest);
    if (is_end && is_end(line)) break;
    const auto field = field_in(line);
    if (is_blank(line.front()) && !headers.fields.empty()) {
      // A field that is not kept is not extended either.
      if (headers.complete) extend(headers.fields.back(), without_line_end(line));
    } else if (field && headers.fields.size() < kMaxHeaderFields) {
      headers.fields.push_back(*field);
    } else if (field) {
      headers.complete = false;
    } else {
      if (without_line_end(line).empty()) headers.body = rest;
      break;
    }
  }
  return headers;
}

auto unfolded(std::string_view value) -> std::string {
  std::string text;
  for (const char c : trimmed(value)) {
    if (c != '\r' && c != '\n') text += c;
  }
  return text;
}

auto take_line(std::string_view& text) -> std::string_view {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end == std::string_view::npos ? end : end + 1);
  text.remove_prefix(line.size());
  return line;
}

auto trimmed(std::string_view text) -> std::string_view {
  const auto is_space = [](char c) { return is_blank(c) || c == '\r' || c == '\n'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace workmail::api
