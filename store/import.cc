#include "store/import.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/entities.h"
#include "store/sql_text.h"
#include "store/text.h"
#include "store/utf8.h"

namespace workmail::store {

namespace {

using Text = std::unique_ptr<char, decltype(&sqlite3_free)>;
using Prepared = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

// Limits of an untrusted schema. SQLite parses the whole schema before the first query, partly in quadratic time.
// Meanwhile it calls the progress handler only between two entries.
struct Limit {
  int what;
  int value;
};
constexpr std::array kLimits{Limit{SQLITE_LIMIT_SQL_LENGTH, kMaxStatementLength}, Limit{SQLITE_LIMIT_COLUMN, 64},
                             Limit{SQLITE_LIMIT_EXPR_DEPTH, 100}, Limit{SQLITE_LIMIT_COMPOUND_SELECT, 20},
                             Limit{SQLITE_LIMIT_ATTACHED, 0}};
// Enough for about 700 entries; our schema has fewer than 100.
constexpr std::int64_t kStepsForSchema = 5000;
// Low enough that SQLite calls the progress handler about once for each entry.
constexpr int kSchemaStepsAtATime = 8;
// Memory limit of the parsed schema; ours needs a quarter of it. One table with many UNIQUE constraints becomes
// hundreds of indexes, and SQLite searches for each in the list of all indexes.
constexpr int kSchemaBytes = 512 * 1024;

constexpr int kStepsAtATime = 1000;
constexpr std::int64_t kSteps = 20'000'000;
constexpr std::int64_t kStepsForAByte = 20;

// The largest numbers: the next number would overflow, or would not be exact in JSON.
constexpr std::int64_t kMaxNumber = 1'000'000'000'000'000;

constexpr auto kIsNoUser = sql("kind <> ", in_sql<EntityKind::User>());

constexpr auto kEnabledWithoutAddress =
    sql("entity WHERE state = ", in_sql<EntityState::Enabled>(), " AND email IS NULL");
constexpr auto kKindWithoutAttributes =
    sql("entity WHERE kind = ", in_sql<EntityKind::User>(),
        " AND role IS NULL OR kind = ", in_sql<EntityKind::Resource>(), " AND resource_type IS NULL");
constexpr auto kMembersElsewhere =
    sql("group_member JOIN entity AS a ON a.number = group_ JOIN entity AS b ON b.number = member"
        " WHERE a.organization <> b.organization OR a.kind <> ",
        in_sql<EntityKind::Group>());
constexpr auto kDelegatesElsewhere =
    sql("resource_delegate JOIN entity AS a ON a.number = resource JOIN entity AS b ON b.number = delegate"
        " WHERE a.organization <> b.organization OR a.kind <> ",
        in_sql<EntityKind::Resource>());
constexpr auto kTokensElsewhere =
    sql("personal_access_token JOIN entity ON entity.number = user"
        " WHERE entity.organization <> personal_access_token.organization OR ",
        kIsNoUser);
constexpr auto kOverridesElsewhere =
    sql("mobile_device_access_override JOIN entity ON entity.number = user"
        " WHERE entity.organization <> mobile_device_access_override.organization OR ",
        kIsNoUser);

// Constraints between rows, which a CHECK cannot express, as the conditions of queries that must find no row. The first
// word is the table that the message names.
constexpr auto kContradictions = std::to_array<const char*>({
    "organization WHERE alias_key <> fold(alias)",
    "entity WHERE name_key <> fold(name)",
    kEnabledWithoutAddress,
    kKindWithoutAttributes,
    "address WHERE address_key <> fold(address)",
    "address JOIN entity ON entity.number = entity WHERE entity.organization <> address.organization",
    "address JOIN domain ON domain.number = domain WHERE domain.organization <> address.organization",
    kMembersElsewhere,
    "group_member WHERE group_ = member",
    kDelegatesElsewhere,
    "mailbox_permission JOIN entity AS a ON a.number = owner JOIN entity AS b ON b.number = grantee"
    " WHERE a.organization <> b.organization",
    kTokensElsewhere,
    "impersonation_role WHERE name_key <> fold(name)",
    "mobile_device_access_override WHERE device_key <> fold(device_id)",
    kOverridesElsewhere,
    "availability_configuration WHERE domain_key <> fold(domain_name)",
    "availability_configuration WHERE lambda_arn IS NULL AND (ews_endpoint IS NULL OR ews_username IS NULL)",
    "message WHERE bytes <> length(original) + coalesce(length(updated), 0) + coalesce(length(delivered), 0)",
    "message WHERE arrived = 1 AND (waiting = 1 OR retry_at IS NOT NULL)",
    "message_recipient JOIN message ON message.number = message WHERE outcome = 'PENDING' AND arrived = 1",
    "message_invocation WHERE NOT json_valid(event)",
    // Not in a CHECK, because SQLite considers JSON functions unsafe in a schema.
    "client_token WHERE NOT json_valid(parameters) OR NOT json_valid(answer) OR answer NOT GLOB '{*'",
    "setting WHERE name = 'counted identifiers' AND (value GLOB '*[^0-9]*' OR length(value) NOT BETWEEN 1 AND 18)",
});

auto texts(Connection& connection, const char* sql, std::string_view parameter) -> std::vector<std::string> {
  Statement statement(connection, sql);
  return statement.all([](Rows& row) { return row.next<std::string>(); }, parameter);
}

auto texts(Connection& connection, const char* sql) -> std::vector<std::string> {
  Statement statement(connection, sql);
  return statement.all([](Rows& row) { return row.next<std::string>(); });
}

auto prepare(Connection& connection, const char* sql) -> Prepared {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(connection.handle(), sql, -1, 0, &statement, nullptr) != SQLITE_OK) connection.fail();
  return {statement, &sqlite3_finalize};
}

auto step(Connection& connection, sqlite3_stmt* statement) -> bool {
  const int result = sqlite3_step(statement);
  if (result != SQLITE_ROW && result != SQLITE_DONE) connection.fail();
  return result == SQLITE_ROW;
}

[[noreturn]] void damaged(const std::string& finding) {
  throw DamagedFile("The file is damaged: " + finding + ".");
}

// A message of one line in plain words. SQLite's own messages are about its file format.
auto plain(std::string_view finding) -> std::string {
  constexpr std::string_view kPage = "page ";
  const auto at = finding.find(kPage);
  const auto number = at == std::string_view::npos ? "" : finding.substr(at + kPage.size());
  const auto digits = number.substr(0, number.find_first_not_of("0123456789"));
  if (digits.empty()) return "its rows and their indexes do not agree";
  return "page " + std::string(digits) + " has unexpected content";
}

void refuse_damaged(Connection& file) {
  const auto findings = texts(file, "PRAGMA integrity_check(1)");
  if (findings != std::vector<std::string>{"ok"})
    damaged(findings.empty() ? "it has no pages" : plain(findings.front()));
}

auto tables_of(Connection& connection) -> std::vector<std::string> {
  return texts(connection,
               "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^'"
               " ORDER BY rowid");
}

auto columns_of(Connection& connection, const std::string& table) -> std::vector<std::string> {
  return texts(connection, "SELECT name FROM pragma_table_info(?) ORDER BY cid", table);
}

auto key_of(Connection& connection, const std::string& table) -> std::vector<std::string> {
  return texts(connection, "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", table);
}

// The columns of our table that the file also has; new columns get their default.
auto common_columns(Connection& file, Connection& own, const std::string& table) -> std::vector<std::string> {
  auto columns = columns_of(own, table);
  const auto there = columns_of(file, table);
  std::erase_if(columns, [&](const auto& name) { return std::find(there.begin(), there.end(), name) == there.end(); });
  return columns;
}

// Copies row by row in the order of the key, so that identical rows produce identical files.
class TableCopy {
 public:
  TableCopy(Connection& file, Connection& own, std::string table) : file_(file), own_(own), table_(std::move(table)) {
    const auto columns = common_columns(file, own, table_);
    if (columns.empty()) return;
    const auto list = joined(columns, ", ");
    const auto places = joined(std::vector<std::string>(columns.size(), "?"), ", ");
    // Reads the table itself, because an index may contradict it.
    const Text select(sqlite3_mprintf("SELECT %s FROM %s NOT INDEXED ORDER BY %s", list.c_str(), table_.c_str(),
                                      joined(key_of(own, table_), ", ").c_str()),
                      &sqlite3_free);
    const Text insert(sqlite3_mprintf("INSERT INTO %s (%s) VALUES (%s)", table_.c_str(), list.c_str(), places.c_str()),
                      &sqlite3_free);
    read_ = prepare(file, select.get());
    write_ = prepare(own, insert.get());
  }

