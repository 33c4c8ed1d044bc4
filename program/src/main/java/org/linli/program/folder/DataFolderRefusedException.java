package org.linli.program.folder;

/** A program cannot use its data folder. Not retryable: a person must act. */
public final class DataFolderRefusedException extends RuntimeException {

  private final String action;

  DataFolderRefusedException(String description, String action) {
    super(description);
    this.action = action;
  }

  /** What the person must do, as a sentence. */
  public String action() {
    return action;
  }
}
