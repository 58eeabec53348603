// The WorkMail API without HTTP: one call is JSON in, JSON out, in one transaction. The control plane also accesses the
// store through it. Operations on all data are in api/baseline.h. Single-threaded; does not know sockets.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "api/baseline.h"
#include "api/call/caller.h"
#include "api/call/clock.h"
#include "api/call/context.h"
#include "api/call/ids.h"
#include "api/call/operation.h"
#include "api/call/settings.h"
#include "api/scheduled_events.h"
#include "api/wire/error.h"
#include "api/wire/json.h"
#include "store/store.h"

namespace workmail::api {

struct Outcome {
  int status = 200;
  std::string_view error;  // the code, a literal; empty for a success
  // The emulated time of the call.
  Time at{};
  // The paths of the first few input members that the model does not have. Valid until the next call.
  std::span<const std::string> unknown_members = {};
  // If set, the call must be run again with this object.
  std::optional<ObjectReference> wanted_object = {};
  // The outcome must not be sent before Service::commit() has committed this group. Null if there is nothing to wait
  // for.
  std::shared_ptr<const store::CommitGroup> group = {};
};

class Service {
 public:
  // `report` is called with unexpected failures, for which the client gets an InternalFailure.
  Service(store::Store& store, Clock& clock, Ids& ids, Settings settings,
          std::function<void(const std::string&)> report);

  // Runs one operation; nullptr means an unknown one. `body` is changed, because it is parsed in place. The response's
  // JSON is appended to `answer`.
  auto call(const Operation* operation, std::string& body, const Caller& caller, std::string& answer,
            const FetchedObject* object = nullptr) -> Outcome;

  // From now on, calls are committed by commit(), which commits several at once.
  void commit_in_groups() { in_groups_ = true; }
  // Commits the calls that are pending, if there are any. Required before anything else reads the store.
  void commit() { store_.connection.commit_group(); }
  // The same, for a call of this group; false if its commit failed. No call of the group has then taken effect, and
  // each must get an InternalFailure.
  auto commit(const store::CommitGroup& group) -> bool;

  // Runs `work(Context&)` like a call that writes: after the scheduled events, in one transaction. Passes errors on.
  template <class Work>
  auto run(const Caller& caller, Work work) {
    baseline_.ensure();
    const Time now = clock_.now();
    catch_up(now);
    return run_in_transaction(caller, now, work, store::Commit::Alone, Changes::Some);
  }
  // The same, for work that only reads.
  template <class Work>
  auto read(const Caller& caller, Work work) {
    const Time now = clock_.now();
    catch_up_to_read(now);
    return run_in_transaction(caller, now, work, store::Commit::Alone, Changes::None);
  }

  // Applies the scheduled events that the clock has reached. Every call does this first.
  auto catch_up() -> std::vector<ScheduledEvent> { return catch_up(clock_.now()); }
  auto catch_up(Time now) -> std::vector<ScheduledEvent>;
  // The same, before something that only reads. If events cannot be applied, for example on a full disk, they stay
  // scheduled.
  void catch_up_to_read(Time now);

  // Operations on all data.
  [[nodiscard]] auto baseline() -> Baseline& { return baseline_; }
  [[nodiscard]] auto clock() -> Clock& { return clock_; }
  [[nodiscard]] auto store() -> store::Store& { return store_; }
  [[nodiscard]] auto settings() const -> const Settings& { return settings_; }
  [[nodiscard]] auto ids() -> Ids& { return ids_; }

 private:
  enum class Changes { None, Some };

  template <class Work>
  auto run_in_transaction(const Caller& caller, Time now, Work work, store::Commit when, Changes changes) {
    store::Transaction transaction(store_.connection, when);
    Context context(store_, ids_, settings_, now, caller.account, caller.region);
    using Result = decltype(work(context));
    if constexpr (std::is_void_v<Result>) {
      work(context);
      finish(transaction, changes);
    } else {
      Result result = work(context);
      finish(transaction, changes);
      return result;
    }
  }
  auto run_operation(const Operation* operation, std::string& body, const Caller& caller, Time now, std::string& answer,
                     const FetchedObject* object) -> Outcome;
  [[nodiscard]] auto commit_of(const Operation& operation) const -> store::Commit;
  auto parse(std::string& body) -> const Json&;
  void finish(store::Transaction& transaction, Changes changes);

  store::Store& store_;
  Clock& clock_;
  Ids& ids_;
  Settings settings_;
  Baseline baseline_;
  std::function<void(const std::string&)> report_;
  bool in_groups_ = false;

  // The parser's memory, reused by all calls.
  std::vector<char> memory_;
  std::optional<rapidjson::MemoryPoolAllocator<>> allocator_;
  std::optional<rapidjson::Document> document_;
  std::vector<std::string> unknown_members_;
  bool stuck_ = false;  // scheduled events could not be applied, and this was reported
};

}  // namespace workmail::api
