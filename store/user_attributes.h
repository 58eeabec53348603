// The attributes that only users have, and the only list of them. The statements and readers of store/entities.cc
// follow from it, and so do the copies between the row, the shapes of the API and the seed document
// (api/rules/user_attributes.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "store/sql_text.h"

namespace workmail::store {

struct UserAttributes {
  std::string role;
  std::optional<std::string> display_name;
  std::optional<std::string> first_name;
  std::optional<std::string> last_name;
  std::optional<std::string> initials;
  std::optional<std::string> telephone;
  std::optional<std::string> street;
  std::optional<std::string> job_title;
  std::optional<std::string> city;
  std::optional<std::string> company;
  std::optional<std::string> zip_code;
  std::optional<std::string> department;
  std::optional<std::string> country;
  std::optional<std::string> office;
  std::optional<std::string> identity_provider_user_id;
  std::optional<std::string> identity_provider_identity_store_id;
};

template <std::size_t Length, class Member>
struct UserAttribute {
  SqlText<Length> column;
  Member of;  // of(structure): the member of this name, for every structure that has one
};

template <std::size_t Size, class Member>
constexpr auto user_attribute(const char (&column)[Size], Member member) -> UserAttribute<Size - 1, Member> {
  return {sql(column), member};
}

// All attributes except the role, which is an enumeration in the API.
inline constexpr std::tuple kUserAttributes{
    user_attribute("display_name", [](auto& user) -> decltype((user.display_name)) { return user.display_name; }),
    user_attribute("first_name", [](auto& user) -> decltype((user.first_name)) { return user.first_name; }),
    user_attribute("last_name", [](auto& user) -> decltype((user.last_name)) { return user.last_name; }),
    user_attribute("initials", [](auto& user) -> decltype((user.initials)) { return user.initials; }),
    user_attribute("telephone", [](auto& user) -> decltype((user.telephone)) { return user.telephone; }),
    user_attribute("street", [](auto& user) -> decltype((user.street)) { return user.street; }),
    user_attribute("job_title", [](auto& user) -> decltype((user.job_title)) { return user.job_title; }),
    user_attribute("city", [](auto& user) -> decltype((user.city)) { return user.city; }),
    user_attribute("company", [](auto& user) -> decltype((user.company)) { return user.company; }),
    user_attribute("zip_code", [](auto& user) -> decltype((user.zip_code)) { return user.zip_code; }),
    user_attribute("department", [](auto& user) -> decltype((user.department)) { return user.department; }),
    user_attribute("country", [](auto& user) -> decltype((user.country)) { return user.country; }),
    user_attribute("office", [](auto& user) -> decltype((user.office)) { return user.office; }),
    user_attribute(
        "identity_provider_user_id",
        [](auto& user) -> decltype((user.identity_provider_user_id)) { return user.identity_provider_user_id; }),
    user_attribute("identity_provider_identity_store_id",
                   [](auto& user) -> decltype((user.identity_provider_identity_store_id)) {
                     return user.identity_provider_identity_store_id;
                   }),
};

static_assert(sizeof(UserAttributes) == sizeof(std::string) + std::tuple_size_v<decltype(kUserAttributes)> *
                                                                  sizeof(std::optional<std::string>),
              "an attribute of UserAttributes is missing in kUserAttributes");

// Calls `visit(attribute)` for each attribute, in the order of the list.
template <class Visit>
constexpr void for_each_user_attribute(Visit visit) {
  std::apply([&](const auto&... attributes) { (visit(attributes), ...); }, kUserAttributes);
}

}  // namespace workmail::store
