#include <string>
#include <utility>

#include "api/wire/time_text.h"
#include "server/control/clock_answer.h"
#include "server/control/json_request.h"
#include "server/control/plane.h"
#include "server/control/query.h"
#include "server/control/refusal.h"

namespace workmail::server::control {

namespace {

// Happenings as the control plane shows them.
struct EventAnswer {
  const api::Happening& event;
};

void encode(api::Encoder& json, const EventAnswer& answer) {
  json.begin_object();
  json.member("\"at\":", api::format_time(answer.event.at));
  json.member("\"what\":", answer.event.what);
  json.member("\"organizationId\":", answer.event.organization_id);
  json.member("\"entityId\":", answer.event.entity_id);
  json.end_object();
}

void events_member(api::Encoder& json, std::string_view key, const std::optional<std::vector<api::Happening>>& events) {
  if (!events) return;
  std::vector<EventAnswer> answers;
  for (const auto& event : *events) answers.push_back({event});
  json.member(key, answers);
}

auto mode_name(api::Clock::Mode mode) -> std::string_view {
  switch (mode) {
    case api::Clock::Mode::Real:
      return "real";
    case api::Clock::Mode::Offset:
      return "offset";
    case api::Clock::Mode::Frozen:
      return "frozen";
  }
  return "real";
}

void write(Reply& reply, const ClockAnswer& answer) {
  api::Encoder json(reply.body());
  encode(json, answer);
}

void refuse_beyond(Time now, Duration step) {
  if (step > api::kLatestTime - now)
    throw NotApplicable("The clock ends at " + api::format_time(api::kLatestTime) + ".");
}

// How the clock stands at `now`, when what was due until then has happened.
auto answer_at(api::Service& service, Time now) -> ClockAnswer {
  return {.now = now, .mode = service.clock().mode(), .next = api::next_due(service.store()), .happened = std::nullopt};
}

// Changes the clock and keeps it with the data, or leaves it as it is; then makes happen what is due. What was due
// before the change has to have happened, so that it is not told as its effect.
template <class Change>
auto move_clock(api::Service& service, Change change) -> ClockAnswer {
  service.keep_start();
  const api::Clock before = service.clock();
  Time now;
  try {
    change(service.clock());
    now = service.clock().now();
    const auto latest = service.store().latest();
    if (latest && now < *latest) {
      throw Conflict("The data goes on to " + api::format_time(*latest) +
                     "; the clock cannot go behind it. Reset first.");
    }
    service.save_clock();
  } catch (...) {
    service.clock() = before;
    throw;
  }
  auto happened = service.catch_up(now);
  auto answer = answer_at(service, now);
  answer.happened = std::move(happened);
  return answer;
}

}  // namespace

auto clock_answer(api::Service& service) -> ClockAnswer {
  const Time now = service.clock().now();
  service.catch_up_to_read(now);
  return answer_at(service, now);
}

void encode(api::Encoder& json, const ClockAnswer& clock) {
  json.begin_object();
  json.member("\"now\":", api::format_time(clock.now));
  json.member("\"mode\":", mode_name(clock.mode));
  if (clock.next) json.member("\"next\":", EventAnswer{*clock.next});
  events_member(json, "\"upcoming\":", clock.upcoming);
  events_member(json, "\"happened\":", clock.happened);
  json.end_object();
}

void read_clock(Plane& plane, const Request& request, Reply& reply) {
  constexpr std::uint64_t kMostUpcoming = 1000;
  Query parameters(request);
  const auto limit = parameters.count("upcoming");
  if (limit.value_or(0) > kMostUpcoming) parameters.violation("upcoming", "must be at most 1000");
  parameters.finish();
  auto answer = clock_answer(plane.service);
  if (limit) answer.upcoming = api::upcoming(plane.service.store(), static_cast<std::int64_t>(*limit));
  write(reply, answer);
}

void set_clock(Plane& plane, const Request& request, Reply& reply) {
  JsonRequest input(request.body);
  const auto now = input.time("now");
  const auto frozen = input.flag("frozen");
  const auto mode = input.one_of("mode", {"real"});
  if (mode && (now || frozen)) input.violation("mode", "stands alone: real time is neither set nor frozen");
  if (!input.present("now") && !input.present("frozen") && !input.present("mode")) {
    input.violation("now", "is missing");
  }
  input.finish();

  const auto change = [&](api::Clock& clock) {
    const Time moment = now.value_or(clock.now());
    if (mode)
      clock.follow_real_time();
    else if (frozen.value_or(false))
      clock.freeze(moment);
    else
      clock.run_from(moment);
  };
  plane.service.catch_up();
  write(reply, move_clock(plane.service, change));
}

void advance_clock(Plane& plane, const Request& request, Reply& reply) {
  JsonRequest input(request.body);
  const auto by = input.duration("by");
  const auto to = input.one_of("to", {"next"});
  if (input.present("by") == input.present("to")) input.violation("by", "either this or \"to\" must be there");
  input.finish();

  api::Service& service = plane.service;
  const Time now = service.clock().now();
  service.catch_up(now);
  const auto next = to ? api::next_due(service.store()) : std::nullopt;
  if (to && !next) throw NotApplicable("Nothing is going to happen by itself, so there is no next moment.");
  const Duration step = next ? next->at - now : by.value_or(Duration(0));
  refuse_beyond(now, step);
  write(reply, move_clock(service, [&](api::Clock& clock) { clock.advance(step); }));
}

}  // namespace workmail::server::control
