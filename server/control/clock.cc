#include <string>
#include <utility>
#include <vector>

#include "api/scheduled_events.h"
#include "api/wire/time_text.h"
#include "server/control/answer.h"
#include "server/control/clock_answer.h"
#include "server/control/errors.h"
#include "server/control/input.h"
#include "server/control/plane.h"
#include "store/transaction.h"

namespace workmail::server::control {

namespace {

static_assert(enum_names(ScheduledEventKind{}) == api::enum_names(api::EventKind{}), "api/model/control.json");

auto event_answer(const api::ScheduledEvent& event) -> EventAnswer {
  return {.at = event.at,
          .kind = static_cast<ScheduledEventKind>(event.kind),
          .what = event.what,
          .organization_id = event.organization_id,
          .entity_id = event.entity_id};
}

auto event_answers(const std::vector<api::ScheduledEvent>& events) -> std::vector<EventAnswer> {
  std::vector<EventAnswer> answers;
  for (const auto& event : events) answers.push_back(event_answer(event));
  return answers;
}

auto mode_of(const api::Clock& clock) -> ClockMode {
  switch (clock.mode()) {
    case api::Clock::Mode::Real:
      return ClockMode::Real;
    case api::Clock::Mode::Offset:
      return ClockMode::Offset;
    case api::Clock::Mode::Frozen:
      return ClockMode::Frozen;
  }
  return ClockMode::Real;
}

void refuse_beyond(Time now, Duration step) {
  if (step > api::kLatestTime - now)
    throw NotApplicable("The clock cannot go beyond " + api::format_time(api::kLatestTime) + ".");
}

// The state of the clock at `now`, after the events that were scheduled up to then.
auto answer_at(api::Service& service, Time now) -> ClockAnswer {
  ClockAnswer answer{.now = now, .mode = mode_of(service.clock())};
  if (const auto next = api::next_due(service.store())) answer.next = event_answer(*next);
  return answer;
}

// Changes the clock, stores it and applies the scheduled events, or changes nothing. Events that the clock had reached
// before the change are applied first, so that the response does not include them.
template <class Change>
auto move_clock(api::Service& service, Change change) -> ClockAnswer {
  service.baseline().ensure();
  const api::Clock before = service.clock();
  Time now;
  std::vector<api::ScheduledEvent> happened;
  try {
    change(service.clock());
    now = service.clock().now();
    const auto latest = service.store().latest();
    if (latest && now < *latest) {
      throw Conflict("The data has times up to " + api::format_time(*latest) +
                     "; the clock cannot be set before that. Reset first.");
    }
    store::Transaction transaction(service.store().connection);
    service.baseline().write_clock();
    happened = api::apply_due(service.store(), service.settings(), now);
    transaction.commit();
  } catch (...) {
    service.clock() = before;
    throw;
  }
  auto answer = answer_at(service, now);
  answer.happened = event_answers(happened);
  return answer;
}

}  // namespace

auto clock_answer(api::Service& service) -> ClockAnswer {
  const Time now = service.clock().now();
  service.catch_up_to_read(now);
  return answer_at(service, now);
}

void read_clock(Plane& plane, const Request& request, Reply& reply) {
  const auto parameters = read_query<ClockParameters>(request.query);
  auto answer = clock_answer(plane.emulator.service);
  if (parameters.upcoming) {
    const auto limit = static_cast<std::int64_t>(*parameters.upcoming);
    answer.upcoming = event_answers(api::upcoming(plane.emulator.service.store(), limit));
  }
  write_answer(reply, answer);
}

void set_clock(Plane& plane, const Request& request, Reply& reply) {
  Input<SetClockInput> input(request.body);
  if (input->mode && (input->now || input->frozen)) {
    input.violation(input->mode, "excludes now and frozen");
  }
  if (!input.present(input->now) && !input.present(input->frozen) && !input.present(input->mode)) {
    input.violation(input->now, "is missing");
  }
  const auto& wanted = input.finish();

  const auto change = [&](api::Clock& clock) {
    const Time moment = wanted.now.value_or(clock.now());
    if (wanted.mode)
      clock.follow_real_time();
    else if (wanted.frozen.value_or(false))
      clock.freeze(moment);
    else
      clock.run_from(moment);
  };
  plane.emulator.service.catch_up();
  write_answer(reply, move_clock(plane.emulator.service, change));
}

void advance_clock(Plane& plane, const Request& request, Reply& reply) {
  Input<AdvanceClockInput> input(request.body);
  if (input.present(input->by) == input.present(input->to)) {
    input.violation(input->by, "exactly one of by and to is required");
  }
  const auto& wanted = input.finish();

  api::Service& service = plane.emulator.service;
  const Time now = service.clock().now();
  service.catch_up(now);
  const auto next = wanted.to ? api::next_due(service.store()) : std::nullopt;
  if (wanted.to && !next) throw NotApplicable("No event is scheduled.");
  const Duration step = next ? next->at - now : wanted.by.value_or(Duration(0));
  refuse_beyond(now, step);
  write_answer(reply, move_clock(service, [&](api::Clock& clock) { clock.advance(step); }));
}

}  // namespace workmail::server::control
