// Copies the attributes of a user between structures that have all of them under the same names: the row, the output of
// DescribeUser, and the user of a seed document. One that lacks an attribute does not compile. AWS's
// model determines which of them CreateUser and UpdateUser take.
#pragma once

#include <utility>

#include "store/user_attributes.h"

namespace workmail::api {

// All but the role.
template <class From, class To>
void copy_user_attributes(const From& from, To& to) {
  store::for_each_user_attribute([&](const auto& attribute) { attribute.of(to) = attribute.of(from); });
}

// The same, and leaves them empty.
template <class From, class To>
void move_user_attributes(From& from, To& to) {
  store::for_each_user_attribute([&](const auto& attribute) { attribute.of(to) = std::move(attribute.of(from)); });
}

}  // namespace workmail::api
