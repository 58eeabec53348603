// Processes messages whose email flow rules invoke functions: waits for the functions, while other requests, including
// those of the functions, are served. api/mail/message_flow.h applies rules and responses to messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/mail/message_flow.h"
#include "api/service.h"
#include "server/mail/mail_flow_settings.h"
#include "server/mail/object_storage.h"
#include "server/process/asio.h"
#include "server/process/lasting_tasks.h"
#include "store/messages.h"

namespace workmail::server {

// Why an invocation fails without --lambda-endpoint.
inline constexpr std::string_view kNoLambdaEndpoint =
    "No function can be invoked: no Lambda endpoint is set (--lambda-endpoint).";

class MailFlow {
 public:
  // `report` is called with unexpected failures.
  MailFlow(api::Service& service, MailFlowSettings settings, std::function<void(const std::string&)> report);

  [[nodiscard]] auto settings() const -> const MailFlowSettings& { return settings_; }
  [[nodiscard]] auto can_invoke() const -> bool { return settings_.lambda_endpoint.has_value(); }

  // Fetches an object from S3, for a call of this caller.
  auto fetch(const api::ObjectReference& wanted, const api::Caller& caller) -> Task<StoredObject>;

  // Runs until the message has arrived, or waits for a retry.
  auto run(store::MessageNumber number) -> Task<void>;
  // The same, for all messages whose functions must be invoked now, because the clock has reached the retry or the
  // program ended before; several at once, so that a function that hangs does not block other messages.
  auto run_waiting() -> Task<void>;
  // Does this whenever the running clock reaches a retry, as long as the server runs.
  auto keep_running() -> Task<void>;
  // Called when the next retry or the clock may have changed.
  void notice();

 private:
  // Runs `work(context)` as a call of the account and region of the message's organization.
  template <class Work>
  auto run_as_owner(store::MessageNumber number, Work work);
  auto next_calls(store::MessageNumber number) -> std::vector<api::FunctionCall>;
  auto invoke_function(const api::FunctionCall& call) -> Task<api::FunctionResult>;
  auto steps(store::MessageNumber number) -> Task<void>;
  void fall_back(store::MessageNumber number);
  auto run_each(std::shared_ptr<std::deque<store::MessageNumber>> left, std::shared_ptr<void> running) -> Task<void>;
  // The time until the next retry; very long if the clock is frozen or there is no retry.
  auto until_next_retry() -> Steady::duration;

  api::Service& service_;
  const MailFlowSettings settings_;
  std::function<void(const std::string&)> report_;
  std::set<std::pair<std::uint64_t, store::MessageNumber>> running_;  // with the number of replacements of all data
  std::shared_ptr<std::size_t> fetching_ = std::make_shared<std::size_t>(0);
  Timer* timer_ = nullptr;  // of keep_running()
};

}  // namespace workmail::server
