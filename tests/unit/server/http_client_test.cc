#include "server/mail/http_client.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "fake_service.h"

namespace workmail::server {
namespace {

using std::chrono::milliseconds;

constexpr HttpLimits kLimits{.deadline = kTestPatience, .body = 1000, .head = 500};
constexpr HttpLimits kShort{.deadline = milliseconds(5), .body = 1000};

class HttpClient : public testing::Test {
 protected:
  auto ask(FakeAnswer answer, HttpRequest request = {.method = "GET", .target = "/"}, HttpLimits limits = kLimits)
      -> HttpAnswer {
    service_.emplace(io_, std::move(answer));
    return run_task(io_, exchange(service_->endpoint(), std::move(request), limits));
  }
  // The failure, with "SERVICE" for the service's address.
  auto failure_of(FakeAnswer answer, HttpLimits limits = kLimits) -> std::string {
    const auto got = ask(std::move(answer), {.method = "GET", .target = "/"}, limits);
    EXPECT_EQ(got.status, 0);
    EXPECT_EQ(got.body, "");
    std::string failure = got.failure;
    const std::string address = service_->endpoint().authority;
    const auto place = failure.find(address);
    return place == std::string::npos ? failure : failure.replace(place, address.size(), "SERVICE");
  }

  asio::io_context io_{1};
  std::optional<FakeService> service_;
};

TEST_F(HttpClient, SendsARequestAndReadsItsAnswer) {
  const auto answer = ask(
      {.bytes = "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\nX-Amz-Code: 7\r\n\r\nhello", .then = AfterAnswer::Hang},
      {.method = "POST", .target = "/a?b=c", .headers = {{"X-One", "1"}, {"X-Two", "2"}}, .body = "{}"});
  EXPECT_EQ(answer.failure, "");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(answer.field("x-amz-code"), "7");
  EXPECT_EQ(answer.field("x-none"), "");
  ASSERT_EQ(service_->requests().size(), 1U);
  EXPECT_EQ(service_->requests()[0],
            "POST /a?b=c HTTP/1.1\r\nHost: " + service_->endpoint().authority +
                "\r\nX-One: 1\r\nX-Two: 2\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
  EXPECT_TRUE(run_until(io_, [this] { return service_->left() == 1; }));
}

TEST_F(HttpClient, ReadsAnswersOfAllForms) {
  EXPECT_EQ(ask({.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
                 .then = AfterAnswer::Hang})
                .body,
            "abcde");
  EXPECT_EQ(ask({.bytes = "HTTP/1.0 200 OK\r\n\r\nuntil the end"}).body, "until the end");
  EXPECT_EQ(ask({.bytes = "HTTP/1.1 204 No Content\r\n\r\n", .then = AfterAnswer::Hang}).status, 204);
  const auto hinted =
      ask({.bytes = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\ny",
           .then = AfterAnswer::Hang});
  EXPECT_EQ(hinted.status, 200);
  EXPECT_EQ(hinted.field("Link"), "");
  EXPECT_EQ(hinted.body, "y");
}

TEST_F(HttpClient, RefusesAStatusThatIsNoneOfHttp) {
  EXPECT_EQ(ask({.bytes = "HTTP/1.1 599 Last\r\nContent-Length: 0\r\n\r\n"}).status, 599);
  for (const std::string status : {"600", "999"}) {
    EXPECT_EQ(failure_of({.bytes = "HTTP/1.1 " + status + " Odd\r\nContent-Length: 2\r\n\r\nno"}),
              "SERVICE answered with status " + status + ", which is not an HTTP status.");
  }
}

TEST_F(HttpClient, SendsALargeRequest) {
  const std::string body(300'000, 'b');
  const auto answer =
      ask({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}, {.method = "POST", .target = "/", .body = body});
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(service_->requests()[0].ends_with("\r\n\r\n" + body));
}

TEST_F(HttpClient, ReadsAnAnswerThatComesBeforeTheRequestIsRead) {
  const auto answer =
      ask({.bytes = "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno", .then = AfterAnswer::Hang, .reads = false},
          {.method = "POST", .target = "/", .body = std::string(100'000, 'b')});
  EXPECT_EQ(answer.status, 413) << answer.failure;
}

auto answer_of(std::size_t size) -> std::string {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" + std::string(size, 'x');
}

auto chunks_of(int count) -> std::string {
  std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < count; ++i) text += "64\r\n" + std::string(100, 'x') + "\r\n";
  return text + "0\r\n\r\n";
}

TEST_F(HttpClient, LimitsTheSizeOfAnswers) {
  const std::string too_large = "The answer of SERVICE is larger than 1000 bytes.";
  EXPECT_EQ(ask({.bytes = answer_of(1000)}).body.size(), 1000U);
  EXPECT_EQ(failure_of({.bytes = answer_of(1001)}), too_large);
  EXPECT_EQ(ask({.bytes = chunks_of(10)}).body.size(), 1000U);
  EXPECT_EQ(failure_of({.bytes = chunks_of(11)}), too_large);
  EXPECT_EQ(failure_of({.bytes = "HTTP/1.0 200 OK\r\n\r\n" + std::string(1001, 'x')}), too_large);
  // Does not wait for an announced body that is too large.
  EXPECT_EQ(
      failure_of({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n", .then = AfterAnswer::Hang}),
      too_large);
}

TEST_F(HttpClient, LimitsTheSizeOfHeads) {
  const std::string too_large = "The head of the answer of SERVICE is larger than 500 bytes.";
  const std::string long_text(600, 'h');
  EXPECT_EQ(failure_of({.bytes = "HTTP/1.1 200 OK\r\nX: " + long_text + "\r\n\r\n", .then = AfterAnswer::Hang}),
            too_large);
  EXPECT_EQ(failure_of({.bytes = "HTTP/1.1 200 OK\r\nX: " + long_text, .then = AfterAnswer::Hang}), too_large);
  EXPECT_EQ(failure_of({.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + long_text,
                        .then = AfterAnswer::Hang}),
            too_large);
}

TEST_F(HttpClient, ReportsConnectionsThatEndEarly) {
  const std::string early = "SERVICE closed the connection before its answer was complete.";
  EXPECT_EQ(failure_of({.bytes = ""}), early);
  EXPECT_EQ(failure_of({.bytes = "HTTP/1.1 200 O"}), early);
  EXPECT_EQ(failure_of({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"}), early);
  EXPECT_EQ(failure_of({.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"}), early);
  EXPECT_EQ(failure_of({.bytes = "HTTP/1.1 100 Continue\r\n\r\n"}), early);
}

TEST_F(HttpClient, ReportsWhatIsNotHttp) {
  EXPECT_EQ(failure_of({.bytes = "220 mail.example ESMTP\r\n", .then = AfterAnswer::Hang}),
            "The answer of SERVICE is not HTTP/1.1: bad version.");
  EXPECT_TRUE(failure_of({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", .then = AfterAnswer::Hang})
                  .starts_with("The answer of SERVICE is not HTTP/1.1: "));
}

TEST_F(HttpClient, ReportsARefusedConnection) {
  Acceptor closed(io_, {asio::ip::address_v4::loopback(), 0});
  const auto port = closed.local_endpoint().port();
  closed.close();
  const std::string address = "localhost:" + std::to_string(port);
  const auto answer = run_task(
      io_, exchange(*parse_http_endpoint("http://" + address).endpoint, {.method = "GET", .target = "/"}, kLimits));
  EXPECT_EQ(answer.failure, address + " refused the connection.");
}

TEST_F(HttpClient, StopsAtTheDeadline) {
  const std::string late = "The request to SERVICE timed out after 5 ms.";
  EXPECT_EQ(failure_of({.bytes = "", .then = AfterAnswer::Hang}, kShort), late);
  EXPECT_TRUE(run_until(io_, [this] { return service_->left() == 1; }));
  EXPECT_EQ(
      failure_of({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", .then = AfterAnswer::Hang}, kShort),
      late);
  EXPECT_TRUE(run_until(io_, [this] { return service_->left() == 1; }));
  EXPECT_EQ(duration_text(milliseconds(15'000)), "15 s");
}

TEST_F(HttpClient, SendsNoHeaderThatWouldBecomeTwo) {
  const HttpRequest requests[] = {{.method = "GET", .target = "/", .headers = {{"X", "1\r\nY: 2"}}},
                                  {.method = "GET", .target = "/", .headers = {{"X\n", "1"}}},
                                  {.method = "GET", .target = "/ HTTP/1.1\r\nX: 1"}};
  for (const auto& request : requests) {
    EXPECT_EQ(ask({.bytes = answer_of(1)}, request).failure, "The request has a control character in its head.");
    EXPECT_TRUE(service_->requests().empty());
  }
}

TEST_F(HttpClient, ClosesTheConnectionWhenItIsCancelled) {
  service_.emplace(io_, FakeAnswer{.bytes = "HTTP/1.1 200 OK\r\n", .then = AfterAnswer::Hang});
  asio::cancellation_signal signal;
  bool ended = false;
  asio::co_spawn(
      io_, exchange(service_->endpoint(), {.method = "GET", .target = "/"}, kLimits),
      asio::bind_cancellation_slot(signal.slot(), [&](const std::exception_ptr& /*error*/, const HttpAnswer& answer) {
        EXPECT_EQ(answer.status, 0);
        ended = true;
      }));
  ASSERT_TRUE(run_until(io_, [this] { return !service_->requests().empty(); }));
  signal.emit(asio::cancellation_type::terminal);
  EXPECT_TRUE(run_until(io_, [&] { return ended && service_->left() == 1; }));
}

TEST_F(HttpClient, ClosesTheConnectionWhenTheLoopEnds) {
  service_.emplace(io_, FakeAnswer{.bytes = "", .then = AfterAnswer::Hang});
  {
    asio::io_context own{1};
    asio::co_spawn(own, exchange(service_->endpoint(), {.method = "GET", .target = "/"}, kLimits), asio::detached);
    ASSERT_TRUE(run_until(io_, [&] {
      own.poll();
      return !service_->requests().empty();
    }));
  }
  EXPECT_TRUE(run_until(io_, [this] { return service_->left() == 1; }));
}

}  // namespace
}  // namespace workmail::server
