#include "server/mail/mail_flow_settings.h"

#include <utility>

namespace workmail::server {

namespace {

auto credentials_file(const std::map<std::string, std::string>& environment) -> std::string {
  const auto named = environment.find("AWS_SHARED_CREDENTIALS_FILE");
  if (named != environment.end() && !named->second.empty()) return named->second;
  const auto home = environment.find("HOME");
  if (home != environment.end() && !home->second.empty()) return home->second + "/.aws/credentials";
  throw UnusableCredentials("--s3-credentials needs AWS_SHARED_CREDENTIALS_FILE, because HOME is not set.");
}

}  // namespace

auto with_credential(MailFlowSettings settings, const std::map<std::string, std::string>& environment)
    -> MailFlowSettings {
  if (settings.s3_profile.empty()) return settings;
  settings.s3_credential = read_profile(credentials_file(environment), settings.s3_profile);
  return settings;
}

}  // namespace workmail::server
