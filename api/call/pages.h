// Pages of a list. A page token is opaque: it contains the position after the page's last row, and a hash of the
// operation, the account, the region and all other parameters of the call. A token of another call is rejected.
// AWS: what a token is bound to, and that lists are in the order of creation, is assumed (Q-page-token, Q-list-order).
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "api/call/context.h"
#include "generated/workmail/codec.h"
#include "store/numbers.h"

namespace workmail::api {

// The position in a list: the number of a row in the table of the list.
class Position {
 public:
  constexpr Position(std::int64_t number) : number_(number) {}
  template <store::RowNumber Number>
  constexpr explicit Position(Number number) : number_(static_cast<std::int64_t>(number)) {}

  // A token does not contain the table, so the list decides how to convert its position.
  template <store::RowNumber Number>
  constexpr operator Number() const {
    return Number{number_};
  }
  [[nodiscard]] constexpr auto number() const -> std::int64_t { return number_; }
  friend constexpr auto operator==(Position one, Position other) -> bool = default;

 private:
  std::int64_t number_;
};

class Page {
 public:
  // AWS: what a page holds without MaxResults is assumed; 100 is the most that can be asked for (Q-page-size).
  static constexpr std::int32_t kDefaultSize = 100;

  template <class Input>
  Page(const Context& context, std::string_view operation, const Input& input)
      : Page(scope(context, operation, input), input.next_token, input.max_results.value_or(kDefaultSize)) {}

  // The number of the last row of the previous page; 0 on the first page.
  [[nodiscard]] auto after() const -> Position { return after_; }
  // The same for lists that begin with the newest row.
  [[nodiscard]] auto before() const -> Position {
    return after_ == 0 ? Position(std::numeric_limits<std::int64_t>::max()) : after_;
  }
  // The number of rows to fetch: one more than the page size, to detect whether there is another page.
  [[nodiscard]] auto fetch() const -> std::int64_t { return size_ + 1; }

  // Truncates `rows`, which have a member `number`, to the page size. Returns the token of the next page, if there is
  // one.
  template <class Rows>
  auto next_token(Rows& rows) const -> std::optional<std::string> {
    if (static_cast<std::int64_t>(rows.size()) <= size_) return std::nullopt;
    rows.resize(static_cast<std::size_t>(size_));
    return token(Position(rows.back().number).number());
  }

 private:
  Page(std::uint64_t scope, const std::optional<std::string>& token, std::int32_t size);

  // A hash of everything that the token is bound to.
  template <class Input>
  static auto scope(const Context& context, std::string_view operation, const Input& input) -> std::uint64_t {
    Input rest = input;
    rest.next_token.reset();
    rest.max_results.reset();
    std::string text;
    Encoder encoder(text);
    encode(encoder, rest);
    return hash(context, operation, text);
  }
  static auto hash(const Context& context, std::string_view operation, std::string_view parameters) -> std::uint64_t;
  [[nodiscard]] auto token(std::int64_t position) const -> std::string;

  std::uint64_t scope_;
  Position after_ = 0;
  std::int64_t size_;
};

}  // namespace workmail::api
