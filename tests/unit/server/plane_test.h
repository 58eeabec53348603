// The fixture of tests of the control plane without sockets: a service in memory with a frozen clock and sequential
// identifiers, and the endpoints.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/control/plane.h"

namespace workmail::server {

class PlaneTest : public ::testing::Test {
 protected:
  // 2026-01-01T00:00:00Z.
  static constexpr Time kStart{Duration(1767225600000)};
  static constexpr Duration kDay = std::chrono::hours(24);
  static constexpr const char* kAccount = "000000000000";
  static constexpr const char* kOtherAccount = "111122223333";

  struct Answer {
    int status = 0;
    std::string body;
    std::string error;  // the code in the log; empty for a success
  };

  explicit PlaneTest(const api::Settings& settings = {});
  void TearDown() override;

  // Calls an endpoint: "requests?limit=1" is below /_workmail. In the body, ' stands for ".
  auto ask(std::string_view method, std::string_view target, std::string_view body = {}) -> Answer;
  // The same, and the response must have this status.
  auto expect(int status, std::string_view method, std::string_view target, std::string_view body = {}) -> std::string;
  // The same, and the response must be an error with this status, whose message contains the part.
  void expect_error(int status, std::string_view part, std::string_view method, std::string_view target,
                    std::string_view body = {});
  // The reply itself, for endpoints that complete it later.
  void ask(std::string_view method, std::string_view target, std::string_view body, const Fields& fields, Reply& reply);

  // Calls an operation, which must succeed; ' stands for ". The default account is that of the settings.
  auto call(std::string_view operation, std::string_view body, std::string_view account = kAccount,
            std::string_view region = "us-east-1") -> std::string;
  auto organization(std::string_view alias, std::string_view account = kAccount, std::string_view region = "us-east-1")
      -> std::string;
  // A user of an organization of the settings' account, registered with an address of its test domain.
  auto user(const std::string& organization, const std::string& name) -> std::string;

  std::vector<std::string> reports_;  // unexpected failures; if there are any, the test fails
  store::Store store_{""};
  api::Clock clock_;
  api::Ids ids_{api::Ids::Mode::Sequential};
  api::Service service_;
  Emulator emulator_;
  control::Plane plane_{.emulator = emulator_};
};

// The text of a member that occurs once in a JSON object; empty if it is absent.
auto text_of(const std::string& json, const std::string& name) -> std::string;

// How often the part occurs in the text.
auto count_of(const std::string& text, const std::string& part) -> int;

}  // namespace workmail::server
