#include "server/http/listen_address.h"

#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace workmail::server {

namespace {

auto parse_port(std::string_view text) -> std::optional<std::uint16_t> {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, port);
  if (text.empty() || result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return port;
}

// The host without the brackets that an IPv6 address must have.
auto parse_host(std::string_view text) -> std::optional<std::string> {
  if (text == "localhost") return std::string(text);
  const bool brackets = text.size() > 2 && text.front() == '[' && text.back() == ']';
  if (brackets) text = text.substr(1, text.size() - 2);
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(text), error);
  if (error || address.is_v6() != brackets) return std::nullopt;
  return std::string(text);
}

}  // namespace

auto parse_listen_address(std::string_view text) -> std::optional<ListenAddress> {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto host = parse_host(text.substr(0, colon));
  const auto port = parse_port(text.substr(colon + 1));
  if (!host || !port) return std::nullopt;
  return ListenAddress{*host, *port};
}

auto url_host(const ListenAddress& address) -> std::string {
  if (address.host == "localhost") return address.host;
  const auto numeric = boost::asio::ip::make_address(address.host);
  if (numeric.is_unspecified()) return "localhost";
  return numeric.is_v6() ? "[" + address.host + "]" : address.host;
}

}  // namespace workmail::server
