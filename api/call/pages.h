// Pages of a list. A page token is opaque: the position behind the page's last row and a check that binds it to the
// operation, the account, the region and every other parameter of the call. Any other token is refused.
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

// The position in a list: the number of a row, of whichever table the list is made.
class Position {
 public:
  constexpr Position(std::int64_t number) : number_(number) {}
  template <store::RowNumber Number>
  constexpr explicit Position(Number number) : number_(static_cast<std::int64_t>(number)) {}

  // The position comes from a token, which does not name the table: the list that is asked decides.
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

  // The number of the last row of the page before; 0 at the beginning.
  [[nodiscard]] auto after() const -> Position { return after_; }
  // The same for lists whose newest row comes first.
  [[nodiscard]] auto before() const -> Position {
    return after_ == 0 ? Position(std::numeric_limits<std::int64_t>::max()) : after_;
  }
  // How many rows to fetch: one more than the page holds, to know whether there is another page.
  [[nodiscard]] auto fetch() const -> std::int64_t { return size_ + 1; }

  // Cuts `rows`, which have a member `number`, to the page and returns the token of the next one, if there is one.
  template <class Rows>
  auto next_token(Rows& rows) const -> std::optional<std::string> {
    if (static_cast<std::int64_t>(rows.size()) <= size_) return std::nullopt;
    rows.resize(static_cast<std::size_t>(size_));
    return token(Position(rows.back().number).number());
  }

 private:
  Page(std::uint64_t scope, const std::optional<std::string>& token, std::int32_t size);

  // Everything that the token is bound to, in one number.
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
