#include "server/call.h"

#include <charconv>

#include "server/identity/identity.h"
#include "server/message_flow.h"
#include "server/process/log.h"
#include "server/process/real_time.h"
#include "server/process/text.h"
#include "store/utf8.h"

namespace workmail::server {

namespace {

// The attempt in "attempt=2; max=3"; 0 if there is none.
auto attempt_of(std::string_view sdk_request) -> int {
  constexpr std::string_view kAttempt = "attempt=";
  const auto begin = sdk_request.find(kAttempt);
  if (begin == std::string_view::npos) return 0;
  sdk_request.remove_prefix(begin + kAttempt.size());
  int number = 0;
  std::from_chars(sdk_request.data(), sdk_request.data() + sdk_request.size(), number);
  return number < 0 ? 0 : number;
}

// A page in a browser cannot set User-Agent, so SDKs send another header there.
auto user_agent_of(const Request& request) -> std::string_view {
  const auto sdk = request.field("x-amz-user-agent");
  return sdk.empty() ? request.field("User-Agent") : sdk;
}

// Headers may not be UTF-8, which the journal's JSON must be.
auto as_text(std::string_view bytes) -> std::string {
  return store::is_ascii(bytes) ? std::string(bytes) : printable(bytes);
}

void describe(const Request& request, const Call& call, JournalEntry& entry) {
  entry.operation = call.operation.empty() ? printable(call.target) : as_text(call.operation);
  entry.account = call.caller.account;
  entry.region = call.caller.region;
  entry.source_address = request.source_address;
  entry.invocation = as_text(request.field("amz-sdk-invocation-id"));
  entry.attempt = attempt_of(request.field("amz-sdk-request"));
  entry.user_agent = as_text(user_agent_of(request));
}

// An error message for a byte order mark before the JSON, or a compressed body; empty for everything else, which the
// parser checks.
auto wrapping_of(const Request& request) -> std::string {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const std::string_view body = request.body;
  if (body.empty() || body[0] == '{') return {};
  if (body.starts_with("\xFF\xFE") || body.starts_with("\xFE\xFF"))
    return "The body is UTF-16, and JSON is UTF-8 without a byte order mark.";
  if (body.starts_with(kByteOrderMark)) return "The body begins with a byte order mark, which JSON must not have.";
  const auto compression = compression_of(request);
  if (compression.empty()) return {};
  return "The body is compressed (" + printable(compression) + "), and this service reads plain JSON.";
}

// The account of the key's entry is also used for rejected calls.
void verify(const Request& request, const Signatures& signatures, std::string_view access_key_id, Call& call) {
  const auto account = signatures.account_of(access_key_id);
  if (!account.empty()) call.caller.account = account;
  call.error = signatures.error_of(request, real_time(), call.known->rest ? kMessageFlowService : kWorkMailService);
}

}  // namespace

auto has_json(const Request& request) -> bool {
  const auto content_type = request.field("Content-Type");
  auto type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  // AWS: parameters after the type are accepted. Emulator: so are the JSON types of other versions, plain JSON, no
  // type, and the type of curl's -d, for calls that are typed by hand.
  return type.empty() || equals_ignoring_case(type, "application/x-amz-json-1.1") ||
         equals_ignoring_case(type, "application/x-amz-json-1.0") || equals_ignoring_case(type, "application/json") ||
         equals_ignoring_case(type, "application/x-www-form-urlencoded");
}

auto read_call(const Request& request, const api::Settings& settings, const Signatures* signatures) -> Call {
  Call call;
  if (is_message_call(request)) {
    call.operation = message_operation(request);
    call.known = api::find_operation(call.operation);
    call.input = message_input(request);
  } else {
    call.target = request.field("X-Amz-Target");
  }
  if (call.target.starts_with(kTargetPrefix) && has_json(request)) {
    call.operation = call.target.substr(kTargetPrefix.size());
    call.known = api::find_operation(call.operation);
    if (call.known != nullptr && call.known->rest) call.known = nullptr;
  }
  const Identity identity = identify(request.field("Authorization"), settings);
  call.caller = identity.caller;
  // AWS: what is none of the service's is found out before (assumed, Q-unknown-operation-first).
  if (signatures != nullptr && call.known != nullptr) verify(request, *signatures, identity.access_key_id, call);
  const std::string wrapping = call.known != nullptr && !call.error ? wrapping_of(request) : std::string();
  if (!wrapping.empty()) call.error = api::SerializationException(wrapping);
  describe(request, call, call.entry);
  call.entry.access_key_id = as_text(identity.access_key_id);
  call.entry.redact = settings.redact;
  return call;
}

}  // namespace workmail::server
