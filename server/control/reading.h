// What a request of the control plane has and what is wrong with it, noted while its values are read into a structure.
// Members are known by where they are in the structure, so that a handler that compares two of them names them without
// writing their names again.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

namespace workmail::server::control {

class Reading {
 public:
  // The first violations are listed, in the order of the model; of the others only the number.
  static constexpr std::size_t kMaxViolations = 100;

  Reading() = default;
  // Members are known by their addresses.
  Reading(const Reading&) = delete;
  auto operator=(const Reading&) -> Reading& = delete;
  ~Reading() = default;

  // Begins an object inside the request; `prefix` is its path with a dot at the end. Violations of an object are listed
  // after those of the one around it, and unknown members after those of known ones.
  auto begin_object(std::string prefix) -> std::size_t;

  template <class Member>
  void note(std::size_t object, std::string_view name, const Member& member, bool present) {
    places_.push_back({&member, &typeid(Member), object, std::string(name), present});
  }
  void violation(std::size_t object, std::string_view name, std::string_view what);
  void unknown(std::size_t object, std::string_view name, std::string_view what);

  // Of a member of the structure that was read.
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
    const std::type_info* type;  // a structure begins where its first member does
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
