#include "api/seed/seed.h"

#include "server/emulator/seeding.h"
#include "tests/fuzz/instance.h"
#include "tests/fuzz/targets.h"

namespace workmail::fuzz {

namespace {

// Why the document is refused; empty when it was applied.
auto refusal(Instance& instance, std::string_view document) -> std::string {
  try {
    server::apply_document(instance.service, document);
    return {};
  } catch (const api::MalformedSeed& error) {
    if (error.faults().empty()) throw Finding("a malformed document without a fault");
    return error.what();
  } catch (const api::RefusedSeed& error) {
    const std::string_view reason = error.what();
    const auto begins = [reason](const char* member) { return reason.starts_with(member); };
    const bool placed = begins("Organizations[") || begins("IdentityCenterApplications[") || begins("Clock");
    if (!placed) throw Finding("refused without a path: " + std::string(reason));
    return std::string(reason);
  }
}

void expect_same(const std::string& before, const std::string& after, const char* what) {
  if (before != after) throw Finding(std::string(what) + "\n--- before\n" + before + "--- after\n" + after);
}

// What a document made can be exported, and made again from that.
void expect_identity(Instance& instance) {
  const auto first = instance.state();
  instance.service.baseline().reset_to_empty();
  const auto reason = refusal(instance, first);
  if (!reason.empty()) throw Finding("The state is refused: " + reason + "\n" + first);
  expect_same(first, instance.state(), "The state made again is another.");
}

}  // namespace

void seed(std::string_view input) {
  static Instance instance;
  instance.service.baseline().reset();  // quicker than to make an empty database
  static const auto empty = instance.state();
  if (!refusal(instance, input).empty())
    return expect_same(empty, instance.state(), "A refused document left something.");

  expect_identity(instance);
  const auto before = instance.state();
  if (!refusal(instance, input).empty())
    expect_same(before, instance.state(), "Refused the second time, it left something.");
}

}  // namespace workmail::fuzz
