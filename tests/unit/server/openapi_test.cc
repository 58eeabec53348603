// GET /_workmail/openapi.json: the description is consistent, and inputs and responses of the endpoints match it.
#include <map>
#include <set>

#include "api/wire/json_text.h"
#include "json_schema.h"
#include "plane_test.h"
#include "server/process/version.h"

namespace workmail::server {
namespace {

class OpenApi : public PlaneTest {
 protected:
  explicit OpenApi(const api::Settings& settings = {}) : PlaneTest(settings) {
    EXPECT_TRUE(api::parse_json(expect(200, "GET", "openapi.json"), document_));
  }

  // "GET /_workmail/clock" to its operation.
  auto operations() -> std::map<std::string, const api::Json*> {
    std::map<std::string, const api::Json*> operations;
    for (const auto& path : document_["paths"].GetObject()) {
      for (const auto& operation : path.value.GetObject()) {
        std::string method = operation.name.GetString();
        for (char& c : method) c = static_cast<char>(c - 'a' + 'A');
        operations[method + " " + path.name.GetString()] = &operation.value;
      }
    }
    return operations;
  }

  rapidjson::Document document_;
};

// Every reference in a JSON value.
void collect(const api::Json& json, std::set<std::string>& references) {
  if (json.IsArray()) {
    for (const auto& element : json.GetArray()) collect(element, references);
  }
  if (!json.IsObject()) return;
  for (const auto& member : json.GetObject()) {
    if (member.name == "$ref") references.insert(member.value.GetString());
    collect(member.value, references);
  }
}

TEST_F(OpenApi, DescribesEveryEndpoint) {
  EXPECT_EQ(document_["openapi"], "3.1.0");
  EXPECT_EQ(api::text_of(document_["info"]["version"]), kVersion);
  std::set<std::string> described;
  for (const auto& [name, operation] : operations()) described.insert(name);
  std::set<std::string> routes;
  for (const auto& endpoint : control::kEndpoints) {
    routes.insert(std::string(endpoint.method) + " " + std::string(control::kRoot) + std::string(endpoint.path));
  }
  EXPECT_EQ(described, routes);
  EXPECT_EQ(routes.size(), control::kEndpoints.size());
}

TEST_F(OpenApi, GivesOperationsNamesOfTheirOwn) {
  std::set<std::string> ids;
  for (const auto& [name, operation] : operations()) {
    EXPECT_TRUE(ids.insert((*operation)["operationId"].GetString()).second) << name;
    EXPECT_GT((*operation)["description"].GetStringLength(), 10U) << name;
    std::set<std::string> in_path;
    if (operation->HasMember("parameters")) {
      for (const auto& parameter : (*operation)["parameters"].GetArray()) {
        if (parameter["in"] == "path") in_path.insert(parameter["name"].GetString());
      }
    }
    std::set<std::string> placeholders;
    for (auto begin = name.find('{'); begin != std::string::npos; begin = name.find('{', begin + 1))
      placeholders.insert(name.substr(begin + 1, name.find('}', begin) - begin - 1));
    EXPECT_EQ(in_path, placeholders) << name;
  }
}

TEST_F(OpenApi, RefersToWhatItHasAndHasWhatItRefersTo) {
  std::set<std::string> references;
  collect(document_, references);
  EXPECT_GT(references.size(), 50U);
  const JsonSchema schema(document_);
  for (const auto& reference : references) EXPECT_NE(schema.find(reference), nullptr) << reference;
  for (const auto& component : document_["components"]["schemas"].GetObject()) {
    const std::string reference = std::string("#/components/schemas/") + component.name.GetString();
    const std::string name = component.name.GetString();
    if (name == "NotFound" || name == "MethodNotAllowed") continue;  // only for unknown paths
    EXPECT_TRUE(references.contains(reference)) << reference;
  }
}

// Calls endpoints, and compares inputs and responses with the description.
class OpenApiAnswers : public OpenApi {
 protected:
  explicit OpenApiAnswers(const api::Settings& settings = {.pace = std::chrono::seconds(20)}) : OpenApi(settings) {}

