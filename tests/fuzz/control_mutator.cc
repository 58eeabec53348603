// Without this few changes would go from one endpoint to another, or put several requests behind one another.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

extern "C" auto LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room) -> std::size_t;

namespace {

constexpr std::string_view kSeparator = "\n###\n";
constexpr std::array<std::string_view, 24> kLines{"GET /_workmail/health",
                                                  "POST /_workmail/reset",
                                                  "GET /_workmail/clock?upcoming=5",
                                                  "PUT /_workmail/clock",
                                                  "POST /_workmail/clock/advance",
                                                  "POST /_workmail/simulate",
                                                  "POST /_workmail/seed",
                                                  "GET /_workmail/state",
                                                  "GET /_workmail/requests?after=0&wait=1",
                                                  "DELETE /_workmail/requests",
                                                  "POST /_workmail/requests/find",
                                                  "GET /_workmail/requests/stream",
                                                  "GET /_workmail/cloudtrail",
                                                  "GET /_workmail/faults",
                                                  "POST /_workmail/faults",
                                                  "DELETE /_workmail/faults",
                                                  "DELETE /_workmail/faults/fault-1",
                                                  "GET /_workmail/metrics",
                                                  "GET /_workmail/snapshots",
                                                  "PUT /_workmail/snapshots/a",
                                                  "GET /_workmail/snapshots/a",
                                                  "DELETE /_workmail/snapshots/a",
                                                  "POST /_workmail/snapshots/a/restore",
                                                  "HEAD /_workmail/health"};

// Of the request that a number chooses.
auto begin_of_request(const std::string& text, unsigned number) -> std::size_t {
  std::size_t begin = 0;
  for (unsigned i = 0; i < number; ++i) {
    const auto separator = text.find(kSeparator, begin);
    if (separator == std::string::npos) return begin;
    begin = separator + kSeparator.size();
  }
  return begin;
}

auto copied(const std::string& text, std::uint8_t* data, std::size_t size, std::size_t room) -> std::size_t {
  if (text.size() > room) return size;
  std::memcpy(data, text.data(), text.size());
  return text.size();
}

}  // namespace

extern "C" auto LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed)
    -> std::size_t {
  constexpr unsigned kWays = 8;
  constexpr unsigned kRequests = 4;
  const unsigned choice = seed / kWays;
  const std::string_view line = kLines[choice % kLines.size()];
  std::string text(reinterpret_cast<const char*>(data), size);
  switch (seed % kWays) {
    case 0: {  // another endpoint for the same body
      const auto begin = begin_of_request(text, choice % kRequests);
      const auto end = std::min(text.find('\n', begin), text.size());
      return copied(text.replace(begin, end - begin, line), data, size, room);
    }
    case 1:  // one request more
      return copied(text.append(kSeparator).append(line), data, size, room);
    default:
      return LLVMFuzzerMutate(data, size, room);
  }
}
