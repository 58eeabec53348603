#include "api/call/pages.h"

#include <array>

#include "api/call/errors.h"

namespace workmail::api {

namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
// 16 bytes are 128 bits: 22 digits of 6 bits.
constexpr std::size_t kTokenLength = 22;
static_assert(kDigits.size() == 64 && (kTokenLength - 1) * 6 < 128 && kTokenLength * 6 >= 128);

// FNV-1a, followed by the finalizer of MurmurHash3. It detects tokens that were mixed up by mistake. It need not resist
// attacks, because a client may read every list anyway.
auto mix(std::uint64_t hash, std::string_view text) -> std::uint64_t {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return (hash ^ 0xFFU) * 0x100000001b3U;
}

auto stir(std::uint64_t hash) -> std::uint64_t {
  hash = (hash ^ (hash >> 33U)) * 0xff51afd7ed558ccdU;
  hash = (hash ^ (hash >> 33U)) * 0xc4ceb9fe1a85ec53U;
  return hash ^ (hash >> 33U);
}

auto check_of(std::uint64_t scope, std::uint64_t position) -> std::uint64_t {
  return stir(scope ^ stir(position));
}

// Encodes the bits of `high` and `low`, six bits for each digit, most significant first, padded with zeros.
auto encode_words(std::uint64_t high, std::uint64_t low) -> std::string {
  std::string text;
  for (std::size_t digit = 0; digit < kTokenLength; ++digit) {
    const auto shift = static_cast<int>(122 - 6 * static_cast<int>(digit));
    std::uint64_t value = 0;
    if (shift >= 64)
      value = high >> static_cast<unsigned>(shift - 64);
    else if (shift >= 0)
      value = (low >> static_cast<unsigned>(shift)) | (shift > 58 ? high << static_cast<unsigned>(64 - shift) : 0U);
    else
      value = low << static_cast<unsigned>(-shift);
    text += kDigits[value & 63U];
  }
  return text;
}

auto decode_words(std::string_view text, std::uint64_t& high, std::uint64_t& low) -> bool {
  if (text.size() != kTokenLength) return false;
  high = 0;
  low = 0;
  for (std::size_t i = 0; i < kTokenLength; ++i) {
    const auto value = kDigits.find(text[i]);
    if (value == std::string_view::npos) return false;
    const bool last = i + 1 == kTokenLength;  // only its upper two bits are used
    const unsigned bits = last ? 2 : 6;
    high = (high << bits) | (low >> (64U - bits));
    low = (low << bits) | (last ? value >> 4U : value);
  }
  return true;
}

}  // namespace

Page::Page(std::uint64_t scope, const std::optional<std::string>& token, std::int32_t size)
    : scope_(scope), size_(size) {
  if (!token) return;
  std::uint64_t position = 0;
  std::uint64_t check = 0;
  const bool genuine = decode_words(*token, position, check) && check == check_of(scope_, position) &&
                       this->token(static_cast<std::int64_t>(position)) == *token;
  if (!genuine) throw errors::invalid_parameter("NextToken is not valid for this call");
  after_ = static_cast<std::int64_t>(position);
}

auto Page::hash(const Context& context, std::string_view operation, std::string_view parameters) -> std::uint64_t {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const auto text : {std::string_view(context.account), std::string_view(context.region), operation, parameters}) {
    hash = mix(hash, text);
  }
  return stir(hash);
}

auto Page::token(std::int64_t position) const -> std::string {
  const auto word = static_cast<std::uint64_t>(position);
  return encode_words(word, check_of(scope_, word));
}

}  // namespace workmail::api
