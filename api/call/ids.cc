#include "api/call/ids.h"

#include <algorithm>
#include <array>

namespace workmail::api {

namespace {

void append_hex(std::string& out, std::uint64_t value, std::size_t digits) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  out.append(digits, '0');
  for (auto digit = out.rbegin(); digits > 0; ++digit, --digits, value >>= 4U) *digit = kDigits[value & 0xFU];
}

// 32 digits as 8-4-4-4-12.
auto dashed(std::string hex) -> std::string {
  for (const std::size_t place : {20U, 16U, 12U, 8U}) hex.insert(place, 1, '-');
  return hex;
}

// 32 digits in the shape of a UUID: 60 bits, the version between them, then 62 bits behind the variant.
auto uuid_digits(std::uint64_t first, unsigned version, std::uint64_t second) -> std::string {
  std::string hex;
  hex.reserve(36);
  append_hex(hex, first >> 12U, 12);
  append_hex(hex, version, 1);
  append_hex(hex, first & 0xFFFU, 3);
  append_hex(hex, (second & 0x3FFF'FFFF'FFFF'FFFFU) | 0x8000'0000'0000'0000U, 16);
  return hex;
}

auto seeded() -> std::mt19937_64 {
  std::random_device device;
  std::array<std::uint32_t, 8> words{};
  std::generate(words.begin(), words.end(), [&] { return device(); });
  std::seed_seq seed(words.begin(), words.end());
  return std::mt19937_64(seed);
}

}  // namespace

Ids::Ids(Mode mode) : mode_(mode), random_(seeded()) {}

void Ids::restart() {
  counted_ = 0;
  requests_ = 0;
  last_stamp_ = 0;
}

auto Ids::hexadecimal(Time now) -> std::string {
  if (mode_ == Mode::Sequential) return uuid_digits(0, 7, ++counted_);
  // Counts up within a millisecond, and while the clock is frozen or was set back.
  const auto stamp = static_cast<std::uint64_t>(std::max<std::int64_t>(now.time_since_epoch().count(), 0)) << 12U;
  last_stamp_ = std::max(stamp, last_stamp_ + 1);
  return uuid_digits(last_stamp_, 7, random_());
}

auto Ids::uuid(Time now) -> std::string {
  return dashed(hexadecimal(now));
}

auto Ids::directory(std::string_view region) -> std::string {
  // AWS: d-90… in us-east-1, d-92… in us-west-2, d-93… in eu-west-1 (published examples and issues).
  std::string id = "d-90";
  if (region == "us-west-2") id = "d-92";
  if (region == "eu-west-1") id = "d-93";
  append_hex(id, mode_ == Mode::Sequential ? ++counted_ : random_(), 8);
  return id;
}

auto Ids::secret() -> std::string {
  std::string word;
  for (int i = 0; i < 4; ++i) append_hex(word, mode_ == Mode::Sequential ? ++counted_ : random_(), 16);
  return word;
}

auto Ids::request() -> std::string {
  if (mode_ == Mode::Sequential) return dashed(uuid_digits(0, 4, ++requests_));
  return dashed(uuid_digits(random_() >> 4U, 4, random_()));
}

}  // namespace workmail::api
