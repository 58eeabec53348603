// The keys that requests may be signed with, out of a file in the format of AWS's shared credentials file. Secrets go
// from here to server/identity/signatures and server/identity/signing, and to the program of `exec`, and nowhere else.
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
  std::string session_token;  // empty: none
  std::string account;        // empty: the file names none
};

// An error in the file, as a one-line message that has none of its values.
class UnusableCredentials : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// In the file's order; sections without a key are ignored. `name` is how messages call the file. Throws
// UnusableCredentials, also when there is no key at all.
auto parse_credentials(std::string_view text, const std::string& name) -> std::vector<Credential>;

// The same of the file at `path`.
auto read_credentials(const std::string& path) -> std::vector<Credential>;

// The one of this section, whatever the others are like. Throws UnusableCredentials.
auto parse_profile(std::string_view text, const std::string& name, const std::string& profile) -> Credential;

// The same of the file at `path`.
auto read_profile(const std::string& path, const std::string& profile) -> Credential;

}  // namespace workmail::server
