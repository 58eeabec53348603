// The functions that generated code uses to decode and encode, one by one.
#include "api/wire/codec.h"

#include <gtest/gtest.h>

#include <string>

#include "api/wire/error.h"
#include "api/wire/json_text.h"
#include "generated/workmail/codec.h"

namespace workmail::api {

namespace {

template <class Value>
auto encoded(const Value& value, TimeFormat times = TimeFormat::EpochSeconds) -> std::string {
  std::string text;
  Encoder(text, false, times).value(value);
  return text;
}

auto moment(std::int64_t milliseconds) -> Time {
  return Time(Duration(milliseconds));
}

TEST(Encoding, WritesTimesAsSecondsWithMilliseconds) {
  EXPECT_EQ(encoded(moment(1532459261827)), "1532459261.827");
  EXPECT_EQ(encoded(moment(1581635628000)), "1581635628.000");
  EXPECT_EQ(encoded(moment(1581635628005)), "1581635628.005");
  EXPECT_EQ(encoded(moment(0)), "0.000");
  EXPECT_EQ(encoded(moment(50)), "0.050");
  EXPECT_EQ(encoded(moment(-1)), "-0.001");
  EXPECT_EQ(encoded(moment(-62135596800000)), "-62135596800.000");
}

TEST(Encoding, WritesTimesAsRfc3339WhereAsked) {
  EXPECT_EQ(encoded(moment(1767225600000), TimeFormat::Rfc3339), R"("2026-01-01T00:00:00.000Z")");
}

TEST(Encoding, WritesUtf8WhateverItIsGiven) {
  EXPECT_EQ(encoded(std::string("caf\xC3\xA9 \xF0\x9F\x93\xA7")), "\"caf\xC3\xA9 \xF0\x9F\x93\xA7\"");
  EXPECT_EQ(encoded(std::string("a\xFF\nb\xC3")), "\"a\xEF\xBF\xBD\\nb\xEF\xBF\xBD\"");
  EXPECT_EQ(encoded(std::string("\xED\xA0\x80z")), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"");
}

TEST(Encoding, EscapesWhatJsonDoesNotAllowAndNothingElse) {
  EXPECT_EQ(encoded(std::string("a\"b\\c")), R"("a\"b\\c")");
  EXPECT_EQ(encoded(std::string("\n\r\t")), R"("\n\r\t")");
  EXPECT_EQ(encoded(std::string("\0\x01\x1f\x7f", 4)), "\"\\u0000\\u0001\\u001f\x7f\"");
  EXPECT_EQ(encoded(std::string("/<>&'")), R"("/<>&'")");
  EXPECT_EQ(encoded(std::string("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x93\xA7")), "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x93\xA7\"");
  EXPECT_EQ(encoded(std::string()), R"("")");
}

TEST(Encoding, EscapesWhereverItStands) {
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string plain(before, 'x');
    EXPECT_EQ(encoded(plain + "\"" + plain), '"' + plain + "\\\"" + plain + '"');
    EXPECT_EQ(encoded(plain + "\\" + plain), '"' + plain + "\\\\" + plain + '"');
    EXPECT_EQ(encoded(plain + "\n" + plain), '"' + plain + "\\n" + plain + '"');
    EXPECT_EQ(encoded(plain + "\x1F" + plain), '"' + plain + "\\u001f" + plain + '"');
    EXPECT_EQ(encoded(plain + "\xFF" + plain), '"' + plain + "\xEF\xBF\xBD" + plain + '"');
  }
}

TEST(Encoding, GivesBackEveryCharacter) {
  std::string all;
  for (char c = 1; c < 127; ++c) all += c;
  rapidjson::Document document;
  ASSERT_TRUE(parse_json(encoded(all), document));
  EXPECT_EQ(text_of(document), all);
}

TEST(Encoding, WritesNumbers) {
  EXPECT_EQ(encoded(std::int32_t{-2147483647 - 1}), "-2147483648");
  EXPECT_EQ(encoded(std::int64_t{9223372036854775807}), "9223372036854775807");
  EXPECT_EQ(encoded(0.03890800476074219), "0.03890800476074219");
  EXPECT_EQ(encoded(0.0), "0.0");
  EXPECT_EQ(encoded(51200.0), "51200.0");
  EXPECT_EQ(encoded(1e300), "1e+300");
}

TEST(Encoding, WritesListsAndBooleans) {
  EXPECT_EQ(encoded(std::vector<std::string>{}), "[]");
  EXPECT_EQ(encoded(std::vector<std::string>{"a", "b"}), R"(["a","b"])");
  EXPECT_EQ(encoded(true), "true");
  EXPECT_EQ(encoded(EntityState::Disabled), R"("DISABLED")");
}

TEST(Encoding, LeavesOutWhatIsNotSetButNotWhatIsEmpty) {
  EXPECT_EQ(encoded(ListUsersResponse{}), "{}");
  ListUsersResponse response;
  response.users.emplace();
  EXPECT_EQ(encoded(response), R"({"Users":[]})");
  response.users->emplace_back().display_name = "";
  EXPECT_EQ(encoded(response), R"({"Users":[{"DisplayName":""}]})");
  response.next_token = "t";
  EXPECT_EQ(encoded(response), R"({"Users":[{"DisplayName":""}],"NextToken":"t"})");
}

TEST(Encoding, HidesSecretsWhereAsked) {
  CreateUserRequest request;
  request.organization_id = "m-1";
  request.name = "alice";
  request.display_name = "Alice";
  request.password = "Correct-Horse-1";
  std::string text;
  Encoder hiding(text, true);
  encode(hiding, request);
  EXPECT_EQ(text.find("Correct"), std::string::npos) << text;
  EXPECT_EQ(text.find("Alice"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("Name":"alice")"), std::string::npos) << text;
}

// The encoding of a value that is already JSON.
template <class Rule, class Value>
struct Decoded {
  explicit Decoded(const std::string& json, const Rule& rule = {}) {
    EXPECT_TRUE(parse_json(json, document)) << json;
    try {
      decoder.required(&document, path / "Value", rule, value);
    } catch (const SerializationException& exception) {
      error = exception.what();
    }
  }

  rapidjson::Document document;
  Decoder decoder;
  const Path path;
  Value value{};
  std::string error;
};

using Integer = Decoded<IntegerRule, std::int32_t>;
using Text = Decoded<StringRule, std::string>;
using Truth = Decoded<BooleanRule, bool>;
using Number = Decoded<DoubleRule, double>;
using Moment = Decoded<TimestampRule, Time>;

TEST(Decoding, ReadsIntegersOfThirtyTwoBits) {
  EXPECT_EQ(Integer("2147483647").value, 2147483647);
  EXPECT_EQ(Integer("-2147483648").value, -2147483647 - 1);
  EXPECT_EQ(Integer("2147483648").error, "NUMBER_VALUE can not be converted to an Integer");
  EXPECT_EQ(Integer("-2147483649").error, "NUMBER_VALUE can not be converted to an Integer");
  EXPECT_EQ(Integer("9223372036854775808").error, "NUMBER_VALUE can not be converted to an Integer");
}

TEST(Decoding, ReadsNoIntegerFromAnythingElse) {
  EXPECT_EQ(Integer("1.0").error, "DECIMAL_VALUE can not be converted to an Integer");
  EXPECT_EQ(Integer("1e2").error, "DECIMAL_VALUE can not be converted to an Integer");
  EXPECT_EQ(Integer(R"("1")").error, "STRING_VALUE can not be converted to an Integer");
  EXPECT_EQ(Integer("true").error, "TRUE_VALUE can not be converted to an Integer");
  EXPECT_EQ(Integer("{}").error, "Start of structure or map found where not expected.");
  EXPECT_EQ(Integer("[1]").error, "Start of list found where not expected");
}

TEST(Decoding, ReadsBooleansOnlyFromBooleans) {
  EXPECT_TRUE(Truth("true").value);
  EXPECT_EQ(Truth(R"("true")").error, "STRING_VALUE can not be converted to a Boolean");
  EXPECT_EQ(Truth("1").error, "NUMBER_VALUE can not be converted to a Boolean");
}

TEST(Decoding, ReadsTextsOnlyFromTexts) {
  EXPECT_EQ(Text(R"("a\u00e9\n\ud83d\udce7")").value, "a\xC3\xA9\n\xF0\x9F\x93\xA7");
  EXPECT_EQ(Text("1").error, "NUMBER_VALUE can not be converted to a String");
  EXPECT_EQ(Text("1.5").error, "DECIMAL_VALUE can not be converted to a String");
  EXPECT_EQ(Text("false").error, "FALSE_VALUE can not be converted to a String");
}

TEST(Decoding, ReadsDecimalsFromEveryNumber) {
  EXPECT_EQ(Number("1").value, 1.0);
  EXPECT_EQ(Number("0.5").value, 0.5);
  EXPECT_EQ(Number("1e2").value, 100.0);
  EXPECT_EQ(Number(R"("1")").error, "STRING_VALUE can not be converted to a Double");
}

TEST(Decoding, ReadsTimesInBothForms) {
  EXPECT_EQ(Moment("1532459261.827").value, moment(1532459261827));
  EXPECT_EQ(Moment("1581635628").value, moment(1581635628000));
  EXPECT_EQ(Moment("0").value, moment(0));
  EXPECT_EQ(Moment(R"("2026-01-01T00:00:00Z")").value, moment(1767225600000));
  EXPECT_EQ(Moment("true").error, "TRUE_VALUE can not be converted to a String");
}

TEST(Decoding, RefusesImplausibleTimes) {
  for (const std::string json : {R"("yesterday")", R"("")", "-1", "-0.5", "1e300", "253402300800"}) {
    const Moment decoded(json);
    EXPECT_EQ(decoded.decoder.violations().size(), 1U) << json;
    EXPECT_EQ(decoded.value, Time()) << json;
  }
}

TEST(Decoding, KeepsLimitsOfIntegers) {
  const IntegerRule rule{.min = 1, .max = 100};
  EXPECT_TRUE(Integer("1", rule).decoder.violations().empty());
  EXPECT_TRUE(Integer("100", rule).decoder.violations().empty());
  EXPECT_EQ(Integer("101", rule).decoder.violations().front(),
            "Value '101' at 'value' failed to satisfy constraint: Member must have value less than or equal to 100");
  EXPECT_EQ(Integer("0", rule).decoder.violations().front(),
            "Value '0' at 'value' failed to satisfy constraint: Member must have value greater than or equal to 1");
}

TEST(Decoding, NamesPlacesInBothStyles) {
  const Path root;
  const Path rules = root / "Rules";
  const Path rule = rules.element(0);
  const Path effect = rule / "Effect";
  EXPECT_EQ(effect.text(), "rules.1.member.effect");
  EXPECT_EQ(effect.text(PathStyle::Plain), "Rules[0].Effect");
  EXPECT_EQ(root.text(), "");
}

TEST(Decoding, NotesTheFirstUnknownMembers) {
  rapidjson::Document document;
  ASSERT_TRUE(parse_json(R"({"OrganizationId": "x", "organizationId": 1, "Filters": {"Other": 1}})", document));
  Decoder decoder;
  ListUsersRequest request;
  decode(decoder, document, Path(), request);
  EXPECT_EQ(decoder.unknown_members(), (std::vector<std::string>{"organizationId", "Filters.Other"}));

  Decoder strict(UnknownMembers::Violations, PathStyle::Plain);
  decode(strict, document, Path(), request);
  EXPECT_EQ(strict.violations().front(), "Unknown member 'organizationId'");
}

// A list of structures that each lack two members.
auto judged(std::size_t elements) -> Decoder {
  std::string json = R"({"OrganizationId":"m-0123456789abcdef0123456789abcdef","Name":"n","FolderConfigurations":[{})";
  for (std::size_t i = 1; i < elements; ++i) json += ",{}";
  rapidjson::Document document;
  EXPECT_TRUE(parse_json(json + "]}", document));
  Decoder decoder;
  PutRetentionPolicyRequest request;
  decode(decoder, document, Path(), request);
  return decoder;
}

TEST(Decoding, CollectsAHundredViolationsAndCountsTheOthers) {
  const auto exact = judged(50);
  EXPECT_EQ(exact.violation_count(), 100U);
  EXPECT_EQ(exact.violations().size(), 100U);
  const auto over = judged(51);
  EXPECT_EQ(over.violation_count(), 102U);
  ASSERT_EQ(over.violations().size(), 101U);
  EXPECT_EQ(over.violations()[99],
            "Value null at 'folderConfigurations.50.member.action' failed to satisfy constraint: "
            "Member must not be null");
  EXPECT_EQ(over.violations().back(), "and at least 2 more");
}

TEST(Decoding, CountsUnknownMembersAmongTheViolations) {
  std::string json = "{";
  for (int i = 0; i < 101; ++i) json += (i == 0 ? "\"" : ",\"") + std::string("x") + std::to_string(i) + "\":1";
  rapidjson::Document document;
  ASSERT_TRUE(parse_json(json + "}", document));
  Decoder strict(UnknownMembers::Violations, PathStyle::Plain);
  ListOrganizationsRequest request;
  decode(strict, document, Path(), request);
  EXPECT_EQ(strict.violations().back(), "and at least 1 more");
}

TEST(Decoding, ShowsTheBeginningOfLongValues) {
  const StringRule rule{.max = 1};
  const auto shown = [&](std::size_t size) {
    return Text('"' + std::string(size, 'x') + '"', rule).decoder.violations().front().substr(0, size + 12);
  };
  EXPECT_EQ(shown(4096), "Value '" + std::string(4096, 'x') + "' at ");
  EXPECT_EQ(shown(4097), "Value '" + std::string(4096, 'x') + "...' a");
}

TEST(Decoding, ShowsNoHalfOfACharacter) {
  std::string euros;
  for (int i = 0; i < 2000; ++i) euros += "\xE2\x82\xAC";
  const auto text = Text('"' + euros + '"', {.max = 1}).decoder.violations().front();
  EXPECT_TRUE(store::is_utf8(text));
  EXPECT_EQ(text.substr(0, 4110), "Value '" + euros.substr(0, 4095) + "...' at ");
}

TEST(Decoding, ShowsTheBeginningOfLongLists) {
  const ListRule<StringRule> rule{.max = 1};
  std::string json = "[";
  std::string shown;
  for (int i = 0; i < 20; ++i) {
    json += (i == 0 ? "\"" : ",\"") + std::string(3000, 'x') + "\"";
    shown += (i == 0 ? "'[" : ", ") + std::string(3000, 'x');
  }
  json += "]";
  const auto text = Decoded<ListRule<StringRule>, std::vector<std::string>>(json, rule).decoder.violations().front();
  EXPECT_TRUE(text.starts_with("Value " + shown.substr(0, 32'769) + "...' at 'value' failed ")) << text.substr(32'000);
}

TEST(Decoding, NotesTheBeginningOfLongNames) {
  for (const std::size_t size : {100, 101}) {
    const std::string name(size, 'x');
    rapidjson::Document document;
    ASSERT_TRUE(parse_json(R"({"Filters":{")" + name + R"(":1}})", document));
    Decoder decoder;
    ListUsersRequest request;
    decode(decoder, document, Path(), request);
    const auto noted = "Filters." + name.substr(0, 100) + (size > 100 ? "..." : "");
    EXPECT_EQ(decoder.unknown_members(), (std::vector<std::string>{noted}));
  }
}

}  // namespace

}  // namespace workmail::api
