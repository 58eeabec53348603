// Takes messages through email flow rules that invoke functions: waits for the functions, while other requests, those
// of the functions included, are served. What a rule or an answer does to a message is for api/mail/message_flow.h.
#pragma once

#include <cstddef>
#include <cstdint>
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

  // Gets an object from S3, for a call of that caller.
  auto fetch(const api::ObjectReference& wanted, const api::Caller& caller) -> Task<StoredObject>;

  // Until the message has arrived, or waits for the time at which its functions are invoked again.
  auto run(store::MessageNumber number) -> Task<void>;
  // The same for all messages whose functions are to be invoked now, because the clock has reached that time or the
  // program ended before.
  auto run_waiting() -> Task<void>;
  // Does that whenever the clock, running, reaches such a time. For as long as the server runs.
  auto keep_running() -> Task<void>;
  // A message may wait for another time than before, or the clock has changed.
  void notice();

 private:
  // Whose account and region the message's organization has. Runs `work(context)` as its call.
  template <class Work>
  auto run_as_owner(store::MessageNumber number, Work work);
  auto next_calls(store::MessageNumber number) -> std::vector<api::FunctionCall>;
  auto invoke_function(const api::FunctionCall& call) -> Task<api::FunctionResult>;
  auto steps(store::MessageNumber number) -> Task<void>;
  void fall_back(store::MessageNumber number);
  // How long the clock takes until the next retry; very long while the clock is frozen, or without one.
  auto until_next_retry() -> Steady::duration;

  api::Service& service_;
  const MailFlowSettings settings_;
  std::function<void(const std::string&)> report_;
  std::set<std::pair<std::uint64_t, store::MessageNumber>> running_;  // with how often all data was replaced before
  std::shared_ptr<std::size_t> fetching_ = std::make_shared<std::size_t>(0);
  Timer* timer_ = nullptr;  // of keep_running()
};

}  // namespace workmail::server
