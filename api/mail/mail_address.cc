#include "api/mail/mail_address.h"

#include <algorithm>

namespace workmail::api {

namespace {

constexpr std::size_t kMaxLocalPart = 64;
constexpr std::size_t kMaxDomain = 253;
constexpr std::size_t kMaxLabel = 63;

auto is_letter_or_digit(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

auto is_label(std::string_view label) -> bool {
  if (label.empty() || label.size() > kMaxLabel || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) { return c == '-' || is_letter_or_digit(c); });
}

// The characters of an atom (RFC 5322, 3.2.3) and dots. AWS's pattern also allows dots everywhere.
auto is_local_part(std::string_view text) -> bool {
  constexpr std::string_view kOthers = ".!#$%&'*+-/=?^_`{|}~";
  if (text.empty() || text.size() > kMaxLocalPart) return false;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_letter_or_digit(c) || kOthers.find(c) != std::string_view::npos; });
}

}  // namespace

auto is_mail_domain(std::string_view text, std::size_t min_labels) -> bool {
  if (text.size() > kMaxDomain) return false;
  for (std::size_t labels = 1;; ++labels) {
    const auto end = std::min(text.find('.'), text.size());
    if (!is_label(text.substr(0, end))) return false;
    if (end == text.size()) return labels >= min_labels;
    text.remove_prefix(end + 1);
  }
}

auto is_mail_address(std::string_view text) -> bool {
  const auto at = text.find('@');
  return text.size() <= kMaxAddressLength && at != std::string_view::npos && is_local_part(text.substr(0, at)) &&
         is_mail_domain(text.substr(at + 1));
}

auto domain_of(std::string_view address) -> std::string_view {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

}  // namespace workmail::api
