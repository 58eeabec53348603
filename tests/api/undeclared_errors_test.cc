// An error that AWS's model does not declare for an operation never reaches a client: it becomes a 500, which is
// reported.
#include "api/undeclared_errors.h"

#include <array>

#include "api/call/errors.h"
#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

// An operation whose handler fails after writing a part of the response.
template <class Fail>
auto operation_that(Fail /*fails*/) -> api::Operation {
  static constexpr std::array<api::DeclaredError, 1> kDeclared{{{"EntityNotFoundException", 400}}};
  const auto invoke = [](const api::Operation& /*self*/, api::Context& context, const api::Json& /*input*/,
                         std::string& out) {
    out += "half";
    context.store.set_setting("half", "written");
    Fail{}();
  };
  return {.name = "Test",
          .errors = kDeclared,
          .invoke = invoke,
          .read_only = false,
          .input_secrets = {},
          .output_secrets = {},
          .rest = false,
          .binary = false};
}

class UndeclaredErrors : public ApiTest {
 protected:
  auto answer_of(const api::Operation& operation) -> Answer {
    std::string body = "{}";
    std::string text;
    const auto outcome = service_->call(&operation, body, {account_, region_}, text);
    EXPECT_EQ(store_->setting("half"), std::nullopt);
    return {outcome, text};
  }
};

TEST_F(UndeclaredErrors, BecomeA500) {
  const auto answer = answer_of(operation_that([] { throw api::errors::entity_state("e", "DISABLED", "ENABLED"); }));
  EXPECT_EQ(answer.status(), 500);
  EXPECT_EQ(answer.error(), "InternalFailure");
  EXPECT_EQ(answer.text().find("e is in state"), std::string::npos) << answer.text();
  EXPECT_EQ(reports_, std::vector<std::string>{
                          "Test: undeclared EntityStateException: Entity e is in state DISABLED, expected ENABLED"});
  reports_.clear();
}

TEST_F(UndeclaredErrors, AreNotThoseThatAreDeclared) {
  const auto answer = answer_of(operation_that([] { throw api::errors::entity_not_found("e", "m"); }));
  EXPECT_EQ(answer.status(), 400);
  EXPECT_EQ(answer.error(), "EntityNotFoundException");
}

TEST_F(UndeclaredErrors, AreNotThoseOfTheFramework) {
  const auto answer = answer_of(operation_that([] { throw api::ValidationException("no"); }));
  EXPECT_EQ(answer.status(), 400);
  EXPECT_EQ(answer.error(), "ValidationException");
}

TEST_F(UndeclaredErrors, AreReportedLikeAnyOtherFailure) {
  const auto answer = answer_of(operation_that([] { throw std::runtime_error("broken"); }));
  EXPECT_EQ(answer.error(), "InternalFailure");
  EXPECT_EQ(reports_, std::vector<std::string>{"Test: broken"});
  reports_.clear();
}

}  // namespace
}  // namespace workmail::test
