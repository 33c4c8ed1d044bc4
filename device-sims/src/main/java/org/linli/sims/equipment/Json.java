package org.linli.sims.equipment;

import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as equipment writes it. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(Object json) {
    return MAPPER.writeValueAsBytes(json);
  }

  static Letter letter(String address, ObjectNode json) {
    return new Letter(address, Media.JSON, bytes(json));
  }
}
