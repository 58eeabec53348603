#include "tests/api/stateful/moves.h"

#include <algorithm>
#include <functional>

namespace workmail::test::stateful {

namespace {

// Places of entities.
constexpr int kGroups = 5;
constexpr int kResources = 9;
constexpr int kUnknown = 12;
const std::vector<std::string> kNames{"ann", "bob", "cat", "dan", "eve", "fay",
                                      "gus", "hal", "ivy", "Ann", "BOB", "GUS"};
const std::vector<std::string> kReserved{"Guest", "Administrators"};
const std::vector<std::string> kLocals{"a", "b", "c", "d", "e", "f", "g", "h", "i", "A"};
const std::vector<std::string> kDomains{"<own>", "one.example", "Two.example", "<other>", "no.example"};
const std::vector<std::string> kAliases{"acme", "beta", "gamma", "delta", "Acme"};
constexpr int kEmails = 50;  // kLocals by kDomains

using Words = std::function<std::string(std::string_view wish, int choice)>;

auto at(const std::vector<std::string>& words, int choice) -> std::string {
  return words[static_cast<std::size_t>(choice) % words.size()];
}

auto email(int choice) -> std::string {
  return at(kLocals, choice) + "@" + at(kDomains, choice / static_cast<int>(kLocals.size()));
}

auto begins(std::string_view text, std::string_view with) -> bool {
  return text.substr(0, with.size()) == with;
}

// A word that is not an identifier; it may contain <own> and <other>, the test domains.
auto plain_word(std::string_view wish, int choice) -> std::string {
  if (wish == "name") return at(kNames, choice);
  if (wish == "new name") return choice < static_cast<int>(kNames.size()) ? at(kNames, choice) : at(kReserved, choice);
  if (wish == "email") return email(choice);
  if (wish == "domain") return at(kDomains, choice);
  if (wish == "alias") return at(kAliases, choice);
  return at(alternatives(wish), choice);
}

// Whether the placeholder is for an entity: by identifier only, or by identifier, name or address.
auto is_entity(std::string_view wish) -> bool {
  return begins(wish, "user") || begins(wish, "group") || begins(wish, "resource") || begins(wish, "entity");
}

// The number of choices.
auto choices(std::string_view wish) -> int {
  if (begins(wish, "new user")) return kGroups;
  if (begins(wish, "new group")) return kResources - kGroups;
  if (begins(wish, "new resource")) return kUnknown - kResources;
  if (wish == "new name") return static_cast<int>(kNames.size() + kReserved.size());
  if (wish == "name") return static_cast<int>(kNames.size());
  if (wish == "email") return kEmails;
  if (wish == "domain") return static_cast<int>(kDomains.size());
  if (wish == "alias") return static_cast<int>(kAliases.size());
  if (is_entity(wish)) return kUnknown + 1 + (wish.ends_with(" id") ? 0 : static_cast<int>(kNames.size()) + kEmails);
  return static_cast<int>(alternatives(wish).size());
}

auto filled(const Move& move, const Words& word) -> std::string {
  const auto chosen = [&](std::string_view wish, std::size_t number) { return word(wish, move.choices[number]); };
  return test::filled(move.form->members, chosen).value();
}

// The place of the entity for <new …>; -1 for none.
auto new_place(const Move& move) -> int {
  const auto all = wishes(move.form->members);
  if (all.empty()) return -1;
  if (all[0] == "new user") return move.choices[0];
  if (all[0] == "new group") return kGroups + move.choices[0];
  if (all[0] == "new resource") return kResources + move.choices[0];
  return -1;
}

auto replace(std::string text, std::string_view what, const std::string& by) -> std::string {
  const auto found = text.find(what);
  return found == std::string::npos ? text : text.replace(found, what.size(), by);
}

}  // namespace

auto forms() -> const std::vector<Form>& {
  static const std::vector<Form> all{
      {"CreateOrganization", "'Alias': '<alias>'", 25},
      {"DeleteOrganization", "'DeleteDirectory': true, 'ForceDelete': <false|true>", 1},
      {"DescribeOrganization", "", 1},
      {"RegisterMailDomain", "'DomainName': '<domain>'", 15},
      {"DeregisterMailDomain", "'DomainName': '<domain>'", 6},
      {"UpdateDefaultMailDomain", "'DomainName': '<domain>'", 5},
      {"GetMailDomain", "'DomainName': '<domain>'", 3},
      {"CreateUser", "<new user>'Name': '<new name>', 'DisplayName': '<|Some text>'", 40},
      {"CreateUser",
       "<new user>'Name': '<new name>', 'DisplayName': 'x', 'Role': '<USER|REMOTE_USER|SYSTEM_USER>',"
       " 'HiddenFromGlobalAddressList': <false|true>",
       6},
      {"CreateGroup", "<new group>'Name': '<new name>', 'HiddenFromGlobalAddressList': <false|true>", 30},
      {"CreateResource", "<new resource>'Name': '<new name>', 'Type': '<ROOM|EQUIPMENT>', 'Description': 'd'", 30},
      {"RegisterToWorkMail", "'EntityId': '<entity>', 'Email': '<email>'", 70},
      {"DeregisterFromWorkMail", "'EntityId': '<entity>'", 18},
      {"CreateAlias", "'EntityId': '<entity id>', 'Alias': '<email>'", 50},
      {"DeleteAlias", "'EntityId': '<entity id>', 'Alias': '<email>'", 30},
      {"UpdatePrimaryEmailAddress", "'EntityId': '<entity>', 'Email': '<email>'", 40},
      {"DescribeEntity", "'Email': '<email>'", 10},
      {"UpdateUser", "'UserId': '<user>', 'City': '<|Berlin>', 'DisplayName': '<|Other text>'", 12},
      {"UpdateUser",
       "'UserId': '<user>', 'Role': '<USER|REMOTE_USER|RESOURCE>', 'HiddenFromGlobalAddressList': <false|true>", 6},
      {"UpdateGroup", "'GroupId': '<group>', 'HiddenFromGlobalAddressList': <false|true>", 6},
      {"UpdateResource", "'ResourceId': '<resource>', 'Name': '<new name>', 'Description': '<|Some text>'", 12},
      {"UpdateResource",
       "'ResourceId': '<resource>', 'Type': '<ROOM|EQUIPMENT>', 'BookingOptions': {'AutoAcceptRequests':"
       " <false|true>, 'AutoDeclineRecurringRequests': <false|true>}",
       15},
      {"DeleteUser", "'UserId': '<user>'", 9},
      {"DeleteGroup", "'GroupId': '<group>'", 6},
      {"DeleteResource", "'ResourceId': '<resource>'", 6},
      {"ResetPassword", "'UserId': '<user id>', 'Password': 'Passw0rd!'", 6},
      {"AssociateMemberToGroup", "'GroupId': '<group>', 'MemberId': '<user>'", 40},
      {"AssociateMemberToGroup", "'GroupId': '<group>', 'MemberId': '<group>'", 40},
      {"DisassociateMemberFromGroup", "'GroupId': '<group>', 'MemberId': '<entity>'", 30},
      {"ListGroupsForEntity", "'EntityId': '<entity>'", 6},
      {"AssociateDelegateToResource", "'ResourceId': '<resource>', 'EntityId': '<entity>'", 40},
      {"DisassociateDelegateFromResource", "'ResourceId': '<resource>', 'EntityId': '<entity>'", 20},
      {"PutMailboxPermissions",
       "'EntityId': '<entity>', 'GranteeId': '<entity>',"
       " 'PermissionValues': ['<SEND_AS|FULL_ACCESS|SEND_ON_BEHALF>', '<SEND_AS|SEND_ON_BEHALF>']",
       50},
      {"PutMailboxPermissions", "'EntityId': '<entity>', 'GranteeId': '<entity>', 'PermissionValues': []", 5},
      {"DeleteMailboxPermissions", "'EntityId': '<entity>', 'GranteeId': '<entity>'", 12},
      {"UpdateMailboxQuota", "'UserId': '<user>', 'MailboxQuota': <100|1|51200|51201>", 15},
      {"GetMailboxDetails", "'UserId': '<user>'", 6},
      {"advance hours", "<1|24|696|720|744>", 16},
      {"restart", "", 2},
      {"take snapshot", "<1|2>", 3},
      {"restore snapshot", "<1|2>", 2},
      {"reset account", "", 1}};
  return all;
}

Places::Places() {
  for (auto& place : places_) {
    place.account = "000000000000";
    place.region = "us-east-1";
    for (auto& id : place.entities) id = "ffffffff-ffff-ffff-ffff-ffffffffffff";
  }
  places_[2].account = "111111111111";
  places_[3].region = "eu-west-1";
}

auto Places::of(const Move& move) const -> const Place& {
  return places_[static_cast<std::size_t>(move.organization)];
}

auto Places::input(const Move& move) const -> std::string {
  const auto& place = of(move);
  const auto& other = places_[(static_cast<std::size_t>(move.organization) + 1) % kPlaces];
  const auto word = [&](std::string_view wish, int choice) -> std::string {
    if (begins(wish, "new ") && wish != "new name") return "";
    std::string plain;
    if (!is_entity(wish))
      plain = plain_word(wish, choice);
    else if (choice <= kUnknown)
      return place.entities[static_cast<std::size_t>(choice)];
    else if (choice -= kUnknown + 1; choice < static_cast<int>(kNames.size()))
      plain = at(kNames, choice);
    else
      plain = email(choice - static_cast<int>(kNames.size()));
    return replace(replace(plain, "<own>", place.alias + ".awsapps.com"), "<other>", other.alias + ".awsapps.com");
  };
  std::string members = filled(move, word);
  const bool is_new = std::string_view(move.form->operation) == "CreateOrganization";
  if (!is_new) members = "'OrganizationId': '" + place.organization + "'" + (members.empty() ? "" : ", ") + members;
  std::replace(members.begin(), members.end(), '\'', '"');
  return "{" + members + "}";
}

void Places::learn(const Move& move, const std::string& made) {
  auto& place = places_[static_cast<std::size_t>(move.organization)];
  if (std::string_view(move.form->operation) == "CreateOrganization") {
    place.organization = made;
    place.alias = at(kAliases, move.choices[0]);
  }
  const int entity = new_place(move);
  if (entity >= 0) place.entities[static_cast<std::size_t>(entity)] = made;
}

auto is_event(const Move& move) -> bool {
  return std::islower(static_cast<unsigned char>(move.form->operation[0])) != 0;
}

auto number(const Move& move) -> int {
  return std::stoi(plain_word(wishes(move.form->members).front(), move.choices.front()));
}

auto random_form(std::mt19937& random) -> const Form& {
  static const std::vector<const Form*> kWeighted = weighted(forms());
  return *kWeighted[random() % kWeighted.size()];
}

auto random_move(std::mt19937& random, const Form& form) -> Move {
  const auto below = [&](int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); };
  Move move{.form = &form};
  // Mostly the first organization, so that it has many contents.
  static constexpr std::array<int, 20> kOften{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 4};
  const bool is_new = form.operation == std::string_view("CreateOrganization");
  move.organization = is_new ? below(kOrganizations) : kOften[random() % kOften.size()];
  for (const auto wish : wishes(move.form->members)) {
    int begin = 0;
    int end = choices(wish);
    // Mostly steps that can succeed.
    if (is_entity(wish) && below(10) < 9) {
      begin = begins(wish, "group") ? kGroups : begins(wish, "resource") ? kResources : 0;
      end = begins(wish, "user") ? kGroups : begins(wish, "group") ? kResources : kUnknown;
    }
    if (wish == "email" && below(10) < 6) end = static_cast<int>(kLocals.size());
    move.choices.push_back(begin + below(end - begin));
  }
  return move;
}

