#include "server/mail/mail_flow.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <exception>
#include <utility>
#include <vector>

#include "server/mail/functions.h"
#include "server/process/real_time.h"

namespace workmail::server {

namespace {

// A long time that is still valid for a timer; the timer is woken earlier if necessary.
constexpr auto kVeryLong = std::chrono::hours(24 * 365);

constexpr auto kPause = std::chrono::seconds(1);

constexpr std::size_t kMaxFetches = 8;

// How many messages continue at once when the clock has reached their time.
constexpr std::size_t kMaxBeside = 32;

// Why AWS rejects the response of a synchronous function; empty if it does not.
auto failure_of(const Invocation& invocation) -> std::string {
  if (!invocation.failure.empty()) return invocation.failure;
  if (!invocation.function_error.empty()) return "The function failed: " + invocation.function_error + ".";
  if (invocation.status / 100 == 2) return {};
  return "The Lambda endpoint answered with status " + std::to_string(invocation.status) + ".";
}

}  // namespace

MailFlow::MailFlow(api::Service& service, MailFlowSettings settings, std::function<void(const std::string&)> report)
    : service_(service), settings_(std::move(settings)), report_(std::move(report)) {}

template <class Work>
auto MailFlow::run_as_owner(store::MessageNumber number, Work work) {
  service_.commit();
  const auto message = service_.store().messages.find(number);
  const auto organization = message ? service_.store().organizations.find(message->organization) : std::nullopt;
  const auto account = organization ? organization->account : service_.settings().account;
  const auto region = organization ? organization->region : service_.settings().region;
  return service_.run({.account = account, .region = region}, work);
}

auto MailFlow::next_calls(store::MessageNumber number) -> std::vector<api::FunctionCall> {
  return run_as_owner(number, [&](api::Context& context) { return api::advance_message(context, number); });
}

auto MailFlow::invoke_function(const api::FunctionCall& call) -> Task<api::FunctionResult> {
  api::FunctionResult result{.started_at = service_.clock().now()};
  // A named object, because GCC 12 destroys members of a temporary in a co_await twice.
  InvocationRequest request{.endpoint = *settings_.lambda_endpoint,
                            .function_arn = call.rule.lambda_arn,
                            .type = call.rule.synchronous ? InvocationType::RequestResponse : InvocationType::Event,
                            .event = call.event,
                            .now = real_time()};
  auto invocation = co_await invoke(std::move(request));
  result.milliseconds = invocation.milliseconds;
  if (invocation.status != 0) result.status = invocation.status;
  result.failure = failure_of(invocation);
  result.response = std::move(invocation.response);
  co_return result;
}

// When all data is replaced, the numbers of messages are reused, and the responses belong to no message.
auto MailFlow::steps(store::MessageNumber number) -> Task<void> {
  const auto data = service_.baseline().restored();
  for (auto calls = next_calls(number); !calls.empty(); calls = next_calls(number)) {
    for (const auto& call : calls) {
      const auto result = co_await invoke_function(call);
      if (service_.baseline().restored() != data) co_return;
      run_as_owner(number, [&](api::Context& context) { api::finish_invocation(context, number, call, result); });
    }
  }
}

auto MailFlow::run(store::MessageNumber number) -> Task<void> {
  const std::pair running(service_.baseline().restored(), number);
  if (!running_.insert(running).second) co_return;
  // Whatever ends the coroutine.
  const std::shared_ptr<void> present(nullptr, [this, running](void* /*nothing*/) { running_.erase(running); });
  try {
    if (can_invoke())
      co_await steps(number);
    else
      fall_back(number);
  } catch (const std::exception& error) {
    report_(std::string("A message: ") + error.what());
  }
  notice();
}

void MailFlow::fall_back(store::MessageNumber number) {
  run_as_owner(number, [&](api::Context& context) {
    api::advance_without_functions(context, number, std::string(kNoLambdaEndpoint));
  });
}

auto MailFlow::fetch(const api::ObjectReference& wanted, const api::Caller& caller) -> Task<StoredObject> {
  // Limited, because each may have 25 MiB, which the memory budget does not count.
  if (*fetching_ >= kMaxFetches) co_return StoredObject{.failure = "Too many objects are fetched at once; try again"};
  const Presence counted(fetching_);
  ObjectRequest request{.endpoint = settings_.s3_endpoint.value(),
                        .credential = settings_.s3_credential,
                        .region = std::string(caller.region),
                        .bucket = wanted.bucket,
                        .key = wanted.key,
                        .version = wanted.version,
                        .now = real_time()};
  co_return co_await fetch_object(std::move(request));
}

auto MailFlow::run_waiting() -> Task<void> {
  std::vector<store::MessageNumber> waiting;
  try {
    service_.commit();
    service_.catch_up_to_read(service_.clock().now());
    waiting = service_.store().messages.waiting();
  } catch (const std::exception& error) {
    report_(std::string("Messages that wait: ") + error.what());
  }
  const auto executor = co_await asio::this_coro::executor;
  const auto ended = std::make_shared<Timer>(executor, kVeryLong);
  const auto left = std::make_shared<std::deque<store::MessageNumber>>(waiting.begin(), waiting.end());
  {
    // Gone when the last of them has ended, whatever has ended it.
    const std::shared_ptr<void> running(nullptr, [ended](void* /*nothing*/) { ended->cancel(); });
    const auto beside = std::min(waiting.size(), kMaxBeside);
    for (std::size_t i = 0; i < beside; ++i) asio::co_spawn(executor, run_each(left, running), asio::detached);
  }
  if (!left->empty()) co_await ended->async_wait(kAwait);
}

auto MailFlow::run_each(std::shared_ptr<std::deque<store::MessageNumber>> left, std::shared_ptr<void> /*running*/)
    -> Task<void> {
  while (!left->empty()) {
    const auto number = left->front();
    left->pop_front();
    co_await run(number);
  }
}

auto MailFlow::until_next_retry() -> Steady::duration {
  const auto at = service_.store().messages.next_retry();
  if (!at || service_.clock().mode() == api::Clock::Mode::Frozen) return kVeryLong;
  const auto left = *at - service_.clock().now();
  // The time is in the past: the event could not be applied because of a full disk.
  return left > Duration(0) ? std::min<Steady::duration>(left, kVeryLong) : kPause;
}

auto MailFlow::keep_running() -> Task<void> {
  Timer timer(co_await asio::this_coro::executor);
  timer_ = &timer;
  for (;;) {
    co_await run_waiting();
    timer.expires_after(until_next_retry());
    co_await timer.async_wait(kAwait);
  }
}

void MailFlow::notice() {
  if (timer_ != nullptr) timer_->cancel();
}

}  // namespace workmail::server
