// Where the server listens, as the option --listen has it. Only reads the text; server/http/listener.h opens the
// ports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace workmail::server {

struct ListenAddress {
  std::string host = "localhost";  // localhost or a numeric address, an IPv6 one without brackets
  std::uint16_t port = 9675;       // 0 takes a free one
};

// "localhost:9675", "127.0.0.1:0", "[::]:9675". Nothing for any other text: names are not resolved.
auto parse_listen_address(std::string_view text) -> std::optional<ListenAddress>;

// How a program on this machine writes the host in a URL; one that means every interface becomes localhost.
auto url_host(const ListenAddress& address) -> std::string;

}  // namespace workmail::server
