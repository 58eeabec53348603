// What is an address of mail, as a text without a display name: in patterns of rules and in answers of functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace workmail::api {

inline constexpr std::size_t kMaxAddressLength = 254;  // of RFC 5321, and of AWS's shape EmailAddress

// Labels of ASCII letters, digits and inner hyphens, with dots between them; at least `min_labels` of them.
auto is_mail_domain(std::string_view text, std::size_t min_labels = 2) -> bool;

// A local part that needs no quotes, which WorkMail's own addresses never do, and a domain.
auto is_mail_address(std::string_view text) -> bool;

// What is behind the last @; empty when there is none.
auto domain_of(std::string_view address) -> std::string_view;

}  // namespace workmail::api
