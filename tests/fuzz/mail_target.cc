#include <algorithm>
#include <string>

#include "api/mail/content_checks.h"
#include "api/mail/header_addresses.h"
#include "api/mail/header_text.h"
#include "api/mail/headers.h"
#include "api/mail/mime.h"
#include "store/ascii.h"
#include "store/utf8.h"
#include "tests/fuzz/targets.h"

namespace workmail::fuzz {

namespace {

void expect_inside(std::string_view view, std::string_view input, const std::string& what) {
  const bool inside = view.data() >= input.data() && view.data() + view.size() <= input.data() + input.size();
  if (!inside) throw Finding(what + " is outside of the input");
}

void expect_text(std::string_view text, std::size_t most, const std::string& what) {
  if (!store::is_utf8(text)) throw Finding(what + " is not UTF-8: " + std::string(text));
  if (text.size() > most) throw Finding(what + " has " + std::to_string(text.size()) + " bytes");
}

void expect_addresses(std::string_view value) {
  const auto addresses = api::addresses_in(value);
  if (addresses.size() > api::kMaxAddressesInHeader) throw Finding("too many addresses");
  std::size_t size = 0;
  for (const auto& address : addresses) {
    size += address.size();
    expect_text(address, 2 * value.size(), "an address");
    // An address is a list of one.
    if (api::addresses_in(address) != std::vector{address}) throw Finding("read otherwise alone: " + address);
  }
  if (size > 2 * value.size()) throw Finding("the addresses are longer than the header");
}

auto expect_headers(std::string_view input) -> api::Headers {
  auto headers = api::read_headers(input);
  for (const auto& [name, value] : headers.fields) {
    expect_inside(name, input, "a name");
    expect_inside(value, input, "a value");
    if (name.empty() || value.data() <= name.data()) throw Finding("a field without a name");
    expect_text(api::decoded_header_text(value), 3 * value.size(), "a header");
    expect_addresses(value);
  }
  expect_inside(headers.body, input, "the body");
  if (headers.body.data() + headers.body.size() != input.data() + input.size()) throw Finding("the body ends early");
  return headers;
}

auto expect_parts(std::string_view input) -> api::Parts {
  auto parts = api::parts_of(input);
  if (parts.parts.empty() || parts.parts.size() > api::kMaxParts) throw Finding("too few or too many parts");
  std::size_t size = 0;
  for (const auto& part : parts.parts) {
    size += part.file_name.size();
    expect_text(part.file_name, 3 * input.size(), "the name of a file");
    if (part.media_type != store::lower_case(part.media_type)) throw Finding("not in lower case: " + part.media_type);
    if (std::count(part.media_type.begin(), part.media_type.end(), '/') != 1) throw Finding("no type of a medium");
    if (!part.closed && !part.media_type.starts_with("multipart/")) throw Finding("no multipart, and open");
  }
  if (size > 3 * input.size()) throw Finding("the names of files are longer than the message");
  return parts;
}

// A message means the same with the line ends of mail as with those of files.
void expect_same_with_other_line_ends(std::string_view input, const api::Headers& headers, const api::Parts& parts) {
  if (input.find('\r') != std::string_view::npos) return;
  std::string mail;
  for (const char c : input) mail += c == '\n' ? "\r\n" : std::string(1, c);
  const auto other_headers = api::read_headers(mail);
  const auto is_same_field = [](const api::HeaderField& one, const api::HeaderField& other) {
    return one.name == other.name && api::unfolded(one.value) == api::unfolded(other.value) &&
           api::addresses_in(one.value) == api::addresses_in(other.value);
  };
  const auto is_same_part = [](const api::Part& one, const api::Part& other) {
    return one.media_type == other.media_type && one.file_name == other.file_name && one.closed == other.closed;
  };
  const auto same = [](const auto& one, const auto& other, const auto& is_same) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), is_same);
  };
  if (!same(headers.fields, other_headers.fields, is_same_field)) throw Finding("other headers with CRLF");
  if (!same(parts.parts, api::parts_of(mail).parts, is_same_part)) throw Finding("other parts with CRLF");
  if (api::reason_to_reject(input, input) != api::reason_to_reject(mail, mail)) throw Finding("other reason with CRLF");
}

}  // namespace

void mail(std::string_view input) {
  const auto headers = expect_headers(input);
  const auto parts = expect_parts(input);
  expect_addresses(input);
  expect_text(api::decoded_header_text(input), 3 * input.size(), "the text");
  const auto reason = api::reason_to_reject(input, input);
  expect_text(reason, 1000, "the reason");
  if (reason.find("immutable") != std::string::npos) throw Finding("a message is not what it is: " + reason);
  if (api::reason_to_reject(input, "").empty() && headers.first("Message-ID")) throw Finding("took a new Message-ID");
  expect_same_with_other_line_ends(input, headers, parts);
}

}  // namespace workmail::fuzz
