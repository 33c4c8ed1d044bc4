package org.linli.program.mqtt;

import java.io.IOException;
import java.util.Optional;

/** An MQTT server sent a packet that this client does not accept; the connection ends. */
final class PacketRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  PacketRefusedException(String sentence) {
    super(sentence);
  }

  /**
   * What the server sent and what is accepted, as a clause to follow "the server is away": "it sent
   * …".
   *
   * @param lost why a client says that it lost its connection
   * @return empty when the connection was lost for another reason
   */
  static Optional<String> sentenceIn(Throwable lost) {
    for (Throwable cause = lost; cause != null; cause = cause.getCause()) {
      if (cause instanceof PacketRefusedException refused) {
        return Optional.ofNullable(refused.getMessage());
      }
    }
    return Optional.empty();
  }
}
