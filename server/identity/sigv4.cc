#include "server/identity/sigv4.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "api/wire/time_text.h"
#include "server/process/text.h"

namespace workmail::server::sigv4 {

namespace {

using Hash = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

constexpr std::string_view kUpperDigits = "0123456789ABCDEF";

auto bytes_of(std::string_view text) -> const unsigned char* {
  return reinterpret_cast<const unsigned char*>(text.data());
}

auto view_of(const Hash& hash) -> std::string_view {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

auto hash_of(std::string_view bytes) -> Hash {
  Hash hash;
  crypto_hash_sha256(hash.data(), bytes_of(bytes), bytes.size());
  return hash;
}

auto hmac(std::string_view key, std::string_view message) -> Hash {
  crypto_auth_hmacsha256_state state;
  Hash hash;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(message), message.size());
  crypto_auth_hmacsha256_final(&state, hash.data());
  return hash;
}

auto hexadecimal(const Hash& hash) -> std::string {
  std::string text(2 * hash.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
  text.pop_back();
  return text;
}

auto base64(const Hash& hash) -> std::string {
  std::string text(sodium_base64_ENCODED_LEN(hash.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), hash.data(), hash.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

// Removes the text before the next separator, and the separator, from the front of the text and returns it.
auto take(std::string_view& text, char separator) -> std::string_view {
  const auto end = text.find(separator);
  const auto part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return part;
}

auto split(std::string_view text, char separator) -> std::vector<std::string_view> {
  std::vector<std::string_view> parts;
  bool more = true;
  while (more) {
    more = text.find(separator) != std::string_view::npos;
    parts.push_back(take(text, separator));
  }
  return parts;
}

// --- The Authorization header ---

using Parameters = std::map<std::string_view, std::string_view>;

// The part after the algorithm: "Credential=…, SignedHeaders=…, Signature=…".
// AWS: separated by spaces as well as commas, as its message about "Credential= key/…" shows. Newer messages have a
// hash in the place of the header, which may be a secret that was sent by mistake.
auto parse_parameters(std::string_view header) -> Parameters {
  constexpr std::string_view kSeparators = ", \t";
  Parameters parameters;
  std::size_t end = header.find(' ');
  for (auto begin = header.find_first_not_of(kSeparators, end); begin != std::string_view::npos;
       begin = header.find_first_not_of(kSeparators, end)) {
    end = header.find_first_of(kSeparators, begin);
    const auto parameter = header.substr(begin, end - begin);
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos) {
      throw MalformedAuthorization(
          "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with "
          "Base64): '" +
          base64(hash_of(header)) + "'.");
    }
    parameters.emplace(parameter.substr(0, equals), parameter.substr(equals + 1));
  }
  return parameters;
}

void require_parameters(const Parameters& parameters, bool dated, std::string_view header) {
  std::string missing;
  for (const std::string_view name : {"Credential", "Signature", "SignedHeaders"}) {
    if (parameters.count(name) > 0 && !parameters.at(name).empty()) continue;
    missing.append("Authorization header requires '").append(name).append("' parameter. ");
  }
  if (!dated) missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  if (missing.empty()) return;
  throw MalformedAuthorization(
      missing + "(Hashed with SHA-256 and encoded with Base64) Authorization=" + base64(hash_of(header)));
}

// --- The canonical request ---

auto is_unreserved(char c) -> bool {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

void append_encoded(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kUpperDigits[byte >> 4U];
      out += kUpperDigits[byte & 0xFU];
    }
  }
}

auto digit_of(char c) -> std::optional<int> {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return std::nullopt;
}

// A percent sign without two hexadecimal digits is kept.
auto decoded(std::string_view text) -> std::string {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text[i] == '%' && i + 2 < text.size() ? digit_of(text[i + 1]) : std::nullopt;
    const auto low = high ? digit_of(text[i + 2]) : std::nullopt;
    result += low ? static_cast<char>(*high * 16 + *low) : text[i];
    if (low) i += 2;
  }
  return result;
}

// AWS: without dot segments and empty segments, and encoded once more than on the wire, as every service except S3
// requires ("Create a signed AWS API request").
auto canonical_path(std::string_view path) -> std::string {
  std::vector<std::string_view> segments;
  bool folder = true;
  for (const auto segment : split(path, '/')) {
    folder = segment.empty() || segment == "." || segment == "..";
    if (segment == ".." && !segments.empty()) segments.pop_back();
    if (!folder) segments.push_back(segment);
  }
  std::string canonical;
  for (const auto segment : segments) {
    canonical += '/';
    append_encoded(segment, canonical);
  }
  if (folder || path.ends_with('/')) canonical += '/';
  return canonical;
}

auto encoded_once(std::string_view wire) -> std::string {
  std::string encoded;
  append_encoded(decoded(wire), encoded);
  return encoded;
}

// Sorted by name, then by value, which differs from sorting the texts name=value.
auto canonical_query(std::string_view query) -> std::string {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (auto part : split(query, '&')) {
    if (part.empty()) continue;
    const auto name = take(part, '=');
    parameters.emplace_back(encoded_once(name), encoded_once(part));
  }
  std::sort(parameters.begin(), parameters.end());
  std::string canonical;
  for (const auto& [name, value] : parameters) {
    canonical.append(canonical.empty() ? "" : "&").append(name).append("=").append(value);
  }
  return canonical;
}

// Removes spaces at both ends, and replaces each run of spaces by one.
void append_canonical_value(std::string_view value, std::string& out) {
  char last = ' ';
  for (const char c : value) {
    const char shown = c == '\t' ? ' ' : c;
    if (shown != ' ' || last != ' ') out += shown;
    last = shown;
  }
  if (out.ends_with(' ')) out.pop_back();
}

// The values by name in lower case; those of repeated headers are in the order of the request.
auto canonical_headers(const std::vector<SignedRequest::Header>& headers) -> std::map<std::string, std::string> {
  std::map<std::string, std::string> canonical;
  for (const auto& [name, value] : headers) {
    const auto [entry, first] = canonical.try_emplace(lower_case(name));
    if (!first) entry->second += ',';
    append_canonical_value(value, entry->second);
  }
  return canonical;
}

auto scope_text(const CredentialScope& scope) -> std::string {
  std::string text(scope.date);
  for (const auto part : {scope.region, scope.service, scope.terminator}) text.append("/").append(part);
  return text;
}

}  // namespace

auto parse_authorization(std::string_view header, bool dated) -> Authorization {
  const auto parameters = parse_parameters(header);
  require_parameters(parameters, dated, header);
  // AWS: the message is assumed (Q-signature-algorithm-text).
  if (header.substr(0, header.find(' ')) != kAlgorithm) {
    throw MalformedAuthorization("Unsupported AWS 'algorithm' in Authorization header; it must be '" +
                                 std::string(kAlgorithm) + "'.");
  }

  const auto credential = split(parameters.at("Credential"), '/');
  constexpr std::size_t kParts = 5;
  if (credential.size() != kParts) {
    throw MalformedAuthorization(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got " +
        std::to_string(credential.size()) + ".");
  }
  return {
      .access_key_id = credential[0],
      .scope = {.date = credential[1], .region = credential[2], .service = credential[3], .terminator = credential[4]},
      .signed_headers = split(parameters.at("SignedHeaders"), ';'),
      .signature = parameters.at("Signature")};
}

auto sha256(std::string_view bytes) -> std::string {
  return hexadecimal(hash_of(bytes));
}

auto uri_encoded(std::string_view text, Slashes slashes) -> std::string {
  std::string encoded;
  while (!text.empty()) {
    const auto end = slashes == Slashes::Kept ? text.find('/') : std::string_view::npos;
    append_encoded(text.substr(0, end), encoded);
    if (end == std::string_view::npos) break;
    encoded += '/';
    text.remove_prefix(end + 1);
  }
  return encoded;
}

auto time_text(Time time) -> std::string {
  std::string basic;
  for (const char c : api::format_time(time).substr(0, 19)) {
    if (c != '-' && c != ':') basic += c;
  }
  return basic + "Z";
}

auto canonical_request(const SignedRequest& request, const std::vector<std::string_view>& signed_headers)
    -> std::string {
  // AWS: signed headers are sorted and in lower case, independently of the Authorization header.
  const auto values = canonical_headers(request.headers);
  std::vector<std::string> names;
  for (const auto name : signed_headers) names.push_back(lower_case(name));
  std::sort(names.begin(), names.end());

  std::string headers;
  std::string list;
  for (const auto& name : names) {
    const auto value = values.find(name);
    headers.append(name).append(":").append(value == values.end() ? "" : value->second).append("\n");
    list.append(list.empty() ? "" : ";").append(name);
  }
  std::string canonical(request.method);
  canonical.append("\n").append(request.path_is_canonical ? std::string(request.path) : canonical_path(request.path));
  canonical.append("\n").append(canonical_query(request.query));
  canonical.append("\n").append(headers).append("\n").append(list);
  return canonical.append("\n").append(request.payload_hash);
}

auto string_to_sign(std::string_view canonical_request, std::string_view time, const CredentialScope& scope)
    -> std::string {
  return std::string(kAlgorithm) + "\n" + std::string(time) + "\n" + scope_text(scope) + "\n" +
         sha256(canonical_request);
}

auto signature(std::string_view string_to_sign, const CredentialScope& scope, std::string_view secret) -> std::string {
  Hash key = hmac("AWS4" + std::string(secret), scope.date);
  for (const auto part : {scope.region, scope.service, scope.terminator}) key = hmac(view_of(key), part);
  return hexadecimal(hmac(view_of(key), string_to_sign));
}

}  // namespace workmail::server::sigv4
