// Objects in S3 that a call needs. Such a call runs twice: the first run only names the object. The server then fetches
// it, while other calls go on, and runs the call again with it.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

struct ObjectReference {
  std::string bucket;
  std::string key;
  std::string version;  // empty for the newest
};

struct FetchedObject {
  std::string_view bytes;
  std::string_view failure;  // a sentence, if the object could not be fetched
};

}  // namespace workmail::api