auto first_moves() -> std::vector<Move> {
  const auto form = [](std::string_view operation) {
    return &*std::find_if(forms().begin(), forms().end(), [&](const Form& f) { return f.operation == operation; });
  };
  std::vector<Move> moves;
  for (int i = 0; i < kOrganizations; ++i) {
    moves.push_back({form("CreateOrganization"), i, {i}});
    moves.push_back({form("RegisterMailDomain"), i, {1 + i}});
  }
  for (int i = 0; i < 3; ++i) {
    moves.push_back({form("CreateUser"), 0, {i, i, 0}});
    moves.push_back({form("CreateGroup"), 0, {i, 3 + i, 0}});
    moves.push_back({form("CreateResource"), 0, {i, 6 + i, 0}});
    moves.push_back({form("RegisterToWorkMail"), 0, {i, i}});
    moves.push_back({form("RegisterToWorkMail"), 0, {kGroups + i, 3 + i}});
    moves.push_back({form("RegisterToWorkMail"), 0, {kResources + i, 6 + i}});
  }
  return moves;
}

auto simpler(const Move& move) -> std::vector<Move> {
  std::vector<Move> found;
  for (int place = 0; place < move.organization; ++place) {
    found.push_back(move);
    found.back().organization = place;
  }
  for (std::size_t i = 0; i < move.choices.size(); ++i) {
    for (int choice = 0; choice < move.choices[i]; ++choice) {
      found.push_back(move);
      found.back().choices[i] = choice;
    }
  }
  return found;
}

auto line(const Move& move) -> std::string {
  static const std::vector<std::string> kPlaceNames{"first", "second", "third", "fourth", "fifth"};
  const auto word = [&](std::string_view wish, int choice) -> std::string {
    if (begins(wish, "new ") && wish != "new name") return "[entity " + std::to_string(new_place(move)) + "] ";
    if (!is_entity(wish)) return plain_word(wish, choice);
    if (choice == kUnknown) return "[nothing]";
    if (choice < kUnknown) return "[entity " + std::to_string(choice) + "]";
    if (choice -= kUnknown + 1; choice < static_cast<int>(kNames.size())) return at(kNames, choice);
    return email(choice - static_cast<int>(kNames.size()));
  };
  return at(kPlaceNames, move.organization) + ": " + move.form->operation + " " + filled(move, word);
}

}  // namespace workmail::test::stateful
