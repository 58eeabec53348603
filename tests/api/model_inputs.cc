#include "tests/api/model_inputs.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include <rapidjson/pointer.h>

#include "tests/api/model_constraints.h"

namespace workmail::test {

namespace {

constexpr const char* kUuid = "01234567-89ab-7cde-8f01-23456789abcd";

// A valid text for every string shape whose pattern or minimum other texts do not satisfy.
auto examples() -> const std::map<std::string, std::string, std::less<>>& {
  static const std::map<std::string, std::string, std::less<>> table{
      {"AccessControlRuleAction", "ActiveSync"},
      {"AccessControlRuleDescription", "Only from the office"},
      {"AccessControlRuleName", "office_only-1"},
      {"AmazonResourceName", "arn:aws:workmail:us-east-1:000000000000:organization/m-0123456789abcdef0123456789abcdef"},
      {"ApplicationArn", "arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef"},
      {"Description", "For everyone"},
      {"DeviceId", "ApplDLXF1234"},
      {"DeviceModel", "iPhone"},
      {"DeviceOperatingSystem", "iOS 17"},
      {"DeviceType", "phone"},
      {"DeviceUserAgent", "Apple-iPhone/1.0"},
      {"DirectoryId", "d-9012345678"},
      {"DomainName", "example.com"},
      {"EmailAddress", "alice@example.com"},
      {"EntityIdentifier", kUuid},
      {"ExternalUserName", "EXAMPLE\\service"},
      {"GroupName", "Sales"},
      {"HostedZoneId", "Z0123456789"},
      {"IdempotencyClientToken", "a-token"},
      {"IdentityCenterApplicationName", "workmail-local"},
      {"IdentityProviderUserId", kUuid},
      {"IdentityProviderUserIdForUpdate", kUuid},
      {"IdentityProviderUserIdPrefix", "01234567"},
      {"ImpersonationRoleDescription", "For migrations"},
      {"ImpersonationRoleId", kUuid},
      {"ImpersonationRoleName", "migration"},
      {"ImpersonationRuleDescription", "All of them"},
      {"ImpersonationRuleId", kUuid},
      {"ImpersonationRuleName", "all"},
      {"InstanceArn", "arn:aws:sso:::instance/ssoins-0123456789abcdef"},
      {"IpAddress", "192.0.2.1"},
      {"IpRange", "192.0.2.0/24"},
      {"KmsKeyArn", "arn:aws:kms:us-east-1:000000000000:key/01234567"},
      {"LambdaArn", "arn:aws:lambda:us-east-1:000000000000:function:availability"},
      {"LogGroupArn", "arn:aws:logs:us-east-1:000000000000:log-group:/aws/workmail:*"},
      {"MailboxExportJobId", kUuid},
      {"MobileDeviceAccessRuleDescription", "No old phones"},
      {"MobileDeviceAccessRuleId", kUuid},
      {"MobileDeviceAccessRuleName", "no old phones"},
      {"NextToken", "AAAAAAAAAAAAAAAAAAAAAA"},
      {"OrganizationId", "m-0123456789abcdef0123456789abcdef"},
      {"OrganizationName", "acme-1"},
      {"Password", "Correct-Horse-1"},
      {"PersonalAccessTokenId", kUuid},
      {"PolicyDescription", "Keeps little"},
      {"ResourceName", "room.1"},
      {"RoleArn", "arn:aws:iam::000000000000:role/workmail"},
      {"S3BucketName", "exports.example"},
      {"S3ObjectKey", "exports/2026"},
      {"ShortString", "default_1"},
      {"Url", "https://mail.example.com/EWS/Exchange.asmx"},
      {"UserName", "alice"},
      {"WorkMailDomainName", "example.com"},
      {"WorkMailIdentifier", kUuid},
  };
  return table;
}

auto string_value(const std::string& text, rapidjson::Document& owner) -> api::Json {
  return {text.c_str(), static_cast<rapidjson::SizeType>(text.size()), owner.GetAllocator()};
}

auto fill(const std::string& shape, rapidjson::Document& owner) -> api::Json {
  const auto& model = Model::read();
  const auto& traits = model.shape(shape);
  const auto kind = model.kind(shape);
  if (kind == "structure") {
    api::Json value(rapidjson::kObjectType);
    for (const auto& member : traits["members"].GetObject()) {
      value.AddMember(string_value(member.name.GetString(), owner), fill(member.value["shape"].GetString(), owner),
                      owner.GetAllocator());
    }
    return value;
  }
  if (kind == "list") {
    api::Json value(rapidjson::kArrayType);
    value.PushBack(fill(traits["member"]["shape"].GetString(), owner), owner.GetAllocator());
    return value;
  }
  if (kind == "boolean") return api::Json(true);
  if (kind == "integer") return api::Json(model.number(shape, "min").value_or(1));
  if (kind == "enum") return string_value(traits["enum"][0].GetString(), owner);
  EXPECT_EQ(kind, "string") << shape << " is of a kind that these tests do not know";
  return string_value(example(shape), owner);
}

void find_places(const std::string& shape, const std::string& pointer, std::vector<Place>& found) {
  const auto& model = Model::read();
  const auto& traits = model.shape(shape);
  const auto add = [&](const std::string& name, const std::string& of, bool required, bool element) {
    const std::string place = pointer + "/" + name;
    found.push_back({place, of, required, element});
    find_places(of, place, found);
  };
  if (model.kind(shape) == "structure") {
    for (const auto& member : traits["members"].GetObject()) {
      const std::string name = member.name.GetString();
      add(name, member.value["shape"].GetString(), model.is_required(shape, name), false);
    }
  }
  if (model.kind(shape) == "list") add("0", traits["member"]["shape"].GetString(), true, true);
}

// Repeats the valid input of an operation, each time with one value replaced.
class Changes {
 public:
  explicit Changes(std::string_view operation) : operation_(operation), valid_(valid_input(operation)) {}

