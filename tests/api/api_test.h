// The fixture of the tests at Service::call: JSON in, JSON out, over a database in memory, with a clock that stands
// still until a test moves it and identifiers that count. Neighbors stand by in every test, and one that changes
// anything of theirs fails.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/service.h"
#include "api/wire/json.h"
#include "store/store.h"
#include "tests/api/neighbors.h"

namespace workmail::test {

// What a call answered. A member that is not there reads as an empty text; has() knows which are there.
class Answer {
 public:
  Answer(api::Outcome outcome, std::string text);

  [[nodiscard]] auto outcome() const -> const api::Outcome& { return outcome_; }
  [[nodiscard]] auto status() const -> int { return outcome_.status; }
  [[nodiscard]] auto error() const -> std::string { return std::string(outcome_.error); }
  // The error's text.
  [[nodiscard]] auto message() const -> std::string;
  [[nodiscard]] auto text() const -> const std::string& { return text_; }
  [[nodiscard]] auto json() const -> const rapidjson::Document& { return *json_; }
  [[nodiscard]] auto has(const char* member) const -> bool { return json_->HasMember(member); }
  // A member as text: strings as they are, anything else as JSON.
  [[nodiscard]] auto operator[](const char* member) const -> std::string;
  // The same member of every element of a list: list("Users", "Name") → {"alice", "bob"}. Without a second name the
  // elements themselves.
  [[nodiscard]] auto list(const char* member, const char* of_element = nullptr) const -> std::vector<std::string>;

 private:
  api::Outcome outcome_;
  std::string text_;
  std::shared_ptr<rapidjson::Document> json_;
};

class ApiTest : public ::testing::Test {
 protected:
  // 2026-01-01T00:00:00Z.
  static constexpr Time kStart{Duration(1767225600000)};
  static constexpr Duration kDay = std::chrono::hours(24);

  ApiTest();

  // Calls an operation. `members` are those of the input, without the braces and with ' for ": an OrganizationId is
  // added when the operation has one, it is not given, and organization() was called.
  auto call(std::string_view operation, std::string_view members = "") -> Answer;
  // The same, and the call must succeed.
  auto ok(std::string_view operation, std::string_view members = "") -> Answer;
  // The same, and the call must fail: the error's code.
  auto error(std::string_view operation, std::string_view members = "") -> std::string;
  // With exactly this body.
  auto raw(std::string_view operation, std::string body) -> Answer;

  // Makes an Active organization and uses it from here on. Returns its id.
  auto organization(std::string_view alias = "acme") -> std::string;
  // Each makes an entity, registered when an address is given, and returns its id.
  auto user(std::string_view name, std::string_view email = "") -> std::string;
  auto group(std::string_view name, std::string_view email = "") -> std::string;
  auto resource(std::string_view name, std::string_view email = "") -> std::string;
  void register_entity(std::string_view id, std::string_view email);
  void deregister(std::string_view id);
  // The State of DescribeUser and its like.
  auto state(std::string_view describe, std::string_view member, std::string_view id) -> std::string;

  // The key of an entity's row.
  auto number(std::string_view id) -> store::EntityNumber;

  // Moves the clock; the scheduled events that it reaches are applied at the next call.
  void advance(Duration by) { clock_.advance(by); }
  // Starts over with other settings, in a database that holds nothing but the neighbors.
  void restart(api::Settings settings);
  // The same with other neighbors, which stay for later restarts.
  void restart_among(Neighbors neighbors);
  // For a test that removes what is theirs too.
  void forget_neighbors() { neighbors_ = Neighbors::None; }
  // Whose calls these are from here on.
  void as(std::string account, std::string region = "us-east-1");

  api::Clock clock_;
  api::Ids ids_{api::Ids::Mode::Sequential};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<api::Service> service_;
  std::vector<std::string> reports_;  // of unexpected failures; a test with any fails
  Neighbors neighbors_ = Neighbors::All;
  std::string organization_id_;
  std::string account_ = "000000000000";
  std::string region_ = "us-east-1";

  void TearDown() override;
};

}  // namespace workmail::test
