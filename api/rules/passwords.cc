#include "api/rules/passwords.h"

#include <array>

#include "generated/workmail/errors.h"

namespace workmail::api {

namespace {

constexpr std::size_t kMinLength = 8;
constexpr std::size_t kMaxLength = 63;
constexpr int kNeededClasses = 3;

enum Class { Upper, Lower, Digit, Special, Latin1, Count };

auto class_of(unsigned char c) -> Class {
  if (c >= 0x80) return Latin1;
  if (c >= 'A' && c <= 'Z') return Upper;
  if (c >= 'a' && c <= 'z') return Lower;
  if (c >= '0' && c <= '9') return Digit;
  return Special;
}

}  // namespace

// AWS: administrator guide, "Managing user passwords": at least 8 and fewer than 64 characters of Basic Latin and its
// Latin-1 supplement (the model's pattern), of three of five classes.
void check_password(std::string_view password) {
  std::array<bool, Count> has{};
  std::size_t length = 0;
  for (const char letter : password) {
    const auto c = static_cast<unsigned char>(letter);
    if ((c & 0xC0U) == 0x80U) continue;  // the second byte of a Latin-1 letter
    ++length;
    has.at(class_of(c)) = true;
  }
  if (length < kMinLength) throw InvalidPasswordException("Password must have at least 8 characters.");
  if (length > kMaxLength) throw InvalidPasswordException("Password must have fewer than 64 characters.");
  int classes = 0;
  for (const bool present : has) classes += present ? 1 : 0;
  if (classes >= kNeededClasses) return;
  // AWS: printed by a script that met it (ruzin/muppet, 2018).
  throw InvalidPasswordException("Password does not contain characters from at least 3 complexity categories.");
}

}  // namespace workmail::api
