package workmail;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** The SDK's classes of inputs and answers by the names of their members. */
final class Pojo {
  private Pojo() {}

  /** Sets the members of a builder, which must all be known, and builds it. */
  static Object build(SdkPojo builder, JsonObject members) {
    for (String name : members.keySet()) {
      SdkField<?> field = builder.sdkFields().stream().filter(each -> each.memberName().equals(name)).findFirst()
          .orElseThrow(() -> new IllegalArgumentException(builder.getClass() + " has no " + name));
      field.set(builder, fromJson(field, members.get(name)));
    }
    return ((Buildable) builder).build();
  }

  private static Object fromJson(SdkField<?> field, JsonElement value) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.LIST) {
      SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
      return value.getAsJsonArray().asList().stream().map(each -> fromJson(element, each)).toList();
    }
    if (type == MarshallingType.SDK_POJO) {
      return build(field.constructor().get(), value.getAsJsonObject());
    }
    if (type == MarshallingType.BOOLEAN) {
      return value.getAsBoolean();
    }
    return type == MarshallingType.INTEGER ? (Object) value.getAsInt() : value.getAsString();
  }

  /** The members that are set, with times as they are on the wire. */
  static Map<String, Object> members(SdkPojo pojo) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null) {
        members.put(field.memberName(), toWire(value));
      }
    }
    return members;
  }

  private static Object toWire(Object value) {
    if (value instanceof SdkPojo pojo) {
      return members(pojo);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Pojo::toWire).toList();
    }
    if (value instanceof Instant instant) {
      return instant.toEpochMilli() / 1000.0;
    }
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }
}
