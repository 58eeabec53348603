// Percent-encoding (RFC 3986, 2.1), for paths, queries and parameters of mail headers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "store/ascii.h"

namespace workmail::api {

// "%41" becomes "A". A percent sign without two hexadecimal digits is kept.
inline auto percent_decoded(std::string_view text) -> std::string {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool whole = text[at] == '%' && text.size() - at > 2;
    const int high = whole ? store::hexadecimal_digit(text[at + 1]) : -1;
    const int low = whole ? store::hexadecimal_digit(text[at + 2]) : -1;
    if (high < 0 || low < 0) {
      bytes += text[at];
      continue;
    }
    bytes += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return bytes;
}

}  // namespace workmail::api
