#include "server/identity/credentials.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "server/identity/identity.h"

namespace workmail::server {

namespace {

constexpr std::string_view kSpaces = " \t\r";
constexpr const char* kKeyId = "aws_access_key_id";
constexpr const char* kSecret = "aws_secret_access_key";
constexpr const char* kToken = "aws_session_token";
// Emulator: AWS knows the account of a key; here, the file has it.
constexpr const char* kAccount = "workmail_account";

auto trimmed(std::string_view text) -> std::string_view {
  const auto begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

struct Section {
  std::string name;
  std::map<std::string, std::string, std::less<>> settings;

  [[nodiscard]] auto setting(const char* key) const -> std::string {
    const auto found = settings.find(key);
    return found == settings.end() ? "" : found->second;
  }
};

// AWS: # and ; begin a comment at the beginning of a line and after a space; a line that begins with a space continues
// the previous setting (SDKs and Tools Reference Guide, "Using shared config and credentials files").
class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  auto read(std::string_view text) -> std::vector<Section> {
    // The byte order mark, which editors on Windows write.
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    while (!text.empty()) {
      const auto end = text.find('\n');
      ++line_number_;
      read_line(text.substr(0, end));
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return std::move(sections_);
  }

 private:
  void read_line(std::string_view line) {
    const bool belongs_to_setting = !line.empty() && kSpaces.find(line.front()) != std::string_view::npos;
    line = without_comment(line);
    if (line.empty() || belongs_to_setting) return;
    if (line.front() == '[') {
      begin_section(line);
    } else {
      add_setting(line);
    }
  }

  static auto without_comment(std::string_view line) -> std::string_view {
    if (line.starts_with('#') || line.starts_with(';')) return {};
    return trimmed(line.substr(0, std::min(line.find(" #"), line.find(" ;"))));
  }

  void begin_section(std::string_view line) {
    if (line.back() != ']') refuse("a section is [NAME]");
    sections_.push_back({.name = std::string(trimmed(line.substr(1, line.size() - 2))), .settings = {}});
  }

  void add_setting(std::string_view line) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) refuse("a setting is NAME = VALUE");
    if (sections_.empty()) refuse("a setting belongs below a [SECTION]");
    const std::string key(trimmed(line.substr(0, equals)));
    const bool first = sections_.back().settings.emplace(key, trimmed(line.substr(equals + 1))).second;
    if (!first) refuse("the section has " + key + " already");
  }

  [[noreturn]] void refuse(const std::string& reason) const {
    throw UnusableCredentials("The credentials file " + name_ + " cannot be used: in line " +
                              std::to_string(line_number_) + ", " + reason + ".");
  }

  const std::string& name_;
  std::size_t line_number_ = 0;
  std::vector<Section> sections_;
};

// Why a section is not a valid credential; empty if it is.
auto fault_of(const Credential& credential) -> std::string {
  if (credential.access_key_id.empty()) return std::string("has no ") + kKeyId;
  if (credential.secret_access_key.empty()) return std::string("has no ") + kSecret;
  // These characters would end the key in the Authorization header.
  if (credential.access_key_id.find_first_of("/, \t") != std::string::npos) {
    return std::string("has a slash, comma or space in ") + kKeyId;
  }
  if (!credential.account.empty() && !is_account(credential.account)) {
    return std::string("must have twelve digits as ") + kAccount;
  }
  return {};
}

auto credential_of(const Section& section) -> Credential {
  return {.access_key_id = section.setting(kKeyId),
          .secret_access_key = section.setting(kSecret),
          .session_token = section.setting(kToken),
          .account = section.setting(kAccount)};
}

[[noreturn]] void refuse_file(const std::string& name, const std::string& reason) {
  throw UnusableCredentials("The credentials file " + name + " cannot be used: " + reason + ".");
}

auto text_of_file(const std::string& path) -> std::string {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  // Unlike iterators, this reports a folder as a file that cannot be read.
  std::getline(file, text, '\0');
  if (!file.is_open() || file.bad()) throw UnusableCredentials("The credentials file " + path + " cannot be read.");
  return text;
}

auto has_any(const Section& section, std::initializer_list<const char*> keys) -> bool {
  return std::any_of(keys.begin(), keys.end(), [&](const char* key) { return section.settings.count(key) > 0; });
}

}  // namespace

auto parse_credentials(std::string_view text, const std::string& name) -> std::vector<Credential> {
  std::vector<Credential> credentials;
  std::set<std::string> known;
  for (const auto& section : Reader(name).read(text)) {
    if (!has_any(section, {kKeyId, kSecret, kToken, kAccount})) continue;
    Credential credential = credential_of(section);
    const std::string fault = fault_of(credential);
    if (!fault.empty()) refuse_file(name, "[" + section.name + "] " + fault);
    if (!known.insert(credential.access_key_id).second)
      refuse_file(name, "[" + section.name + "] has the key of another section");
    credentials.push_back(std::move(credential));
  }
  if (credentials.empty()) refuse_file(name, "it has no key");
  return credentials;
}

auto read_credentials(const std::string& path) -> std::vector<Credential> {
  return parse_credentials(text_of_file(path), path);
}

auto parse_profile(std::string_view text, const std::string& name, const std::string& profile) -> Credential {
  for (const auto& section : Reader(name).read(text)) {
    if (section.name != profile) continue;
    Credential credential = credential_of(section);
    const std::string fault = fault_of(credential);
    if (!fault.empty()) refuse_file(name, "[" + section.name + "] " + fault);
    return credential;
  }
  refuse_file(name, "it has no profile [" + profile + "]");
}

auto read_profile(const std::string& path, const std::string& profile) -> Credential {
  return parse_profile(text_of_file(path), path, profile);
}

}  // namespace workmail::server
