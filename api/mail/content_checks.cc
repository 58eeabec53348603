#include "api/mail/content_checks.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <vector>

#include "api/mail/attachment_types.h"
#include "api/mail/headers.h"
#include "api/mail/mime.h"
#include "api/wire/excerpt.h"

namespace workmail::api {

namespace {

// AWS: the criteria are those of the API reference of RawMessageContent, which leaves it to the messages of errors to
// name the headers. Which headers are required, unique or immutable, and the texts, are undocumented; assumed
// (Q-content-headers).
constexpr std::array<std::string_view, 11> kUniqueHeaders = {
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References", "Subject", "Date"};
constexpr std::array<std::string_view, 5> kImmutableHeaders = {"Message-ID", "From", "Sender", "Date", "Received"};
constexpr std::array<std::string_view, 2> kRequiredHeaders = {"From", "Date"};
constexpr std::array<std::string_view, 3> kRecipientHeaders = {"To", "Cc", "Bcc"};

// AWS: 1,000, including CRLF (RFC 5321, 4.5.3.1.6).
constexpr std::size_t kMaxLine = 1000;

auto text(std::initializer_list<std::string_view> words) -> std::string {
  std::string joined;
  for (const auto word : words) joined += word;
  return joined;
}

auto fault_of_structure(const Headers& headers, const Parts& parts) -> std::string {
  if (!headers.complete) return "The message has more than 10,000 header fields.";
  if (!parts.limit.empty()) return text({"The message ", parts.limit, "."});
  for (std::size_t at = 0; at < parts.parts.size(); ++at) {
    const auto& part = parts.parts[at];
    if (part.closed) continue;
    const auto which = at == 0 ? "The message" : "Part " + std::to_string(at) + " of the message";
    return text({which, " is not formatted properly: it is ", excerpt(part.media_type, kMaxNameShown),
                 " without a final boundary."});
  }
  return "";
}

// AWS: documented examples of functions write lines that end with LF alone (Python's email package does by default), so
// that these are taken to count as if they ended with CRLF; assumed (Q-content-line-ends).
auto fault_of_lines(std::string_view content) -> std::string {
  for (std::size_t number = 1; !content.empty(); ++number) {
    auto line = take_line(content);
    if (line.ends_with('\n')) line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
    const auto length = line.size() + 2;
    if (length > kMaxLine) {
      return text({"Line ", std::to_string(number), " has ", std::to_string(length),
                   " octets, including CRLF; 1000 is the maximum."});
    }
    if (line.find('\r') != std::string_view::npos) {
      return text({"Line ", std::to_string(number), " has a CR that is not followed by LF."});
    }
  }
  return "";
}

auto fault_of_required(const Headers& headers) -> std::string {
  for (const auto name : kRequiredHeaders) {
    if (!headers.first(name)) return text({"The required header ", name, " is missing."});
  }
  for (const auto name : kRecipientHeaders) {
    if (headers.first(name)) return "";
  }
  return "One of the headers To, Cc and Bcc is required.";
}

auto fault_of_unique(const Headers& headers) -> std::string {
  for (const auto name : kUniqueHeaders) {
    const auto count = headers.all(name).size();
    if (count > 1) {
      return text({"The header ", name, " appears ", std::to_string(count), " times; it can appear only once."});
    }
  }
  return "";
}

// The values, with each run of white space replaced by one space, because programs that rewrite a message may fold its
// header differently.
auto values(const Headers& headers, std::string_view name) -> std::vector<std::string> {
  std::vector<std::string> result;
  for (const auto value : headers.all(name)) {
    auto& one = result.emplace_back();
    for (const char c : unfolded(value)) {
      const bool space = c == ' ' || c == '\t';
      if (!space || !one.ends_with(' ')) one += space ? ' ' : c;
    }
  }
  return result;
}

auto fault_of_immutable(const Headers& headers, const Headers& original) -> std::string {
  for (const auto name : kImmutableHeaders) {
    const auto before = values(original, name);
    // Emulator: here, a message can be sent without From or Date. They may be added, because otherwise no content would
    // be valid.
    const bool required = std::count(kRequiredHeaders.begin(), kRequiredHeaders.end(), name) > 0;
    if (required && before.empty()) continue;
    if (values(headers, name) != before) return text({"The header ", name, " is immutable, and has been changed."});
  }
  return "";
}

auto fault_of_attachments(const Parts& parts) -> std::string {
  for (const auto& part : parts.parts) {
    const auto extension = unsupported_extension(part.file_name);
    if (extension.empty()) continue;
    return text({"The attachment ", excerpt(part.file_name, kMaxNameShown), " is of the type .", extension,
                 ", which Amazon SES does not support."});
  }
  return "";
}

}  // namespace

auto reason_to_reject(std::string_view content, std::string_view original) -> std::string {
  const auto headers = read_headers(content);
  const auto parts = parts_of(content);
  auto fault = fault_of_structure(headers, parts);
  if (fault.empty()) fault = fault_of_lines(content);
  if (fault.empty()) fault = fault_of_required(headers);
  if (fault.empty()) fault = fault_of_unique(headers);
  if (fault.empty()) fault = fault_of_immutable(headers, read_headers(original));
  if (fault.empty()) fault = fault_of_attachments(parts);
  return fault;
}

}  // namespace workmail::api
