// Looks up the addresses of a host without blocking the loop. Numeric addresses and localhost need no lookup; other
// names are looked up in /etc/hosts, then at the name servers of /etc/resolv.conf.
//
// c-ares resolves names instead of Asio, for three reasons. Asio calls getaddrinfo() in a second thread, which cannot
// be interrupted: with a name server that does not respond, a program took ten seconds to stop. In a static program,
// getaddrinfo() loads the libraries of /etc/nsswitch.conf, which belong to another version of the C library. And this
// program has one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/process/asio.h"

namespace workmail::server {

struct HostAddresses {
  std::vector<Tcp::endpoint> endpoints;  // in the order in which to try them
  std::string failure;                   // a sentence, if there are none
  bool timed_out = false;
};

// `name_servers` is like "127.0.0.1:5353"; empty for those of this machine.
auto look_up(std::string host, std::uint16_t port, Steady::time_point until, std::string name_servers = {})
    -> Task<HostAddresses>;

}  // namespace workmail::server