  // The operation of `endpoint`, such as "GET /snapshots/{name}", called at a matching path.
  auto answers(int status, const std::string& endpoint, const std::string& target, const std::string& body = {})
      -> std::string {
    const std::string method = endpoint.substr(0, endpoint.find(' '));
    const std::string name = method + " " + std::string(control::kRoot) + endpoint.substr(endpoint.find(' ') + 1);
    const auto all = operations();
    if (!all.contains(name)) {
      ADD_FAILURE() << "not described: " << name;
      return {};
    }
    const api::Json& operation = *all.at(name);
    seen_.insert(name + " " + std::to_string(status));
    const Fields fields;
    Reply reply;
    ask(method, target, body, fields, reply);
    std::string answer(reply.content());
    if (reply.events) reply.events->take(answer);
    EXPECT_EQ(reply.status, status) << name << ": " << answer;
    check_answer(name, operation, reply, answer);
    if (status < 300) check_input(name, operation, body);
    check_parameters(name, operation, target);
    return answer;
  }

  // All responses of the description, such as "GET /_workmail/clock 200".
  auto described() -> std::set<std::string> {
    std::set<std::string> all;
    for (const auto& [name, operation] : operations()) {
      for (const auto& response : (*operation)["responses"].GetObject()) {
        all.insert(name + " " + response.name.GetString());
      }
    }
    return all;
  }

  std::set<std::string> seen_;

 private:
  void check_answer(const std::string& name, const api::Json& operation, const Reply& reply,
                    const std::string& answer) {
    const auto status = std::to_string(reply.status);
    ASSERT_TRUE(operation["responses"].HasMember(status.c_str())) << name << " answers " << status << ": " << answer;
    const api::Json& response = operation["responses"][status.c_str()];
    if (!response.HasMember("content")) return;
    const std::string type(reply.content_type.substr(0, reply.content_type.find(';')));
    ASSERT_TRUE(response["content"].HasMember(type.c_str())) << name << " answers " << type;
    const api::Json& schema = response["content"][type.c_str()]["schema"];
    if (type == "application/json") check_json(name, answer, schema);
    if (type != "text/event-stream") return;
    const auto data = answer.find("data: ");
    ASSERT_NE(data, std::string::npos) << answer;
    check_json(name, answer.substr(data + 6, answer.find('\n', data) - data - 6), schema["contentSchema"]);
  }

  void check_input(const std::string& name, const api::Json& operation, std::string body) {
    if (!operation.HasMember("requestBody")) {
      EXPECT_EQ(body, "") << name;
      return;
    }
    const api::Json& content = operation["requestBody"]["content"];
    const bool required = operation["requestBody"].HasMember("required");
    if (body.empty()) {
      EXPECT_FALSE(required) << name;
    } else if (content.HasMember("application/json")) {
      std::replace(body.begin(), body.end(), '\'', '"');
      check_json(name, body, content["application/json"]["schema"]);
    }
  }

  static void check_parameters(const std::string& name, const api::Json& operation, const std::string& target) {
    auto at = target.find('?');
    while (at != std::string::npos) {
      const auto parameter = target.substr(at + 1, target.find('=', at) - at - 1);
      bool found = false;
      for (const auto& one : operation["parameters"].GetArray()) {
        found = found || (one["in"] == "query" && one["name"].GetString() == parameter);
      }
      EXPECT_TRUE(found) << name << " has no " << parameter;
      at = target.find('&', at + 1);
    }
  }

