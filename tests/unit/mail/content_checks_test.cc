// Each reason for which PutRawMessageContent rejects a content, and similar contents that it accepts.
#include "api/mail/content_checks.h"

#include <gtest/gtest.h>

#include <string>

#include "api/mail/attachment_types.h"
#include "store/utf8.h"
#include "tests/large_texts.h"

namespace workmail::api {

namespace {

const std::string kOriginal =
    "Received: from a by b; Sat, 3 Jan 2026 01:05:34 +0000\r\n"
    "Received: from c by a; Sat, 3 Jan 2026 01:05:33 +0000\r\n"
    "Message-ID: <1@c.test>\r\n"
    "Date: Sat, 3 Jan 2026 01:05:32 +0000\r\n"
    "From: Alice <alice@c.test>\r\n"
    "Sender: bob@c.test\r\n"
    "To: carol@b.test\r\n"
    "Subject: Hello\r\n"
    "\r\n"
    "body\r\n";

// The original with one text replaced by another.
auto changed(const std::string& from, const std::string& to) -> std::string {
  auto content = kOriginal;
  const auto at = content.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return content.replace(at, from.size(), to);
}

auto reason(const std::string& content) -> std::string {
  return reason_to_reject(content, kOriginal);
}

auto with_body(const std::string& fields, const std::string& body) -> std::string {
  return changed("\r\n\r\nbody\r\n", "\r\n" + fields + "\r\n\r\n" + body);
}

auto with_file(const std::string& name) -> std::string {
  return with_body(
      "Content-Type: multipart/mixed; boundary=b",
      "--b\r\n\r\ntext\r\n--b\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\n\r\nx\r\n--b--\r\n");
}

TEST(ContentChecks, AcceptWhatMayChange) {
  EXPECT_EQ(reason(kOriginal), "");
  EXPECT_EQ(reason(changed("Hello", "Bye")), "");
  EXPECT_EQ(reason(changed("Subject: Hello\r\n", "")), "");
  EXPECT_EQ(reason(changed("body", "other")), "");
  EXPECT_EQ(reason(changed("carol@b.test", "dan@b.test")), "");
  EXPECT_EQ(reason(changed("To:", "Cc:")), "");
  EXPECT_EQ(reason(changed("To:", "bcc:")), "");
  EXPECT_EQ(reason(changed("Subject:", "X-A: 1\r\nX-A: 2\r\nSubject:")), "");
  EXPECT_EQ(reason(with_file("a.txt")), "");
}

TEST(ContentChecks, RejectMultipartsThatAreNotClosed) {
  const std::string type = "Content-Type: multipart/mixed; boundary=b";
  EXPECT_EQ(reason(with_body(type, "--b\r\n\r\n--b--\r\n")), "");
  EXPECT_EQ(reason(with_body(type, "--b\r\n\r\n")),
            "The message is not formatted properly: it is multipart/mixed without a final boundary.");
  EXPECT_EQ(reason(with_body("Content-Type: multipart/mixed", "--b--\r\n")),
            "The message is not formatted properly: it is multipart/mixed without a final boundary.");
  EXPECT_EQ(reason(with_body(type, "--b\r\nContent-Type: multipart/related; boundary=c\r\n\r\n--c\r\n\r\n--b--\r\n")),
            "Part 1 of the message is not formatted properly: it is multipart/related without a final boundary.");
  const std::string long_type = "multipart/" + repeated("x", 200);
  EXPECT_EQ(
      reason(with_body("Content-Type: " + long_type, "")),
      "The message is not formatted properly: it is " + long_type.substr(0, 100) + "... without a final boundary.");
}

TEST(ContentChecks, RejectMoreThanIsRead) {
  EXPECT_EQ(reason(repeated("A: b\r\n", 10'001) + kOriginal), "The message has more than 10,000 header fields.");
  EXPECT_EQ(
      reason(with_body("Content-Type: multipart/mixed; boundary=b", repeated("--b\r\n\r\n", 10'000) + "--b--\r\n")),
      "The message has more than 10,000 parts.");
  EXPECT_EQ(reason(with_body("Content-Type: message/rfc822", repeated("Content-Type: message/rfc822\r\n\r\n", 20))),
            "The message has parts that are nested deeper than 20 levels.");
}

TEST(ContentChecks, RejectLongLines) {
  const auto line = [](std::size_t size) { return repeated("x", size); };
  EXPECT_EQ(reason(changed("body", line(998))), "");
  EXPECT_EQ(reason(changed("body", line(999))), "Line 10 has 1001 octets, including CRLF; 1000 is the maximum.");
  EXPECT_EQ(reason(changed("body\r\n", line(998))), "");
  EXPECT_EQ(reason(changed("body\r\n", line(999))), "Line 10 has 1001 octets, including CRLF; 1000 is the maximum.");
  EXPECT_EQ(reason(changed("body\r\n", line(998) + "\n")), "");
  EXPECT_EQ(reason(changed("body\r\n", line(999) + "\n")),
            "Line 10 has 1001 octets, including CRLF; 1000 is the maximum.");
  EXPECT_EQ(reason(changed("Hello", line(2000))), "Line 8 has 2011 octets, including CRLF; 1000 is the maximum.");
}

TEST(ContentChecks, AcceptLinesThatEndWithLineFeeds) {
  auto content = kOriginal;
  std::erase(content, '\r');
  EXPECT_EQ(reason(content), "");
}

TEST(ContentChecks, RejectCarriageReturnsAlone) {
  EXPECT_EQ(reason(changed("body", "bo\rdy")), "Line 10 has a CR that is not followed by LF.");
  EXPECT_EQ(reason(changed("body\r\n", "body\r")), "Line 10 has a CR that is not followed by LF.");
  EXPECT_EQ(reason(changed("body\r\n", "body\r\r\n")), "Line 10 has a CR that is not followed by LF.");
}

TEST(ContentChecks, RejectMissingHeaders) {
  EXPECT_EQ(reason(changed("From: Alice <alice@c.test>\r\n", "")), "The required header From is missing.");
  EXPECT_EQ(reason(changed("Date: Sat, 3 Jan 2026 01:05:32 +0000\r\n", "")), "The required header Date is missing.");
  EXPECT_EQ(reason(changed("To: carol@b.test\r\n", "")), "One of the headers To, Cc and Bcc is required.");
  EXPECT_EQ(reason(""), "The required header From is missing.");
  // A line after an invalid header line is not a field.
  EXPECT_EQ(reason(changed("From:", "no header\r\nFrom:")), "The required header From is missing.");
}

TEST(ContentChecks, RejectUniqueHeadersThatAreNot) {
  for (const std::string name : {"From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To",
                                 "References", "Subject", "Date"}) {
    const auto once = changed("Received", name + "-Not: x\r\nReceived");
    EXPECT_EQ(reason(once), "") << name;
    auto lower = name;
    for (char& c : lower) c = static_cast<char>(std::tolower(c));
    const auto twice = changed("Received", name + ": x\r\n" + lower + ": x\r\nReceived");
    const bool there = kOriginal.find("\n" + name + ":") != std::string::npos;
    EXPECT_EQ(reason(twice),
              "The header " + name + " appears " + (there ? "3" : "2") + " times; it can appear only once.")
        << name;
  }
}

TEST(ContentChecks, RejectChangesOfImmutableHeaders) {
  const std::vector<std::pair<std::string, std::string>> headers = {{"Message-ID", "<1@c.test>"},
                                                                    {"From", "Alice <alice@c.test>"},
                                                                    {"Sender", "bob@c.test"},
                                                                    {"Date", "Sat, 3 Jan 2026 01:05:32 +0000"},
                                                                    {"Received", "from c by a;"}};
  for (const auto& [name, value] : headers) {
    const auto fault = "The header " + name + " is immutable, and has been changed.";
    EXPECT_EQ(reason(changed(value, "x")), fault);
    EXPECT_EQ(reason(changed(value, value + "x")), fault);
    EXPECT_EQ(reason_to_reject(kOriginal, changed(value, "x")), fault);
  }
  EXPECT_EQ(reason(changed("Message-ID: <1@c.test>\r\n", "")),
            "The header Message-ID is immutable, and has been changed.");
  EXPECT_EQ(reason(changed("Sender: bob@c.test\r\n", "")), "The header Sender is immutable, and has been changed.");
  EXPECT_EQ(reason(changed("Received:", "Received: x\r\nReceived:")),
            "The header Received is immutable, and has been changed.");
  EXPECT_EQ(reason(changed("Received:", "X:")), "The header Received is immutable, and has been changed.");
}

TEST(ContentChecks, RejectReceivedInAnotherOrder) {
  const auto original = "From: a\r\nTo: b\r\nDate: c\r\nReceived: 1\r\nReceived: 2\r\n\r\n";
  const auto content = "From: a\r\nTo: b\r\nDate: c\r\nReceived: 2\r\nReceived: 1\r\n\r\n";
  EXPECT_EQ(reason_to_reject(content, original), "The header Received is immutable, and has been changed.");
  EXPECT_EQ(reason_to_reject(original, original), "");
}

TEST(ContentChecks, AcceptImmutableHeadersThatAreFoldedAnew) {
  EXPECT_EQ(reason(changed("from a by b;", "from a\r\n\tby b; ")), "");
  EXPECT_EQ(reason(changed("From: Alice <", "from:   Alice\r\n  <")), "");
  EXPECT_EQ(reason(changed("Message-ID: <", "Message-ID:\r\n <")), "");
  EXPECT_EQ(reason(changed("Alice <", "Alice<")), "The header From is immutable, and has been changed.");
}

// Otherwise, a message that was sent without them could not be updated.
TEST(ContentChecks, AcceptRequiredHeadersThatWereMissing) {
  const std::string original = "To: b@c.test\r\nSubject: x\r\n\r\n";
  EXPECT_EQ(reason_to_reject("From: a@c.test\r\nDate: x\r\n" + original, original), "");
  EXPECT_EQ(reason_to_reject("From: a@c.test\r\nDate: x\r\nMessage-ID: <1>\r\n" + original, original),
            "The header Message-ID is immutable, and has been changed.");
  EXPECT_EQ(reason_to_reject("From: a@c.test\r\nDate: x\r\nSender: b\r\n" + original, original),
            "The header Sender is immutable, and has been changed.");
}

TEST(ContentChecks, RejectFilesThatAreNotSupported) {
  EXPECT_EQ(reason(with_file("a.exe")), "The attachment a.exe is of the type .exe, which Amazon SES does not support.");
  EXPECT_EQ(reason(with_file("a.txt.BAT")),
            "The attachment a.txt.BAT is of the type .BAT, which Amazon SES does not support.");
  EXPECT_EQ(reason(with_file("=?utf-8?Q?a=2Evbs?=")),
            "The attachment a.vbs is of the type .vbs, which Amazon SES does not support.");
  EXPECT_EQ(reason(changed("Subject:", "Content-Type: a/b; name=x.js\r\nSubject:")),
            "The attachment x.js is of the type .js, which Amazon SES does not support.");
  const auto long_name = repeated("x", 200) + ".cmd";
  EXPECT_EQ(reason(with_file(long_name)), "The attachment " + long_name.substr(0, 100) +
                                              "... is of the type .cmd, which Amazon SES does not support.");
  EXPECT_EQ(
      reason(with_body("Content-Type: message/rfc822", "Content-Disposition: attachment; filename=a.ps1\r\n\r\n")),
      "The attachment a.ps1 is of the type .ps1, which Amazon SES does not support.");
}

TEST(ContentChecks, KnowWhatAmazonSesDoesNotSupport) {
  for (const auto extension : kUnsupportedExtensions) {
    EXPECT_EQ(unsupported_extension("a." + std::string(extension)), extension);
    EXPECT_EQ(unsupported_extension("a." + std::string(extension) + "z"), "") << extension;
  }
  EXPECT_EQ(unsupported_extension("a.exe. ."), "exe");
  EXPECT_EQ(unsupported_extension(".exe"), "exe");
  for (const std::string name : {"", ".", "exe", "a.", "a.exe.txt", "a.pdf", "a.zip", "a.docx", "a. exe", ". . "}) {
    EXPECT_EQ(unsupported_extension(name), "") << name;
  }
}

// The reason is the first violation, in the order of these tests.
TEST(ContentChecks, NameTheFirstReason) {
  auto content = with_file("a.exe");
  const auto expect = [&](std::string_view part) {
    EXPECT_NE(reason(content).find(part), std::string::npos) << reason(content);
  };
  expect("Amazon SES");
  content.replace(content.find("<1@c.test>"), 10, "<2@c.test>");
  expect("immutable");
  content.insert(0, "Subject: x\r\n");
  expect("only once");
  content.replace(content.find("To:"), 3, "XX:");
  expect("To, Cc and Bcc");
  content += "\r";
  expect("CR that is not");
  content.replace(content.find("--b--"), 5, "--b-x");
  expect("final boundary");
}

TEST(ContentChecks, EndSoonForLargeContents) {
  constexpr std::size_t kSize = std::size_t{1024} * 1024;
  for (const std::string piece : {"Received: x\r\n", "a", "\r", "\r\n", "From: x\r\n y\r\n", "\xFF"}) {
    const auto content = repeated(piece, kSize / piece.size());
    const auto why = reason_to_reject(content, content);
    EXPECT_FALSE(why.empty()) << piece;
    EXPECT_LT(why.size(), 500) << piece;
    EXPECT_TRUE(store::is_utf8(why)) << piece;
  }
}

}  // namespace

}  // namespace workmail::api
