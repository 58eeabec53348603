#include "api/seed/nesting.h"

namespace workmail::api {

auto Nesting::find_circle() const -> std::optional<Circle> {
  // The stack of the search: groups from the outermost to the innermost, with the next member of each. Not recursive,
  // because the document determines the depth.
  struct Step {
    store::EntityNumber group;
    std::size_t next;
  };
  enum class Visit { Open, Done };
  std::map<store::EntityNumber, Visit> visits;
  static const std::vector<Member> kNone;
  for (const auto& [start, unused] : inside_) {
    if (visits.contains(start)) continue;
    std::vector<Step> steps{{start, 0}};
    visits[start] = Visit::Open;
    while (!steps.empty()) {
      auto& [group, next] = steps.back();
      const auto found = inside_.find(group);
      const auto& members = found == inside_.end() ? kNone : found->second;
      if (next == members.size()) {
        visits[group] = Visit::Done;
        steps.pop_back();
        continue;
      }
      const auto& member = members[next++];
      const auto [visit, is_new] = visits.try_emplace(member.group, Visit::Open);
      if (!is_new && visit->second == Visit::Open) return Circle{group, member.index};
      if (is_new) steps.push_back({member.group, 0});
    }
  }
  return std::nullopt;
}

}  // namespace workmail::api
