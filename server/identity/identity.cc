#include "server/identity/identity.h"

#include <algorithm>
#include <array>

#include "server/process/text.h"

namespace workmail::server {

namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kCredential = "Credential=";

auto is_separator(char character) -> bool {
  return character == ',' || character == ' ' || character == '\t';
}

// Extracts "AKID/20260501/us-east-1/workmail/aws4_request" from the header; empty if it is not there.
auto credential_of(std::string_view authorization) -> std::string_view {
  if (!authorization.starts_with(kAlgorithm)) return {};
  auto begin = authorization.find(kCredential);
  // Matches the whole name, so that this is the same credential whose signature is verified.
  while (begin != std::string_view::npos && !is_separator(authorization[begin - 1])) {
    begin = authorization.find(kCredential, begin + 1);
  }
  if (begin == std::string_view::npos) return {};
  authorization.remove_prefix(begin + kCredential.size());
  return {authorization.begin(), std::find_if(authorization.begin(), authorization.end(), is_separator)};
}

}  // namespace

auto is_account(std::string_view text) -> bool {
  return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

auto is_region(std::string_view text) -> bool {
  return !text.empty() && text.size() <= 32 &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_small_letter_or_digit(c) || c == '-'; });
}

auto identify(std::string_view authorization, const api::Settings& settings) -> Identity {
  std::string_view rest = credential_of(authorization);
  std::array<std::string_view, 4> parts;  // key, date, region, service
  for (auto& part : parts) {
    const auto slash = rest.find('/');
    part = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  }
  const auto& [key, date, region, service] = parts;
  return {.access_key_id = key,
          .caller = {.account = is_account(key) ? key : settings.account,
                     .region = is_region(region) ? region : settings.region},
          .service = service};
}

}  // namespace workmail::server
