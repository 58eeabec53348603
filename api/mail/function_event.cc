#include "api/mail/function_event.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "api/wire/codec.h"
#include "store/utf8.h"

namespace workmail::api {

namespace {

struct Address {
  std::string_view address;
};

struct Envelope {
  Address mail_from;
  std::vector<Address> recipients;
};

// AWS: its LambdaEventData, with the members in the order of the guide.
struct EventData {
  Envelope envelope;
  std::optional<Address> sender;
  std::string_view subject;
  std::string_view message_id;
  std::string_view invocation_id;
  std::string_view flow_direction;
  bool truncated = false;
};

void encode(Encoder& out, const Address& address) {
  out.begin_object();
  out.member("\"address\":", address.address);
  out.end_object();
}

void encode(Encoder& out, const Envelope& envelope) {
  out.begin_object();
  out.member("\"mailFrom\":", envelope.mail_from);
  out.member("\"recipients\":", envelope.recipients);
  out.end_object();
}

void encode(Encoder& out, const EventData& event) {
  out.begin_object();
  // AWS: the guide's version; its samples show 2019-07-28 with the same members.
  out.member("\"summaryVersion\":", std::string_view("2018-10-10"));
  out.member("\"envelope\":", event.envelope);
  out.member("\"sender\":", event.sender);
  out.member("\"subject\":", event.subject);
  out.member("\"messageId\":", event.message_id);
  out.member("\"invocationId\":", event.invocation_id);
  out.member("\"flowDirection\":", event.flow_direction);
  out.member("\"truncated\":", event.truncated);
  out.end_object();
}

template <class Structure>
auto json_of(const Structure& structure) -> std::string {
  std::string text;
  Encoder(text).value(structure);
  return text;
}

// A byte that is not UTF-8 is counted as its replacement character.
auto beginning_of(std::string_view subject) -> std::string_view {
  std::size_t end = 0;
  for (std::size_t characters = 0; characters < kMaxEventSubject && end < subject.size(); ++characters) {
    end += std::max<std::size_t>(store::utf8_length(subject.substr(end)), 1);
  }
  return subject.substr(0, end);
}

}  // namespace

auto event_json(const FunctionEvent& event) -> std::string {
  EventData data{
      .envelope = {.mail_from = {event.mail_from}, .recipients = {}},
      .sender = event.sender.empty() ? std::nullopt : std::optional(Address{event.sender}),
      // AWS: the subject of a message without one is undocumented; assumed to be empty (Q-event-no-subject).
      .subject = beginning_of(event.subject),
      .message_id = event.message_id,
      .invocation_id = event.invocation_id,
      .flow_direction = store::word(event.direction),
  };
  // "truncated":false is longer than true, so an event that fits with false also fits with true.
  auto size = json_of(data).size();
  for (const auto& recipient : event.recipients) {
    const Address address{recipient};
    const auto comma = data.envelope.recipients.empty() ? std::size_t{0} : std::size_t{1};
    size += json_of(address).size() + comma;
    data.truncated = size > kMaxEventSize;
    if (data.truncated) break;
    data.envelope.recipients.push_back(address);
  }
  return json_of(data);
}

}  // namespace workmail::api
