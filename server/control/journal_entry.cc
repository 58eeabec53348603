#include "server/control/journal_entry.h"

#include "generated/workmail/control_shapes.h"

namespace workmail::server::control {

namespace {

auto unless_empty(const std::string& text) -> std::optional<std::string> {
  return text.empty() ? std::nullopt : std::optional(text);
}

auto only_true(bool flag) -> std::optional<bool> {
  return flag ? std::optional(true) : std::nullopt;
}

}  // namespace

void write_entry(const JournalEntry& entry, std::string& out) {
  RequestEntry answer{.id = static_cast<std::int64_t>(entry.id),
                      .at = entry.at,
                      .clock = entry.clock,
                      .operation = entry.operation,
                      .request_id = entry.request_id,
                      .status = entry.status,
                      .error = unless_empty(entry.error),
                      .milliseconds = entry.milliseconds,
                      .account = entry.account,
                      .region = entry.region,
                      .access_key_id = unless_empty(entry.access_key_id),
                      .source_address = unless_empty(entry.source_address),
                      .invocation = unless_empty(entry.invocation),
                      .user_agent = unless_empty(entry.user_agent),
                      .fault = unless_empty(entry.fault),
                      .request_cut = only_true(entry.request_cut()),
                      .response_cut = only_true(entry.response_cut()),
                      .request = {shown_request(entry)}};
  if (entry.attempt > 0) answer.attempt = entry.attempt;
  if (auto response = shown_response(entry); !response.empty()) answer.response = RawJson{std::move(response)};
  api::Encoder encoder(out, false, api::TimeFormat::Rfc3339);
  encode(encoder, answer);
}

}  // namespace workmail::server::control
