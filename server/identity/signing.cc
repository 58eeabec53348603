#include "server/identity/signing.h"

#include <algorithm>

#include "server/process/text.h"

namespace workmail::server {

namespace {

// In lower case, sorted.
auto names_of(const sigv4::SignedRequest& request) -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const auto& [name, value] : request.headers) names.push_back(lower_case(name));
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

auto signing_headers(sigv4::SignedRequest request, const Signer& signer)
    -> std::vector<std::pair<std::string, std::string>> {
  const auto& [access_key_id, secret, token, account] = signer.credential;
  const std::string time = sigv4::time_text(signer.now);
  std::vector<std::pair<std::string, std::string>> added{{"X-Amz-Date", time}};
  if (!token.empty()) added.emplace_back("X-Amz-Security-Token", token);
  for (const auto& [name, value] : added) request.headers.emplace_back(name, value);

  const auto names = names_of(request);
  const sigv4::CredentialScope scope{.date = std::string_view(time).substr(0, time.find('T')),
                                     .region = signer.region,
                                     .service = signer.service,
                                     .terminator = sigv4::kTerminator};
  const auto canonical = sigv4::canonical_request(request, {names.begin(), names.end()});
  const auto signature = sigv4::signature(sigv4::string_to_sign(canonical, time, scope), scope, secret);

  std::string authorization(sigv4::kAlgorithm);
  authorization.append(" Credential=").append(access_key_id);
  for (const auto part : {scope.date, scope.region, scope.service, scope.terminator}) {
    authorization.append("/").append(part);
  }
  authorization.append(", SignedHeaders=");
  for (const auto& name : names) authorization.append(&name == &names.front() ? "" : ";").append(name);
  authorization.append(", Signature=").append(signature);
  added.emplace_back("Authorization", authorization);
  return added;
}

}  // namespace workmail::server
