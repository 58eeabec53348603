// The WorkMail API without HTTP: one call is JSON in, JSON out, in one transaction. Also the door through which the
// control plane reaches the store. What is done to all data at once is for api/baseline.h. Single-threaded; knows
// nothing of sockets.
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
  std::string_view error;  // the code, empty for a success; lives as long as the program
  // When it was, on the emulated clock, which a call reads once.
  Time at{};
  // Where members of the input stand that the model does not have: the first few. Valid until the next call.
  std::span<const std::string> unknown_members = {};
  // The call is to be run again with this object.
  std::optional<ObjectReference> wanted_object = {};
  // The outcome must not be reported before Service::commit() has committed this. Null when there is nothing to wait
  // for.
  std::shared_ptr<const store::CommitGroup> group = {};
};

class Service {
 public:
  // `report` is called with unexpected failures, which are answered with InternalFailure.
  Service(store::Store& store, Clock& clock, Ids& ids, Settings settings,
          std::function<void(const std::string&)> report);

  // Runs one operation, nullptr for one that the model does not have. `body` is changed: it is parsed in place. The
  // answer's JSON is appended to `answer`.
  auto call(const Operation* operation, std::string& body, const Caller& caller, std::string& answer,
            const FetchedObject* object = nullptr) -> Outcome;

  // From now on, calls leave the commit to commit(), so that one commit can do for several.
  void commit_in_groups() { in_groups_ = true; }
  // Commits the calls that wait for it, if there are any, as has to be done before anything else reads the store.
  void commit() { store_.connection.commit_group(); }
  // The same, for a call of this group; false when its commit failed. Then no call in the group has happened, and each
  // is to be answered with InternalFailure.
  auto commit(const store::CommitGroup& group) -> bool;

  // Runs `work(Context&)` as a call that changes something runs: after the scheduled events, in one transaction. Errors
  // pass through.
  template <class Work>
  auto run(const Caller& caller, Work work) {
    baseline_.ensure();
    const Time now = clock_.now();
    catch_up(now);
    return run_in_transaction(caller, now, work, store::Commit::Alone, Changes::Some);
  }
  // The same for work that only reads.
  template <class Work>
  auto read(const Caller& caller, Work work) {
    const Time now = clock_.now();
    catch_up_to_read(now);
    return run_in_transaction(caller, now, work, store::Commit::Alone, Changes::None);
  }

  // Applies the events that are due now. Every call does so first.
  auto catch_up() -> std::vector<ScheduledEvent> { return catch_up(clock_.now()); }
  auto catch_up(Time now) -> std::vector<ScheduledEvent>;
  // The same before something is only read, which goes on when it cannot happen now, on a full disk: it is as if less
  // time had passed.
  void catch_up_to_read(Time now);

  // All data at once.
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

  // Parser memory, kept from call to call.
  std::vector<char> memory_;
  std::optional<rapidjson::MemoryPoolAllocator<>> allocator_;
  std::optional<rapidjson::Document> document_;
  std::vector<std::string> unknown_members_;
  bool stuck_ = false;  // scheduled events could not be applied, which is reported already
};

}  // namespace workmail::api
