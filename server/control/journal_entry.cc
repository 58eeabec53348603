#include "server/control/journal_entry.h"

#include "api/wire/codec.h"
#include "api/wire/time_text.h"

namespace workmail::server::control {

namespace {

// A member that is left out when the text is empty.
void member(api::Encoder& json, std::string_view key, const std::string& text) {
  if (!text.empty()) json.member(key, text);
}

// A member whose value is JSON already.
void json_member(std::string& out, std::string_view key, const std::string& json) {
  if (!json.empty()) out.append(key).append(json).append(",");
}

}  // namespace

void write_entry(const JournalEntry& entry, std::string& out) {
  api::Encoder json(out);
  json.begin_object();
  json.member("\"id\":", static_cast<std::int64_t>(entry.id));
  json.member("\"at\":", api::format_time(entry.at));
  json.member("\"clock\":", api::format_time(entry.clock));
  json.member("\"operation\":", entry.operation);
  json.member("\"requestId\":", entry.request_id);
  json.member("\"status\":", entry.status);
  member(json, "\"error\":", entry.error);
  json.member("\"milliseconds\":", entry.milliseconds);
  json.member("\"account\":", entry.account);
  json.member("\"region\":", entry.region);
  member(json, "\"accessKeyId\":", entry.access_key_id);
  member(json, "\"sourceAddress\":", entry.source_address);
  member(json, "\"invocation\":", entry.invocation);
  if (entry.attempt > 0) json.member("\"attempt\":", entry.attempt);
  member(json, "\"userAgent\":", entry.user_agent);
  member(json, "\"fault\":", entry.fault);
  if (entry.request_cut()) json.member("\"requestCut\":", true);
  if (entry.response_cut()) json.member("\"responseCut\":", true);
  json_member(out, "\"request\":", shown_request(entry));
  json_member(out, "\"response\":", shown_response(entry));
  json.end_object();
}

}  // namespace workmail::server::control
