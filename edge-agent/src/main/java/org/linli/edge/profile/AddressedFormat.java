package org.linli.edge.profile;

import org.linli.edge.intake.Message;

/** The format of the gateway's own topics and paths, {@code linli/{kind}/{deviceId}}. */
public interface AddressedFormat {

  /**
   * Interprets a message. Never throws: any bytes are understood, or refused with a reason.
   *
   * @param message for {@code linli/{kind}/{deviceId}}
   */
  Interpreted interpret(Message message);

  /** Whether a payload that nobody could read is CBOR, which nothing said of it. */
  boolean looksLikeCbor(byte[] payload);
}
