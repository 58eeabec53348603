#include "api/rules/passwords.h"

#include <gtest/gtest.h>

#include <string>

#include "generated/workmail/errors.h"

namespace workmail::api {

namespace {

constexpr const char* kTooShort = "Password must have at least 8 characters.";
constexpr const char* kTooLong = "Password must have fewer than 64 characters.";
constexpr const char* kTooSimple = "Password does not contain characters from at least 3 complexity categories.";

// The error; empty for a valid password.
auto refusal(const std::string& password) -> std::string {
  try {
    check_password(password);
  } catch (const InvalidPasswordException& error) {
    return error.what();
  }
  return {};
}

TEST(Passwords, HaveThreeOfFiveClasses) {
  for (const std::string password : {"Abcdefg1", "Abcdefg!", "abcdef1!", "ABCDEF1!", "Abcdef1!", "Abcdefg\xC3\xA9",
                                     "abcdef1\xC3\xA9", "ABCDEF!\xC3\xA9", "123456!\xC3\xA9", "Abc defg"}) {
    EXPECT_EQ(refusal(password), "") << password;
  }
  for (const std::string password :
       {"abcdefgh", "ABCDEFGH", "12345678", "!!!!!!!!", "Abcdefgh", "abcdefg1", "1234567!",
        "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", "abcdefg\xC3\xA9"}) {
    EXPECT_EQ(refusal(password), kTooSimple) << password;
  }
}

TEST(Passwords, HaveEightToSixtyThreeCharacters) {
  EXPECT_EQ(refusal("Abcdef1"), kTooShort);
  EXPECT_EQ(refusal("Abcdef12"), "");
  EXPECT_EQ(refusal("A1" + std::string(61, 'a')), "");
  EXPECT_EQ(refusal("A1" + std::string(62, 'a')), kTooLong);
  EXPECT_EQ(refusal(""), kTooShort);
}

TEST(Passwords, AreAsLongAsTheyHaveCharactersAndNotBytes) {
  EXPECT_EQ(refusal("Abc1\xC3\xA9\xC3\xA9\xC3\xA9"), kTooShort);
  std::string letters = "A1";
  for (int i = 0; i < 61; ++i) letters += "\xC3\xA9";
  EXPECT_EQ(refusal(letters), "");
}

}  // namespace

}  // namespace workmail::api
