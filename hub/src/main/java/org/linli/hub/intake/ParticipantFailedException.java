package org.linli.hub.intake;

/** A participant is to blame for it that a commit cannot be: it would throw the same again. */
final class ParticipantFailedException extends RuntimeException {

  private final Throwable thrown;

  ParticipantFailedException(String participant, Throwable thrown) {
    super(participant + " failed: " + thrown, thrown);
    this.thrown = thrown;
  }

  /** What the participant threw. */
  Throwable thrown() {
    return thrown;
  }
}
