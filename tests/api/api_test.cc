#include "tests/api/api_test.h"

#include <algorithm>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "api/call/operation.h"

namespace workmail::test {

namespace {

auto as_text(const api::Json& json) -> std::string {
  if (json.IsString()) return std::string(api::text_of(json));
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  json.Accept(writer);
  return buffer.GetString();
}

auto unmoving() -> Time {
  return Time();
}

// Operations without an OrganizationId, or with an ARN instead.
auto has_organization(std::string_view operation) -> bool {
  static const std::vector<std::string_view> without{"CreateOrganization",
                                                     "ListOrganizations",
                                                     "TagResource",
                                                     "UntagResource",
                                                     "ListTagsForResource",
                                                     "CreateIdentityCenterApplication",
                                                     "DeleteIdentityCenterApplication"};
  return std::find(without.begin(), without.end(), operation) == without.end();
}

}  // namespace

Answer::Answer(api::Outcome outcome, std::string text)
    : outcome_(outcome), text_(std::move(text)), json_(std::make_shared<rapidjson::Document>()) {
  json_->Parse(text_.c_str());
  EXPECT_FALSE(json_->HasParseError()) << text_;
  EXPECT_TRUE(json_->IsObject()) << text_;
}

auto Answer::message() const -> std::string {
  return has("Message") ? (*this)["Message"] : (*this)["message"];
}

auto Answer::operator[](const char* member) const -> std::string {
  return has(member) ? as_text((*json_)[member]) : std::string();
}

auto Answer::list(const char* member, const char* of_element) const -> std::vector<std::string> {
  std::vector<std::string> found;
  EXPECT_TRUE(has(member)) << text_;
  if (!has(member)) return found;
  for (const auto& element : (*json_)[member].GetArray()) {
    if (of_element == nullptr)
      found.push_back(as_text(element));
    else
      found.push_back(element.HasMember(of_element) ? as_text(element[of_element]) : std::string());
  }
  return found;
}

ApiTest::ApiTest() : clock_(&unmoving) {
  restart({});
}

void ApiTest::TearDown() {
  for (const auto& report : reports_) ADD_FAILURE() << report;
  if (neighbors_ == Neighbors::None) return;
  for (const auto& line : disturbances(tables_of(neighbors_), tables_of(*store_)))
    ADD_FAILURE() << "a neighbor " << line;
}

void ApiTest::restart(api::Settings settings) {
  service_.reset();
  store_ = std::make_unique<store::Store>("");
  make_neighbors(*store_, neighbors_);
  ids_.restart();
  clock_.freeze(kStart);
  service_ = std::make_unique<api::Service>(*store_, clock_, ids_, std::move(settings),
                                            [this](const std::string& report) { reports_.push_back(report); });
  organization_id_.clear();
}

void ApiTest::restart_among(Neighbors neighbors) {
  neighbors_ = neighbors;
  restart(api::Settings());
}

void ApiTest::as(std::string account, std::string region) {
  account_ = std::move(account);
  region_ = std::move(region);
}

auto ApiTest::raw(std::string_view operation, std::string body) -> Answer {
  std::string text;
  const auto outcome = service_->call(api::find_operation(operation), body, {account_, region_}, text);
  return {outcome, std::move(text)};
}

auto ApiTest::call(std::string_view operation, std::string_view members) -> Answer {
  std::string body(members);
  std::replace(body.begin(), body.end(), '\'', '"');
  const bool add =
      has_organization(operation) && !organization_id_.empty() && body.find("\"OrganizationId\"") == std::string::npos;
  if (add) body = "\"OrganizationId\": \"" + organization_id_ + "\"" + (body.empty() ? "" : ", ") + body;
  return raw(operation, "{" + body + "}");
}

auto ApiTest::ok(std::string_view operation, std::string_view members) -> Answer {
  auto answer = call(operation, members);
  EXPECT_EQ(answer.status(), 200) << operation << " " << members << ": " << answer.text();
  return answer;
}

auto ApiTest::error(std::string_view operation, std::string_view members) -> std::string {
  const auto answer = call(operation, members);
  EXPECT_NE(answer.status(), 200) << operation << " " << members << ": " << answer.text();
  return answer.error();
}

auto ApiTest::organization(std::string_view alias) -> std::string {
  organization_id_ = ok("CreateOrganization", "'Alias': '" + std::string(alias) + "'")["OrganizationId"];
  return organization_id_;
}

auto ApiTest::user(std::string_view name, std::string_view email) -> std::string {
  auto id =
      ok("CreateUser", "'Name': '" + std::string(name) + "', 'DisplayName': '" + std::string(name) + "'")["UserId"];
  if (!email.empty()) register_entity(id, email);
  return id;
}

auto ApiTest::group(std::string_view name, std::string_view email) -> std::string {
  auto id = ok("CreateGroup", "'Name': '" + std::string(name) + "'")["GroupId"];
  if (!email.empty()) register_entity(id, email);
  return id;
}

auto ApiTest::resource(std::string_view name, std::string_view email) -> std::string {
  auto id = ok("CreateResource", "'Name': '" + std::string(name) + "', 'Type': 'ROOM'")["ResourceId"];
  if (!email.empty()) register_entity(id, email);
  return id;
}

void ApiTest::register_entity(std::string_view id, std::string_view email) {
  ok("RegisterToWorkMail", "'EntityId': '" + std::string(id) + "', 'Email': '" + std::string(email) + "'");
}

void ApiTest::deregister(std::string_view id) {
  ok("DeregisterFromWorkMail", "'EntityId': '" + std::string(id) + "'");
}

auto ApiTest::state(std::string_view describe, std::string_view member, std::string_view id) -> std::string {
  return ok(describe, "'" + std::string(member) + "': '" + std::string(id) + "'")["State"];
}

auto ApiTest::number(std::string_view id) -> store::EntityNumber {
  const auto organization = store_->organizations.head(account_, region_, organization_id_);
  return store_->entities.find_by_id(organization.value().number, id).value().number;
}

}  // namespace workmail::test
