package org.linli.sims.link;

import org.linli.event.DeviceId;
import org.linli.event.Kind;

/**
 * A message to send.
 *
 * @param address the topic over MQTT, the path without its first slash over CoAP and HTTP
 */
public record Letter(String address, Media media, byte[] payload) {

  /** Linli JSON, for the address that all three protocols share. */
  public static Letter ofLinli(Kind kind, DeviceId device, byte[] json) {
    return new Letter("linli/" + kind + "/" + device, Media.JSON, json);
  }
}
