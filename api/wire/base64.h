// Base64 (RFC 4648, section 4), in which documents and headers of mail have bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace workmail::api {

auto to_base64(std::string_view bytes) -> std::string;

// Nothing for a text that to_base64() does not write.
auto from_base64(std::string_view text) -> std::optional<std::string>;

// With or without padding, and whatever is in the last bits; nothing for a text of other characters or of a length that
// no bytes have.
auto from_loose_base64(std::string_view text) -> std::optional<std::string>;

}  // namespace workmail::api
