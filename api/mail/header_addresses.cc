#include "api/mail/header_addresses.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "api/mail/charset.h"
#include "api/mail/tokens.h"

namespace workmail::api {

namespace {

auto is_control(char c) -> bool {
  return (c >= '\0' && c < ' ') || c == '\x7F';
}

// The position of the first at sign outside quotes, if the text before it is a valid local part. Dots are allowed
// everywhere, because mail programs write them so.
auto find_at_sign(std::string_view text) -> std::optional<std::size_t> {
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      quoted = !quoted;
    } else if (quoted) {
      if (c == '\\') ++at;
    } else if (c == '@') {
      return at;
    } else if (std::string_view(" \\)[]").find(c) != std::string_view::npos) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

// A name, or a literal such as [192.0.2.1].
auto is_domain(std::string_view text) -> bool {
  const bool literal = text.size() > 2 && text.starts_with('[') && text.ends_with(']');
  if (literal) text = text.substr(1, text.size() - 2);
  return !text.empty() && text.find_first_of(" \\\"@()[]") == std::string_view::npos;
}

auto is_address(std::string_view text) -> bool {
  const auto at_sign = find_at_sign(text);
  return at_sign && *at_sign > 0 && is_domain(text.substr(*at_sign + 1)) &&
         std::none_of(text.begin(), text.end(), is_control);
}

class AddressReader {
 public:
  explicit AddressReader(std::string_view value) : rest_(value) {}

  auto read() -> std::vector<std::string> {
    while (!rest_.empty() && addresses_.size() < kMaxAddressesInHeader) {
      read_word();
      if (!rest_.empty()) read_special();
    }
    end_address();
    return std::move(addresses_);
  }

 private:
  // A part of an address, or a word of a name; a later token decides which.
  void read_word() {
    const bool space = skip_space(rest_);
    const auto word = rest_.starts_with('"')   ? take_quoted(rest_)
                      : rest_.starts_with('[') ? take_literal()
                                               : take_until(rest_, " \t\r\n(\",;:<>[");
    if (word.empty()) return;
    // White space around dots and the at sign is obsolete but allowed (RFC 5322, 4.4); elsewhere it separates two
    // words.
    const auto joins = [](char c) { return c == '.' || c == '@'; };
    if (space && !words_.empty() && !joins(words_.back()) && !joins(word.front())) words_ += ' ';
    for (const char c : word) {
      if (c != '\r' && c != '\n') words_ += c;
    }
  }

  auto take_literal() -> std::string_view {
    const auto literal = rest_.substr(0, rest_.find_first_of("]\r\n"));
    rest_.remove_prefix(literal.size());
    if (!rest_.starts_with(']')) return literal;
    rest_.remove_prefix(1);
    return {literal.data(), literal.size() + 1};
  }

  void read_special() {
    switch (rest_.front()) {
      case ',':
        // A route may have commas: <@a,@b:local@domain>.
        if (in_angle_ && words_.starts_with('@')) {
          words_ = "@";
        } else {
          end_address();
        }
        break;
      case ';':
        end_address();
        break;
      case '>':
        if (in_angle_) end_address();
        named_ = true;
        break;
      case '<':
        words_.clear();
        named_ = false;
        in_angle_ = true;
        break;
      case ':':
        words_.clear();
        break;  // the name of a group, or a route
      default:
        return;
    }
    if (rest_.front() == ',' || rest_.front() == ';') named_ = false;
    rest_.remove_prefix(1);
  }

  // Text between an address in angle brackets and the next comma is ignored.
  void end_address() {
    if (!named_ && is_address(words_)) addresses_.push_back(to_utf8(words_));
    words_.clear();
    in_angle_ = false;
  }

  std::string_view rest_;
  std::string words_;
  bool in_angle_ = false;
  bool named_ = false;
  std::vector<std::string> addresses_;
};

}  // namespace

auto addresses_in(std::string_view value) -> std::vector<std::string> {
  return AddressReader(value).read();
}

}  // namespace workmail::api
