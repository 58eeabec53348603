#include "server/variables.h"

#include <gtest/gtest.h>

namespace workmail::server {
namespace {

const std::vector<std::string> kKnown{"WORKMAIL_LISTEN", "WORKMAIL_PORTS", "WORKMAIL_LOG", "WORKMAIL_SEED",
                                      "WORKMAIL_PORT_1_TPC"};

auto meant(std::string_view name) -> std::string {
  return meant_variable(name, kKnown);
}

TEST(Variables, AreMeantToBeOptionsFromWhichTheyDifferLittle) {
  for (const auto* name : {"WORKMAIL_LISTN", "WORKMAIL_LISTENS", "WORKMAIL_LISTAN", "WORKMAIL_LITSEN", "WORKMAIL_LSTN",
                           "WORKMAIL_LISTENERS", "WORKMAIL_LITSNE", "WORKMAIL_XISTEX"}) {
    EXPECT_EQ(meant(name), name == std::string("WORKMAIL_LISTENERS") ? "" : "WORKMAIL_LISTEN") << name;
  }
  EXPECT_EQ(meant("WORKMAIL_SEEDS"), "WORKMAIL_SEED");
  EXPECT_EQ(meant("WORKMAIL_XEXD"), "WORKMAIL_SEED");
  EXPECT_EQ(meant("WORKMAIL_XEXX"), "");
  EXPECT_EQ(meant("WORKMAIL_ORGANIZATION_ID"), "");
  EXPECT_EQ(meant("WORKMAIL_"), "");
}

TEST(Variables, DifferLittleFromAShortNameByOneLetterOnly) {
  EXPECT_EQ(meant("WORKMAIL_LOGS"), "WORKMAIL_LOG");
  EXPECT_EQ(meant("WORKMAIL_LGO"), "WORKMAIL_LOG");
  EXPECT_EQ(meant("WORKMAIL_LANG"), "");
  EXPECT_EQ(meant("WORKMAIL_DB"), "");
}

// Although each is one or two letters from an option.
TEST(Variables, OfAServiceAreNeverMeantToBeOptions) {
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
