package org.linli.edge.outbox.sqlite;

import java.nio.file.Path;

/** The file of an open outbox was deleted, moved or replaced. */
final class OutboxGoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutboxGoneException(Path file) {
    super(
        file
            + " was deleted or replaced while the agent runs, and nothing is acknowledged any more:"
            + " put the file back, or start the agent anew, which begins a new one");
  }

  /** The message, which is a sentence for a person. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
