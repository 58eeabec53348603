#include <cstring>
#include <optional>

#include "api/call/pages.h"
#include "api/wire/error.h"
#include "tests/fuzz/targets.h"

namespace workmail::fuzz {

namespace {

struct Row {
  std::int64_t number;
};

// A list of users, as one call asks for it.
struct Call {
  std::string_view operation = "ListUsers";
  std::string_view account = "000000000000";
  std::string_view region = "us-east-1";
  std::string organization = "m-00000000000000000000000000000001";

  [[nodiscard]] auto page(const std::optional<std::string>& token) const -> api::Page {
    static store::Store store("");
    static api::Ids ids(api::Ids::Mode::Sequential);
    static const api::Settings settings;
    const api::Context context(store, ids, settings, Time(), account, region);
    api::ListUsersRequest input;
    input.organization_id = organization;
    input.next_token = token;
    input.max_results = 1;
    return {context, operation, input};
  }

  [[nodiscard]] auto token_at(std::int64_t number) const -> std::string {
    std::vector<Row> rows{{number}, {0}};
    return page(std::nullopt).next_token(rows).value();
  }

  // Where the token leads to; nothing when it is refused.
  [[nodiscard]] auto position(const std::string& token) const -> std::optional<std::int64_t> {
    try {
      return page(token).after().number();
    } catch (const api::Error& error) {
      if (error.code() != "InvalidParameterException") throw;
      return std::nullopt;
    }
  }
};

void expect_refused(const Call& call, const std::string& token) {
  const auto position = call.position(token);
  if (position) throw Finding("took " + token + ", which leads to " + std::to_string(*position));
}

// A number and a place in a token, out of the input.
auto number_of(std::string_view input) -> std::int64_t {
  std::int64_t number = 0;
  std::memcpy(&number, input.data(), std::min(input.size(), sizeof number));
  return number;
}

void expect_round_trip(const Call& call, std::int64_t number) {
  const auto token = call.token_at(number);
  if (call.position(token) != number) throw Finding(token + " does not lead to " + std::to_string(number));
  expect_refused({.operation = "ListGroups"}, token);
  expect_refused({.account = "111111111111"}, token);
  expect_refused({.region = "eu-west-1"}, token);
  expect_refused({.organization = "m-00000000000000000000000000000002"}, token);
}

// The same token with one of its characters, which the input chooses, in the place of another.
void expect_change_noticed(const Call& call, std::string_view input) {
  if (input.size() < 10) return;
  auto token = call.token_at(number_of(input));
  const auto place = static_cast<unsigned char>(input[8]) % token.size();
  if (token[place] == input[9]) return;
  token[place] = input[9];
  expect_refused(call, token);
}

}  // namespace

void page_token(std::string_view input) {
  const Call call;
  const std::string token(input);
  const auto position = call.position(token);
  if (position && call.token_at(*position) != token) throw Finding("took " + token + ", which it did not make");

  expect_round_trip(call, number_of(input));
  expect_change_noticed(call, input);
}

}  // namespace workmail::fuzz
