#include <charconv>
#include <limits>
#include <memory>

#include "server/control/journal_entry.h"
#include "server/control/json_request.h"
#include "server/control/plane.h"
#include "server/control/query.h"
#include "server/control/refusal.h"
#include "server/emulator/journal_query.h"

namespace workmail::server::control {

namespace {

constexpr auto kLongestWait = std::chrono::minutes(10);
constexpr std::string_view kEventStream = "text/event-stream";

// What one reader of the stream gets at once; the rest follows when this is sent.
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
  if (!plane.journal.enabled()) throw NotApplicable("The journal is off, by --journal 0.");
}

void require_organization_id(Query& query, const std::optional<std::string>& id) {
  if (id && !is_organization_id(*id)) query.violation("organization", "must be the id of an organization");
}

// The parameters that say which entries are wanted.
auto read_query(Query& parameters) -> JournalQuery {
  JournalQuery query;
  if (auto operation = parameters.text("operation")) query.operations = {*std::move(operation)};
  if (const auto status = parameters.count("status")) query.status = static_cast<int>(*status);
  query.error = parameters.text("error");
  query.account = parameters.text("account");
  query.organization = parameters.text("organization");
  require_organization_id(parameters, query.organization);
  return query;
}

// The id behind which a reader goes on who comes back. Ids of an earlier run mean nothing; what was dropped is gone.
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
  Query parameters(request);
  auto query = read_query(parameters);
  query.after = parameters.count("after").value_or(0);
  query.limit = parameters.count("limit").value_or(query.limit);
  const auto wait = parameters.duration("wait").value_or(Duration(0));
  if (wait > kLongestWait) parameters.violation("wait", "must be at most 10 minutes");
  parameters.finish();

  write_entries(plane.journal, query, reply);
  if (wait == Duration(0) || !find_entries(plane.journal, query).empty()) return;
  const Journal& journal = plane.journal;
  reply.held = std::make_unique<HeldAnswer>(
      HeldAnswer{.watch = plane.watch,
                 .until = Steady::now() + wait,
                 .wanted = [query](const JournalEntry& entry) { return query.matches(entry); },
                 .answer = [&journal, query](Reply& better) { write_entries(journal, query, better); }});
}

void find_requests(Plane& plane, const Request& request, Reply& reply) {
  require_journal(plane);
  JsonRequest input(request.body);
  JournalQuery query;
  query.operations = input.texts("operation");
  if (const auto status = input.count("status")) query.status = static_cast<int>(*status);
  if (const auto error = input.text("error")) query.error = *error;
  if (const auto account = input.text("account")) query.account = *account;
  query.input = input.document("input");
  query.after = input.count("after").value_or(0);
  query.limit = input.count("limit").value_or(std::numeric_limits<std::uint32_t>::max());
  input.finish();
  write_entries(plane.journal, query, reply);
}

void forget_requests(Plane& plane, const Request& /*request*/, Reply& reply) {
  plane.journal.clear();
  reply.write("{}");
}

void stream_requests(Plane& plane, const Request& request, Reply& reply) {
  require_journal(plane);
  Query parameters(request);
  auto query = read_query(parameters);
  parameters.finish();

  const Journal& journal = plane.journal;
  query.limit = kEntriesAtOnce;
  // The id up to which the reader has everything that he wants.
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
