package org.linli.hub.journal;

/**
 * Why the history makes no progress.
 *
 * @param about the folder concerned; empty if there is none
 * @param sentence the same for a person, with what to do
 */
public record Standstill(Cause cause, String about, String sentence) {

  /** The causes of a standstill: a closed list. */
  public enum Cause {
    /** The disk has no room. */
    DISK_FULL("disk-full"),
    /** The disk has room but cannot hold another file. */
    INODES_USED_UP("inodes-used-up"),
    /** No file can be written in the folder. */
    CANNOT_WRITE("cannot-write"),
    /** The store accepts no events. */
    TAKES_NOTHING("takes-nothing"),
    /** The store accepts events, but does not make them readable. */
    NOT_READABLE("not-readable");

    private final String wireName;

    Cause(String wireName) {
      this.wireName = wireName;
    }

    /** Returns the name used in alerts. */
    public String wireName() {
      return wireName;
    }
  }
}
