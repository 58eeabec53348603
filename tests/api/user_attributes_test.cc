// Compares the list of user attributes with the columns of the schema and the members of AWS's model.
#include <cctype>
#include <set>
#include <string>

#include "generated/workmail/shapes.h"
#include "store/user_attributes.h"
#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

// Converts "first_name" to the name of a member, "FirstName".
auto member_of(std::string_view column) -> std::string {
  std::string member;
  bool begins = true;
  for (const char c : column) {
    if (c != '_') member += begins ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    begins = c == '_';
  }
  return member;
}

auto columns() -> std::set<std::string> {
  std::set<std::string> columns;
  store::for_each_user_attribute([&](const auto& attribute) { columns.emplace(attribute.column.view()); });
  return columns;
}

// The attributes that a shape lacks.
template <class Shape>
auto missing_in() -> std::set<std::string> {
  std::set<std::string> missing;
  store::for_each_user_attribute([&](const auto& attribute) {
    if constexpr (!requires(Shape & shape) { attribute.of(shape); }) missing.emplace(attribute.column.view());
  });
  return missing;
}

class UserAttributes : public ApiTest {};

TEST_F(UserAttributes, AreTheColumnsOfTheSchema) {
  const std::set<std::string> others{"number", "organization", "kind", "id", "name", "name_key", "state", "email",
                                     "enabled_at", "disabled_at", "forgotten_at", "hidden", "role",
                                     // of resources
                                     "resource_type", "description", "auto_accept_requests",
                                     "auto_decline_recurring_requests", "auto_decline_conflicting_requests"};
  std::set<std::string> found;
  store::Statement find(store_->connection, "SELECT name FROM pragma_table_info('entity') ORDER BY cid");
  for (auto& name : find.all([](store::Rows& row) { return row.next<std::string>(); })) {
    if (!others.contains(name)) found.insert(std::move(name));
  }
  EXPECT_EQ(found, columns()) << "store/schema.sql and kUserAttributes";
}

TEST_F(UserAttributes, AreTakenByUpdateUser) {
  // Set by a login through Identity Center, not by an operation.
  EXPECT_EQ(missing_in<api::UpdateUserRequest>(), std::set<std::string>{"identity_provider_identity_store_id"});
}

TEST_F(UserAttributes, ComeBackAsTheyWereSet) {
  organization();
  const auto id = user("alice", "alice@acme.awsapps.com");
  const auto unset = missing_in<api::UpdateUserRequest>();
  const auto value_of = [](const std::string& column) {
    return column == "identity_provider_user_id" ? "12345678-1234-1234-1234-123456789012" : column;
  };
  std::string members = "'UserId': '" + id + "'";
  for (const auto& column : columns()) {
    if (!unset.contains(column)) members += ", '" + member_of(column) + "': '" + value_of(column) + "'";
  }
  ok("UpdateUser", members);
  const auto user = ok("DescribeUser", "'UserId': '" + id + "'");
  for (const auto& column : columns()) {
    EXPECT_EQ(user[member_of(column).c_str()], unset.contains(column) ? "" : value_of(column)) << column;
  }
}

}  // namespace
}  // namespace workmail::test