  void run() {
    while (read_ && step(file_, read_.get())) {
      ++row_;
      bind_row();
      write();
    }
  }

 private:
  void bind_row() {
    for (int column = 0; column < sqlite3_column_count(read_.get()); ++column) {
      sqlite3_value* value = sqlite3_column_value(read_.get(), column);
      if (sqlite3_value_type(value) == SQLITE_TEXT && !is_utf8(text(value))) refuse("a text that is not UTF-8");
      if (sqlite3_bind_value(write_.get(), column + 1, value) != SQLITE_OK) own_.fail();
    }
  }

  void write() {
    const int result = sqlite3_step(write_.get());
    const int code = sqlite3_extended_errcode(own_.handle());
    sqlite3_reset(write_.get());
    if (result == SQLITE_DONE) return;
    if ((code & 0xFF) != SQLITE_CONSTRAINT) own_.fail();
    const bool twice = code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY;
    refuse(twice ? "a value that is not unique" : "a value that workmail-local never writes");
  }

  [[noreturn]] void refuse(const char* what) const {
    damaged("row " + std::to_string(row_) + " of " + table_ + " has " + what);
  }

  static auto text(sqlite3_value* value) -> std::string_view {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
  }

  Connection& file_;
  Connection& own_;
  std::string table_;
  Prepared read_{nullptr, &sqlite3_finalize};
  Prepared write_{nullptr, &sqlite3_finalize};
  std::int64_t row_ = 0;
};

// Copies the last number of each table, so that no number is reused. Our tables already have the numbers of the copied
// rows.
void copy_last_numbers(Connection& file, Connection& own) {
  Statement last(file, "SELECT max(seq) FROM sqlite_sequence WHERE name = ? AND typeof(seq) = 'integer'");
  Statement present(own, "SELECT max(seq) FROM sqlite_sequence WHERE name = ?");
  Statement forget(own, " DELETE FROM sqlite_sequence WHERE name = ?");
  Statement write(own, "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)");
  const auto number = [](Rows& row) { return row.next<std::optional<std::int64_t>>().value_or(0); };
  for (const auto& table : tables_of(own)) {
    const auto greatest = std::max(last.first(number, table).value_or(0), present.first(number, table).value_or(0));
    if (greatest == 0) continue;
    if (greatest < 0 || greatest > kMaxNumber) damaged(table + " has no row numbers left");
    forget.run(table);
    write.run(table, greatest);
  }
}

void refuse_orphans(Connection& own) {
  const auto orphans = texts(own, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1");
  if (!orphans.empty()) damaged("rows of " + orphans.front() + " refer to rows that do not exist");
}

void refuse_contradictions(Connection& own) {
  for (const std::string_view contradiction : kContradictions) {
    const Text select(sqlite3_mprintf("SELECT 1 FROM %s LIMIT 1", contradiction.data()), &sqlite3_free);
    const auto query = prepare(own, select.get());
    if (!step(own, query.get())) continue;
    const auto table = contradiction.substr(0, contradiction.find(' '));
    damaged("rows of " + std::string(table) + " contradict each other or other rows");
  }
}

// Whether the last operation on the file succeeded; an error is then in our own database.
auto is_well(Connection& file) -> bool {
  const int code = sqlite3_errcode(file.handle()) & 0xFF;
  return code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE;
}

void refuse_numbers(Connection& own, const std::string& table) {
  const auto keys = key_of(own, table);
  if (keys.size() != 1 || keys.front() != "number") return;
  const Text select(sqlite3_mprintf("SELECT 1 FROM %s WHERE number < 1 LIMIT 1", table.c_str()), &sqlite3_free);
  const auto query = prepare(own, select.get());
  if (step(own, query.get())) damaged("rows of " + table + " have no number");
}

}  // namespace

Distrust::Distrust(Connection& file, std::uintmax_t bytes)
    : file_(file), rest_(kStepsForSchema), for_rows_(kSteps + kStepsForAByte * static_cast<std::int64_t>(bytes)) {
  auto* handle = file.handle();
  for (std::size_t i = 0; i < kLimits.size(); ++i) {
    usual_limits_.at(i) = sqlite3_limit(handle, kLimits.at(i).what, kLimits.at(i).value);
  }
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_progress_handler(handle, kSchemaStepsAtATime, &Distrust::spend_on_schema, this);
  file.execute("PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;");
}

void Distrust::accept_schema() {
  for (std::size_t i = 0; i < kLimits.size(); ++i) {
    sqlite3_limit(file_.handle(), kLimits.at(i).what, usual_limits_.at(i));
  }
  rest_ = for_rows_;
  sqlite3_progress_handler(file_.handle(), kStepsAtATime, &Distrust::spend, this);
}

auto Distrust::spend_on_schema(void* distrust) -> int {
  auto& self = *static_cast<Distrust*>(distrust);
  self.rest_ -= kSchemaStepsAtATime;
  int bytes = 0;
  int highest = 0;
  sqlite3_db_status(self.file_.handle(), SQLITE_DBSTATUS_SCHEMA_USED, &bytes, &highest, 0);
  return self.rest_ < 0 || bytes > kSchemaBytes ? 1 : 0;
}

// The file is one of ours, so its own view may be used.
Distrust::~Distrust() {
  accept_schema();
  sqlite3_progress_handler(file_.handle(), 0, nullptr, nullptr);
  sqlite3_db_config(file_.handle(), SQLITE_DBCONFIG_ENABLE_VIEW, 1, nullptr);
  sqlite3_exec(file_.handle(), "PRAGMA query_only = OFF", nullptr, nullptr, nullptr);
}

auto Distrust::spend(void* distrust) -> int {
  auto& rest = static_cast<Distrust*>(distrust)->rest_;
  rest -= kStepsAtATime;
  return rest < 0 ? 1 : 0;
}

void import_rows(Connection& file, Connection& own) {
  try {
    refuse_damaged(file);
    // The container image has no folder for temporary files.
    own.execute("PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; BEGIN");
    for (const auto& table : tables_of(own)) TableCopy(file, own, table).run();
    copy_last_numbers(file, own);
    own.execute("COMMIT; PRAGMA foreign_keys = ON");
  } catch (const SqliteError& error) {
    if (is_well(file)) throw;
    damaged(reason_of(error));
  }
  for (const auto& table : tables_of(own)) refuse_numbers(own, table);
  refuse_orphans(own);
  refuse_contradictions(own);
}

auto reason_of(const SqliteError& error) -> std::string {
  switch (error.code() & 0xFF) {
    case SQLITE_INTERRUPT:
      return "reading it does not end";
    case SQLITE_ERROR:
      return "its tables cannot be read";
    default:
      return sqlite3_errstr(error.code());
  }
}

}  // namespace workmail::store
