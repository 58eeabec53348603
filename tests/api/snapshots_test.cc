// Snapshots of the whole database: taken, restored, written to files and read from files.
#include <fstream>
#include <functional>
#include <random>
#include <sstream>

#include "api_test.h"

namespace workmail::test {
namespace {

using store::Connection;
using store::DamagedFile;
using store::ForeignFile;
using store::Snapshot;

class SnapshotsTest : public ApiTest {
 protected:
  SnapshotsTest() { restart_among(Neighbors::None); }

  auto user_names() -> std::vector<std::string> { return ok("ListUsers").list("Users", "Name"); }

  // The fixture of the first version, as SQL.
  static auto first_version() -> std::string {
    std::stringstream sql;
    sql << std::ifstream(WORKMAIL_SOURCE_FOLDER "/tests/unit/store/schema-1.sql").rdbuf();
    return sql.str();
  }

  // A row in every table, from that fixture.
  void restore_every_table() {
    Connection old(":memory:");
    old.execute(first_version().c_str());
    service_->baseline().restore(Snapshot::from_file(Snapshot(old).bytes()));
  }

  // The current database as a file, changed by SQL outside the program.
  auto file_after(const char* sql) -> std::string {
    store::Store other("");
    service_->baseline().snapshot().restore(other);
    other.connection.execute(sql);
    return Snapshot(other.connection).bytes();
  }
};

auto refusal_of(std::string bytes) -> std::string {
  try {
    static_cast<void>(Snapshot::from_file(std::move(bytes)));
  } catch (const std::runtime_error& refusal) {
    return refusal.what();
  }
  return "accepted";
}

TEST_F(SnapshotsTest, BringsBackWhatWasThere) {
  organization();
  user("alice", "alice@acme.awsapps.com");
  const Snapshot snapshot = service_->baseline().snapshot();
  user("bob");
  ok("DeregisterFromWorkMail", "'EntityId':'alice'");
  service_->baseline().restore(snapshot);
  EXPECT_EQ(user_names(), std::vector<std::string>{"alice"});
  EXPECT_EQ(state("DescribeUser", "UserId", "alice"), "ENABLED");
}

TEST_F(SnapshotsTest, BringsBackMoreThanOnce) {
  organization();
  const Snapshot snapshot = service_->baseline().snapshot();
  for (int i = 0; i < 2; ++i) {
    user("alice");
    service_->baseline().restore(snapshot);
    EXPECT_TRUE(user_names().empty());
  }
}

TEST_F(SnapshotsTest, BringsBackTheClock) {
  const Time then = clock_.now();
  const Snapshot snapshot = service_->baseline().snapshot();
  clock_.run_from(then + kDay);
  service_->baseline().save_clock();
  service_->baseline().restore(snapshot);
  EXPECT_EQ(clock_.mode(), api::Clock::Mode::Frozen);
  EXPECT_EQ(clock_.now(), then);
  EXPECT_EQ(store_->setting("clock"), clock_.save());
}

TEST_F(SnapshotsTest, CountsIdentifiersOnFromThere) {
  organization();
  const Snapshot snapshot = service_->baseline().snapshot();
  const auto first = user("alice");
  service_->baseline().restore(snapshot);
  EXPECT_EQ(user("alice"), first);
}

TEST_F(SnapshotsTest, AppliesScheduledEventsAsIfNothingHadBeenBetween) {
  organization();
  user("alice", "alice@acme.awsapps.com");
  deregister("alice");
  const Snapshot snapshot = service_->baseline().snapshot();
  advance(31 * kDay);
  EXPECT_FALSE(service_->catch_up().empty());
  service_->baseline().restore(snapshot);
  EXPECT_TRUE(service_->catch_up().empty());
  advance(31 * kDay);
  EXPECT_FALSE(service_->catch_up().empty());
}

TEST_F(SnapshotsTest, IsTheSameAfterItWasRestored) {
  organization();
  user("alice", "alice@acme.awsapps.com");
  store::Store other("");
  service_->baseline().snapshot().restore(other);
  Connection there(":memory:");
  there.copy_from(other.connection);
  // They differ only in the change counters of the file header.
  constexpr std::size_t kHead = 100;
  EXPECT_EQ(Snapshot(there).bytes().substr(kHead), service_->baseline().snapshot().bytes().substr(kHead));
}

TEST_F(SnapshotsTest, ResetsToTheStart) {
  organization();
  service_->baseline().mark();
  user("alice");
  service_->baseline().reset();
  EXPECT_TRUE(user_names().empty());
}

// A write that bypasses the service is in the baseline only if the baseline is copied later.
TEST_F(SnapshotsTest, CopiesTheStartOnlyBeforeTheFirstChange) {
  organization();
  ok("ListUsers");  // nothing is scheduled any more
  service_->baseline().mark();
  ok("ListUsers");
  store_->set_setting("later", "yes");
  user("alice");
  store_->set_setting("too late", "yes");
  service_->baseline().reset();
  EXPECT_TRUE(user_names().empty());
  EXPECT_EQ(store_->setting("later"), "yes");
  EXPECT_EQ(store_->setting("too late"), std::nullopt);
}

TEST_F(SnapshotsTest, CopiesTheStartBeforeEveryKindOfChange) {
  organization();
  const auto alice = user("alice", "alice@acme.awsapps.com");
  deregister(alice);
  ok("DeleteUser", "'UserId': '" + alice + "'");
  user("bob");
  const std::string before = service_->baseline().snapshot().bytes();
  const std::vector<std::function<void()>> changes{
      [this] { user("carol"); },
      [this] {
        advance(31 * kDay);
        ok("ListUsers");  // alice is removed
      },
      [this] {
        service_->run({.account = account_, .region = region_},
                      [](api::Context& context) { context.store.remove_account(context.account); });
      },
      [this] { service_->baseline().reset_account(account_); },
      [this] { service_->baseline().reset_to_empty(); },
      [] {},
  };
  for (const auto& change : changes) {
    service_->baseline().restore(Snapshot::from_file(before));
    service_->baseline().mark();
    change();
    service_->baseline().reset();
    store::Statement count(store_->connection, "SELECT count(*) FROM entity");
    EXPECT_EQ(count.first([](store::Rows& row) { return row.next<int>(); }), 2);
  }
}

TEST_F(SnapshotsTest, GoesThroughAFile) {
  organization();
  user("alice", "alice@acme.awsapps.com");
  const std::string file = service_->baseline().snapshot().bytes();
  service_->baseline().reset_to_empty();
  service_->baseline().restore(Snapshot::from_file(file));
  EXPECT_EQ(user_names(), std::vector<std::string>{"alice"});
}

TEST_F(SnapshotsTest, TakesAFileInWriteAheadLogMode) {
  organization();
  std::string file = service_->baseline().snapshot().bytes();
  file[18] = 2;
  file[19] = 2;
  service_->baseline().reset_to_empty();
  service_->baseline().restore(Snapshot::from_file(file));
  EXPECT_TRUE(user_names().empty());
}

TEST_F(SnapshotsTest, KeepsTheClockWhenAFileHasNoneThatCanBeRead) {
  for (const auto* sql : {"DELETE FROM setting", "UPDATE setting SET value = 'sundial' WHERE name = 'clock'"}) {
    const std::string file = file_after(sql);
    service_->baseline().restore(Snapshot::from_file(file));
    EXPECT_EQ(clock_.now(), kStart);
    EXPECT_EQ(store_->setting("clock"), clock_.save());
  }
}

TEST_F(SnapshotsTest, RefusesWhatIsNoFileOfSQLite) {
  EXPECT_THROW(Snapshot::from_file(""), DamagedFile);
  EXPECT_THROW(Snapshot::from_file("{}"), DamagedFile);
  EXPECT_THROW(Snapshot::from_file(std::string(10'000, 'x')), DamagedFile);
  EXPECT_EQ(refusal_of("{}"), "This is not a SQLite file.");
}

TEST_F(SnapshotsTest, RefusesTheHeadAlone) {
  const std::string file = service_->baseline().snapshot().bytes();
  EXPECT_THROW(Snapshot::from_file(file.substr(0, 100)), DamagedFile);
  EXPECT_THROW(Snapshot::from_file(file.substr(0, 4096)), DamagedFile);
}

TEST_F(SnapshotsTest, RefusesAFileThatWasCut) {
  const std::string file = service_->baseline().snapshot().bytes();
  EXPECT_THROW(Snapshot::from_file(file.substr(0, file.size() - 4096)), DamagedFile);
}

TEST_F(SnapshotsTest, RefusesADamagedPage) {
  organization();
  user("alice");
  std::string file = service_->baseline().snapshot().bytes();
  for (std::size_t page = 4096; page < file.size(); page += 4096) {
    std::string damaged = file;
    damaged.replace(page, 12, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
    EXPECT_THROW(Snapshot::from_file(damaged), DamagedFile) << "byte " << page;
  }
}

TEST_F(SnapshotsTest, RefusesAnotherSchemaVersion) {
  EXPECT_EQ(
      refusal_of(file_after("PRAGMA user_version = 999")),
      "The file cannot be restored: it was written by a newer workmail-local (schema 999, this program knows 3).");
  EXPECT_THROW(Snapshot::from_file(file_after("PRAGMA user_version = 999")), ForeignFile);
}

TEST_F(SnapshotsTest, RefusesAnotherPrograms) {
  Connection other(":memory:");
  other.execute("CREATE TABLE song (name TEXT)");
  EXPECT_THROW(Snapshot::from_file(Snapshot(other).bytes()), ForeignFile);
  other.execute("PRAGMA user_version = 1");
  EXPECT_THROW(Snapshot::from_file(Snapshot(other).bytes()), ForeignFile);
  EXPECT_EQ(refusal_of(file_after("PRAGMA application_id = 7")),
            "The file cannot be restored: it was made by another program.");
  EXPECT_THROW(Snapshot::from_file(file_after("PRAGMA application_id = 0")), ForeignFile);
}

// With any name: one that begins with sqlite_ looks like SQLite's own.
TEST_F(SnapshotsTest, RefusesAForeignTableTriggerOrView) {
  for (const auto* change :
       {"CREATE TABLE song (name TEXT)", "DROP INDEX entity_due",
        "CREATE TRIGGER eraser AFTER INSERT ON entity BEGIN DELETE FROM organization; END",
        "DROP VIEW due; CREATE VIEW due (at, what, subject) AS SELECT 0, 'job', 1",
        "ALTER TABLE tag ADD COLUMN more TEXT AS (zeroblob(1000000000))",
        "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_evil', 'entity', 0,"
        " 'CREATE TRIGGER sqlite_evil AFTER INSERT ON entity BEGIN UPDATE entity SET name = ''x''; END')",
        "CREATE TRIGGER endless AFTER INSERT ON entity BEGIN INSERT INTO setting SELECT x, x FROM"
        " (WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c); END",
        "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'tag'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE tag (x)' WHERE name = 'tag'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET name = 'sqlite_tag' WHERE name = 'tag'",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'tag'"}) {
    const auto reason = refusal_of(file_after(change));
    EXPECT_TRUE(reason == "The file cannot be restored: its tables are not those of workmail-local." ||
                reason.starts_with("The file is damaged: "))
        << change << ": " << reason;
  }
}

TEST_F(SnapshotsTest, RefusesWhatNoCodeWrites) {
  restore_every_table();
  // Contents for which the first version had no tables.
  store_->connection.execute(
      "INSERT INTO email_flow_rule VALUES (1, 1, 'r', 'INBOUND', '*', '*', 'DROP', '', 0, 'DEFAULT', 0);"
      "INSERT INTO message VALUES (1, 1, 'm', 'INBOUND', '', '', '', '', 0, 0, 1, 0, 0, NULL, 1, 1, x'41', NULL, NULL);"
      "INSERT INTO message_recipient VALUES (1, 1, 'INBOUND', 'a@b', NULL, NULL, 'DEFAULT', 'SENT', NULL);"
      "INSERT INTO message_invocation VALUES (1, 1, 'r', 'f', 'i', 0, 1, 0, 0, NULL, NULL, '{}', NULL);");
  ASSERT_EQ(refusal_of(service_->baseline().snapshot().bytes()), "accepted");
  for (const auto* change : {"UPDATE impersonation_role SET type = 'x'",
                             "UPDATE organization SET completed_at = -99999999999999",
                             "UPDATE organization SET state = 'Gone'",
                             "UPDATE organization SET dmarc_enforced = 2",
                             "UPDATE organization SET account = 'all'",
                             "UPDATE organization SET id = upper(id)",
                             "UPDATE organization SET alias_key = 'other'",
                             "UPDATE entity SET kind = 3 WHERE kind = 1",
                             "UPDATE entity SET state = -1 WHERE kind = 1",
                             "UPDATE entity SET role = NULL WHERE kind = 0",
                             "UPDATE entity SET email = NULL",
                             "UPDATE entity SET name = hex(zeroblob(200))",
                             "UPDATE entity SET display_name = CAST(x'C0AF' AS TEXT)",
                             "UPDATE entity SET name = CAST(x'EDA080' AS TEXT)",
                             "UPDATE entity SET resource_type = 'POOL' WHERE kind = 2",
                             "UPDATE domain SET dkim = ''",
                             "UPDATE mailbox SET quota_megabytes = 3000000000",
                             "UPDATE mailbox SET used_megabytes = 9e999",
                             "UPDATE mailbox SET provisioned_at = 9000000000000000",
                             "UPDATE access_control_rule SET effect = 'MAYBE'",
                             "UPDATE access_control_rule SET ip_ranges = '10.0.0.0/x'",
                             "UPDATE group_member SET group_ = member",
                             "UPDATE group_member SET member = group_",
                             "UPDATE mailbox_permission SET send_as = 7",
                             "UPDATE retention_folder SET period = 0",
                             "UPDATE client_token SET answer = '5'",
                             "UPDATE client_token SET parameters = '{'",
                             "UPDATE email_flow_rule SET action = 'RUN_LAMBDA'",
                             "UPDATE email_flow_rule SET rule_timeout_minutes = 241",
                             "UPDATE message SET bytes = bytes + 1",
                             "UPDATE message SET waiting = 1",
                             "UPDATE message SET direction = 'SIDEWAYS'",
                             "UPDATE message_recipient SET outcome = 'PENDING'",
                             "UPDATE message_invocation SET event = '{'",
                             "UPDATE setting SET value = '-1' WHERE name = 'counted identifiers'",
                             "UPDATE sqlite_sequence SET seq = 9223372036854775807",
                             "UPDATE tag SET number = -5",
                             "UPDATE tag SET organization = 99",
                             "UPDATE address SET address_key = upper(address_key)"}) {
    const auto file =
        file_after((std::string("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; ") + change).c_str());
    EXPECT_TRUE(refusal_of(file).starts_with("The file is damaged: ")) << change << ": " << refusal_of(file);
    EXPECT_THROW(Snapshot::from_file(file), DamagedFile);
  }
}

// After a change of any byte, the file is rejected or has valid contents.
TEST_F(SnapshotsTest, NeverBreaksOnDamagedBytes) {
  organization();
  user("alice", "alice@acme.awsapps.com");
  const std::string file = service_->baseline().snapshot().bytes();
  std::minstd_rand random(7);
  constexpr std::size_t kHead = 100;
  for (std::size_t i = 0; i < 3 * kHead; ++i) {
    std::string damaged = file;
    const std::size_t at = i < kHead ? i : random() % file.size();
    damaged[at] = static_cast<char>(damaged[at] ^ (i % 2 == 0 ? 0x80 : 1 + random() % 255));
    const auto reason = refusal_of(damaged);
    if (reason != "accepted") {
      EXPECT_EQ(reason.find("SELECT"), std::string::npos) << reason;
      continue;
    }
    service_->baseline().restore(Snapshot::from_file(damaged));
    EXPECT_EQ(call("ListUsers").status(), 200) << "byte " << at;
  }
}

// The byte of the text encoding: such a file was once accepted, and its restore lost everything.
TEST_F(SnapshotsTest, KeepsEverythingWhenTheHeadIsDamaged) {
  organization();
  user("alice", "alice@acme.awsapps.com");
  std::string file = service_->baseline().snapshot().bytes();
  file[59] = '\x80';
  service_->baseline().restore(Snapshot::from_file(file));
  EXPECT_NE(call("ListUsers").text().find("alice"), std::string::npos);
}

// More than one page is written before the failure.
TEST_F(SnapshotsTest, LeavesEverythingWhenItCannotBeRestored) {
  organization();
  for (int i = 0; i < 300; ++i) user("user" + std::to_string(i));
  const Snapshot large = service_->baseline().snapshot();
  service_->baseline().reset_to_empty();
  organization("small");
  const auto bob = user("bob");
  const auto before = service_->baseline().snapshot().bytes();
  store_->connection.execute("PRAGMA max_page_count = 1");  // that is, the current number of pages
  clock_.freeze(kStart + kDay);
  service_->baseline().save_clock();
  const auto counted = ids_.counted();
  EXPECT_THROW(service_->baseline().restore(large), store::SqliteError);
  EXPECT_EQ(user_names(), std::vector<std::string>{"bob"});
  EXPECT_EQ(clock_.now(), kStart + kDay);
  EXPECT_EQ(ids_.counted(), counted);
  store_->connection.execute("PRAGMA max_page_count = 1000000");
  service_->baseline().restore(large);
  EXPECT_EQ(clock_.now(), kStart);
}

TEST_F(SnapshotsTest, TakesAFileWithStatistics) {
  organization();
  EXPECT_EQ(refusal_of(file_after("ANALYZE")), "accepted");
}

TEST_F(SnapshotsTest, TakesAFileOfTheFirstVersion) {
  restore_every_table();
  const auto organizations = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId");
  ASSERT_EQ(organizations.size(), 2U);
  organization_id_ = organizations.front();
  user("newcomer");
}

TEST_F(SnapshotsTest, TakesAFileOfAnyPageSizeButOneEncoding) {
  Connection pages(":memory:");
  pages.execute("PRAGMA page_size = 512");
  pages.execute(first_version().c_str());
  service_->baseline().restore(Snapshot::from_file(Snapshot(pages).bytes()));
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries").size(), 2U);

  Connection encoding(":memory:");
  encoding.execute("PRAGMA encoding = 'UTF-16le'; PRAGMA user_version = 1; CREATE TABLE song (name TEXT)");
  EXPECT_THROW(Snapshot::from_file(Snapshot(encoding).bytes()), ForeignFile);
}

TEST_F(SnapshotsTest, UsesNoNumberTwiceAfterAFile) {
  organization();
  user("alice");
  user("bob");
  ok("DeleteUser", "'UserId': 'bob'");
  store::Statement last(store_->connection, "SELECT seq FROM sqlite_sequence WHERE name = 'entity'");
  const auto number = [&] { return last.first([](store::Rows& row) { return row.next<int>(); }); };
  const auto before = number();
  service_->baseline().restore(Snapshot::from_file(service_->baseline().snapshot().bytes()));
  EXPECT_EQ(number(), before);
}

TEST_F(SnapshotsTest, RefusesRowsThatBelongToNothing) {
  organization();
  group("all", "all@acme.awsapps.com");
  EXPECT_EQ(refusal_of(file_after("PRAGMA foreign_keys = OFF; DELETE FROM entity")),
            "The file is damaged: rows of address refer to rows that do not exist.");
}

}  // namespace
}  // namespace workmail::test
