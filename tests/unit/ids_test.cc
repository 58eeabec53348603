#include "api/call/ids.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "tests/api/model_constraints.h"

namespace workmail::api {

namespace {

using test::keeps;

constexpr Time kNow{Duration(1767225600000)};

// All kinds of identifiers, in a fixed order.
auto one_of_each(Ids& ids) -> std::vector<std::string> {
  return {ids.uuid(kNow), ids.organization(kNow), ids.resource(kNow), ids.directory("us-east-1"), ids.secret()};
}

TEST(IdentifiersOfBothModes, HaveTheFormsOfTheModel) {
  for (const auto mode : {Ids::Mode::Random, Ids::Mode::Sequential}) {
    Ids ids(mode);
    for (int i = 0; i < 100; ++i) {
      EXPECT_TRUE(keeps("OrganizationId", ids.organization(kNow)));
      EXPECT_TRUE(keeps("ResourceId", ids.resource(kNow)));
      EXPECT_TRUE(keeps("DirectoryId", ids.directory("us-west-2")));
      EXPECT_TRUE(keeps("ImpersonationToken", ids.secret()));
      EXPECT_EQ(ids.secret().size(), 64U);
      const auto uuid = ids.uuid(kNow);
      for (const auto* const shape : {"WorkMailIdentifier", "EntityIdentifier", "MailboxExportJobId", "ShortString",
                                      "ImpersonationRoleId", "MobileDeviceAccessRuleId", "PersonalAccessTokenId"}) {
        EXPECT_TRUE(keeps(shape, uuid)) << shape << " " << uuid;
      }
    }
  }
}

TEST(IdentifiersOfBothModes, AreUuidsOfTheirVersion) {
  for (const auto mode : {Ids::Mode::Random, Ids::Mode::Sequential}) {
    Ids ids(mode);
    EXPECT_TRUE(keeps("IdentityProviderUserId", ids.uuid(kNow)));  // the model's pattern of a UUID
    EXPECT_TRUE(keeps("IdentityProviderUserId", ids.request()));
    EXPECT_EQ(ids.uuid(kNow)[14], '7');
    EXPECT_EQ(ids.request()[14], '4');
    for (int i = 0; i < 100; ++i) {
      EXPECT_NE(std::string("89ab").find(ids.uuid(kNow)[19]), std::string::npos);
      EXPECT_NE(std::string("89ab").find(ids.request()[19]), std::string::npos);
    }
  }
}

TEST(IdentifiersOfBothModes, NameTheRegionOfADirectory) {
  Ids ids(Ids::Mode::Random);
  EXPECT_EQ(ids.directory("us-east-1").substr(0, 4), "d-90");
  EXPECT_EQ(ids.directory("us-west-2").substr(0, 4), "d-92");
  EXPECT_EQ(ids.directory("eu-west-1").substr(0, 4), "d-93");
}

TEST(RandomIdentifiers, AreDistinctAndInOrderWithinOneMillisecond) {
  Ids ids(Ids::Mode::Random);
  std::vector<std::string> made;
  for (int i = 0; i < 10'000; ++i) made.push_back(ids.uuid(kNow));
  EXPECT_TRUE(std::is_sorted(made.begin(), made.end()));
  EXPECT_EQ(std::set<std::string>(made.begin(), made.end()).size(), made.size());
}

TEST(RandomIdentifiers, SortByTimeEvenWhenTheClockGoesBack) {
  Ids ids(Ids::Mode::Random);
  std::vector<std::string> made;
  for (const int step : {0, 1, 1000, -5000, 86'400'000, 86'400'000, 1}) {
    made.push_back(ids.organization(kNow + Duration(step)));
  }
  EXPECT_TRUE(std::is_sorted(made.begin(), made.end()));
}

TEST(RandomIdentifiers, BeginWithTheTime) {
  Ids ids(Ids::Mode::Random);
  EXPECT_EQ(ids.organization(kNow).substr(2, 12), "019b76daa800");
}

TEST(RandomIdentifiers, DifferFromRunToRun) {
  Ids first(Ids::Mode::Random);
  Ids second(Ids::Mode::Random);
  EXPECT_NE(first.uuid(kNow), second.uuid(kNow));
  EXPECT_NE(first.secret(), second.secret());
  EXPECT_NE(first.request(), second.request());
}

TEST(RandomIdentifiers, AreNotCounted) {
  Ids ids(Ids::Mode::Random);
  one_of_each(ids);
  EXPECT_EQ(ids.counted(), 0U);
}

TEST(SequentialIdentifiers, AreTheSameInEveryRun) {
  Ids first(Ids::Mode::Sequential);
  Ids second(Ids::Mode::Sequential);
  EXPECT_EQ(one_of_each(first), one_of_each(second));
  EXPECT_EQ(first.uuid(kNow), second.uuid(kNow + Duration(1)));
}

TEST(SequentialIdentifiers, AreDistinctAndInOrder) {
  Ids ids(Ids::Mode::Sequential);
  std::vector<std::string> made;
  for (int i = 0; i < 1000; ++i) made.push_back(ids.uuid(kNow));
  EXPECT_TRUE(std::is_sorted(made.begin(), made.end()));
  EXPECT_EQ(std::set<std::string>(made.begin(), made.end()).size(), made.size());
}

TEST(SequentialIdentifiers, StartOver) {
  Ids ids(Ids::Mode::Sequential);
  const auto first = one_of_each(ids);
  const auto request = ids.request();
  EXPECT_NE(one_of_each(ids), first);
  ids.restart();
  EXPECT_EQ(one_of_each(ids), first);
  EXPECT_EQ(ids.request(), request);
}

TEST(SequentialIdentifiers, GoOnFromANumber) {
  Ids ids(Ids::Mode::Sequential);
  one_of_each(ids);
  const auto counted = ids.counted();
  const auto next = ids.uuid(kNow);
  Ids later(Ids::Mode::Sequential);
  later.count_from(counted);
  EXPECT_EQ(later.uuid(kNow), next);
}

TEST(SequentialIdentifiers, AreNotUsedUpByRequests) {
  Ids ids(Ids::Mode::Sequential);
  const auto first = ids.request();
  EXPECT_NE(ids.request(), first);
  EXPECT_EQ(ids.counted(), 0U);
}

}  // namespace

}  // namespace workmail::api
