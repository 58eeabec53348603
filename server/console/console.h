// Serves the console, the web page in server/console/, which is part of the program. The files contain no data, so they
// are served without the token; the page gets its data from the public endpoints.
#pragma once

#include <string_view>

#include "server/http/reply.h"
#include "server/http/request.h"

namespace workmail::server::console {

// The file of the page itself.
inline constexpr std::string_view kPage = "index.html";

// Writes the file with this name as the response; false, without writing, if there is none.
auto answer(std::string_view name, const Request& request, Reply& reply) -> bool;

}  // namespace workmail::server::console
