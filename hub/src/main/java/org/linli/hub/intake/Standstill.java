package org.linli.hub.intake;

/**
 * Why the history does not go on.
 *
 * @param about the folder that is concerned; empty where none is
 * @param sentence the same for a person, with what to do
 */
public record Standstill(Cause cause, String about, String sentence) {

  public enum Cause {
    /** The disk has no room. */
    DISK_FULL("disk-full"),
    /** The disk has room, but takes no further file. */
    INODES_USED_UP("inodes-used-up"),
    /** No file can be written there. */
    CANNOT_WRITE("cannot-write"),
    /** The store takes no events. */
    TAKES_NOTHING("takes-nothing"),
    /** The store takes events and makes none of them readable. */
    NOT_READABLE("not-readable");

    private final String wireName;

    Cause(String wireName) {
      this.wireName = wireName;
    }

    /** As alerts name it. */
    public String wireName() {
      return wireName;
    }
  }
}