  void check_json(const std::string& name, const std::string& text, const api::Json& schema) {
    rapidjson::Document json;
    ASSERT_TRUE(api::parse_json(text, json)) << name << ": " << text;
    for (const auto& violation : JsonSchema(document_).violations(json, schema)) {
      ADD_FAILURE() << name << " " << violation << " in " << text;
    }
  }
};

constexpr const char* kSeed =
    "{'Clock':{'AheadInSeconds':1.5},"
    "'IdentityCenterApplications':[{'Name':'WorkMail','InstanceArn':'arn:aws:sso:::instance/ssoins-1234567890abcdef'}],"
    "'Organizations':[{'Alias':'acme','Tags':[{'Key':'a','Value':'b'}],"
    "'Domains':[{'DomainName':'acme.test','DefaultDomain':true}],"
    "'Users':[{'Name':'alice','DisplayName':'Alice','Email':'alice@acme.test','Aliases':['al@acme.test'],"
    "'MailboxPermissions':[{'GranteeId':'all','PermissionValues':['FULL_ACCESS']}]},{'Name':'bob'}],"
    "'Groups':[{'Name':'all','Email':'all@acme.test','Members':['alice']}],"
    "'Resources':[{'Name':'room-1','Type':'ROOM','Email':'room-1@acme.test','Delegates':['alice']}],"
    "'RetentionPolicy':{'Name':'p','FolderConfigurations':[{'Name':'INBOX','Action':'DELETE','Period':30}]},"
    "'ImpersonationRoles':[{'Name':'r','Type':'FULL_ACCESS','Rules':[{'ImpersonationRuleId':'i','Effect':'ALLOW'}]}]}]"
    "}";

TEST_F(OpenApiAnswers, AreAsDescribed) {
  answers(200, "GET /", "");
  answers(200, "GET /console/key", "console/key");
  answers(200, "GET /console/{file}", "console/app.js");
  answers(200, "GET /openapi.json", "openapi.json");
  const auto seeded = answers(200, "POST /seed", "seed", kSeed);
  const auto acme = text_of(seeded, "OrganizationId");
  const auto alice = text_of(seeded, "alice");
  answers(200, "GET /state", "state");
  answers(200, "GET /state", "state?account=000000000000&region=us-east-1&organization=" + acme);

  organization("other");
  answers(200, "GET /health", "health");
  answers(200, "GET /overview", "overview");
  answers(200, "GET /organizations/{organization}", "organizations/" + acme);
  answers(200, "GET /clock", "clock?upcoming=1000");
  answers(200, "PUT /clock", "clock", "{'now':'2030-01-01T00:00:00Z','frozen':true}");
  answers(200, "PUT /clock", "clock", "{'frozen':false}");
  const auto advanced = answers(200, "POST /clock/advance", "clock/advance", "{'by':'PT1H'}");
  answers(200, "POST /clock/advance", "clock/advance", "{'by':60}");
  call("DeleteUser", "{'OrganizationId':'" + acme + "','UserId':'" + text_of(seeded, "bob") + "'}");
  answers(200, "POST /clock/advance", "clock/advance", "{'to':'next'}");

  answers(200, "GET /faults", "faults");
  answers(200, "GET /faults/errors", "faults/errors");
  answers(201, "POST /faults", "faults", "{'delay':1.5}");
  answers(201, "POST /faults", "faults",
          "{'match':{'operation':['CreateUser','Get*'],'account':'111122223333','input':{'Name':'al'}},'skip':1,"
          "'times':2,'probability':0.5,'phase':'after','answer':{'error':'ThrottlingException','message':'m',"
          "'status':500}}");
  answers(201, "POST /faults", "faults",
          "{'match':{'operation':'CreateUser'},'delay':'PT1S','answer':{'connection':'hang'}}");
  answers(200, "GET /faults", "faults");
  answers(200, "DELETE /faults/{id}", "faults/fault-1");
  answers(200, "DELETE /faults", "faults");
  answers(200, "GET /metrics", "metrics");

  answers(200, "GET /snapshots", "snapshots");
  answers(201, "PUT /snapshots/{name}", "snapshots/one");
  answers(200, "PUT /snapshots/{name}", "snapshots/one");
  answers(200, "GET /snapshots", "snapshots");
  answers(200, "GET /snapshots/{name}", "snapshots/one");
  answers(200, "POST /snapshots/{name}/restore", "snapshots/one/restore");
  answers(200, "DELETE /snapshots/{name}", "snapshots/one");
  const auto rules = "organizations/" + acme + "/email-flow-rules";
  answers(201, "PUT /organizations/{organization}/email-flow-rules/{name}", rules + "/f",
          "{'FlowDirection':'INBOUND','SenderPatterns':['f.test'],'Action':'RUN_LAMBDA','Lambda':{'Arn':"
          "'arn:aws:lambda:us-east-1:000000000000:function:f','Synchronous':true,'RuleTimeoutMinutes':5}}");
  answers(200, "PUT /organizations/{organization}/email-flow-rules/{name}", rules + "/f",
          "{'Name':'f','FlowDirection':'INBOUND','SenderPatterns':['f.test'],'Action':'RUN_LAMBDA','Lambda':{'Arn':"
          "'arn:aws:lambda:us-east-1:000000000000:function:f','Synchronous':true,'FallbackAction':'BOUNCE'}}");
  answers(200, "GET /organizations/{organization}/email-flow-rules", rules);
  answers(200, "GET /organizations/{organization}/email-flow-rules/{name}", rules + "/f");
  answers(200, "POST /organizations/{organization}/email-flow-rules/test", rules + "/test",
          "{'sender':'a@f.test','recipient':'alice@acme.test','direction':'INBOUND'}");
  answers(200, "POST /organizations/{organization}/email-flow-rules/test", rules + "/test",
          "{'sender':'a@b.test','recipient':'alice@acme.test','direction':'OUTBOUND'}");
  answers(200, "GET /organizations/{organization}/entities/{id}", "organizations/" + acme + "/entities/" + alice);
  answers(200, "GET /organizations/{organization}/identity-center-applications",
          "organizations/" + acme + "/identity-center-applications");
  const auto messages = "organizations/" + acme + "/messages";
  const auto sent =
      answers(200, "POST /organizations/{organization}/messages",
              messages + "?mailFrom=a@f.test&rcptTo=alice@acme.test&rcptTo=no@acme.test&spam=true&redirected=false",
              "Subject: s\r\n\r\nbody\r\n");
  answers(200, "GET /organizations/{organization}/messages", messages + "?recipient=alice@acme.test&limit=1");
  const auto message = messages + "/" + text_of(sent, "messageId");
  answers(200, "GET /organizations/{organization}/messages/{id}", message);
  answers(200, "GET /organizations/{organization}/messages/{id}/content", message + "/content?version=original");
  answers(200, "GET /state", "state");
  answers(200, "DELETE /organizations/{organization}/email-flow-rules/{name}", rules + "/f");
  const auto used = "{'event':'mailboxUsed','userId':'" + alice + "','megabytes':1.5}";
  answers(200, "POST /simulate", "simulate", used);

  JournalEntry entry{.operation = "CreateUser",
                     .request_id = "00000000-0000-4000-8000-000000000003",
                     .status = 400,
                     .error = "NameAvailabilityException",
                     .milliseconds = 0.5,
                     .account = kAccount,
                     .region = "us-east-1",
                     .access_key_id = "k",
                     .source_address = "127.0.0.1",
                     .invocation = "i",
                     .attempt = 2,
                     .user_agent = "a",
                     .fault = "fault-1"};
  auto cut = entry;
  keep_request(entry, R"({"Name":"alice"})");
  keep_response(entry, R"({"Message":"m"})");
  keep_request(cut, R"({"Name":")" + std::string(10'000, 'x') + "\"}");
  const Fields none;
  Reply stream;
  ask("GET", "requests/stream", "", none, stream);
  emulator_.journal.add(std::move(entry));
  emulator_.journal.add(std::move(cut));
  answers(200, "GET /requests",
          "requests?operation=Create*&status=400&error=NameAvailabilityException&account=" + std::string(kAccount) +
              "&after=0&limit=5&wait=0");
  answers(200, "GET /requests", "requests");
  answers(200, "POST /requests/find", "requests/find", "{'operation':'CreateUser','input':{'Name':'alice'},'limit':1}");
  answers(200, "POST /requests/find", "requests/find", "{'operation':['CreateUser'],'status':400,'after':0}");
  answers(200, "GET /cloudtrail", "cloudtrail");
  std::string events;
  ASSERT_TRUE(stream.events->take(events));
  const std::string stream_name = "GET /_workmail/requests/stream";
  const api::Json& event = (*operations().at(stream_name))["responses"]["200"]["content"]["text/event-stream"];
  rapidjson::Document data;
  ASSERT_TRUE(
      api::parse_json(events.substr(events.find("data: ") + 6, events.find("\n\n") - events.find("data: ") - 6), data));
  EXPECT_EQ(JsonSchema(document_).violations(data, event["schema"]["contentSchema"]), std::vector<std::string>());
  seen_.insert(stream_name + " 200");
  answers(200, "DELETE /requests", "requests");
  answers(200, "POST /reset", "reset", "{'to':'empty'}");

