// Encoded words (RFC 2047), charsets, and bytes that are neither.
#include "api/mail/header_text.h"

#include <gtest/gtest.h>

#include <string>

#include "store/utf8.h"
#include "tests/large_texts.h"

namespace workmail::api {

namespace {

struct Case {
  std::string value;
  std::string text;
};

TEST(HeaderText, DecodesTheExamplesOfTheStandard) {
  const std::vector<Case> cases = {
      {"=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>"},
      {"=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=", "Keld J\xC3\xB8rn Simonsen"},
      {"=?ISO-8859-1?Q?Andr=E9?= Pirard", "Andr\xC3\xA9 Pirard"},
      {"=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=", "If you can read this yo"},
      {"(=?ISO-8859-1?Q?a?=)", "(a)"},
      {"(=?ISO-8859-1?Q?a?= b)", "(a b)"},
      {"(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)", "(ab)"},
      {"(=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=)", "(ab)"},
      {"(=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=)", "(ab)"},
      {"(=?ISO-8859-1?Q?a_b?=)", "(a b)"},
  };
  for (const auto& [value, text] : cases) EXPECT_EQ(decoded_header_text(value), text) << value;
}

TEST(HeaderText, DecodesWords) {
  const std::vector<Case> cases = {
      {"", ""},
      {" plain\r\n text ", "plain text"},
      {"=?utf-8?q?caf=c3=A9?=", "caf\xC3\xA9"},
      {"=?UTF-8?b?Y2Fmw6k=?=", "caf\xC3\xA9"},
      {"=?UTF-8?B?Y2Fmw6k?=", "caf\xC3\xA9"},
      {"=?utf-8*en?Q?a?=", "a"},
      {"=?utf-8?Q?"
       "?=x",
       "x"},
      {"=?utf-8?Q?a b?=", "a b"},
      {"x=?utf-8?Q?a?=y", "xay"},
      {"=?utf-8?Q?a?= =?utf-8?Q?b?= c =?utf-8?Q?d?= ", "ab c d"},
      {"=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?= =?utf-8?Q?b?=",
       "a\xC3\xA9"
       "b"},
      // A character that is split between two words, which is not allowed but common.
      {"=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "\xC3\xA9"},
      {"=?utf-8?B?w6k=?= =?utf-8?Q?=C3=A9?=", "\xC3\xA9\xC3\xA9"},
  };
  for (const auto& [value, text] : cases) EXPECT_EQ(decoded_header_text(value), text) << value;
}

TEST(HeaderText, LeavesWhatIsNoWord) {
  for (const std::string value : {
           "=?koi8-r?Q?a?=",
           "=?utf-8?X?a?=",
           "=?utf-8?QB?a?=",
           "=?utf-8?"
           "?a?=",
           "=?utf-8?Q?=4?=",
           "=?utf-8?Q?=G0?=",
           "=?utf-8?Q?a=?=",
           "=?utf-8?B?a?=",
           "=?utf-8?B?YQ*=?=",
           "=?utf-8?B?Y=Q?=",
           "=?utf-8?Q?a?",
           "=?utf-8?Q?a",
           "=?",
           "=?=",
           "=?utf-8",
           "=?"
           "?Q?a?=",
           "=?utf-8?Q?a?b?=",
           "=?utf-8?Q?\x01?=",
           "=?utf-8?Q?\xC3\xA9?=",
           "=?koi8-r?Q?a?= =?koi8-r?Q?b?=",
       }) {
    EXPECT_EQ(decoded_header_text(value), value);
  }
  EXPECT_EQ(decoded_header_text("=?utf-8?Q?a?= =?koi8-r?Q?b?= =?utf-8?Q?c?="), "a =?koi8-r?Q?b?= c");
  EXPECT_EQ(decoded_header_text("=?x?=?utf-8?Q?a?="), "=?x?a");
}

TEST(HeaderText, KnowsFiveCharsets) {
  const std::vector<Case> cases = {
      {"=?us-ascii?Q?a=80?=", "a\xEF\xBF\xBD"},
      {"=?ISO-8859-1?Q?=80=A4=FF?=", "\xC2\x80\xC2\xA4\xC3\xBF"},
      {"=?ISO-8859-15?Q?=A4=A6=A8=B4=B8=BC=BD=BE=FF?=",
       "\xE2\x82\xAC\xC5\xA0\xC5\xA1\xC5\xBD\xC5\xBE\xC5\x92\xC5\x93\xC5\xB8\xC3\xBF"},
      {"=?windows-1252?Q?=80=81=93x=94=9F=E9?=", "\xE2\x82\xAC\xEF\xBF\xBD\xE2\x80\x9Cx\xE2\x80\x9D\xC5\xB8\xC3\xA9"},
      {"=?CP1252?Q?=99?=", "\xE2\x84\xA2"},
      {"=?latin1?Q?=E9?=", "\xC3\xA9"},
      {"=?UTF8?Q?=E2=82=AC?=", "\xE2\x82\xAC"},
      {"=?ascii?Q?a?=", "a"},
  };
  for (const auto& [value, text] : cases) EXPECT_EQ(decoded_header_text(value), text) << value;
}

TEST(HeaderText, KnowsAllOfWindows1252) {
  EXPECT_EQ(decoded_header_text("=?windows-1252?Q?=80=81=82=83=84=85=86=87=88=89=8A=8B=8C=8D=8E=8F=90=91=92=93=94=95="
                                "96=97=98=99=9A=9B=9C=9D=9E=9F?="),
            "\xE2\x82\xAC\xEF\xBF\xBD\xE2\x80\x9A\xC6\x92\xE2\x80\x9E\xE2\x80\xA6\xE2\x80\xA0\xE2\x80\xA1\xCB\x86\xE2"
            "\x80\xB0\xC5\xA0\xE2\x80\xB9\xC5\x92\xEF\xBF\xBD\xC5\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xE2\x80\x98\xE2\x80\x99"
            "\xE2\x80\x9C\xE2\x80\x9D\xE2\x80\xA2\xE2\x80\x93\xE2\x80\x94\xCB\x9C\xE2\x84\xA2\xC5\xA1\xE2\x80\xBA\xC5"
            "\x93\xEF\xBF\xBD\xC5\xBE\xC5\xB8");
}

TEST(HeaderText, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(decoded_header_text("=?utf-8?Q?a=FFb=C3?="),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(decoded_header_text("=?utf-8?Q?=ED=A0=80?="), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(HeaderText, TakesBytesAsUtf8OrLatin1) {
  EXPECT_EQ(decoded_header_text("caf\xC3\xA9 =?utf-8?Q?=C3=A9?="), "caf\xC3\xA9 \xC3\xA9");
  EXPECT_EQ(decoded_header_text("caf\xE9 =?utf-8?Q?=C3=A9?="), "caf\xC3\xA9 \xC3\xA9");
  EXPECT_EQ(decoded_header_text("caf\xE9 \xC3\xA9"), "caf\xC3\xA9 \xC3\x83\xC2\xA9");
}

// With quadratic time, this would take minutes.
TEST(HeaderText, EndsSoonForManyBeginnings) {
  constexpr std::size_t kSize = std::size_t{512} * 1024;
  for (const std::string word : {"=?", "=?utf-8?q?", "=?utf-8?q?a", "=?utf-8?b?YQ?= ", "=?utf-8?q?=FF?="}) {
    const auto text = decoded_header_text(repeated(word, kSize / word.size()));
    EXPECT_LE(text.size(), 3 * kSize) << word;
    EXPECT_TRUE(store::is_utf8(text)) << word;
  }
}

}  // namespace

}  // namespace workmail::api
