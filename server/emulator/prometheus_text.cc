#include "server/emulator/prometheus_text.h"

#include <array>
#include <charconv>

namespace workmail::server {

namespace {

void append_escaped(std::string& out, std::string_view value) {
  for (const char c : value) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == '"') out += '\\';
    out += c;
  }
}

}  // namespace

void PrometheusText::family(std::string_view name, std::string_view type, std::string_view help) {
  family_ = name;
  out_.append("# HELP ").append(name).append(" ").append(help).append("\n");
  out_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

auto PrometheusText::text_of(double value) -> std::string {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

void PrometheusText::write(std::string_view name, std::string_view suffix, Labels labels, std::string_view value) {
  out_.append(name).append(suffix);
  char separator = '{';
  for (const auto& label : labels) {
    out_ += separator;
    out_.append(label.name).append("=\"");
    append_escaped(out_, label.value);
    out_ += '"';
    separator = ',';
  }
  if (labels.size() > 0) out_ += '}';
  out_.append(" ").append(value).append("\n");
}

}  // namespace workmail::server
