// What the parts of a call cost without sockets: reading its JSON into structures and checking them, writing the
// answer, the database, and all of it as Service::call. Google Benchmark prints nanoseconds.
#include <benchmark/benchmark.h>

#include <string>

#include "api/call/operation.h"
#include "api/service.h"
#include "generated/workmail/codec.h"
#include "generated/workmail/operations.h"
#include "store/store.h"

namespace workmail {
namespace {

const std::string kCreateUser =
    R"({"OrganizationId":"m-0123456789abcdef0123456789abcdef","Name":"alice","DisplayName":"Alice Example",)"
    R"("Password":"Secret-123","FirstName":"Alice","LastName":"Example"})";

// 2026-01-01T00:00:00Z.
constexpr Time kStart{Duration(1767225600000)};

// A server without HTTP, with an organization of many users.
struct Emulator {
  explicit Emulator(int users) {
    organization = member("OrganizationId", call("CreateOrganization", R"({"Alias":"acme"})"));
    for (int i = 0; i < users; ++i) create(i);
  }

  auto call(std::string_view operation, std::string body) -> const std::string& {
    answer.clear();
    service.call(api::find_operation(operation), body, {.account = "000000000000", .region = "us-east-1"}, answer);
    return answer;
  }
  void create(int number) {
    call("CreateUser", R"({"OrganizationId":")" + organization + R"(","Name":"user)" + std::to_string(number) +
                           R"(","DisplayName":"A User","Password":"Secret-123"})");
  }
  static auto member(std::string_view name, const std::string& json) -> std::string {
    rapidjson::Document document;
    document.Parse(json.c_str());
    return document[name.data()].GetString();
  }

  store::Store store{""};
  api::Clock clock{[] { return kStart; }};
  api::Ids ids{api::Ids::Mode::Random};
  api::Service service{store, clock, ids, {}, [](const std::string&) {}};
  std::string answer;
  std::string organization;
};

constexpr int kUsers = 10'000;

void decode_and_validate(benchmark::State& state) {
  rapidjson::Document json;
  json.Parse(kCreateUser.c_str());
  for (auto _ : state) {
    api::CreateUserRequest input;
    api::Decoder decoder;
    decode(decoder, json, api::Path(), input);
    benchmark::DoNotOptimize(decoder.violations().size());
  }
}
BENCHMARK(decode_and_validate);

void encode_answer(benchmark::State& state) {
  api::DescribeUserResponse answer;
  answer.user_id = "01a20855-77fc-7000-b224-e62b311d1a4f";
  answer.name = "alice";
  answer.email = "alice@acme.awsapps.com";
  answer.display_name = "Alice Example";
  std::string out;
  for (auto _ : state) {
    out.clear();
    api::Encoder encoder(out);
    encode(encoder, answer);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(encode_answer);

void find_in_store(benchmark::State& state) {
  Emulator emulator(kUsers);
  const auto organization = emulator.store.organizations.find_by_id(emulator.organization).value();
  int i = 0;
  for (auto _ : state) {
    const auto found = emulator.store.entities.find_by_name(organization.number, store::EntityKind::User,
                                                            "user" + std::to_string(++i % kUsers));
    benchmark::DoNotOptimize(found->number);
  }
}
BENCHMARK(find_in_store);

void call_describe_user(benchmark::State& state) {
  Emulator emulator(kUsers);
  int i = 0;
  for (auto _ : state) {
    emulator.call("DescribeUser", R"({"OrganizationId":")" + emulator.organization + R"(","UserId":"user)" +
                                      std::to_string(++i % kUsers) + R"("})");
  }
}
BENCHMARK(call_describe_user);

void call_create_user(benchmark::State& state) {
  Emulator emulator(0);
  int i = 0;
  for (auto _ : state) emulator.create(++i);
}
BENCHMARK(call_create_user);

}  // namespace
}  // namespace workmail
