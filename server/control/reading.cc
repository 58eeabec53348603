#include "server/control/reading.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "server/control/errors.h"

namespace workmail::server::control {

auto Reading::begin_object(std::string prefix) -> std::size_t {
  objects_.push_back({.prefix = std::move(prefix), .violations = {}, .unknown = {}});
  return objects_.size() - 1;
}

void Reading::violation(std::size_t object, std::string_view name, std::string_view what) {
  assert(object < objects_.size() && "the request has been read");
  note(objects_[object], objects_[object].violations, name, what);
}

void Reading::unknown(std::size_t object, std::string_view name, std::string_view what) {
  note(objects_[object], objects_[object].unknown, name, what);
}

// Each list keeps only as many as are shown, and those of an object that is read later may be shown first.
void Reading::note(const Object& object, std::vector<std::string>& list, std::string_view name, std::string_view what) {
  ++count_;
  if (list.size() < kMaxViolations) list.push_back(object.prefix + std::string(name).append(": ").append(what));
}

auto Reading::find(const void* member, const std::type_info& type) const -> const Place* {
  const auto found = std::find_if(places_.begin(), places_.end(),
                                  [&](const Place& place) { return place.member == member && *place.type == type; });
  return found == places_.end() ? nullptr : &*found;
}

void Reading::finish() const {
  if (count_ == 0) return;
  std::string text;
  std::size_t shown = 0;
  for (const auto& object : objects_) {
    for (const auto* list : {&object.violations, &object.unknown}) {
      for (const auto& violation : *list) {
        if (++shown <= kMaxViolations) text.append(text.empty() ? "" : "; ").append(violation);
      }
    }
  }
  if (count_ > kMaxViolations) text += "; and " + std::to_string(count_ - kMaxViolations) + " more";
  throw BadRequest(text);
}

}  // namespace workmail::server::control
