#include <algorithm>
#include <memory>
#include <string>

#include "server/emulator/seeding.h"
#include "server/process/log.h"
#include "tests/fuzz/answers.h"
#include "tests/fuzz/router_steps.h"
#include "tests/fuzz/targets.h"

namespace workmail::fuzz {

namespace {

// Between two requests of an input.
constexpr std::string_view kSeparator = "\n###\n";

// Takes what stands before the separator off the text, and the separator.
auto take_until(std::string_view& text, std::string_view separator) -> std::string_view {
  const auto part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(text.size(), part.size() + separator.size()));
  return part;
}

class Asker {
 public:
  explicit Asker(server::control::Plane& plane)
      : emulator_(plane.emulator), router_(plane, server::Browsers({}), log_) {}

  // The method and the target in the first line, and the body behind it.
  void ask(std::string_view text) {
    auto line = take_until(text, "\n");
    const auto method = take_until(line, " ");
    const auto target = server::split_target(line);
    std::string body(text);
    reply_.clear();
    const server::Request request{
        .method = method, .path = target.path, .query = target.query, .fields = fields_, .body = body};
    if (router_.refuse_head(request, reply_)) return expect_readable(reply_, method == "HEAD", false);
    server::Exchange exchange{.request = request, .reply = reply_};
    server::RouterSteps::answer(router_, exchange);
    judge(exchange);
    expect_readable(reply_, method == "HEAD", true);
    expect_bounds();
  }

 private:
  void expect_bounds() const {
    if (emulator_.faults.rules().size() > server::Faults::kMaxRules)
      throw Finding("There are more rules than there may be.");
    if (emulator_.memory.kept() > emulator_.memory.limit()) throw Finding("More is kept than there is memory for.");
    std::size_t bytes = 0;
    for (const auto& rule : emulator_.faults.rules()) bytes += rule.bytes();
    if (bytes != emulator_.faults.bytes()) throw Finding("The rules take other memory than is counted.");
    bytes = 0;
    for (const auto& [name, kept] : emulator_.snapshots.all()) bytes += kept.snapshot.bytes().size();
    if (bytes != emulator_.snapshots.bytes()) throw Finding("The snapshots take other memory than is counted.");
  }

  server::Emulator& emulator_;
  server::Log log_{server::LogFormat::Text, server::LogLevel::Error};
  server::Router router_;
  server::Fields fields_;
  server::Reply reply_;
};

// Whatever was asked, the state can be exported, and made again from that.
void expect_state(Seeded& seeded, api::Service& service) {
  const auto before = seeded.state();
  service.baseline().reset_to_empty();
  try {
    server::apply_document(service, before);
  } catch (const std::exception& error) {
    throw Finding("The state is refused: " + std::string(error.what()) + "\n" + before);
  }
  const auto after = seeded.state();
  if (before != after) throw Finding("The state made again is another.\n--- before\n" + before + "--- after\n" + after);
}

}  // namespace

void control(std::string_view input) {
  static Seeded seeded;
  auto& service = seeded.begin();
  server::Emulator emulator{
      .service = service, .storage = "memory", .started = {}, .faults = server::Faults(server::repeatable_chance)};
  server::control::Plane plane{.emulator = emulator};
  Asker asker(plane);
  while (!input.empty()) asker.ask(take_until(input, kSeparator));
  expect_state(seeded, service);
}

}  // namespace workmail::fuzz
