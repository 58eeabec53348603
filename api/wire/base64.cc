#include "api/wire/base64.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace workmail::api {

namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 0xFF;
// Three bytes become four digits of six bits.
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
  auto bytes = from_loose_base64(text);
  if (!bytes) return std::nullopt;
  // Only the last group has more than one encoding.
  const auto whole = bytes->size() / kBytes * kBytes;
  const auto begin = whole == bytes->size() && whole > 0 ? whole - kBytes : whole;
  const auto last = to_base64(std::string_view(*bytes).substr(begin));
  if (!text.ends_with(last) || text.size() != begin / kBytes * kGroup + last.size()) return std::nullopt;
  return bytes;
}

auto from_loose_base64(std::string_view text) -> std::optional<std::string> {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (text.size() % kGroup == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / kGroup * kBytes + kBytes);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const auto value = kValues.at(static_cast<unsigned char>(c));
    if (value == kNoDigit) return std::nullopt;
    bits = (bits << 6U | value) & 0xFFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFFU);
  }
  return bytes;
}

}  // namespace workmail::api
