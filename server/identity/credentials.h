// Reads keys from a file in the format of AWS's shared credentials file. Secrets are used only by
// server/identity/signatures, server/identity/signing, and the program of `exec`.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::server {

// One section of the file.
struct Credential {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;  // empty if there is none
  std::string account;        // empty if the file has none
};

// An error in the file, as a one-line message without values of the file.
class UnusableCredentials : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// In the order of the file; sections without a key are ignored. `name` is the file's name in messages. Throws
// UnusableCredentials, also if there is no key.
auto parse_credentials(std::string_view text, const std::string& name) -> std::vector<Credential>;

// The same of the file at `path`.
auto read_credentials(const std::string& path) -> std::vector<Credential>;

// The credential of this section; errors in other sections are ignored. Throws UnusableCredentials.
auto parse_profile(std::string_view text, const std::string& name, const std::string& profile) -> Credential;

// The same of the file at `path`.
auto read_profile(const std::string& path, const std::string& profile) -> Credential;

}  // namespace workmail::server
