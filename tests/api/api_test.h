// The fixture of tests at Service::call: JSON in, JSON out, with a database in memory, a frozen clock that tests
// advance, and sequential identifiers. Every test has neighbors (neighbors.h), and fails if it changes them.
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

// The response to a call. An absent member reads as an empty text; has() returns whether it is present.
class Answer {
 public:
  Answer(api::Outcome outcome, std::string text);

  [[nodiscard]] auto outcome() const -> const api::Outcome& { return outcome_; }
  [[nodiscard]] auto status() const -> int { return outcome_.status; }
  [[nodiscard]] auto error() const -> std::string { return std::string(outcome_.error); }
  // The text of the error.
  [[nodiscard]] auto message() const -> std::string;
  [[nodiscard]] auto text() const -> const std::string& { return text_; }
  [[nodiscard]] auto json() const -> const rapidjson::Document& { return *json_; }
  [[nodiscard]] auto has(const char* member) const -> bool { return json_->HasMember(member); }
  // A member as text: strings unchanged, anything else as JSON.
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

  // Calls an operation. `members` are those of the input, without the braces and with ' for ". If the operation needs
  // an OrganizationId and none is given, that of organization() is added.
  auto call(std::string_view operation, std::string_view members = "") -> Answer;
  // The same, and the call must succeed.
  auto ok(std::string_view operation, std::string_view members = "") -> Answer;
  // The same, and the call must fail. Returns the code of the error.
  auto error(std::string_view operation, std::string_view members = "") -> std::string;
  // Calls an operation with exactly this body.
  auto raw(std::string_view operation, std::string body) -> Answer;

  // Creates an Active organization and uses it from now on. Returns its id.
  auto organization(std::string_view alias = "acme") -> std::string;
  // Each creates an entity, registered if an address is given, and returns its id.
  auto user(std::string_view name, std::string_view email = "") -> std::string;
  auto group(std::string_view name, std::string_view email = "") -> std::string;
  auto resource(std::string_view name, std::string_view email = "") -> std::string;
  void register_entity(std::string_view id, std::string_view email);
  void deregister(std::string_view id);
  // The State of DescribeUser, DescribeGroup or DescribeResource.
  auto state(std::string_view describe, std::string_view member, std::string_view id) -> std::string;

  // The key of an entity's row.
  auto number(std::string_view id) -> store::EntityNumber;

  // Moves the clock; the scheduled events that it reaches are applied at the next call.
  void advance(Duration by) { clock_.advance(by); }
  // Starts again with other settings, in a database that contains only the neighbors.
  void restart(api::Settings settings);
  // The same with other neighbors, which are also used by later restarts.
  void restart_among(Neighbors neighbors);
  // For a test that also changes the neighbors.
  void forget_neighbors() { neighbors_ = Neighbors::None; }
  // Sets the caller of further calls.
  void as(std::string account, std::string region = "us-east-1");

  api::Clock clock_;
  api::Ids ids_{api::Ids::Mode::Sequential};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<api::Service> service_;
  std::vector<std::string> reports_;  // unexpected failures; if there are any, the test fails
  Neighbors neighbors_ = Neighbors::All;
  std::string organization_id_;
  std::string account_ = "000000000000";
  std::string region_ = "us-east-1";

  void TearDown() override;
};

}  // namespace workmail::test
