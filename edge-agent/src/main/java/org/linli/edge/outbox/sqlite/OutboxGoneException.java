package org.linli.edge.outbox.sqlite;

import java.nio.file.Path;
import org.linli.program.thread.InPlainWords;

/** The file of an open outbox was deleted, moved or replaced. */
final class OutboxGoneException extends RuntimeException implements InPlainWords {

  private static final long serialVersionUID = 1L;

  OutboxGoneException(Path file) {
    super(
        file
            + " was deleted, moved or replaced while the agent runs, so nothing is acknowledged:"
            + " put the file back, or start the agent anew, which begins a new one");
  }

  @Override
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
