// Records which members a request of the control plane has, and their violations, while its values are decoded into a
// structure. Members are identified by their address in the structure, so that handlers need not repeat their names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

namespace workmail::server::control {

class Reading {
 public:
  // The first violations are listed, in the order of the model; further ones are only counted.
  static constexpr std::size_t kMaxViolations = 100;

  Reading() = default;
  // Members are identified by their addresses.
  Reading(const Reading&) = delete;
  auto operator=(const Reading&) -> Reading& = delete;
  ~Reading() = default;

  // Begins an object inside the request; `prefix` is its path with a dot at the end. Violations of an object are listed
  // after those of the object that contains it, and unknown members after known ones.
  auto begin_object(std::string prefix) -> std::size_t;

  template <class Member>
  void note(std::size_t object, std::string_view name, const Member& member, bool present) {
    places_.push_back({&member, &typeid(Member), object, std::string(name), present});
  }
  void violation(std::size_t object, std::string_view name, std::string_view what);
  void unknown(std::size_t object, std::string_view name, std::string_view what);

  // For a member of the structure that was decoded.
  template <class Member>
  [[nodiscard]] auto present(const Member& member) const -> bool {
    const auto* place = find(&member, typeid(Member));
    return place != nullptr && place->present;
  }
  template <class Member>
  void violation(const Member& member, std::string_view what) {
    if (const auto* place = find(&member, typeid(Member))) violation(place->object, place->name, what);
  }

  // Throws BadRequest with all violations.
  void finish() const;

 private:
  struct Object {
    std::string prefix;
    std::vector<std::string> violations;
    std::vector<std::string> unknown;
  };
  struct Place {
    const void* member;
    const std::type_info* type;  // a structure and its first member have the same address
    std::size_t object;
    std::string name;
    bool present;
  };

  [[nodiscard]] auto find(const void* member, const std::type_info& type) const -> const Place*;
  void note(const Object& object, std::vector<std::string>& list, std::string_view name, std::string_view what);

  std::vector<Object> objects_;
  std::vector<Place> places_;
  std::size_t count_ = 0;  // of all violations
};

}  // namespace workmail::server::control
