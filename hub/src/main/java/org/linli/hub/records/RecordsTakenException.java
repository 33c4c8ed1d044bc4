package org.linli.hub.records;

import org.springframework.boot.ExitCodeGenerator;

/** Another hub has the records. This one ends by itself, and stands by once it is started again. */
final class RecordsTakenException extends RecordsUnavailableException implements ExitCodeGenerator {

  RecordsTakenException(String message, String action, Throwable cause) {
    super(message, action, cause);
  }

  @Override
  public int getExitCode() {
    return ProgramEnd.EXIT_CODE;
  }
}
