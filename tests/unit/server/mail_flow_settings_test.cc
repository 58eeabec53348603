#include "server/mail/mail_flow_settings.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace workmail::server {
namespace {

constexpr const char* kFile =
    "[default]\naws_access_key_id = K\naws_secret_access_key = S\n"
    "[same-key]\naws_access_key_id = K\naws_secret_access_key = S\n"
    "[minio]\naws_access_key_id = M\naws_secret_access_key = T\naws_session_token = U\n"
    "[role]\nrole_arn = arn:aws:iam::111122223333:role/x\n";

class MailFlowSettingsTest : public testing::Test {
 protected:
  MailFlowSettingsTest() {
    std::filesystem::create_directories(home_ + "/.aws");
    std::ofstream(file_) << kFile;
  }
  ~MailFlowSettingsTest() override { std::filesystem::remove_all(home_); }

  static auto credential_of(const std::string& profile, const std::map<std::string, std::string>& environment)
      -> Credential {
    return with_credential({.s3_profile = profile}, environment).s3_credential;
  }
  auto error_of(const std::string& profile, const std::map<std::string, std::string>& environment) -> std::string {
    try {
      credential_of(profile, environment);
      return {};
    } catch (const UnusableCredentials& error) {
      return error.what();
    }
  }

  std::string home_ = testing::TempDir() + "mail_flow_" + std::to_string(::getpid());
  std::string file_ = home_ + "/.aws/credentials";
};

TEST_F(MailFlowSettingsTest, HaveAKeyForEmulators) {
  const auto credential = credential_of("", {});
  EXPECT_EQ(credential.access_key_id, "test");
  EXPECT_EQ(credential.secret_access_key, "test");
  EXPECT_EQ(credential.session_token, "");
}

TEST_F(MailFlowSettingsTest, HaveTheKeyOfAProfile) {
  const auto credential = credential_of("minio", {{"HOME", home_}});
  EXPECT_EQ(credential.access_key_id, "M");
  EXPECT_EQ(credential.secret_access_key, "T");
  EXPECT_EQ(credential.session_token, "U");
  EXPECT_EQ(credential_of("same-key", {{"AWS_SHARED_CREDENTIALS_FILE", file_}, {"HOME", "/none"}}).access_key_id, "K");
  EXPECT_EQ(credential_of("default", {{"AWS_SHARED_CREDENTIALS_FILE", ""}, {"HOME", home_}}).access_key_id, "K");
}

TEST_F(MailFlowSettingsTest, RejectProfilesWithoutAKey) {
  const std::string unusable = "The credentials file " + file_ + " cannot be used: ";
  EXPECT_EQ(error_of("other", {{"HOME", home_}}), unusable + "it has no profile [other].");
  EXPECT_EQ(error_of("role", {{"HOME", home_}}), unusable + "[role] has no aws_access_key_id.");
  EXPECT_EQ(error_of("x", {{"HOME", "/none"}}), "The credentials file /none/.aws/credentials cannot be read.");
  EXPECT_EQ(error_of("x", {}), "--s3-credentials needs AWS_SHARED_CREDENTIALS_FILE, because HOME is not set.");
}

}  // namespace
}  // namespace workmail::server
