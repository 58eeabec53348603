// The fixture of the tests of the control plane without sockets: a service in memory whose clock stands still and whose
// identifiers count, and the endpoints over it.
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
    std::string error;  // the code that the log gets; empty for a success
  };

  explicit PlaneTest(const api::Settings& settings = {});
  void TearDown() override;

  // Asks an endpoint: "requests?limit=1" is below /_workmail. ' in the body stands for ".
  auto ask(std::string_view method, std::string_view target, std::string_view body = {}) -> Answer;
  // The same, and the answer must have this status.
  auto expect(int status, std::string_view method, std::string_view target, std::string_view body = {}) -> std::string;
  // The same, and the answer must be an error of this status whose message has the part.
  void expect_error(int status, std::string_view part, std::string_view method, std::string_view target,
                    std::string_view body = {});
  // The reply itself, for what an endpoint holds back.
  void ask(std::string_view method, std::string_view target, std::string_view body, const Fields& fields, Reply& reply);

  // Calls an operation, which must succeed; ' stands for ". Without an account, that of the settings.
  auto call(std::string_view operation, std::string_view body, std::string_view account = kAccount,
            std::string_view region = "us-east-1") -> std::string;
  auto organization(std::string_view alias, std::string_view account = kAccount, std::string_view region = "us-east-1")
      -> std::string;
  // A user of an organization of the settings' account, registered with an address of its test domain.
  auto user(const std::string& organization, const std::string& name) -> std::string;

  std::vector<std::string> reports_;  // of unexpected failures; a test with any fails
  store::Store store_{""};
  api::Clock clock_;
  api::Ids ids_{api::Ids::Mode::Sequential};
  api::Service service_;
  Emulator emulator_;
  control::Plane plane_{.emulator = emulator_};
};

// The text of a member of a JSON object that has it once; empty when it is not there.
auto text_of(const std::string& json, const std::string& name) -> std::string;

// How often the part is in the text.
auto count_of(const std::string& text, const std::string& part) -> int;

}  // namespace workmail::server
