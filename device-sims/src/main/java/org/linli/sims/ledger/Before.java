package org.linli.sims.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import org.linli.sims.console.CannotRunException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The counts of a gateway before a run, so that a run on an existing data folder can be judged by
 * itself.
 */
public record Before(Instant at, long taken, long refused) {

  /** For a gateway that has only seen this run. */
  public static final Before NOTHING = new Before(Instant.EPOCH, 0, 0);

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws CannotRunException when the file is not valid
   */
  public static Before read(Path file) throws CannotRunException {
    try {
      JsonNode node = JsonMapper.shared().readTree(Files.readAllBytes(file));
      return new Before(
          Instant.parse(node.required("at").asString()),
          node.required("taken").asLong(),
          node.required("refused").asLong());
    } catch (IOException | JacksonException | DateTimeException e) {
      throw CannotRunException.unusable(file + " was not written by \"device-sims check --note\".");
    }
  }

  /**
   * Writes it as JSON.
   *
   * @throws CannotRunException when the file cannot be written
   */
  public void write(Path file) throws CannotRunException {
    byte[] json =
        JsonMapper.shared()
            .writeValueAsBytes(
                JsonMapper.shared()
                    .createObjectNode()
                    .put("at", at.toString())
                    .put("taken", taken)
                    .put("refused", refused));
    try {
      Files.write(file, json);
    } catch (IOException e) {
      throw CannotRunException.unusable(file + " cannot be written: " + e.getMessage());
    }
  }
}
