#include "api/service.h"

#include <charconv>

#include "api/error.h"
#include "api/json_text.h"

namespace workmail::api {

namespace {

constexpr std::size_t kParserMemory = std::size_t{64} * 1024;

constexpr const char* kClockSetting = "clock";
constexpr const char* kCountedSetting = "counted identifiers";

}  // namespace

Service::Service(store::Store& store, Clock& clock, Ids& ids, Settings settings,
                 std::function<void(const std::string&)> report)
    : store_(store),
      clock_(clock),
      ids_(ids),
      settings_(std::move(settings)),
      report_(std::move(report)),
      memory_(kParserMemory),
      allocator_(std::in_place, memory_.data(), memory_.size()),
      document_(std::in_place, &*allocator_) {
  load_saved();
}

auto Service::call(const Operation* operation, std::string& body, const Caller& caller, std::string& answer)
    -> Outcome {
  passed_over_.clear();
  Outcome outcome = run_operation(operation, body, caller, answer);
  outcome.passed_over = passed_over_;
  outcome.group = store_.connection.group();
  return outcome;
}

auto Service::run_operation(const Operation* operation, std::string& body, const Caller& caller, std::string& answer)
    -> Outcome {
  const auto start = answer.size();
  try {
    // AWS: observed on DynamoDB.
    if (operation == nullptr) {
      throw UnknownOperationException("The requested operation is not supported.");
    }
    const Json& input = parse(body);
    const auto work = [&](Context& context) {
      context.passed_over = &passed_over_;
      operation->invoke(*operation, context, input, answer);
    };
    if (!operation->read_only) keep_start();
    run_in_transaction(caller, work, commit_of(*operation));
    return {};
  } catch (const ModelledError& error) {
    answer.resize(start);
    if (!operation->declares(error.code())) {
      return internal_failure(operation, std::string("undeclared ") + std::string(error.code()) + ": " + error.what(),
                              answer);
    }
    write_error(error, answer);
    return {.status = error.status(), .error = error.code()};
  } catch (const Error& error) {
    answer.resize(start);
    write_error(error, answer);
    return {.status = error.status(), .error = error.code()};
  } catch (const std::exception& error) {
    answer.resize(start);
    store_.due.forget();
    return internal_failure(operation, error.what(), answer);
  }
}

// A call that only reads has nothing to commit, and waits only for what it may have seen.
auto Service::commit_of(const Operation& operation) const -> store::Commit {
  if (!in_groups_) return store::Commit::Alone;
  return operation.read_only ? store::Commit::InOpenGroup : store::Commit::InGroup;
}

auto Service::commit(const store::CommitGroup& group) -> bool {
  if (store_.connection.group().get() == &group) commit();
  if (group.committed) return true;
  store_.due.forget();
  report_("commit: " + group.failure);
  return false;
}

auto Service::internal_failure(const Operation* operation, const std::string& reason, std::string& answer) -> Outcome {
  report_((operation != nullptr ? std::string(operation->name) : std::string("call")) + ": " + reason);
  const InternalFailure failure;
  write_error(failure, answer);
  return {.status = failure.status(), .error = failure.code()};
}

auto Service::parse(std::string& body) -> const Json& {
  using rapidjson::ParseFlag;
  constexpr unsigned kFlags =
      ParseFlag::kParseInsituFlag | ParseFlag::kParseIterativeFlag | ParseFlag::kParseValidateEncodingFlag;
  if (body.find('\0') != std::string::npos) throw SerializationException();
  if (body.empty()) body = "{}";
  document_->SetNull();
  allocator_->Clear();
  rapidjson::InsituStringStream stream(body.data());
  rapidjson::Reader reader;
  const auto parse_checked = [&](rapidjson::Document& document) {
    CheckedEvents events(document);
    return !reader.Parse<kFlags>(stream, events).IsError();
  };
  document_->Populate(parse_checked);
  if (reader.HasParseError()) throw SerializationException();
  return *document_;
}

auto Service::catch_up() -> std::vector<Happening> {
  const Time now = clock_.now();
  if (!store_.due.next(now)) return {};
  keep_start();
  store::Transaction transaction(store_.connection);
  auto happened = apply_due(store_, settings_, now);
  transaction.commit();
  return happened;
}

void Service::finish(store::Transaction& transaction) {
  if (ids_.counted() != counted_) {
    store_.set_setting(kCountedSetting, std::to_string(ids_.counted()));
    counted_ = ids_.counted();
  }
  transaction.commit();
}

void Service::save_clock() {
  store::Transaction transaction(store_.connection);
  store_.set_setting(kClockSetting, clock_.save());
  transaction.commit();
}

void Service::load_saved() {
  if (const auto saved = store_.setting(kClockSetting)) clock_.load(*saved);
  counted_ = 0;
  if (const auto saved = store_.setting(kCountedSetting)) {
    std::from_chars(saved->data(), saved->data() + saved->size(), counted_);
  }
  ids_.restart();
  ids_.count_from(counted_);
}

auto Service::snapshot() -> store::Snapshot {
  save_clock();
  return store::Snapshot(store_.connection);
}

void Service::keep_start() {
  if (!start_is_now_) return;
  start_is_now_ = false;
  start_ = snapshot();
}

void Service::reset_to_start() {
  keep_start();
  restore(start_.value());
}

void Service::restore(const store::Snapshot& snapshot) {
  keep_start();
  ++restored_;
  snapshot.restore(store_);
  load_saved();
  // A file may come without a clock that can be read, and goes on with the one that runs.
  if (store_.setting(kClockSetting) != clock_.save()) save_clock();
}

void Service::reset_to_empty() {
  store::Store empty("");
  // With the data, so that a crash leaves no empty database under the old clock.
  Clock clock = clock_;
  clock.follow_real_time();
  empty.set_setting(kClockSetting, clock.save());
  restore(store::Snapshot(empty.connection));
}

void Service::reset_account(std::string_view account) {
  keep_start();
  store::Transaction transaction(store_.connection);
  store_.remove_account(account);
  transaction.commit();
}

}  // namespace workmail::api
