#include "server/variables.h"

#include <gtest/gtest.h>

namespace workmail::server {
namespace {

const std::vector<std::string> kKnown{"WORKMAIL_LISTEN", "WORKMAIL_PORTS",   "WORKMAIL_LOG",
                                      "WORKMAIL_SEED",   "WORKMAIL_JOURNAL", "WORKMAIL_PORT_1_TPC"};

auto meant(std::string_view name) -> std::string {
  return meant_variable(name, kKnown);
}

TEST(Variables, AreMatchedToOptionsFromWhichTheyDifferLittle) {
  for (const auto* name : {"WORKMAIL_LISTN", "WORKMAIL_LISTENS", "WORKMAIL_LISTAN", "WORKMAIL_LITSEN", "WORKMAIL_LSTN",
                           "WORKMAIL_LISSTEN"}) {
    EXPECT_EQ(meant(name), name == std::string("WORKMAIL_LSTN") ? "" : "WORKMAIL_LISTEN") << name;
  }
  for (const auto* name : {"WORKMAIL_LISTENERS", "WORKMAIL_LITSNE", "WORKMAIL_XISTEN"}) EXPECT_EQ(meant(name), "");
  EXPECT_EQ(meant("WORKMAIL_SEEDS"), "WORKMAIL_SEED");
  EXPECT_EQ(meant("WORKMAIL_XXURNAL"), "WORKMAIL_JOURNAL");
  EXPECT_EQ(meant("WORKMAIL_XXXRNAL"), "");
  EXPECT_EQ(meant("WORKMAIL_ORGANIZATION_ID"), "");
  EXPECT_EQ(meant("WORKMAIL_"), "");
}

TEST(Variables, AreNotMatchedToShortNames) {
  for (const auto* name : {"WORKMAIL_LOGS", "WORKMAIL_LANG", "WORKMAIL_DB", "WORKMAIL_FEED", "WORKMAIL_SEND",
                           "WORKMAIL_BREED", "WORKMAIL_OG", "WORKMAIL_BLOG", "WORKMAIL_L", "WORKMAIL_SE"}) {
    EXPECT_EQ(meant(name), "") << name;
  }
}

TEST(Variables, AreMatchedToShortNamesWhenTheyAreSlipsOfAFinger) {
  for (const auto* name : {"WORKMAIL_SED", "WORKMAIL_SEE", "WORKMAIL_SEDE", "WORKMAIL_SSEED", "WORKMAIL_Seed"}) {
    EXPECT_EQ(meant(name), "WORKMAIL_SEED") << name;
  }
  for (const auto* name : {"WORKMAIL_LGO", "WORKMAIL_LG", "WORKMAIL_LOGG", "WORKMAIL_LOOG", "WORKMAIL_log"}) {
    EXPECT_EQ(meant(name), "WORKMAIL_LOG") << name;
  }
}

// Although each is a letter from an option.
TEST(Variables, AreIgnoredWhenTheirNamesAreCommon) {
  for (const std::string name : {"DOMAIN", "ID", "PATH", "DATE", "CREDENTIAL", "USER", "PASSWORD", "EMAIL",
                                 "ORGANIZATION", "ENDPOINT", "HOST", "PORT", "NAME", "ALIAS", "TOKEN", "KEY"}) {
    EXPECT_EQ(meant_variable("WORKMAIL_" + name, {"WORKMAIL_" + name + "ING", "WORKMAIL_" + name + "S"}), "") << name;
  }
  EXPECT_EQ(meant_variable("WORKMAIL_DOMAINZ", {"WORKMAIL_DOMAINS"}), "WORKMAIL_DOMAINS");
}

// Although each is one or two letters from an option.
TEST(Variables, AreIgnoredWhenTheyBelongToAService) {
  EXPECT_EQ(meant("WORKMAIL_PORTZ"), "WORKMAIL_PORTS");
  EXPECT_EQ(meant("WORKMAIL_PORT"), "");
  EXPECT_EQ(meant("WORKMAIL_PORT_1_TCPX"), "WORKMAIL_PORT_1_TPC");
  EXPECT_EQ(meant("WORKMAIL_PORT_1_TCP"), "");
  const std::vector<std::string> links{
      "WORKMAIL_SERVICE_HOST",      "WORKMAIL_SERVICE_PORT",      "WORKMAIL_SERVICE_PORT_HTTP",
      "WORKMAIL_PORT_80_TCP",       "WORKMAIL_PORT_80_UDP",       "WORKMAIL_PORT_9675_SCTP",
      "WORKMAIL_PORT_80_TCP_PROTO", "WORKMAIL_PORT_80_TCP_PORT",  "WORKMAIL_PORT_80_TCP_ADDR",
      "WORKMAIL_LOCAL_PORT_80_TCP", "WORKMAIL_LOCAL_SERVICE_HOST"};
  for (const auto& link : links) {
    EXPECT_EQ(meant_variable(link, {link + "X"}), "") << link;
    EXPECT_EQ(meant_variable(link + "Y", {link + "X"}),
              link.find("_SERVICE_PORT_") == std::string::npos ? link + "X" : "")
        << link;
  }
  for (const auto* none : {"WORKMAIL_PORT_A_TCP", "WORKMAIL_PORT__TCP", "WORKMAIL_80_TCP", "WORKMAIL_PORT_80"}) {
    EXPECT_EQ(meant_variable(none, {std::string(none) + "X"}), std::string(none) + "X");
  }
}

}  // namespace
}  // namespace workmail::server