  void set(const Place& place, const std::string& what, const api::Json& value) {
    add(place, what, [&](rapidjson::Document& input) { rapidjson::Pointer(place.pointer.c_str()).Set(input, value); });
  }
  void set_text(const Place& place, const std::string& what, const std::string& value) {
    rapidjson::Document owner;
    set(place, what, string_value(value, owner));
  }
  // A list of `size` copies of its element.
  void repeat(const Place& place, const std::string& what, std::int64_t times) {
    add(place, what, [&](rapidjson::Document& input) {
      auto& list = *rapidjson::Pointer(place.pointer.c_str()).Get(input);
      const rapidjson::Document element = copy(list[0]);
      list.Clear();
      for (std::int64_t i = 0; i < times; ++i)
        list.PushBack(api::Json(element, input.GetAllocator()), input.GetAllocator());
    });
  }
  void remove(const Place& place, const std::string& what) {
    add(place, what, [&](rapidjson::Document& input) { rapidjson::Pointer(place.pointer.c_str()).Erase(input); });
  }

  std::vector<Fault> made;

 private:
  static auto copy(const api::Json& json) -> rapidjson::Document {
    rapidjson::Document result;
    result.CopyFrom(json, result.GetAllocator());
    return result;
  }

  template <class Change>
  void add(const Place& place, const std::string& what, Change change) {
    auto input = copy(valid_);
    change(input);
    made.push_back({operation_, place, operation_ + " " + place.pointer + " " + what, std::move(input)});
  }

