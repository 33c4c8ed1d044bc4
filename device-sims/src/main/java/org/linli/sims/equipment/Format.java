package org.linli.sims.equipment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The formats of simulated equipment, each with the protocol that its vendor uses. */
public enum Format {
  LINLI("linli", Way.MQTT, LinliDevices::new),
  LINLI_COAP("linli-coap", Way.COAP, LinliDevices::new),
  LINLI_HTTP("linli-http", Way.HTTP, LinliDevices::new),
  SENML_JSON("senml-json", Way.HTTP, SenmlBoxes::inJson),
  SENML_CBOR("senml-cbor", Way.COAP, SenmlBoxes::inCbor),
  CHIRPSTACK("chirpstack", Way.MQTT, ChirpStackServer::new),
  /** Needs the own mapping that docs/equipment.md shows. */
  DAHUA("dahua", Way.HTTP, DahuaStream::new),
  FRIGATE("frigate", Way.MQTT, FrigateServer::new),
  HIKVISION("hikvision", Way.HTTP, HikvisionSite::new),
  ONVIF("onvif", Way.HTTP, OnvifSite::new),
  PLATECAMERA("platecamera", Way.MQTT, PlateCameras::new),
  PLATERECOGNIZER("platerecognizer", Way.HTTP, PlateRecognizerStream::new),
  SPARKPLUG("sparkplug", Way.MQTT, SparkplugNode::new),
  TASMOTA("tasmota", Way.MQTT, TasmotaDevices::new),
  THINGSBOARD("thingsboard", Way.MQTT, ThingsBoardDevice::new),
  THINGSBOARD_GATEWAY("thingsboard-gateway", Way.MQTT, ThingsBoardGateway::new),
  ZIGBEE2MQTT("zigbee2mqtt", Way.MQTT, Zigbee2MqttBridge::new),
  ZKTECO("zkteco", Way.HTTP, ZktecoTerminal::new);

  private final String wireName;
  private final Way way;
  private final Function<Piece, Dialect> make;

  Format(String wireName, Way way, Function<Piece, Dialect> make) {
    this.wireName = wireName;
    this.way = way;
    this.make = make;
  }

  /** The format with this name; empty when there is none. */
  public static Optional<Format> ofName(String name) {
    return Arrays.stream(values()).filter(format -> format.wireName.equals(name)).findFirst();
  }

  /** All names, for messages. */
  public static List<String> names() {
    return Arrays.stream(values()).map(format -> format.wireName).toList();
  }

  public Way way() {
    return way;
  }

  /**
   * One piece of equipment.
   *
   * @param name letters, digits and hyphens; must also be its MQTT client id
   * @param number among the pieces of this format, from 0
   * @param seed the random seed
   */
  public Dialect piece(String name, int number, long seed) {
    return make.apply(Piece.of(name, number, seed));
  }

  @Override
  public String toString() {
    return wireName;
  }
}
