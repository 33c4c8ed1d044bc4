package org.linli.event.codec;

/** The field {@code version}, number 1, with which every message begins. */
final class WireVersion {

  private static final int FIELD = 1;

  private WireVersion() {}

  /**
   * Reads and checks the version.
   *
   * @param what the message
   * @param reader the program that must be updated when the version is later
   */
  static void require(WireCursor message, int version, String what, String reader)
      throws MalformedException {
    if (message.atEnd() || message.field() != FIELD) {
      throw new MalformedException(what + " does not begin with a version");
    }
    long said = message.number("version");
    if (said != version) {
      throw new MalformedException(
          "%s has version %s, this %s reads version %d%s"
              .formatted(
                  what,
                  Long.toUnsignedString(said),
                  reader,
                  version,
                  said == 0 ? "" : "; bring the " + reader + " up to date"));
    }
  }
}
