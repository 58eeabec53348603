#include "plane_test.h"

#include <algorithm>

namespace workmail::server {

namespace {

auto with_quotes(std::string_view text) -> std::string {
  std::string quoted(text);
  std::replace(quoted.begin(), quoted.end(), '\'', '"');
  return quoted;
}

auto unmoving() -> Time {
  return Time(Duration(1767225600000));
}

}  // namespace

PlaneTest::PlaneTest(const api::Settings& settings)
    : clock_(&unmoving),
      service_(store_, clock_, ids_, settings, [this](const std::string& report) { reports_.push_back(report); }),
      emulator_{.service = service_,
                .storage = "memory",
                .started = std::chrono::steady_clock::now(),
                .faults = Faults(repeatable_chance)} {
  service_.baseline().mark();
}

void PlaneTest::TearDown() {
  for (const auto& report : reports_) ADD_FAILURE() << report;
}

void PlaneTest::ask(std::string_view method, std::string_view target, std::string_view body, const Fields& fields,
                    Reply& reply) {
  const std::string path = "/_workmail/" + std::string(target.substr(0, target.find('?')));
  const std::string query(target.find('?') == std::string_view::npos ? "" : target.substr(target.find('?') + 1));
  std::string text = with_quotes(body);
  const Request request{.method = method, .path = path, .query = query, .fields = fields, .body = text};
  reply.clear();
  control::answer(plane_, request, reply);
}

auto PlaneTest::ask(std::string_view method, std::string_view target, std::string_view body) -> Answer {
  const Fields fields;
  Reply reply;
  ask(method, target, body, fields, reply);
  std::string answer(reply.content());
  return {.status = reply.status, .body = answer, .error = reply.status < 400 ? "" : text_of(answer, "code")};
}

auto PlaneTest::expect(int status, std::string_view method, std::string_view target, std::string_view body)
    -> std::string {
  const auto answer = ask(method, target, body);
  EXPECT_EQ(answer.status, status) << method << " " << target << " " << body << ": " << answer.body;
  return answer.body;
}

void PlaneTest::expect_error(int status, std::string_view part, std::string_view method, std::string_view target,
                             std::string_view body) {
  const auto answer = expect(status, method, target, body);
  EXPECT_NE(text_of(answer, "message").find(part), std::string::npos) << answer;
}

auto PlaneTest::call(std::string_view operation, std::string_view body, std::string_view account,
                     std::string_view region) -> std::string {
  std::string text = with_quotes(body);
  std::string answer;
  const auto outcome = service_.call(api::find_operation(operation), text, {account, region}, answer);
  EXPECT_EQ(outcome.status, 200) << operation << " " << body << ": " << answer;
  return answer;
}

auto PlaneTest::organization(std::string_view alias, std::string_view account, std::string_view region) -> std::string {
  const auto made = call("CreateOrganization", "{'Alias':'" + std::string(alias) + "'}", account, region);
  return text_of(made, "OrganizationId");
}

auto PlaneTest::user(const std::string& organization, const std::string& name) -> std::string {
  const std::string ids = "{'OrganizationId':'" + organization + "',";
  auto id = text_of(call("CreateUser", ids + "'Name':'" + name + "','DisplayName':''}"), "UserId");
  const auto described = call("DescribeOrganization", "{'OrganizationId':'" + organization + "'}");
  call("RegisterToWorkMail",
       ids + "'EntityId':'" + id + "','Email':'" + name + "@" + text_of(described, "DefaultMailDomain") + "'}");
  return id;
}

auto text_of(const std::string& json, const std::string& name) -> std::string {
  const std::string key = "\"" + name + "\":\"";
  const auto begin = json.find(key);
  if (begin == std::string::npos) return {};
  std::string text;
  for (auto place = begin + key.size(); place < json.size() && json[place] != '"'; ++place) {
    if (json[place] == '\\') ++place;  // an escaped quotation mark
    text += json[place];
  }
  return text;
}

auto count_of(const std::string& text, const std::string& part) -> int {
  int times = 0;
  for (auto place = text.find(part); place != std::string::npos; place = text.find(part, place + 1)) ++times;
  return times;
}

}  // namespace workmail::server