  std::string operation_;
  rapidjson::Document valid_;
};

// The example, made longer or shorter. The padding satisfies every pattern without a fixed form.
auto of_length(const std::string& shape, std::int64_t length) -> std::string {
  std::string text = example(shape).substr(0, static_cast<std::size_t>(length));
  text.resize(static_cast<std::size_t>(length), 'a');
  return text;
}

// Texts like the example, with a valid length, that violate the pattern.
auto pattern_breakers(const std::string& shape) -> std::vector<std::string> {
  std::vector<std::string> found;
  const auto max = Model::read().number(shape, "max");
  for (const std::string strange : {"\xC4\x80", "\n", "\x01", "/", " ", "\xF0\x9F\x93\xA7"}) {
    std::string inside = example(shape);
    inside.replace(inside.size() / 2, 1, strange);
    const std::string behind = example(shape) + strange;
    for (const auto& text : {inside, behind}) {
      const bool legal_length = !max || static_cast<std::int64_t>(code_points(text)) <= *max;
      if (legal_length && !matches(shape, text)) found.push_back(text);
    }
  }
  return found;
}

}  // namespace

Model::Model() {
  std::ifstream file(std::string(WORKMAIL_SOURCE_FOLDER) + "/api/model/workmail-2017-10-01.json");
  std::stringstream text;
  text << file.rdbuf();
  json_.Parse(text.str().c_str());
}

auto Model::read() -> const Model& {
  static const Model model;
  return model;
}

auto Model::operations() const -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const auto& operation : json_["operations"].GetObject()) names.emplace_back(operation.name.GetString());
  return names;
}

auto Model::input_of(std::string_view operation) const -> std::string {
  return json_["operations"][std::string(operation).c_str()]["input"]["shape"].GetString();
}

auto Model::declares(std::string_view operation, std::string_view error) const -> bool {
  const auto& definition = json_["operations"][std::string(operation).c_str()];
  if (!definition.HasMember("errors")) return false;
  for (const auto& declared : definition["errors"].GetArray()) {
    if (declared["shape"].GetString() == error) return true;
  }
  return false;
}

auto Model::shape(std::string_view name) const -> const api::Json& {
  return json_["shapes"][std::string(name).c_str()];
}

auto Model::kind(std::string_view name) const -> std::string {
  const auto& traits = shape(name);
  return traits.HasMember("enum") ? "enum" : traits["type"].GetString();
}

auto Model::number(std::string_view name, const char* trait) const -> std::optional<std::int64_t> {
  const auto& traits = shape(name);
  if (!traits.HasMember(trait)) return std::nullopt;
  return traits[trait].GetInt64();
}

auto Model::is_sensitive(std::string_view name) const -> bool {
  const auto& traits = shape(name);
  return traits.HasMember("sensitive") && traits["sensitive"].GetBool();
}

auto Model::is_required(std::string_view structure, std::string_view member) const -> bool {
  const auto& traits = shape(structure);
  if (!traits.HasMember("required")) return false;
  for (const auto& name : traits["required"].GetArray()) {
    if (name.GetString() == member) return true;
  }
  return false;
}

auto places(std::string_view operation) -> std::vector<Place> {
  std::vector<Place> found;
  find_places(Model::read().input_of(operation), "", found);
  return found;
}

auto valid_input(std::string_view operation) -> rapidjson::Document {
  rapidjson::Document input;
  static_cast<api::Json&>(input) = fill(Model::read().input_of(operation), input);
  return input;
}

auto partial_inputs(std::string_view operation) -> std::vector<rapidjson::Document> {
  const auto& model = Model::read();
  const std::string shape = model.input_of(operation);
  const auto with = [&](std::string_view optional) {
    auto input = valid_input(operation);
    for (const auto& member : model.shape(shape)["members"].GetObject()) {
      const auto name = api::text_of(member.name);
      if (name != optional && !model.is_required(shape, name)) input.RemoveMember(std::string(name).c_str());
    }
    return input;
  };
  std::vector<rapidjson::Document> inputs;
  inputs.push_back(with(""));
  for (const auto& member : model.shape(shape)["members"].GetObject()) {
    const auto name = api::text_of(member.name);
    if (!model.is_required(shape, name)) inputs.push_back(with(name));
  }
  return inputs;
}

auto value_at(const Place& place, const api::Json& input) -> const api::Json* {
  return rapidjson::Pointer(place.pointer.c_str()).Get(input);
}

void put(const Place& place, const std::string& text, rapidjson::Document& input) {
  rapidjson::Pointer(place.pointer.c_str()).Set(input, text.c_str());
}

auto example(std::string_view shape) -> std::string {
  const auto found = examples().find(shape);
  const std::string other = Model::read().is_sensitive(shape) ? "Kept secret" : "Any words";
  const std::string text = found == examples().end() ? other : found->second;
  EXPECT_TRUE(keeps(shape, text)) << shape << " needs an example that it allows, not " << text;
  return text;
}

