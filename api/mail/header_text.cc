#include "api/mail/header_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "api/mail/charset.h"
#include "api/mail/headers.h"
#include "api/wire/base64.h"
#include "store/ascii.h"

namespace workmail::api {

namespace {

struct EncodedWord {
  Charset charset;
  std::string bytes;
};

auto decoded_q(std::string_view text) -> std::optional<std::string> {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      bytes += text[at] == '_' ? ' ' : text[at];
      continue;
    }
    if (text.size() - at < 3) return std::nullopt;
    const int high = store::hexadecimal_digit(text[at + 1]);
    const int low = store::hexadecimal_digit(text[at + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return bytes;
}

// Removes the text up to and including the next question mark; nothing if there is none.
auto take_segment(std::string_view& text) -> std::optional<std::string_view> {
  const auto end = text.find('?');
  if (end == std::string_view::npos) return std::nullopt;
  const auto segment = text.substr(0, end);
  text.remove_prefix(end + 1);
  return segment;
}

// Removes =?charset?encoding?text?= from the front and decodes it, if it is valid. Spaces in the text are not allowed,
// but common, and are accepted. Reads up to the fourth question mark only, so that many incomplete words take linear
// time.
auto take_word(std::string_view& text) -> std::optional<EncodedWord> {
  auto rest = text.substr(2);
  const auto charset_name = take_segment(rest);
  const auto encoding = charset_name ? take_segment(rest) : std::nullopt;
  const auto encoded = encoding ? take_segment(rest) : std::nullopt;
  if (!encoded || !rest.starts_with('=')) return std::nullopt;
  // RFC 2231 allows a language after the charset.
  const auto charset = find_charset(charset_name->substr(0, charset_name->find('*')));
  const bool plain = std::all_of(encoded->begin(), encoded->end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!charset || !plain || encoding->size() != 1) return std::nullopt;
  const char letter = store::to_lower(encoding->front());
  auto bytes = letter == 'q' ? decoded_q(*encoded) : letter == 'b' ? from_loose_base64(*encoded) : std::nullopt;
  if (!bytes) return std::nullopt;
  text = rest.substr(1);
  return EncodedWord{.charset = *charset, .bytes = *std::move(bytes)};
}

class Decoder {
 public:
  [[nodiscard]] auto decode(std::string_view text) -> std::string {
    while (!text.empty()) {
      const auto begin = std::min(text.find("=?"), text.size());
      add_text(text.substr(0, begin));
      text.remove_prefix(begin);
      if (text.empty()) break;
      if (auto word = take_word(text)) {
        add_word(*std::move(word));
      } else {
        add_text(text.substr(0, 2));
        text.remove_prefix(2);
      }
    }
    end_words();
    return std::move(result_);
  }

 private:
  // White space after an encoded word is kept only if no other encoded word follows.
  void add_text(std::string_view text) {
    if (words_ && trimmed(text).empty()) {
      space_ = text;
      return;
    }
    end_words();
    result_ += text;
  }

  void add_word(EncodedWord word) {
    space_ = {};
    if (words_ && words_->charset == word.charset) {
      words_->bytes += word.bytes;
      return;
    }
    end_words();
    words_ = std::move(word);
  }

  void end_words() {
    if (words_) result_ += to_utf8(words_->bytes, words_->charset);
    words_.reset();
    result_ += std::exchange(space_, {});
  }

  std::string result_;
  std::optional<EncodedWord> words_;
  std::string_view space_;
};

}  // namespace

auto decoded_header_text(std::string_view value) -> std::string {
  return Decoder().decode(to_utf8(unfolded(value)));
}

}  // namespace workmail::api
