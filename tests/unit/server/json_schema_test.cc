// The validator of JSON schemas that other tests use.
#include "json_schema.h"

#include <gtest/gtest.h>

#include "api/wire/json_text.h"

namespace workmail::server {
namespace {

auto violations(const std::string& value, const std::string& schema) -> std::string {
  const std::string root = R"({"schemas":{"Text":{"type":"string"}}})";
  rapidjson::Document documents[3];
  documents[0].Parse(root.c_str());
  documents[1].Parse(value.c_str());
  documents[2].Parse(schema.c_str());
  std::string text;
  for (const auto& violation : JsonSchema(documents[0]).violations(documents[1], documents[2]))
    text += violation + "; ";
  return text;
}

TEST(JsonSchemas, TakeWhatFits) {
  const std::pair<const char*, const char*> cases[] = {
      {R"("x")", R"({"type":"string","minLength":1,"maxLength":1,"pattern":"^(?:[a-z])$","description":""})"},
      {"1", R"({"type":"number","minimum":1,"maximum":1})"},
      {"1.5", R"({"type":["string","number"]})"},
      {R"({"a":"x","b":[true]})",
       R"({"type":"object","required":["a"],"additionalProperties":false,
           "properties":{"a":{"$ref":"#/schemas/Text"},"b":{"type":"array","items":{"type":"boolean"}}}})"},
      {R"({"a":1})", R"({"type":"object","additionalProperties":{"type":"integer"}})"},
      {R"("a")", R"({"oneOf":[{"type":"string","enum":["a"]},{"type":"string","enum":["b"]}]})"},
      {R"("2026-05-01T12:00:00Z")", R"({"type":"string","format":"date-time"})"},
      {"null", "{}"},
  };
  for (const auto& [value, schema] : cases) EXPECT_EQ(violations(value, schema), "") << schema;
}

TEST(JsonSchemas, RefuseWhatDoesNot) {
  const std::pair<const char*, const char*> cases[] = {
      {R"("")", R"({"minLength":1})"},
      {R"("éé")", R"({"maxLength":1})"},
      {R"("A")", R"({"pattern":"^(?:[a-z])$"})"},
      {"0.9", R"({"minimum":1})"},
      {"2", R"({"maximum":1})"},
      {"1.5", R"({"type":"integer"})"},
      {"null", R"({"type":["string","number"]})"},
      {"[]", R"({"minItems":1})"},
      {"[1,2]", R"({"maxItems":1})"},
      {"[1,\"a\"]", R"({"items":{"type":"integer"}})"},
      {"{}", R"({"type":"object","required":["a"]})"},
      {R"({"b":1})", R"({"type":"object","properties":{"a":{}},"additionalProperties":false})"},
      {R"({"a":1})", R"({"type":"object","additionalProperties":{"type":"string"}})"},
      {R"({"a":1})", R"({"type":"object","properties":{"a":{"$ref":"#/schemas/Text"}}})"},
      {R"("c")", R"({"enum":["a","b"]})"},
      {R"("a")", R"({"oneOf":[{"type":"string"},{"enum":["a"]}]})"},
      {"1", R"({"oneOf":[{"type":"string"},{"enum":["a"]}]})"},
      {R"("soon")", R"({"format":"date-time"})"},
      {R"("x")", R"({"format":"email"})"},
      {"1", R"({"$ref":"#/schemas/None"})"},
      {"1", R"({"multipleOf":1})"},
  };
  for (const auto& [value, schema] : cases) EXPECT_NE(violations(value, schema), "") << schema;
}

}  // namespace
}  // namespace workmail::server
