package org.linli.edge.intake.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linli.program.folder.OwnerOnly;

/**
 * The session that the broker should still have, as recorded on the gateway's disk. Without this
 * record, a gateway that was away too long could not distinguish an expired session from its first
 * connection.
 *
 * @param broker {@code mqtt://host:port}
 * @param clientId by which the broker knows it
 * @param since from when on it could hold messages that this gateway has not seen
 */
record KnownSession(String broker, String clientId, Instant since) {

  private static final String FILE = "broker-session";
  private static final int LINES = 3;

  /**
   * Reads the record; empty if there is none or it is damaged.
   *
   * @param folder the gateway's data folder
   */
  static Optional<KnownSession> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.size() != LINES) {
      return Optional.empty();
    }
    try {
      return Optional.of(new KnownSession(lines.get(0), lines.get(1), Instant.parse(lines.get(2))));
    } catch (DateTimeException torn) {
      return Optional.empty();
    }
  }

  /** Replaces the record. The new one survives a power cut. */
  void write(Path folder) throws IOException {
    OwnerOnly.replace(
        folder.resolve(FILE),
        "%s\n%s\n%s\n".formatted(broker, clientId, since).getBytes(StandardCharsets.UTF_8));
  }

  boolean isOf(String otherBroker, String otherClientId) {
    return broker.equals(otherBroker) && clientId.equals(otherClientId);
  }
}
