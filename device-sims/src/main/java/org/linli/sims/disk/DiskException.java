package org.linli.sims.disk;

/** An error that a file system returns instead of doing something. */
final class DiskException extends RuntimeException {

  /** As in errno(3). */
  enum Reason {
    NO_ENTRY,
    EXISTS,
    NOT_DIRECTORY,
    IS_DIRECTORY,
    NOT_EMPTY,
    NO_SPACE,
    INPUT_OUTPUT
  }

  private final transient Reason reason;

  DiskException(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