  for (const auto& success : described()) {
    const bool is_success = success.find(" 20") != std::string::npos;
    if (is_success) {
      EXPECT_TRUE(seen_.contains(success)) << success;
    }
  }
}

TEST_F(OpenApiAnswers, OfEventsAreAsDescribed) {
  const auto seeded = answers(200, "POST /seed", "seed", kSeed);
  const auto acme = text_of(seeded, "OrganizationId");
  const auto alice = text_of(seeded, "alice");
  const auto event = [&](const std::string& members) {
    return answers(200, "POST /simulate", "simulate", "{" + members + "}");
  };
  for (const auto* name : {"domainVerified", "domainFailed", "domainPending"}) {
    event("'event':'" + std::string(name) + "','organizationId':'" + acme + "','domain':'acme.test'");
  }
  event("'event':'domainVerified','organizationId':'" + acme + "','domain':'acme.test','verification':'dkim'");
  event("'event':'organizationState','organizationId':'" + acme + "','state':'Active','message':'m'");
  const auto made =
      event("'event':'personalAccessTokenCreated','userId':'" + alice + "','name':'phone','scopes':['EWS']");
  event("'event':'personalAccessTokenUsed','personalAccessTokenId':'" + text_of(made, "id") + "'");
}

TEST_F(OpenApiAnswers, DescribeEachEventSeparately) {
  const api::Json& schema = document_["components"]["schemas"]["SimulateInput"];
  const auto violations = [&](std::string body) {
    std::replace(body.begin(), body.end(), '\'', '"');
    rapidjson::Document json;
    EXPECT_TRUE(api::parse_json("{" + body + "}", json)) << body;
    return JsonSchema(document_).violations(json, schema).size();
  };
  for (const auto* good :
       {"'event':'exportJobCompleted','jobId':'j'", "'event':'exportJobFailed','jobId':'j'",
        "'event':'exportJobFailed','jobId':'j','reason':'r'",
        "'event':'identityCenterLogin','userId':'u','identityProviderIdentityStoreId':'d-0123456789',"
        "'identityProviderUserId':'01234567-89ab-cdef-0123-456789abcdef'"}) {
    EXPECT_EQ(violations(good), 0U) << good;
  }
  for (const auto* bad :
       {"", "'event':'none'", "'event':'exportJobCompleted'", "'event':'exportJobCompleted','jobId':'j','reason':'r'",
        "'event':'exportJobFailed','jobId':'j','reason':''", "'event':'mailboxUsed','userId':'u','megabytes':-1"}) {
    EXPECT_EQ(violations(bad), 1U) << bad;
  }
}

TEST_F(OpenApiAnswers, AreErrorsAsDescribed) {
  organization("acme");
  answers(404, "GET /console/{file}", "console/none.js");
  answers(422, "POST /reset", "reset", "{'account':'000000000000','to':'start'}");
  answers(400, "POST /reset", "reset", "{'x':1}");
  answers(400, "GET /clock", "clock?upcoming=x");
  answers(409, "PUT /clock", "clock", "{'now':'1971-01-01T00:00:00Z'}");
  answers(200, "POST /clock/advance", "clock/advance", "{'by':'P300D'}");
  answers(422, "POST /clock/advance", "clock/advance", "{'to':'next'}");
  answers(400, "POST /clock/advance", "clock/advance", "{}");
  clock_.freeze(kStart);
  answers(400, "POST /simulate", "simulate", "{}");
  answers(404, "POST /simulate", "simulate", "{'event':'exportJobCompleted','jobId':'x'}");
  answers(400, "POST /seed", "seed", "{'x':1}");
  answers(422, "POST /seed", "seed", "{'Organizations':[{'Alias':'a1','Users':[{'Name':'a','State':'ENABLED'}]}]}");
  answers(400, "GET /state", "state?account=1");
  answers(404, "GET /state", "state?organization=m-00000000000000000000000000000000");
  answers(400, "GET /requests", "requests?organization=x");
  answers(400, "GET /requests", "requests?operation=Nothing");
  answers(400, "POST /requests/find", "requests/find", "{'status':'x'}");
  answers(400, "GET /requests/stream", "requests/stream?status=x");
  answers(404, "GET /organizations/{organization}", "organizations/none");
  answers(400, "POST /faults", "faults", "{}");
  answers(404, "DELETE /faults/{id}", "faults/x");
  answers(404, "GET /snapshots/{name}", "snapshots/none");
  answers(404, "DELETE /snapshots/{name}", "snapshots/none");
  answers(404, "POST /snapshots/{name}/restore", "snapshots/none/restore");
  answers(400, "PUT /snapshots/{name}", "snapshots/one", "no database");
  emulator_.journal = Journal(0);
  answers(422, "GET /requests", "requests");
  answers(422, "POST /requests/find", "requests/find", "{}");
  answers(422, "GET /requests/stream", "requests/stream");
  answers(422, "GET /cloudtrail", "cloudtrail");
  for (std::size_t i = 0; i < Faults::kMaxRules; ++i) emulator_.faults.add({});
  answers(409, "POST /faults", "faults", "{'delay':1}");
  emulator_.faults.clear();
  MemoryShare rest(emulator_.memory);
  ASSERT_TRUE(rest.resize(emulator_.memory.limit()));
  answers(503, "POST /faults", "faults", "{'delay':1}");
  answers(503, "PUT /snapshots/{name}", "snapshots/one");
}

}  // namespace
}  // namespace workmail::server
