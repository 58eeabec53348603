#include "api/service.h"

#include <new>

#include "api/undeclared_errors.h"
#include "api/wire/error.h"
#include "api/wire/json_text.h"

namespace workmail::api {

namespace {

constexpr std::size_t kParserMemory = std::size_t{64} * 1024;
// Memory for parsing a small body.
constexpr std::size_t kStackMemory = std::size_t{4} * 1024;

// Appends the body of the error.
auto error_outcome(const Error& error, std::string& answer) -> Outcome {
  write_error(error, answer);
  return {.status = error.status(), .error = error.code()};
}

// AWS: in REST JSON, the members of an error begin with a lower-case letter, and its status is that of the model.
auto rest_error(const Operation& operation, const ModelledError& error) -> FrameworkError {
  return {error.code(), error.message(), operation.find_error(error.code())->status};
}

}  // namespace

Service::Service(store::Store& store, Clock& clock, Ids& ids, Settings settings,
                 std::function<void(const std::string&)> report)
    : store_(store),
      clock_(clock),
      ids_(ids),
      settings_(std::move(settings)),
      baseline_(store_, clock_, ids_, settings_),
      report_(std::move(report)),
      memory_(kParserMemory),
      allocator_(std::in_place, memory_.data(), memory_.size()),
      document_(std::in_place, &*allocator_) {}

auto Service::call(const Operation* operation, std::string& body, const Caller& caller, std::string& answer,
                   const FetchedObject* object) -> Outcome {
  unknown_members_.clear();
  const Time now = clock_.now();
  Outcome outcome = run_operation(operation, body, caller, now, answer, object);
  outcome.at = now;
  outcome.unknown_members = unknown_members_;
  outcome.group = store_.connection.group();
  return outcome;
}

auto Service::run_operation(const Operation* operation, std::string& body, const Caller& caller, Time now,
                            std::string& answer, const FetchedObject* object) -> Outcome {
  const auto start = answer.size();
  Outcome outcome;
  try {
    // AWS: observed on DynamoDB.
    if (operation == nullptr) {
      throw UnknownOperationException("The requested operation is not supported.");
    }
    const Json& input = parse(body);
    const auto work = [&](Context& context) {
      context.unknown_members = &unknown_members_;
      context.object = object;
      operation->invoke(*operation, context, input, answer);
      outcome.wanted_object = std::move(context.wanted_object);
    };
    if (operation->read_only) {
      catch_up_to_read(now);
    } else {
      baseline_.ensure();
      catch_up(now);
    }
    run_in_transaction(caller, now, work, commit_of(*operation), operation->read_only ? Changes::None : Changes::Some);
    return outcome;
  } catch (const ModelledError& error) {
    answer.resize(start);
    const Error& sent = declared_or_500(*operation, error, report_);
    if (operation->rest && operation->declares(sent.code()))
      return error_outcome(rest_error(*operation, error), answer);
    return error_outcome(sent, answer);
  } catch (const Error& error) {
    answer.resize(start);
    return error_outcome(error, answer);
  } catch (const std::bad_alloc&) {
    answer.resize(start);
    store_.due.forget();
    return error_outcome(
        FrameworkError("ServiceUnavailable", "There is no memory left for this call. Try again later.", 503), answer);
  } catch (const std::exception& error) {
    answer.resize(start);
    report_((operation != nullptr ? std::string(operation->name) : std::string("call")) + ": " + error.what());
    return error_outcome(InternalFailure(), answer);
  }
}

// A call that only reads has nothing to commit. It waits only for an open group, whose changes it may have read.
auto Service::commit_of(const Operation& operation) const -> store::Commit {
  if (!in_groups_) return store::Commit::Alone;
  return operation.read_only ? store::Commit::InOpenGroup : store::Commit::InGroup;
}

auto Service::commit(const store::CommitGroup& group) -> bool {
  if (store_.connection.group().get() == &group) commit();
  if (group.committed) return true;
  report_("commit: " + group.failure);
  return false;
}

auto Service::parse(std::string& body) -> const Json& {
  if (body.find('\0') != std::string::npos) throw SerializationException();
  if (body.empty()) body = "{}";
  document_->SetNull();
  allocator_->Clear();
  rapidjson::InsituStringStream stream(body.data());
  if (read_json<rapidjson::kParseInsituFlag>(stream, body.size(), *document_, kStackMemory))
    throw SerializationException();
  return *document_;
}

auto Service::catch_up(Time now) -> std::vector<ScheduledEvent> {
  if (!store_.due.next(now)) return {};
  baseline_.ensure();
  store::Transaction transaction(store_.connection);
  auto happened = apply_due(store_, settings_, now);
  transaction.commit();
  return happened;
}

void Service::catch_up_to_read(Time now) {
  try {
    catch_up(now);
    stuck_ = false;
  } catch (const std::exception& error) {
    // Reports the failure once, not for every read.
    if (!stuck_) report_(std::string("Scheduled events cannot be applied yet: ") + error.what());
    stuck_ = true;
  }
}

// A call that only reads succeeds even if writing is not possible.
void Service::finish(store::Transaction& transaction, Changes changes) {
  if (changes == Changes::Some) baseline_.save_counter();
  transaction.commit();
}

}  // namespace workmail::api
