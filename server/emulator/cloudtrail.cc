#include "server/emulator/cloudtrail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "api/call/operation.h"
#include "api/call/redaction.h"
#include "api/wire/codec.h"
#include "api/wire/json_text.h"
#include "api/wire/time_text.h"
#include "server/process/text.h"
#include "store/utf8.h"

namespace workmail::server {

namespace {

// AWS: the version of the record format (CloudTrail user guide, "CloudTrail record contents").
constexpr std::string_view kEventVersion = "1.11";
constexpr std::string_view kEventSource = "workmail.amazonaws.com";
// AWS: assumed (Q-message-flow-source).
constexpr std::string_view kMessageFlowSource = "workmailmessageflow.amazonaws.com";
constexpr std::string_view kNull = "null";

// AWS: longer values are truncated (CloudTrail user guide, "CloudTrail record contents").
constexpr std::size_t kMaxText = 1024;
// How long the program waits at its end for a reader that does not read the last records.
constexpr auto kPatience = std::chrono::seconds(1);

// AWS: a call by an unidentified caller is not recorded; a call by a known caller who is denied access is (CloudTrail
// and S3 user guides).
constexpr std::array<std::string_view, 5> kUnauthenticated{
    "ExpiredTokenException", "IncompleteSignatureException", "InvalidSignatureException",
    "MissingAuthenticationTokenException", "UnrecognizedClientException"};

// In whole seconds: 2026-05-01T12:00:00Z.
auto event_time(Time time) -> std::string {
  return api::format_time(time).substr(0, 19) + "Z";
}

// Emulator: the reversed id of the request, so that it is the same each time the record is written.
auto event_id(const std::string& request_id) -> std::string {
  constexpr std::size_t kVersion = 14;  // the position of the version in a UUID
  constexpr std::size_t kVariant = 19;
  std::string id = request_id;
  std::string digits;
  for (const char c : request_id) {
    if (c != '-') digits += c;
  }
  for (char& c : id) {
    if (c == '-') continue;
    c = digits.back();
    digits.pop_back();
  }
  if (id.size() > kVariant) {
    id[kVersion] = '4';
    id[kVariant] = '8';
  }
  return id;
}

// AWS: members begin with a small letter in CloudTrail, and passwords are left out (WorkMail administrator guide, its
// examples).
void write_as_cloudtrail_does(rapidjson::Value& json, rapidjson::Document::AllocatorType& allocator) {
  if (json.IsArray()) {
    for (auto& element : json.GetArray()) write_as_cloudtrail_does(element, allocator);
  }
  if (!json.IsObject()) return;
  for (auto member = json.MemberBegin(); member != json.MemberEnd();) {
    std::string name(api::text_of(member->name));
    if (api::is_secret_name(name)) {
      member = json.EraseMember(member);
      continue;
    }
    if (!name.empty()) name[0] = to_lower(name[0]);
    member->name.SetString(name.data(), static_cast<rapidjson::SizeType>(name.size()), allocator);
    write_as_cloudtrail_does(member->value, allocator);
    ++member;
  }
}

// A redacted body, as parameters or response elements of a record; null if it is empty.
auto elements_of(const std::string& redacted) -> std::string {
  rapidjson::Document document;
  if (!api::parse_json(redacted, document) || !document.IsObject()) return std::string(kNull);
  write_as_cloudtrail_does(document, document.GetAllocator());
  return document.MemberCount() == 0 ? std::string(kNull) : api::write_json(document);
}

auto parameters_of(const JournalEntry& entry) -> std::string {
  if (entry.request_kept != Kept::Beginning) return elements_of(whole_request(entry));
  // AWS: observed in public records.
  return R"({"omitted":true,"originalSize":)" + std::to_string(entry.request_bytes) +
         R"(,"reason":"requestParameters too large"})";
}

// The outcome of a call, even if the client has not received it.
struct CallOutcome {
  std::string error;
  std::string response;  // redacted
};

auto outcome_of(const JournalEntry& entry) -> CallOutcome {
  if (!entry.lost) return {.error = entry.error, .response = shown_response(entry)};
  const auto response = api::redacted(entry.redact, entry.operation, api::Side::Output, entry.lost->response);
  return {.error = entry.lost->error, .response = response.value_or("")};
}

auto message_of(const CallOutcome& outcome) -> std::string {
  rapidjson::Document document;
  if (!api::parse_json(outcome.response, document) || !document.IsObject()) return {};
  const auto modelled = api::text_member(document, "Message");
  return std::string(modelled.empty() ? api::text_member(document, "message") : modelled);
}

auto cut(std::string text) -> std::string {
  text.resize(store::beginning(text, kMaxText).size());
  return text;
}

// AWS: assuming a role is a write (service authorization reference of WorkMail), although it changes nothing here.
auto is_read(const api::Operation& operation) -> bool {
  return operation.read_only && operation.name != "AssumeImpersonationRole";
}

// Emulator: there are no IAM users, so every caller is the account's root.
struct UserIdentity {
  const JournalEntry& entry;
};

void encode(api::Encoder& json, const UserIdentity& identity) {
  json.begin_object();
  json.member("\"type\":", std::string_view("Root"));
  json.member("\"principalId\":", identity.entry.account);
  json.member("\"arn\":", "arn:aws:iam::" + identity.entry.account + ":root");
  json.member("\"accountId\":", identity.entry.account);
  if (!identity.entry.access_key_id.empty()) json.member("\"accessKeyId\":", identity.entry.access_key_id);
  json.end_object();
}

}  // namespace

auto has_record(const JournalEntry& entry) -> bool {
  const bool unauthenticated =
      std::find(kUnauthenticated.begin(), kUnauthenticated.end(), entry.error) != kUnauthenticated.end();
  const bool happened = entry.status != 0 || entry.lost;
  return happened && !unauthenticated && api::find_operation(entry.operation) != nullptr;
}

void write_record(const JournalEntry& entry, std::string& out) {
  const auto& operation = *api::find_operation(entry.operation);
  const bool read_only = is_read(operation);
  const auto outcome = outcome_of(entry);
  const bool failed = !outcome.error.empty();
  api::Encoder json(out);
  json.begin_object();
  json.member("\"eventVersion\":", kEventVersion);
  json.member("\"userIdentity\":", UserIdentity{entry});
  json.member("\"eventTime\":", event_time(entry.clock));
  json.member("\"eventSource\":", operation.rest ? kMessageFlowSource : kEventSource);
  json.member("\"eventName\":", entry.operation);
  json.member("\"awsRegion\":", entry.region);
  json.member("\"sourceIPAddress\":", entry.source_address);
  json.member("\"userAgent\":", cut(entry.user_agent));
  if (failed) json.member("\"errorCode\":", outcome.error);
  if (failed) json.member("\"errorMessage\":", cut(message_of(outcome)));
  out.append("\"requestParameters\":").append(parameters_of(entry)).append(",");
  // AWS: null for operations that change nothing, and for those that failed.
  const auto elements = read_only || failed ? std::string(kNull) : elements_of(outcome.response);
  out.append("\"responseElements\":").append(elements).append(",");
  json.member("\"requestID\":", entry.request_id);
  json.member("\"eventID\":", event_id(entry.request_id));
  json.member("\"readOnly\":", read_only);
  json.member("\"eventType\":", std::string_view("AwsApiCall"));
  json.member("\"managementEvent\":", true);
  json.member("\"recipientAccountId\":", entry.account);
  json.member("\"eventCategory\":", std::string_view("Management"));
  json.end_object();
}

CloudTrailFile::CloudTrailFile(std::string path, Log& log) : path_(std::move(path)), log_(log) {
  // A pipe may not have a reader yet; records are dropped until then.
  if (!open() && errno != ENXIO)
    throw std::runtime_error("The CloudTrail file " + path_ +
                             " cannot be written: " + std::generic_category().message(errno) + ".");
}

CloudTrailFile::~CloudTrailFile() {
  if (pipe_) pipe_->flush_at_end(kPatience);
  close();
}

void CloudTrailFile::append(const JournalEntry& entry) {
  if (!has_record(entry)) return;
  line_.clear();
  write_record(entry, line_);
  line_ += '\n';
  if (!write()) {
    if (missing_++ > 0) return;
    const std::string reason = errno == ENXIO    ? "the pipe has no reader"
                               : errno == EAGAIN ? "the reader of the pipe is too slow"
                                                 : std::generic_category().message(errno);
    log_.warning("The CloudTrail file " + path_ + " cannot be written: " + reason + ".");
  } else if (missing_ > 0) {
    log_.warning("The CloudTrail file " + path_ + " can be written again; " + std::to_string(missing_) +
                 " records are missing.");
    missing_ = 0;
  }
}

auto CloudTrailFile::moved_away() const -> bool {
  struct stat opened {};
  struct stat named {};
  if (file_ < 0 || ::fstat(file_, &opened) != 0 || ::stat(path_.c_str(), &named) != 0) return true;
  return opened.st_dev != named.st_dev || opened.st_ino != named.st_ino;
}

auto CloudTrailFile::open() -> bool {
  constexpr mode_t kReadable = 0644;
  const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, kReadable);
  if (file < 0) return false;
  close();
  file_ = file;
  struct stat opened {};
  if (::fstat(file_, &opened) == 0 && S_ISFIFO(opened.st_mode)) pipe_.emplace(file_);
  return true;
}

void CloudTrailFile::close() {
  pipe_.reset();
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

auto CloudTrailFile::write() -> bool {
  if (moved_away() && !open()) return false;
  if (!pipe_) return write_line();
  // After records were dropped, the kept ones are written first, so that there is only one gap.
  if ((missing_ == 0 || pipe_->flush()) && pipe_->write(line_)) return true;
  errno = EAGAIN;
  return false;
}

// Removes a line that was written only partly because the disk is full.
auto CloudTrailFile::write_line() -> bool {
  const auto size = static_cast<ssize_t>(line_.size());
  const auto written = ::write(file_, line_.data(), line_.size());
  if (written == size) return true;
  if (written <= 0) return false;
  struct stat opened {};
  if (::fstat(file_, &opened) == 0 && ::ftruncate(file_, opened.st_size - written) != 0) return false;
  errno = ENOSPC;
  return false;
}

}  // namespace workmail::server
