#include "api/wire/error.h"

#include "api/wire/codec.h"

namespace workmail::api {

void write_error(const Error& error, std::string& answer) {
  Encoder encoder(answer);
  encoder.begin_object();
  encoder.member("\"__type\":", error.code());
  // AWS: a framework error without a text has no message member at all.
  if (!error.message().empty()) {
    encoder.member("\"" + std::string(error.message_member()) + "\":", error.message());
  }
  encoder.end_object();
}

}  // namespace workmail::api
