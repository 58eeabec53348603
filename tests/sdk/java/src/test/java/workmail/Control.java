package workmail;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** The control plane of the server. */
final class Control {
  private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Control() {}

  /** Calls /_workmail/PATH. */
  static JsonObject call(String method, String path, String body) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(System.getenv("WORKMAIL_URL") + "/_workmail/" + path))
        .method(method, BodyPublishers.ofString(body))
        .build();
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(method + " " + path + ": " + response.body());
      }
      return JsonParser.parseString(response.body()).getAsJsonObject();
    } catch (IOException | InterruptedException exception) {
      throw new IllegalStateException(exception);
    }
  }

  /** Lets a message go through the mail flow and returns its id. */
  static String send(String organization, String message) {
    return call("POST", "organizations/" + organization + "/messages", message).get("messageId").getAsString();
  }

  /** Moves the clock and returns what happened meanwhile. */
  static List<String> advance(String duration) {
    List<String> happened = new ArrayList<>();
    for (JsonElement event : call("POST", "clock/advance", "{\"by\":\"" + duration + "\"}").getAsJsonArray("happened")) {
      happened.add(event.getAsJsonObject().get("what").getAsString());
    }
    return happened;
  }

  /** The attempts of an operation by an account, the oldest first. */
  static List<JsonObject> attempts(String account, String operation) {
    List<JsonObject> attempts = new ArrayList<>();
    String path = "requests?operation=" + operation + "&account=" + account;
    call("GET", path, "").getAsJsonArray("requests").forEach(request -> attempts.add(request.getAsJsonObject()));
    return attempts;
  }
}
