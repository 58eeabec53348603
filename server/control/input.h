// The input of an endpoint, read into its structure of the model. A handler that has to compare members does so before
// finish(), which refuses the request with everything that is wrong; the values mean nothing before that.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/control/json_members.h"
#include "server/control/parameters.h"
#include "server/control/reading.h"

namespace workmail::server::control {

// Of the body, or of what stands behind the question mark.
template <class Shape>
class Input {
 public:
  // The body is changed. Throws BadRequest when it is not a JSON object.
  explicit Input(std::string& body) {
    const JsonBody json(body);
    read(JsonMembers(reading_, json.object()));
  }
  static auto of_query(std::string_view query) -> Input { return Input(query); }

  auto operator->() const -> const Shape* { return &shape_; }

  // Whether a member is there, be it right or wrong.
  template <class Member>
  [[nodiscard]] auto present(const Member& member) const -> bool {
    return reading_.present(member);
  }
  // Whether it is there and wrong, which is a violation already: what depends on it is not judged.
  template <class Value>
  [[nodiscard]] auto wrong(const std::optional<Value>& member) const -> bool {
    return present(member) && !member;
  }
  template <class Member>
  void violation(const Member& member, std::string_view what) {
    reading_.violation(member, what);
  }
  // Of something that is found by a path.
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

// For handlers that compare nothing. Throw BadRequest.
template <class Shape>
auto read_input(std::string& body) -> Shape {
  return Input<Shape>(body).finish();
}
template <class Shape>
auto read_query(std::string_view query) -> Shape {
  return Input<Shape>::of_query(query).finish();
}

}  // namespace workmail::server::control
