// The WorkMail API without HTTP: one call is JSON in, JSON out, in one transaction. Also the door through which the
// control plane reaches the store. Single-threaded; knows nothing of sockets.
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

#include "api/call/caller.h"
#include "api/call/clock.h"
#include "api/call/context.h"
#include "api/call/ids.h"
#include "api/call/operation.h"
#include "api/call/settings.h"
#include "api/scheduled_events.h"
#include "api/wire/json.h"
#include "store/snapshot.h"
#include "store/store.h"

namespace workmail::api {

struct Outcome {
  int status = 200;
  std::string_view error;  // the code, empty for a success; lives as long as the program
  // When it was, on the emulated clock, which a call reads once.
  Time at{};
  // Where members of the input stand that the model does not have: the first few. Valid until the next call.
  std::span<const std::string> passed_over = {};
  // Nobody may be told of the outcome before Service::commit() has committed this. Null when there is nothing to wait
  // for.
  std::shared_ptr<const store::CommitGroup> group = {};
};

class Service {
 public:
  // `report` is told of failures that nobody foresaw; they are answered with InternalFailure.
  Service(store::Store& store, Clock& clock, Ids& ids, Settings settings,
          std::function<void(const std::string&)> report);

  // Runs one operation, nullptr for one that the model does not have. `body` is changed: it is parsed in place. The
  // answer's JSON is appended to `answer`.
  auto call(const Operation* operation, std::string& body, const Caller& caller, std::string& answer) -> Outcome;

  // From now on, calls leave the commit to commit(), so that one commit can do for several.
  void commit_in_groups() { in_groups_ = true; }
  // Commits the calls that wait for it, if there are any, as has to be done before anybody else looks at the store.
  void commit() { store_.connection.commit_group(); }
  // The same, for a call of this group; false when its commit failed. Then no call in the group has happened, and each
  // is to be answered with InternalFailure.
  auto commit(const store::CommitGroup& group) -> bool;

  // Runs `work(Context&)` as a call that changes something runs: after what was due, in one transaction. Errors pass
  // through.
  template <class Work>
  auto run(const Caller& caller, Work work) {
    keep_start();
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

  // Makes happen what is due now. Every call does so first.
  auto catch_up() -> std::vector<ScheduledEvent> { return catch_up(clock_.now()); }
  auto catch_up(Time now) -> std::vector<ScheduledEvent>;
  // The same before something is only read, which goes on when it cannot happen now, on a full disk: it is as if less
  // time had passed.
  void catch_up_to_read(Time now);

  // Keeps the clock with the data, after it was changed.
  void save_clock();

  // Everything as it is now, with the clock, and back to it.
  auto snapshot() -> store::Snapshot;
  void restore(const store::Snapshot& snapshot);
  // How often that was done. Who reads in several steps sees from it that they are about different data.
  [[nodiscard]] auto restored() const -> std::uint64_t { return restored_; }
  // Remembers everything as it is now as what reset_to_start goes back to.
  void mark_start() { start_is_now_ = true; }
  // Before the first change after that, makes the copy, which a start on a large database should not wait for. For who
  // changes the clock or the store without run().
  void keep_start();
  void reset_to_start();
  // Removes everything; the clock is that of an empty database, identifiers start over.
  void reset_to_empty();
  // Removes what belongs to one account.
  void reset_account(std::string_view account);

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
  auto run_operation(const Operation* operation, std::string& body, const Caller& caller, Time now, std::string& answer)
      -> Outcome;
  [[nodiscard]] auto commit_of(const Operation& operation) const -> store::Commit;
  auto parse(std::string& body) -> const Json&;
  void finish(store::Transaction& transaction, Changes changes);
  void load_saved();
  auto internal_failure(const Operation* operation, const std::string& reason, std::string& answer) -> Outcome;

  store::Store& store_;
  Clock& clock_;
  Ids& ids_;
  Settings settings_;
  std::function<void(const std::string&)> report_;
  bool in_groups_ = false;
  bool start_is_now_ = false;
  std::optional<store::Snapshot> start_;
  std::uint64_t restored_ = 0;

  // Parser memory, kept from call to call.
  std::vector<char> memory_;
  std::optional<rapidjson::MemoryPoolAllocator<>> allocator_;
  std::optional<rapidjson::Document> document_;
  std::vector<std::string> passed_over_;
  std::uint64_t counted_ = 0;            // the identifier counter that the database has
  std::uint64_t counted_rollbacks_ = 0;  // of the connection, when it was written
  bool stuck_ = false;                   // what is due could not happen
};

}  // namespace workmail::api
