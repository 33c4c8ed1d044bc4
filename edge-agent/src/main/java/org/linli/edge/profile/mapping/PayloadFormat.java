package org.linli.edge.profile.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Json;
import tools.jackson.databind.JsonNode;

/** How the expressions of a mapping get the payload. */
enum PayloadFormat {
  /** The parsed document. */
  JSON {
    @Override
    @Nullable Object read(byte[] payload, DocumentFaults faults) throws Unreadable {
      return plain(Json.read(payload, faults));
    }
  },

  /** {@code text}, {@code lines} without their ends, and {@code words} separated by white space. */
  TEXT {
    @Override
    Object read(byte[] payload, DocumentFaults faults) throws Unreadable {
      String text = new String(payload, StandardCharsets.UTF_8);
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("text", text);
      parts.put("lines", text.lines().toList());
      parts.put("words", List.of(text.strip().split("\\s+")));
      return parts;
    }
  },

  /** {@code hex} in lower case, and {@code bytes} as numbers from 0 to 255. */
  HEX {
    @Override
    Object read(byte[] payload, DocumentFaults faults) throws Unreadable {
      if (payload.length > MOST_BYTES) {
        throw new Unreadable(
            RefusalReason.TOO_LARGE, "at most " + MOST_BYTES + " bytes are read as numbers");
      }
      List<Integer> bytes = new ArrayList<>(payload.length);
      for (byte b : payload) {
        bytes.add(b & 0xff);
      }
      return Map.of("hex", HexFormat.of().formatHex(payload), "bytes", bytes);
    }
  };

  private static final int MOST_BYTES = 4_096;

  /**
   * @param faults takes what is wrong with it, if it is read all the same
   */
  abstract @Nullable Object read(byte[] payload, DocumentFaults faults) throws Unreadable;

  String yamlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The node in JSONata's types: maps, lists, numbers, booleans, strings and null. */
  private static @Nullable Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        node.properties().forEach(entry -> object.put(entry.getKey(), plain(entry.getValue())));
        yield object;
      }
      case ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        node.forEach(item -> array.add(plain(item)));
        yield array;
      }
      case BOOLEAN -> node.booleanValue();
      case STRING -> node.stringValue();
      case NUMBER -> number(node);
      case BINARY, MISSING, NULL, POJO -> null;
    };
  }

  private static Number number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToInt()) {
      return node.intValue();
    }
    return node.isIntegralNumber() && node.canConvertToLong()
        ? (Number) node.longValue()
        : (Number) node.numberValue().doubleValue();
  }
}
