package org.linli.edge.profile.chirpstack;

import java.util.Map;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ValueCollector;

/** Makes values of the bytes that a device sends, where ChirpStack has no codec for it. */
interface PayloadDecoder {

  /** By the name that settings give. */
  Map<String, PayloadDecoder> BY_NAME = Map.of("cayenne-lpp", new CayenneLpp());

  /**
   * @param port the LoRaWAN port, 0 where none was said
   * @throws Unreadable naming the byte that is not what the format has
   */
  void decode(byte[] payload, int port, ValueCollector into) throws Unreadable;
}
