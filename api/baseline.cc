#include "api/baseline.h"

#include <charconv>
#include <string>

namespace workmail::api {

namespace {

constexpr const char* kClockSetting = "clock";
constexpr const char* kCountedSetting = "counted identifiers";

}  // namespace

Baseline::Baseline(store::Store& store, Clock& clock, Ids& ids, const Settings& settings)
    : store_(store), clock_(clock), ids_(ids), settings_(settings) {
  load_saved();
}

void Baseline::ensure() {
  if (!marked_now_) return;
  start_ = snapshot();
  marked_now_ = false;
}

void Baseline::reset() {
  ensure();
  restore(start_.value());
}

void Baseline::reset_to_empty() {
  store::Store empty("");
  // In the same transaction as the data, so that a crash does not leave an empty database with the old clock.
  Clock clock = clock_;
  clock.follow_real_time();
  if (settings_.clock) clock.freeze(*settings_.clock);
  empty.set_setting(kClockSetting, clock.save());
  restore(store::Snapshot(empty.connection));
}

void Baseline::reset_account(std::string_view account) {
  ensure();
  store::Transaction transaction(store_.connection);
  store_.remove_account(account);
  transaction.commit();
}

auto Baseline::snapshot() -> store::Snapshot {
  if (store_.setting(kClockSetting) != clock_.save()) save_clock();
  return store::Snapshot(store_.connection);
}

void Baseline::restore(const store::Snapshot& snapshot) {
  ensure();
  // A file without a valid clock continues with the current one. The clock is written before the copy, so that nothing
  // can fail after the old data was replaced.
  Clock clock = clock_;
  const auto saved = snapshot.setting(kClockSetting);
  if (saved) clock.load(*saved);
  if (saved == clock.save())
    snapshot.restore(store_);
  else
    snapshot.with_setting(kClockSetting, clock.save()).restore(store_);
  ++restored_;
  load_saved();
}

void Baseline::save_clock() {
  store::Transaction transaction(store_.connection);
  write_clock();
  transaction.commit();
}

void Baseline::write_clock() {
  store_.set_setting(kClockSetting, clock_.save());
}

void Baseline::save_counter() {
  const auto rollbacks = store_.connection.rollbacks();
  if (ids_.counted() == counted_ && rollbacks == counted_rollbacks_) return;
  store_.set_setting(kCountedSetting, std::to_string(ids_.counted()));
  counted_ = ids_.counted();
  counted_rollbacks_ = rollbacks;
}

void Baseline::load_saved() {
  if (const auto saved = store_.setting(kClockSetting)) clock_.load(*saved);
  counted_ = 0;
  if (const auto saved = store_.setting(kCountedSetting)) {
    std::from_chars(saved->data(), saved->data() + saved->size(), counted_);
  }
  ids_.restart();
  ids_.count_from(counted_);
}

}  // namespace workmail::api
