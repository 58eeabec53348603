// Copies the attributes of a user between structures whose members have the same names: the row, the output of
// DescribeUser, and the user of a seed document. A structure without one of the attributes does not compile. AWS's
// model determines which attributes CreateUser and UpdateUser accept.
#pragma once

#include <utility>

#include "store/user_attributes.h"

namespace workmail::api {

// All attributes except the role.
template <class From, class To>
void copy_user_attributes(const From& from, To& to) {
  store::for_each_user_attribute([&](const auto& attribute) { attribute.of(to) = attribute.of(from); });
}

// The same, but moves them.
template <class From, class To>
void move_user_attributes(From& from, To& to) {
  store::for_each_user_attribute([&](const auto& attribute) { attribute.of(to) = std::move(attribute.of(from)); });
}

}  // namespace workmail::api
