// The addresses of a host, looked up without holding up the loop. Numeric addresses and localhost are answered at once;
// other names are looked for in /etc/hosts, and then with the name servers of /etc/resolv.conf.
//
// Names are resolved by c-ares, and not by Asio, for three reasons. Asio calls getaddrinfo() in a second thread, which
// nothing can interrupt: measured with a name server that does not answer, a program that has to stop waits ten seconds
// for it. The C library of a static program loads what /etc/nsswitch.conf names, libraries that belong to another
// version of it. And this program has one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/process/asio.h"

namespace workmail::server {

struct HostAddresses {
  std::vector<Tcp::endpoint> endpoints;  // in the order in which to try them
  std::string failure;                   // a sentence, when there are none
  bool timed_out = false;
};

// `name_servers` as "127.0.0.1:5353"; empty for those of this machine.
auto look_up(std::string host, std::uint16_t port, Steady::time_point until, std::string name_servers = {})
    -> Task<HostAddresses>;

}  // namespace workmail::server
