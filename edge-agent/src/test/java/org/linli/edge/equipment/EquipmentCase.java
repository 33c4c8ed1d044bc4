package org.linli.edge.equipment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;

/**
 * A message of real equipment as it is kept in {@code src/test/resources/equipment}: headers, an
 * empty line, the payload.
 *
 * @param name the file's, without number and ending
 * @param way how it is sent, for people: {@code MQTT zigbee2mqtt/lobby}
 * @param size how many bytes it had before the door cut it; 0 if it did not
 */
record EquipmentCase(String name, String way, Address address, byte[] payload, long size) {

  /** What a gateway must be told so that it reads the cases as the page shows. */
  static final String[] SETTINGS = {
    "--linli.mappings=../docs/examples/mappings",
    "--linli.profile.chirpstack.sensors[TBPB100/status]=sos",
    "--linli.profile.chirpstack.sensors[GS524N/event]=smoke",
    "--linli.profile.tasmota.sensors[pump-room/Switch1]=water",
    "--linli.profile.tasmota.sensors[tank/MCP230XX.D0]=water",
    "--linli.profile.thingsboard.sensors[Kitchen/smoke]=smoke",
    "--linli.profile.sparkplug.sensors[plant/node-2/sensor-1/smoke]=smoke",
    "--linli.profile.senml.sensors[box-2/leak]=water",
    "--linli.profile.tasmota.sensors[gate/Switch1]=door",
    "--linli.profile.tasmota.sensors[zb-1/leak-1/Contact]=water",
    "--linli.profile.tasmota.sensors[zb-1/smoke-1/ZoneStatusChange]=smoke"
  };

  static EquipmentCase read(Path file) throws IOException {
    String whole = Files.readString(file, StandardCharsets.UTF_8);
    int end = whole.indexOf("\n\n");
    if (end < 0) {
      throw new IOException(file + " has no empty line between its headers and its payload");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line : whole.substring(0, end).lines().toList()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException(file + ": '" + line + "' is no header");
      }
      headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    String name = file.getFileName().toString().replaceFirst("^\\d+-", "").replace(".case", "");
    byte[] payload = payload(whole.substring(end + 2), headers.getOrDefault("encoding", ""), file);
    String contentType = headers.getOrDefault("content-type", "");
    long size = Long.parseLong(headers.getOrDefault("size", "0"));
    if (headers.containsKey("topic")) {
      String topic = headers.get("topic");
      return new EquipmentCase(
          name,
          "MQTT `" + topic + "`",
          Address.published(topic, headers.getOrDefault("client", "")),
          payload,
          size);
    }
    String to = headers.getOrDefault("post", headers.getOrDefault("send", ""));
    String[] parts = to.split("/", -1);
    if (parts.length != 2) {
      throw new IOException(file + " has neither topic: nor post: nor send: with two parts");
    }
    return headers.containsKey("post")
        ? new EquipmentCase(
            name,
            "POST `/intake/" + to + "`",
            new Address.ToProfile(parts[0], parts[1], contentType),
            payload,
            size)
        : new EquipmentCase(
            name,
            "`/linli/" + to + "`, " + contentType,
            new Address.Device(format(contentType, file), parts[0], parts[1]),
            payload,
            size);
  }

  private static Format format(String contentType, Path file) throws IOException {
    return switch (contentType) {
      case "application/senml+json" -> Format.SENML_JSON;
      case "application/senml+cbor" -> Format.SENML_CBOR;
      case "application/json" -> Format.LINLI_JSON;
      case "application/cbor" -> Format.LINLI_CBOR;
      default -> throw new IOException(file + ": content-type " + contentType);
    };
  }

  private static byte[] payload(String text, String encoding, Path file) throws IOException {
    String content = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return switch (encoding) {
      case "" -> content.getBytes(StandardCharsets.UTF_8);
      case "hex" -> HexFormat.of().parseHex(content.replaceAll("\\s", ""));
      case "base64" -> Base64.getMimeDecoder().decode(content);
      case "crlf" -> content.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
      default -> throw new IOException(file + ": encoding " + encoding);
    };
  }
}
