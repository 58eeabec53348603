// Base64 in documents and headers.
#include "api/wire/base64.h"

#include <gtest/gtest.h>

namespace workmail::api {
namespace {

struct Case {
  std::string bytes;
  std::string text;
};

// RFC 4648, section 10, and bytes of all kinds.
const std::vector<Case> kCases{{"", ""},
                               {"f", "Zg=="},
                               {"fo", "Zm8="},
                               {"foo", "Zm9v"},
                               {"foob", "Zm9vYg=="},
                               {"fooba", "Zm9vYmE="},
                               {"foobar", "Zm9vYmFy"},
                               {std::string("\0\xFF\xFB\xBF", 4), "AP/7vw=="}};

TEST(Base64, IsWrittenAndRead) {
  for (const auto& [bytes, text] : kCases) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes) << text;
    EXPECT_EQ(from_loose_base64(text), bytes) << text;
    EXPECT_EQ(from_loose_base64(text.substr(0, text.find('='))), bytes) << text;
  }
}

TEST(Base64, IsReadAsItIsWrittenOnly) {
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zg===", "====", "Zh==", "Zm9", "Zm8==", "Zm+=", "Zg==Zg==", "Zm9v\n", "Zm9-", "=Zm9"}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
  EXPECT_EQ(from_loose_base64("Zh"), "f");
  for (const char* text : {"Z", "Zm9vY", "Zg==Zg==", "Zm9-", "Zm9v\n"})
    EXPECT_EQ(from_loose_base64(text), std::nullopt) << text;
}

}  // namespace
}  // namespace workmail::api