auto absences(std::string_view operation) -> std::vector<Fault> {
  Changes changes(operation);
  for (const auto& place : places(operation)) {
    if (!place.required) continue;
    if (!place.element) changes.remove(place, "left out");
    changes.set(place, "null", api::Json());
  }
  return std::move(changes.made);
}

auto nulls(std::string_view operation) -> std::vector<Fault> {
  Changes changes(operation);
  for (const auto& place : places(operation)) {
    if (!place.required) changes.set(place, "null", api::Json());
  }
  return std::move(changes.made);
}

auto excesses(std::string_view operation) -> std::vector<Fault> {
  Changes changes(operation);
  const auto& model = Model::read();
  for (const auto& place : places(operation)) {
    const auto kind = model.kind(place.shape);
    const auto min = model.number(place.shape, "min").value_or(0);
    const auto max = model.number(place.shape, "max");
    if (kind == "string" && max) changes.set_text(place, "too long", of_length(place.shape, *max + 1));
    if (kind == "string" && min > 0) changes.set_text(place, "too short", of_length(place.shape, min - 1));
    if (kind == "integer" && max) changes.set(place, "too big", api::Json(*max + 1));
    if (kind == "integer" && min > 0) changes.set(place, "too small", api::Json(min - 1));
    if (kind == "list" && max) changes.repeat(place, "too many", *max + 1);
    if (kind == "list" && min > 0) changes.repeat(place, "too few", min - 1);
  }
  return std::move(changes.made);
}

auto extremes(std::string_view operation) -> std::vector<Fault> {
  Changes changes(operation);
  const auto& model = Model::read();
  for (const auto& place : places(operation)) {
    const auto kind = model.kind(place.shape);
    for (const char* const trait : {"min", "max"}) {
      const auto limit = model.number(place.shape, trait);
      if (!limit) continue;
      if (kind == "integer") changes.set(place, trait, api::Json(*limit));
      if (kind == "list") changes.repeat(place, trait, *limit);
      if (kind == "string" && keeps(place.shape, of_length(place.shape, *limit)))
        changes.set_text(place, trait, of_length(place.shape, *limit));
    }
  }
  return std::move(changes.made);
}

auto strange_words(std::string_view operation) -> std::vector<Fault> {
  Changes changes(operation);
  for (const auto& place : places(operation)) {
    const auto kind = Model::read().kind(place.shape);
    if (kind == "enum") changes.set_text(place, "not in the enum", "allow");
    if (kind != "string") continue;
    for (const auto& text : pattern_breakers(place.shape)) changes.set_text(place, "against the pattern", text);
  }
  return std::move(changes.made);
}

auto wrong_types(std::string_view operation) -> std::vector<Fault> {
  Changes changes(operation);
  rapidjson::Document others;
  others.Parse(
      R"([["string enum", "x"], ["integer", 1], ["", 1.5], ["boolean", true], ["structure", {}], ["list", []]])");
  for (const auto& place : places(operation)) {
    const auto kind = Model::read().kind(place.shape);
    for (const auto& other : others.GetArray()) {
      const std::string kinds = other[0].GetString();
      if (kinds.find(kind) == std::string::npos) changes.set(place, "of another type", other[1]);
    }
  }
  return std::move(changes.made);
}

auto everything_wrong(std::string_view operation) -> Fault {
  Fault fault{std::string(operation), {}, std::string(operation) + " with everything wrong", valid_input(operation)};
  const auto& model = Model::read();
  for (const auto& place : places(operation)) {
    const rapidjson::Pointer pointer(place.pointer.c_str());
    const auto kind = model.kind(place.shape);
    const auto max = model.number(place.shape, "max");
    if (kind == "enum") pointer.Set(fault.input, "allow");
    if (kind == "integer") pointer.Set(fault.input, model.number(place.shape, "min").value_or(1) - 1);
    if (kind == "string" && max) pointer.Set(fault.input, of_length(place.shape, *max + 1).c_str());
    if (kind == "boolean" && place.required) pointer.Set(fault.input, api::Json());
  }
  return fault;
}

}  // namespace workmail::test
