#include "api/wire/base64.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace workmail::api {

namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 0xFF;
// Three bytes are four digits of six bits.
constexpr std::size_t kBytes = 3;
constexpr std::size_t kGroup = 4;

constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::size_t i = 0; i < kDigits.size(); ++i)
    values.at(static_cast<unsigned char>(kDigits[i])) = static_cast<std::uint8_t>(i);
  return values;
}();

auto byte(std::string_view bytes, std::size_t at) -> std::uint32_t {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

}  // namespace

auto to_base64(std::string_view bytes) -> std::string {
  std::string text;
  text.reserve((bytes.size() + kBytes - 1) / kBytes * kGroup);
  for (std::size_t at = 0; at < bytes.size(); at += kBytes) {
    const std::uint32_t bits = byte(bytes, at) << 16U | byte(bytes, at + 1) << 8U | byte(bytes, at + 2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) text += kDigits[bits >> shift & 0x3FU];
  }
  const auto missing = (kBytes - bytes.size() % kBytes) % kBytes;
  text.replace(text.size() - missing, missing, missing, '=');
  return text;
}

auto from_base64(std::string_view text) -> std::optional<std::string> {
  if (text.size() % kGroup != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  std::string bytes;
  bytes.reserve(text.size() / kGroup * kBytes);
  std::uint32_t bits = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool padded = at >= text.size() - padding;
    const auto value = padded ? std::uint8_t{0} : kValues.at(static_cast<unsigned char>(text[at]));
    if (value == kNoDigit) return std::nullopt;
    bits = bits << 6U | value;
    if (at % kGroup != kGroup - 1) continue;
    for (const unsigned shift : {16U, 8U, 0U}) bytes += static_cast<char>(bits >> shift & 0xFFU);
    bits = 0;
  }
  const bool clean = bytes.substr(bytes.size() - padding).find_first_not_of('\0') == std::string::npos;
  if (!clean) return std::nullopt;
  bytes.resize(bytes.size() - padding);
  return bytes;
}

}  // namespace workmail::api
