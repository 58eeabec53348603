#include "api/wire/time_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace workmail::api {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr Duration kMaxLength = days(365'250);

auto is_digit(char c) -> bool {
  return c >= '0' && c <= '9';
}

// Removes the word from the front of the text; false if it is not there.
auto take(std::string_view& text, std::string_view word) -> bool {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// Removes exactly `count` digits from the front; -1 if they are not there.
auto take_digits(std::string_view& text, std::size_t count) -> int {
  if (text.size() < count) return -1;
  int number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return -1;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return number;
}

// Removes a number such as "12" or "0.5" from the front.
auto take_number(std::string_view& text) -> std::optional<double> {
  std::size_t length = 0;
  while (length < text.size() && (is_digit(text[length]) || text[length] == '.')) ++length;
  double number = 0;
  const char* end = text.data() + length;
  const auto result = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (length == 0 || !is_digit(text[0]) || result.ec != std::errc() || result.ptr != end) return std::nullopt;
  text.remove_prefix(length);
  return number;
}

// Removes an optional fraction such as ".123456" from the front; nothing if no digit follows the point.
auto take_fraction(std::string_view& text) -> std::optional<Duration> {
  if (!take(text, ".")) return Duration(0);
  if (text.empty() || !is_digit(text[0])) return std::nullopt;
  std::int64_t milliseconds = 0;
  for (std::int64_t unit = 100; !text.empty() && is_digit(text[0]); unit /= 10) {
    milliseconds += (text[0] - '0') * unit;
    text.remove_prefix(1);
  }
  return Duration(milliseconds);
}

// Removes "Z" or an offset such as "+02:00" from the front, and returns the offset.
auto take_offset(std::string_view& text) -> std::optional<Duration> {
  if (take(text, "Z") || take(text, "z")) return Duration(0);
  const bool behind = text.starts_with('-');
  if (!take(text, "+") && !take(text, "-")) return std::nullopt;
  const int hour = take_digits(text, 2);
  const bool colon = take(text, ":");
  const int minute = take_digits(text, 2);
  if (!colon || hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  const Duration ahead = hours(hour) + minutes(minute);
  return behind ? -ahead : ahead;
}

auto take_date(std::string_view& text) -> std::optional<sys_days> {
  const int year = take_digits(text, 4);
  const bool first_dash = take(text, "-");
  const int month = take_digits(text, 2);
  const bool second_dash = take(text, "-");
  const int day = take_digits(text, 2);
  if (!first_dash || !second_dash || year < 0 || month < 0 || day < 0) return std::nullopt;
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

auto take_time_of_day(std::string_view& text) -> std::optional<Duration> {
  const int hour = take_digits(text, 2);
  const bool first_colon = take(text, ":");
  const int minute = take_digits(text, 2);
  const bool second_colon = take(text, ":");
  const int second = take_digits(text, 2);
  if (!first_colon || !second_colon) return std::nullopt;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  return hours(hour) + minutes(minute) + seconds(second) + *fraction;
}

auto bounded(double milliseconds) -> std::optional<Duration> {
  if (!(milliseconds >= 0) || milliseconds > static_cast<double>(kMaxLength.count())) return std::nullopt;
  return Duration(std::llround(milliseconds));
}

struct Unit {
  std::string_view name;
  Duration length;
};

// A longer name comes before a shorter one that is its prefix.
constexpr std::array<Unit, 5> kUnits{
    {{"ms", Duration(1)}, {"s", seconds(1)}, {"m", minutes(1)}, {"h", hours(1)}, {"d", days(1)}}};
constexpr std::array<Unit, 2> kDateUnits{{{"W", days(7)}, {"D", days(1)}}};
constexpr std::array<Unit, 3> kTimeUnits{{{"H", hours(1)}, {"M", minutes(1)}, {"S", seconds(1)}}};

// Removes "1D" or "2H30M" from the front: each unit at most once, in order. False for a number without a unit.
template <std::size_t Count>
auto take_parts(std::string_view& text, const std::array<Unit, Count>& units, double& milliseconds) -> bool {
  for (std::size_t next = 0; !text.empty() && is_digit(text[0]); ++next) {
    const auto number = take_number(text);
    while (number && next < Count && !text.starts_with(units[next].name)) ++next;
    if (!number || next == Count) return false;
    text.remove_prefix(units[next].name.size());
    milliseconds += *number * static_cast<double>(units[next].length.count());
  }
  return true;
}

// Years and months are rejected, because their length depends on their start.
auto parse_iso_duration(std::string_view text) -> std::optional<Duration> {
  double milliseconds = 0;
  const bool empty = text.empty() || text.ends_with('T');
  if (empty || !take_parts(text, kDateUnits, milliseconds)) return std::nullopt;
  if (take(text, "T") && !take_parts(text, kTimeUnits, milliseconds)) return std::nullopt;
  return text.empty() ? bounded(milliseconds) : std::nullopt;
}

void append(std::string& text, int number, int digits) {
  int unit = 1;
  for (int i = 1; i < digits; ++i) unit *= 10;
  for (; unit > 0; unit /= 10) text += static_cast<char>('0' + number / unit % 10);
}

void append_clock(std::string& text, Duration of_day) {
  const auto second = static_cast<int>(floor<seconds>(of_day).count());
  append(text, second / 3600, 2);
  text += ':';
  append(text, second / 60 % 60, 2);
  text += ':';
  append(text, second % 60, 2);
}

}  // namespace

auto parse_time(std::string_view text) -> std::optional<Time> {
  const auto date = take_date(text);
  const bool separated = take(text, "T") || take(text, "t");
  const auto of_day = take_time_of_day(text);
  const auto ahead = take_offset(text);
  if (!date || !separated || !of_day || !ahead || !text.empty()) return std::nullopt;
  const Time time = *date + *of_day - *ahead;
  if (time < Time(Duration(0)) || time > kLatestTime) return std::nullopt;
  return time;
}

auto format_time(Time time) -> std::string {
  // The database may have later times of scheduled events.
  time = std::min(time, kLatestTime);
  const auto day = floor<days>(time);
  const year_month_day date(day);
  std::string text;
  append(text, static_cast<int>(date.year()), 4);
  text += '-';
  append(text, static_cast<int>(static_cast<unsigned>(date.month())), 2);
  text += '-';
  append(text, static_cast<int>(static_cast<unsigned>(date.day())), 2);
  text += 'T';
  append_clock(text, time - day);
  text += '.';
  append(text, static_cast<int>((time - floor<seconds>(time)).count()), 3);
  text += 'Z';
  return text;
}

auto parse_duration(std::string_view text) -> std::optional<Duration> {
  if (take(text, "P")) return parse_iso_duration(text);
  const auto number = take_number(text);
  if (!number) return std::nullopt;
  if (text.empty()) return duration_of_seconds(*number);
  for (const auto& unit : kUnits) {
    if (text == unit.name) return bounded(*number * static_cast<double>(unit.length.count()));
  }
  return std::nullopt;
}

auto duration_of_seconds(double seconds) -> std::optional<Duration> {
  return bounded(seconds * 1000);
}

auto http_date(Time time) -> std::string {
  static constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  std::string text(kDays.at(std::chrono::weekday(day).c_encoding()));
  text += ", ";
  append(text, static_cast<int>(static_cast<unsigned>(date.day())), 2);
  text += ' ';
  text += kMonths.at(static_cast<unsigned>(date.month()) - 1);
  text += ' ';
  append(text, static_cast<int>(date.year()), 4);
  text += ' ';
  append_clock(text, time - day);
  text += " GMT";
  return text;
}

}  // namespace workmail::api
