#include "store/sql_text.h"

#include <gtest/gtest.h>

#include "store/store.h"

namespace workmail::store {

namespace {

constexpr auto kColumns = sql("number, state");
constexpr auto kFind =
    sql("SELECT ", kColumns, " FROM organization WHERE state <> ", in_sql<OrganizationState::Deleted>(), " LIMIT 1");

TEST(SqlText, JoinsLiteralsListsAndValues) {
  EXPECT_STREQ(kFind, "SELECT number, state FROM organization WHERE state <> 'Deleted' LIMIT 1");
  EXPECT_STREQ(in_sql<EntityState::Deleted>().text.data(), "2");
}

// Their words are exactly those in the CHECKs of the schema.
template <class Enum>
void expect_words_of_schema(const std::string& table, const std::string& column) {
  Store store("");
  Statement find(store.connection, "SELECT sql FROM sqlite_schema WHERE name = ? LIMIT 1");
  const auto sql = find.first([](Rows& row) { return row.next<std::string>(); }, table).value();
  const auto begin = sql.find("  " + column + " ");
  const auto definition = sql.substr(begin, sql.find('\n', begin) - begin);
  std::string words;
  for (auto quote = definition.find('\''); quote != std::string::npos; quote = definition.find('\'', quote)) {
    const auto end = definition.find('\'', quote + 1);
    words += definition.substr(quote + 1, end - quote - 1) + " ";
    quote = end + 1;
  }
  std::string expected;
  for (const auto word : kWords<Enum>) expected += std::string(word) + " ";
  EXPECT_EQ(words, expected) << table << "." << column;
}

TEST(Words, AreThoseOfTheSchema) {
  expect_words_of_schema<OrganizationState>("organization", "state");
  expect_words_of_schema<VerificationStatus>("domain", "ownership");
  expect_words_of_schema<VerificationStatus>("domain", "dkim");
  expect_words_of_schema<ExportJobState>("export_job", "state");
  expect_words_of_schema<TokenStatus>("identity_provider", "token_status");
}

TEST(Words, AreReadAndWrittenAsText) {
  Store store("");
  Statement echo(store.connection, "SELECT ?1, ?1");
  auto rows = echo(ExportJobState::Cancelled);
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.next<std::string>(), "CANCELLED");
  EXPECT_EQ(rows.next<ExportJobState>(), ExportJobState::Cancelled);
}

TEST(Words, AreRefusedWhenUnknown) {
  Store store("");
  Statement echo(store.connection, "SELECT ?");
  auto rows = echo("cancelled");
  ASSERT_TRUE(rows.step());
  EXPECT_THROW(rows.next<ExportJobState>(), std::runtime_error);
}

}  // namespace

}  // namespace workmail::store
