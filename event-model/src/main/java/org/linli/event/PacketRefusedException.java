package org.linli.event;

import java.io.IOException;
import java.util.Optional;

/** An MQTT server sent what this client does not take; the connection is at its end. */
public final class PacketRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  PacketRefusedException(String sentence) {
    super(sentence);
  }

  /**
   * What the server sent and what is taken, to be read after "the server is away": "it sent …".
   *
   * @param lost why a client says that it lost its connection
   * @return empty where the connection was lost for another reason
   */
  public static Optional<String> sentenceIn(Throwable lost) {
    for (Throwable cause = lost; cause != null; cause = cause.getCause()) {
      if (cause instanceof PacketRefusedException refused) {
        return Optional.ofNullable(refused.getMessage());
      }
    }
    return Optional.empty();
  }
}
