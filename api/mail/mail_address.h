// Checks email addresses without display names, in patterns of rules and responses of functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace workmail::api {

inline constexpr std::size_t kMaxAddressLength = 254;  // as in RFC 5321 and AWS's shape EmailAddress

// Labels of ASCII letters, digits and inner hyphens, with dots between them; at least `min_labels` of them.
auto is_mail_domain(std::string_view text, std::size_t min_labels = 2) -> bool;

// A local part without quotes, and a domain. WorkMail's own addresses never need quotes.
auto is_mail_address(std::string_view text) -> bool;

// The text after the last @; empty if there is none.
auto domain_of(std::string_view address) -> std::string_view;

}  // namespace workmail::api
