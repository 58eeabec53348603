#include <algorithm>
#include <charconv>
#include <memory>

#include "api/call/operation_names.h"
#include "generated/workmail/control_shapes.h"
#include "server/control/answer.h"
#include "server/control/errors.h"
#include "server/control/input.h"
#include "server/control/journal_entry.h"
#include "server/control/plane.h"
#include "server/emulator/journal_query.h"
#include "server/emulator/unknown_names.h"

namespace workmail::server::control {

namespace {

constexpr std::string_view kEventStream = "text/event-stream";

// The maximum number of bytes for a reader of the stream at once; more follows when these are sent.
constexpr std::size_t kEntriesAtOnce = 100;
constexpr std::size_t kBytesAtOnce = std::size_t{256} * 1024;

void write_entries(const Journal& journal, const JournalQuery& query, Reply& reply) {
  reply.write("{\"requests\":[");
  std::string& out = reply.body();
  bool first = true;
  for (const auto* entry : find_entries(journal, query)) {
    if (!first) out += ',';
    first = false;
    write_entry(*entry, out);
  }
  out.append("],\"lastId\":").append(std::to_string(journal.last_id())).append("}");
}

void require_journal(const Plane& plane) {
  if (!plane.emulator.journal.enabled()) throw NotApplicable("The journal is off (--journal 0).");
}

// The parameters that select entries.
template <class Parameters>
auto query_of(const Parameters& parameters) -> JournalQuery {
  JournalQuery query;
  if (parameters.operation) query.operations = {*parameters.operation};
  if (parameters.status) query.status = static_cast<int>(*parameters.status);
  query.error = parameters.error;
  query.account = parameters.account;
  query.organization = parameters.organization;
  return query;
}

// Whether a query cannot find anything because no call can have this name. Calls of unknown operations are found.
void judge_operation(const Journal& journal, const std::string& operation, std::string_view path, auto& input) {
  const std::string fault = fault_in_operation(operation);
  if (fault.empty()) return;
  const auto& entries = journal.entries();
  const bool called = std::any_of(entries.begin(), entries.end(), [&](const JournalEntry& entry) {
    return api::names_operation(operation, entry.operation);
  });
  if (!called) input.violation_at(path, fault);
}

void judge_error(const std::optional<std::string>& error, auto& input) {
  const std::string fault = error ? fault_in_error(*error) : "";
  if (!fault.empty()) input.violation_at("error", fault);
}

// The query parameters with names of operations and errors.
template <class Parameters>
auto read_parameters(const Journal& journal, std::string_view query) -> Parameters {
  auto input = Input<Parameters>::of_query(query);
  if (input->operation) judge_operation(journal, *input->operation, "operation", input);
  judge_error(input->error, input);
  return input.finish();
}

auto read_find(const Journal& journal, std::string& body) -> FindRequestsInput {
  Input<FindRequestsInput> input(body);
  const auto operations = input->operation.value_or(std::vector<std::string>());
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const std::string path = operations.size() > 1 ? "operation[" + std::to_string(i) + "]" : "operation";
    judge_operation(journal, operations[i], path, input);
  }
  judge_error(input->error, input);
  return input.finish();
}

// The id after which a returning reader continues. Ids of an earlier run are ignored; entries that were removed are
// lost.
auto resume_after(const Request& request, const Journal& journal) -> std::uint64_t {
  const auto text = request.field("Last-Event-ID");
  if (text.empty()) return journal.last_id();
  std::uint64_t id = 0;
  std::from_chars(text.data(), text.data() + text.size(), id);
  if (id > journal.last_id()) id = 0;
  return std::max(id, journal.last_dropped());
}

void write_event(const JournalEntry& entry, std::string& events) {
  events.append("id: ").append(std::to_string(entry.id)).append("\ndata: ");
  write_entry(entry, events);
  events += "\n\n";
}

}  // namespace

void list_requests(Plane& plane, const Request& request, Reply& reply) {
  require_journal(plane);
  const auto parameters = read_parameters<RequestsParameters>(plane.emulator.journal, request.query);
  auto query = query_of(parameters);
  query.after = parameters.after.value_or(0);
  query.limit = parameters.limit.value_or(query.limit);
  const auto wait = parameters.wait.value_or(Duration(0));

  write_entries(plane.emulator.journal, query, reply);
  if (wait == Duration(0) || !find_entries(plane.emulator.journal, query).empty()) return;
  const Journal& journal = plane.emulator.journal;
  reply.held = std::make_unique<HeldAnswer>(
      HeldAnswer{.watch = plane.watch,
                 .until = Steady::now() + wait,
                 .wanted = [query](const JournalEntry& entry) { return query.matches(entry); },
                 .answer = [&journal, query](Reply& better) { write_entries(journal, query, better); }});
}

void find_requests(Plane& plane, const Request& request, Reply& reply) {
  require_journal(plane);
  const auto input = read_find(plane.emulator.journal, request.body);
  JournalQuery query;
  query.operations = input.operation.value_or(std::vector<std::string>());
  if (input.status) query.status = static_cast<int>(*input.status);
  query.error = input.error;
  query.account = input.account;
  query.input = input.input.value_or(nullptr);
  query.after = input.after.value_or(0);
  query.limit = input.limit.value_or(query.limit);
  write_entries(plane.emulator.journal, query, reply);
}

void forget_requests(Plane& plane, const Request& /*request*/, Reply& reply) {
  plane.emulator.journal.clear();
  write_answer(reply, Empty());
}

void stream_requests(Plane& plane, const Request& request, Reply& reply) {
  require_journal(plane);
  auto query = query_of(read_parameters<StreamParameters>(plane.emulator.journal, request.query));

  const Journal& journal = plane.emulator.journal;
  query.limit = kEntriesAtOnce;
  // The id up to which the reader has all matching entries.
  const auto seen = std::make_shared<std::uint64_t>(resume_after(request, journal));
  const auto wanted = [seen, query](const JournalEntry& entry) {
    const bool matches = query.matches(entry);
    if (!matches && entry.id == *seen + 1) *seen = entry.id;
    return matches;
  };
  const auto take = [seen, query, &journal](std::string& events) mutable {
    if (*seen < journal.last_dropped()) return false;
    query.after = *seen;
    const auto entries = find_entries(journal, query);
    for (const auto* entry : entries) {
      write_event(*entry, events);
      *seen = entry->id;
      if (events.size() > kBytesAtOnce) return true;
    }
    if (entries.size() < query.limit) *seen = journal.last_id();
    return true;
  };
  reply.content_type = kEventStream;
  reply.add_field("Cache-Control", "no-store");
  reply.events = std::make_unique<EventStream>(EventStream{.watch = plane.watch, .wanted = wanted, .take = take});
}

}  // namespace workmail::server::control
