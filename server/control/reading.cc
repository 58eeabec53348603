#include "server/control/reading.h"

#include <algorithm>
#include <utility>

#include "server/control/errors.h"

namespace workmail::server::control {

auto Reading::begin_object(std::string prefix) -> std::size_t {
  objects_.push_back({.prefix = std::move(prefix), .violations = {}, .unknown = {}});
  return objects_.size() - 1;
}

void Reading::violation(std::size_t object, std::string_view name, std::string_view what) {
  if (++count_ > kMaxViolations) return;
  objects_[object].violations.push_back(objects_[object].prefix + std::string(name).append(": ").append(what));
}

void Reading::unknown(std::size_t object, std::string_view name, std::string_view what) {
  if (++count_ > kMaxViolations) return;
  objects_[object].unknown.push_back(objects_[object].prefix + std::string(name).append(": ").append(what));
}

auto Reading::find(const void* member, const std::type_info& type) const -> const Place* {
  const auto found = std::find_if(places_.begin(), places_.end(),
                                  [&](const Place& place) { return place.member == member && *place.type == type; });
  return found == places_.end() ? nullptr : &*found;
}

void Reading::finish() const {
  if (count_ == 0) return;
  std::string text;
  for (const auto& object : objects_) {
    for (const auto* list : {&object.violations, &object.unknown}) {
      for (const auto& violation : *list) text.append(text.empty() ? "" : "; ").append(violation);
    }
  }
  if (count_ > kMaxViolations) text += "; and " + std::to_string(count_ - kMaxViolations) + " more";
  throw BadRequest(text);
}

}  // namespace workmail::server::control
