#include "server/process/version.h"

namespace workmail::server {

const std::string_view kVersion = WORKMAIL_VERSION;

}  // namespace workmail::server
