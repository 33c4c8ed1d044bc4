package org.linli.edge.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.linli.edge.outbox.sqlite.DeadLetterFile;
import org.linli.edge.outbox.sqlite.OutboxNotOpenedException;

/** Reads the dead letters of a data folder from another process than its agent. */
public final class DeadLetters {

  private DeadLetters() {}

  /**
   * The newest dead letters that match the query, newest first. The folder is not changed, and its
   * agent may be running.
   *
   * @throws IOException with a sentence for a person when there is no outbox or it cannot be read
   */
  public static List<DeadLetter> read(Path folder, DeadLetterQuery query) throws IOException {
    try {
      return DeadLetterFile.read(folder, query);
    } catch (OutboxNotOpenedException unread) {
      throw new IOException(unread.getMessage() + " " + unread.action(), unread);
    }
  }
}
