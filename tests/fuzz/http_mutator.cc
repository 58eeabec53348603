// Without this nearly every change of a body would leave a request whose Content-Length is wrong, of which the server
// waits for the rest.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

extern "C" auto LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room) -> std::size_t;

namespace {

constexpr std::string_view kLength = "Content-Length: ";
constexpr std::string_view kEndOfHead = "\r\n\r\n";

// Where the next request begins; a body may look so too, which does no harm.
auto next_request(const std::string& text, std::size_t from) -> std::size_t {
  std::size_t next = text.size();
  for (const char* begin : {"POST /", "GET /", "PUT /", "DELETE /"}) next = std::min(next, text.find(begin, from));
  return next;
}

// The same requests, each with the length that its body has.
auto with_right_lengths(std::string text) -> std::string {
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = text.find(kEndOfHead, begin);
    if (end == std::string::npos) break;
    const auto body = end + kEndOfHead.size();
    const auto next = next_request(text, body);
    const auto field = text.find(kLength, begin);
    if (field >= end) {
      begin = next;
      continue;
    }
    const auto digits = field + kLength.size();
    const auto line_end = text.find('\r', digits);
    const auto length = std::to_string(next - body);
    text.replace(digits, line_end - digits, length);
    begin = next + length.size() - (line_end - digits);
  }
  return text;
}

}  // namespace

extern "C" auto LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed)
    -> std::size_t {
  size = LLVMFuzzerMutate(data, size, room);
  constexpr unsigned kOneLeftWrong = 16;
  if (seed % kOneLeftWrong == 0) return size;
  const auto text = with_right_lengths(std::string(reinterpret_cast<const char*>(data), size));
  if (text.size() > room) return size;
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
