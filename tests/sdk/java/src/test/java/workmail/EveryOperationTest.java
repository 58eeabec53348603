package workmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.workmail.WorkMailClient;
import software.amazon.awssdk.services.workmail.model.WorkMailRequest;

/** Every operation succeeds, and everything that the service answered arrives. */
class EveryOperationTest {
  private final Organization organization = Organization.create();
  private final Map<String, String> kept = new HashMap<>();

  @Test
  void everyOperationSucceedsAndEverythingThatWasAnsweredArrives() throws Exception {
    Set<String> called = new TreeSet<>();
    for (JsonElement each : steps()) {
      JsonObject step = JsonParser.parseString(filledIn(each.toString())).getAsJsonObject();
      Map<String, Object> answer = step.has("operation") ? call(step) : simulate(step);
      if (step.has("operation")) {
        called.add(step.get("operation").getAsString());
      }
      if (step.has("keep")) {
        step.getAsJsonObject("keep").entrySet()
            .forEach(keep -> kept.put(keep.getKey(), (String) answer.get(keep.getValue().getAsString())));
      }
    }
    assertEquals(operations(), called);
  }

  private static JsonArray steps() throws IOException {
    return JsonParser.parseString(Files.readString(Path.of(System.getenv("STEPS")))).getAsJsonArray();
  }

  /** The step with the identifiers that earlier steps have brought. */
  private String filledIn(String step) {
    for (Map.Entry<String, String> each : kept.entrySet()) {
      step = step.replace("{" + each.getKey() + "}", each.getValue());
    }
    return step;
  }

  private static Map<String, Object> simulate(JsonObject step) {
    JsonObject answer = Control.call("POST", "simulate", step.get("simulate").toString());
    return answer.has("id") ? Map.of("id", answer.get("id").getAsString()) : Map.of();
  }

  private Map<String, Object> call(JsonObject step) throws Exception {
    String operation = step.get("operation").getAsString();
    Class<?> type = Class.forName(WorkMailRequest.class.getPackageName() + "." + operation + "Request");
    Object request = Pojo.build((SdkPojo) type.getMethod("builder").invoke(null), step.getAsJsonObject("input"));
    Object response = WorkMailClient.class.getMethod(methodOf(operation), type).invoke(organization.client(), request);
    Map<String, Object> answer = Pojo.members((SdkPojo) response);
    List<JsonObject> attempts = Control.attempts(organization.account(), operation);
    arrived(operation, answer, attempts.get(attempts.size() - 1).get("response"));
    return answer;
  }

  private static String methodOf(String operation) {
    return operation.substring(0, 1).toLowerCase() + operation.substring(1);
  }

  /** Expects everything that was on the wire in what the SDK made of it; what the journal masks is masked. */
  private static void arrived(String path, Object value, JsonElement wire) {
    if (wire.isJsonObject()) {
      Map<?, ?> members = assertInstanceOf(Map.class, value, path);
      wire.getAsJsonObject().entrySet()
          .forEach(each -> arrived(path + "." + each.getKey(), members.get(each.getKey()), each.getValue()));
    } else if (wire.isJsonArray()) {
      List<?> elements = assertInstanceOf(List.class, value, path);
      assertEquals(wire.getAsJsonArray().size(), elements.size(), path);
      for (int index = 0; index < elements.size(); ++index) {
        arrived(path + "[" + index + "]", elements.get(index), wire.getAsJsonArray().get(index));
      }
    } else if (wire.getAsJsonPrimitive().isNumber()) {
      assertEquals(wire.getAsDouble(), value, path);
    } else if (wire.getAsJsonPrimitive().isBoolean()) {
      assertEquals(wire.getAsBoolean(), value, path);
    } else if (!wire.getAsString().equals("********")) {
      assertEquals(wire.getAsString(), value, path);
    }
  }

  /** The operations that the client has a method for. */
  private static Set<String> operations() {
    return Arrays.stream(WorkMailClient.class.getMethods())
        .filter(method -> method.getParameterCount() == 1 && !method.getName().endsWith("Paginator"))
        .map(method -> method.getParameterTypes()[0])
        .filter(WorkMailRequest.class::isAssignableFrom)
        .map(type -> type.getSimpleName().replaceFirst("Request$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
