// Serves the console: the web page of server/console/, which is part of the program. What the page shows it asks from
// the endpoints that are open to all clients; so these files are served without the token, and know no data.
#pragma once

#include <string_view>

#include "server/http/reply.h"
#include "server/http/request.h"

namespace workmail::server::console {

// The file that is the page itself.
inline constexpr std::string_view kPage = "index.html";

// Answers the file of that name; false when there is none, and then nothing was written.
auto answer(std::string_view name, const Request& request, Reply& reply) -> bool;

}  // namespace workmail::server::console
