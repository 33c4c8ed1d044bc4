package org.linli.hub.records;

import org.springframework.boot.ExitCodeGenerator;
import org.springframework.transaction.TransactionSystemException;

/** Another hub has taken over the records. A start that it ends is one to begin again. */
final class RightLostException extends TransactionSystemException implements ExitCodeGenerator {

  RightLostException() {
    super("Another hub has taken over the records; nothing was written");
  }

  @Override
  public int getExitCode() {
    return ProgramEnd.EXIT_CODE;
  }
}
