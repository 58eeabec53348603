// Writes a response of the control plane's model as the body of a reply.
#pragma once

#include "api/wire/codec.h"
#include "server/http/reply.h"

namespace workmail::server::control {

template <class Answer>
void write_answer(Reply& reply, const Answer& answer) {
  api::Encoder encoder(reply.body(), false, api::TimeFormat::Rfc3339);
  encode(encoder, answer);
}

}  // namespace workmail::server::control
