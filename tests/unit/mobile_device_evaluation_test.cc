#include "api/rules/mobile_device_evaluation.h"

#include <gtest/gtest.h>

namespace workmail::test {
namespace {

using api::decide;
using api::matches;
using api::MobileDevice;
using store::MobileDeviceRule;

TEST(MobileDeviceRules, MatchEveryDeviceWithoutConditions) {
  EXPECT_TRUE(matches(MobileDeviceRule{}, MobileDevice{}));
  EXPECT_TRUE(matches(MobileDeviceRule{}, {.type = "iPhone"}));
}

TEST(MobileDeviceRules, CompareTheBeginningWithoutRegardToCase) {
  EXPECT_TRUE(matches({.device_types = {"iphone"}}, {.type = "iPhone"}));
  EXPECT_TRUE(matches({.device_user_agents = {"outlook", "android"}}, {.user_agent = "Android-Mail/7.7.16.163886392"}));
  EXPECT_TRUE(matches({.device_models = {"TÉLÉ"}}, {.model = "téléphone"}));
  EXPECT_FALSE(matches({.device_types = {"iPhone 15"}}, {.type = "iPhone"}));
  EXPECT_FALSE(matches({.device_types = {"phone"}}, {.type = "iPhone"}));
}

TEST(MobileDeviceRules, AreNotForWhatTheyExclude) {
  EXPECT_FALSE(matches({.not_device_types = {"iphone"}}, {.type = "iPhone"}));
  EXPECT_FALSE(matches({.not_device_types = {"android", "IPHONE"}}, {.type = "iPhone"}));
  EXPECT_TRUE(matches({.not_device_types = {"android"}}, {.type = "iPhone"}));
}

TEST(MobileDeviceRules, MatchASilentDeviceOnlyByNone) {
  EXPECT_FALSE(matches({.device_types = {"iphone"}}, MobileDevice{}));
  EXPECT_TRUE(matches({.device_types = {"iphone", "$NONE"}}, MobileDevice{}));
  EXPECT_TRUE(matches({.device_types = {"iphone", "$NONE"}}, {.type = "iPhone"}));
  EXPECT_FALSE(matches({.device_types = {"$NONE"}}, {.type = "iPhone"}));
}

TEST(MobileDeviceRules, NeverMatchASilentDeviceWhenTheyExcludeSomething) {
  EXPECT_FALSE(matches({.not_device_types = {"iphone"}}, MobileDevice{}));
  EXPECT_FALSE(matches({.not_device_types = {"$NONE"}}, MobileDevice{}));
  EXPECT_FALSE(matches({.device_types = {"$NONE"}, .not_device_types = {"iphone"}}, MobileDevice{}));
}

struct Property {
  store::StringList MobileDeviceRule::*wanted;
  store::StringList MobileDeviceRule::*unwanted;
  std::optional<std::string> MobileDevice::*property;
};

const std::vector<Property> kProperties{
    {&MobileDeviceRule::device_types, &MobileDeviceRule::not_device_types, &MobileDevice::type},
    {&MobileDeviceRule::device_models, &MobileDeviceRule::not_device_models, &MobileDevice::model},
    {&MobileDeviceRule::device_operating_systems, &MobileDeviceRule::not_device_operating_systems,
     &MobileDevice::operating_system},
    {&MobileDeviceRule::device_user_agents, &MobileDeviceRule::not_device_user_agents, &MobileDevice::user_agent}};

TEST(MobileDeviceRules, LookAtEachPropertyAlone) {
  for (std::size_t of_rule = 0; of_rule < kProperties.size(); ++of_rule) {
    for (std::size_t of_device = 0; of_device < kProperties.size(); ++of_device) {
      MobileDeviceRule wants;
      wants.*kProperties[of_rule].wanted = {"x"};
      MobileDeviceRule refuses;
      refuses.*kProperties[of_rule].unwanted = {"y"};
      MobileDevice device;
      device.*kProperties[of_device].property = "x1";
      EXPECT_EQ(matches(wants, device), of_rule == of_device) << of_rule << of_device;
      EXPECT_EQ(matches(refuses, device), of_rule == of_device) << of_rule << of_device;
    }
  }
}

TEST(MobileDeviceRules, MatchOnlyWhenEveryConditionDoes) {
  const MobileDeviceRule rule{.device_types = {"iPhone", "iPad"},
                              .device_operating_systems = {"iOS"},
                              .not_device_operating_systems = {"iOS 12"}};
  EXPECT_TRUE(matches(rule, {.type = "iPad", .operating_system = "iOS 17.1"}));
  EXPECT_FALSE(matches(rule, {.type = "iPad", .operating_system = "iOS 12.4"}));
  EXPECT_FALSE(matches(rule, {.type = "Pixel", .operating_system = "iOS 17.1"}));
  EXPECT_FALSE(matches(rule, {.type = "iPad"}));
}

TEST(MobileDeviceRules, DenyBeforeTheyAllowAndDenyWithoutAny) {
  const std::vector<MobileDeviceRule> rules{{.id = "all", .effect = "ALLOW"},
                                            {.id = "iphone", .effect = "DENY", .device_types = {"iphone"}},
                                            {.id = "pixel", .effect = "ALLOW", .device_types = {"pixel"}}};
  const auto pixel = decide(rules, {.type = "Pixel 8"});
  EXPECT_EQ(pixel.effect, "ALLOW");
  ASSERT_EQ(pixel.rules.size(), 2U);
  EXPECT_EQ(pixel.rules[0]->id, "all");
  EXPECT_EQ(pixel.rules[1]->id, "pixel");
  const auto iphone = decide(rules, {.type = "iPhone"});
  EXPECT_EQ(iphone.effect, "DENY");
  ASSERT_EQ(iphone.rules.size(), 1U);
  EXPECT_EQ(iphone.rules[0]->id, "iphone");
  const std::vector<MobileDeviceRule> none;
  EXPECT_EQ(decide(none, MobileDevice{}).effect, "DENY");
  EXPECT_TRUE(decide(none, MobileDevice{}).rules.empty());
}

}  // namespace
}  // namespace workmail::test
