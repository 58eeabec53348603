// From a request to its answer: the WorkMail API at POST /, the control plane under /_workmail. Synchronous, without
// sockets; every request that was read well goes through the steps here, and the word for those that were not
// comes from here as well.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "server/control/plane.h"
#include "server/exchange.h"
#include "server/http/browsers.h"
#include "server/http/reply.h"
#include "server/http/request.h"
#include "server/identity/signatures.h"
#include "server/process/log.h"

namespace workmail::server {

class Router {
 public:
  // Without signatures, those of calls are not looked at.
  Router(control::Plane& plane, Browsers browsers, Log& log, std::optional<Signatures> signatures = {})
      : plane_(plane), browsers_(std::move(browsers)), log_(log), signatures_(std::move(signatures)) {
    plane_.browsers = &browsers_;
  }

  // Why a request is not served at all, as a sentence; empty when it is. Needs no body.
  [[nodiscard]] auto refusal(const Request& request) const -> std::string;

  // Before the body of a request is read: whether its head is enough to refuse it. Makes the answer then.
  auto refuse_head(const Request& request, Reply& reply) -> bool;

  // First: whose call it is, and which fault rule strikes it.
  void begin(Exchange& exchange);
  // Then: makes the answer in the reply, which is clear. Never throws: what nobody foresaw is a logged 500.
  void answer(Exchange& exchange);
  // Then, for an exchange with a group, when other calls had time to join it: commits it.
  void commit(Exchange& exchange);
  // Last: tells the log and the journal.
  void finish(Exchange& exchange);

  // Whether the body may be as large as a database.
  static auto takes_upload(std::string_view method, std::string_view path) -> bool {
    return control::takes_upload(method, path);
  }

  // Whether the answer is of pieces, of which the first is made with it.
  static auto makes_pieces(std::string_view path) -> bool { return path == "/_workmail/state"; }

  // Makes the answer to a request that cannot be read to its end: too large, or not HTTP. `path` is empty when even
  // that is not known.
  void refuse(int status, std::string_view path, std::string_view message, Reply& reply);

  // For a connection that turned out to be one of TLS.
  void note_tls(std::string_view client);
  // Makes this the answer, because there is no memory for the one that was made.
  void refuse_for_memory(Exchange& exchange);
  static constexpr std::string_view kNoMemory =
      "There is no memory left for this request: --memory-limit. Try again later.";

  [[nodiscard]] auto memory() -> MemoryBudget& { return plane_.memory; }

  // For failures outside of any request.
  [[nodiscard]] auto log() -> Log& { return log_; }

 private:
  void route(Exchange& exchange);
  void root(const Request& request, Reply& reply);
  void api_call(Exchange& exchange, Call& call);
  void refuse_target(Exchange& exchange);
  void refuse_foreign(Exchange& exchange);
  void run_operation(Exchange& exchange, Call& call);
  void warn_once(const std::string& unknown);
  void note_refusal(const std::string& refusal);
  static void strike(const Fault& fault, Exchange& exchange);
  void keep(Exchange& exchange, int status, double milliseconds);
  // In the form of the plane that the path belongs to. Returns the id that the answer has, if any.
  auto write_error(int status, std::string_view path, std::string_view code, std::string_view message, Reply& reply)
      -> std::string;
  static void write_api_error(int status, std::string_view code, std::string_view message, Reply& reply);
  static void write_api_error(const api::Error& error, Reply& reply);

  control::Plane& plane_;
  Browsers browsers_;
  Log& log_;
  std::optional<Signatures> signatures_;
  std::set<std::string> told_;     // what clients named that the model does not have
  std::set<std::string> refused_;  // why, as far as the log has it
  Steady::time_point tls_noted_ = Steady::time_point::min();
};

}  // namespace workmail::server
