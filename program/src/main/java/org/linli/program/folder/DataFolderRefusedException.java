package org.linli.program.folder;

/** A program cannot have its data folder. Not retryable: a person has to do what is said. */
public final class DataFolderRefusedException extends RuntimeException {

  private final String action;

  DataFolderRefusedException(String description, String action) {
    super(description);
    this.action = action;
  }

  /** What to do about it, as a sentence. */
  public String action() {
    return action;
  }
}
