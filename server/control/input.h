// The input of an endpoint, decoded into its structure of the model. A handler that compares members does so before
// finish(), which rejects the request with all violations. Before that, the values may be invalid.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/control/json_members.h"
#include "server/control/parameters.h"
#include "server/control/reading.h"

namespace workmail::server::control {

// From the body, or from the query.
template <class Shape>
class Input {
 public:
  // The body is changed. Throws BadRequest if it is not a JSON object.
  explicit Input(std::string& body) {
    const JsonBody json(body);
    read(JsonMembers(reading_, json.object()));
  }
  static auto of_query(std::string_view query) -> Input { return Input(query); }

  auto operator->() const -> const Shape* { return &shape_; }

  // Whether a member is present, valid or not.
  template <class Member>
  [[nodiscard]] auto present(const Member& member) const -> bool {
    return reading_.present(member);
  }
  // Whether a member is present and invalid. The violation is already noted, so checks that depend on the member are
  // skipped.
  template <class Value>
  [[nodiscard]] auto wrong(const std::optional<Value>& member) const -> bool {
    return present(member) && !member;
  }
  template <class Member>
  void violation(const Member& member, std::string_view what) {
    reading_.violation(member, what);
  }
  // For a value that is found by its path.
  void violation_at(std::string_view path, std::string_view what) { reading_.violation(0, path, what); }

  auto finish() const -> const Shape& {
    reading_.finish();
    return shape_;
  }

 private:
  explicit Input(std::string_view query) { read(Parameters(reading_, query)); }

  template <class Members>
  void read(Members members) {
    decode(members, shape_);
    members.judge_unknown();
  }

  Reading reading_;
  Shape shape_{};
};

// For handlers that compare no members. Throw BadRequest.
template <class Shape>
auto read_input(std::string& body) -> Shape {
  return Input<Shape>(body).finish();
}
template <class Shape>
auto read_query(std::string_view query) -> Shape {
  return Input<Shape>::of_query(query).finish();
}

}  // namespace workmail::server::control
