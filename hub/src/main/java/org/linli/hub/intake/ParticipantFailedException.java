package org.linli.hub.intake;

/** A commit failed because of a participant, which would throw the same again. */
final class ParticipantFailedException extends RuntimeException {

  private final Throwable thrown;

  ParticipantFailedException(String participant, Throwable thrown) {
    super(participant + " failed: " + thrown, thrown);
    this.thrown = thrown;
  }

  /** Returns what the participant threw. */
  Throwable thrown() {
    return thrown;
  }
}
