// Parses the address of the option --listen. server/http/listener.h opens the ports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace workmail::server {

struct ListenAddress {
  std::string host = "localhost";  // localhost or a numeric address, an IPv6 one without brackets
  std::uint16_t port = 9675;       // 0 selects a free port
};

// "localhost:9675", "127.0.0.1:0", "[::]:9675". Nothing for any other text: names are not resolved.
auto parse_listen_address(std::string_view text) -> std::optional<ListenAddress>;

// The host for URLs on this machine; the address of all interfaces becomes localhost.
auto url_host(const ListenAddress& address) -> std::string;

}  // namespace workmail::server
