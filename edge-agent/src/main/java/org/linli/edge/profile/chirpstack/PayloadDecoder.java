package org.linli.edge.profile.chirpstack;

import java.util.Map;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.ValueCollector;

/** Decodes a device's payload if ChirpStack has no codec for it. */
interface PayloadDecoder {

  /** Decoders by their names in the settings. */
  Map<String, PayloadDecoder> BY_NAME = Map.of("cayenne-lpp", new CayenneLpp());

  /**
   * @param port the LoRaWAN port, 0 if none was given
   * @throws Unreadable naming the byte that breaks the format
   */
  void decode(byte[] payload, int port, ValueCollector into) throws Unreadable;
}
