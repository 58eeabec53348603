// Lists of addresses (RFC 5322, 3.4, 4.4 and the examples of appendix A).
#include "api/mail/header_addresses.h"

#include <gtest/gtest.h>

#include <string>

#include "store/text.h"
#include "tests/large_texts.h"

namespace workmail::api {

namespace {

struct Case {
  std::string value;
  std::string addresses;
};

auto shown(std::string_view value) -> std::string {
  return store::joined(addresses_in(value), " | ");
}

TEST(HeaderAddresses, AreThoseOfTheStandardsExamples) {
  const std::vector<Case> cases = {
      {"\"Joe Q. Public\" <john.q.public@example.com>", "john.q.public@example.com"},
      {"Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>", "mary@x.test | jdoe@example.org | one@y.test"},
      {"<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>",
       "boss@nil.test | sysservices@example.net"},
      {"A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;", "c@a.test | joe@where.test | jdoe@one.test"},
      {"Undisclosed recipients:;", ""},
      {"Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "pete@silly.test"},
      {"A Group(Some people)\r\n     :Chris Jones <c@(Chris's host.)public.example>,\r\n         joe@example.org,\r\n"
       "  John <jdoe@one.test> (my dear friend); (the end of the group)",
       "c@public.example | joe@example.org | jdoe@one.test"},
      {"(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;", ""},
      {"Joe Q. Public <john.q.public@example.com>", "john.q.public@example.com"},
      {"Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example", "mary@example.net | jdoe@test.example"},
  };
  for (const auto& [value, addresses] : cases) EXPECT_EQ(shown(value), addresses) << value;
}

TEST(HeaderAddresses, AreFound) {
  const std::vector<Case> cases = {
      {"", ""},
      {" \r\n\t", ""},
      {",,;", ""},
      {"a@b.test", "a@b.test"},
      {"Alice@ACME.Test", "Alice@ACME.Test"},
      {"a@b.test,c@d.test", "a@b.test | c@d.test"},
      {"a@b.test; c@d.test", "a@b.test | c@d.test"},
      {"\"b, c\" <a@b.test>, d@e.test", "a@b.test | d@e.test"},
      {"a@b.test <c@d.test>", "c@d.test"},
      {"=?utf-8?Q?a?= <c@d.test>", "c@d.test"},
      {"\"a@b\" <c@d.test>", "c@d.test"},
      {"\"john doe\"@b.test", "\"john doe\"@b.test"},
      {"\"a\\\"@\"@b.test", "\"a\\\"@\"@b.test"},
      {"\"a\r\n b\"@b.test", "\"a b\"@b.test"},
      {"\"a\" . b @ c . test", "\"a\".b@c.test"},
      {"a@[192.0.2.1], b@[IPv6:2001:db8::1]", "a@[192.0.2.1] | b@[IPv6:2001:db8::1]"},
      {"< a @ b.test >", "a@b.test"},
      {"<@a.test,@b.test:c@d.test>, e@f.test", "c@d.test | e@f.test"},
      {"g: a@b.test, h <c@d.test>; , e@f.test", "a@b.test | c@d.test | e@f.test"},
      {"g: a@b.test", "a@b.test"},
      {"g: a <b@c.test>; d@e.test", "b@c.test | d@e.test"},
      {"a..b.@c.test", "a..b.@c.test"},
      {"a@b.test (c@d.test)", "a@b.test"},
      {"a@b.test (c (d) \\( e), f@g.test", "a@b.test | f@g.test"},
      {"a@b.test, a@b.test", "a@b.test | a@b.test"},
      {"caf\xC3\xA9@b.test, caf\xE9@b.test", "caf\xC3\xA9@b.test | caf\xC3\xA9@b.test"},
      {"user+tag@b.test", "user+tag@b.test"},
      {"<a@b.test> c@d.test, e@f.test", "a@b.test | e@f.test"},
      {"<a@b.test> <c@d.test>", "a@b.test | c@d.test"},
      {"<a@b.test>, c@d.test>, e@f.test", "a@b.test | e@f.test"},
  };
  for (const auto& [value, addresses] : cases) EXPECT_EQ(shown(value), addresses) << value;
}

TEST(HeaderAddresses, AreLeftOutWhereTheyAreNone) {
  for (const std::string value : {"a",
                                  "@b.test",
                                  "a@",
                                  "<>",
                                  "< >",
                                  "a b@c.test",
                                  "a@b.test c@d.test",
                                  "a@b@c.test",
                                  "a@b c.test",
                                  "\"a@b.test\"",
                                  "\"a\"",
                                  "\"a@b.test",
                                  "a@\"b\"",
                                  "a@b]",
                                  "a[b]@c.test",
                                  "a@[b",
                                  "a@[]",
                                  "a@[b]c",
                                  "a\\b@c.test",
                                  "a)@b.test",
                                  "a@b.test(",
                                  "a\x01@b.test",
                                  "a@b.t\x7F",
                                  "<<",
                                  ">",
                                  "<a@b.test x>",
                                  "(a@b.test)",
                                  "a@b.test>"}) {
    const bool only_a_comment_open = value == "a@b.test(";
    EXPECT_EQ(shown(value), only_a_comment_open ? "a@b.test" : "") << value;
    EXPECT_EQ(shown("g:;" + value), only_a_comment_open ? "a@b.test" : "") << value;
  }
  EXPECT_EQ(shown("a, b@c.test, <>, d@e.test"), "b@c.test | d@e.test");
  EXPECT_EQ(shown("Alice <a@b.test, c@d.test"), "a@b.test | c@d.test");
}

TEST(HeaderAddresses, AreTenThousandAtMost) {
  EXPECT_EQ(addresses_in(repeated("a@b.test,", kMaxAddressesInHeader + 1)).size(), kMaxAddressesInHeader);
}

// With quadratic time, this would take minutes.
TEST(HeaderAddresses, EndSoonForManyBeginnings) {
  constexpr std::size_t kSize = std::size_t{512} * 1024;
  for (const std::string piece : {"(", "<", "\"", "[", "a:", "<@a,", "a ", "a@b ", "\\", "<a>", ",", "@"}) {
    EXPECT_EQ(shown(repeated(piece, kSize / piece.size())), "") << piece;
  }
}

}  // namespace

}  // namespace workmail::api
