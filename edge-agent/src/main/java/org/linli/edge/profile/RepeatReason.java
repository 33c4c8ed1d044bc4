package org.linli.edge.profile;

/** Why something that a device said is no event of its own. */
public enum RepeatReason {
  /** The state is the one that was known. */
  UNCHANGED("unchanged"),
  /** The state is older than the one that is known. */
  OLDER("older"),
  /** The state is an old one that a coordinator or a broker had kept. */
  CACHED("cached"),
  /** An event with this id was taken before. */
  SAME_ID("same-id"),
  /** The same MQTT packet came before (QoS 2). */
  SAME_PACKET("same-packet");

  private final String wireName;

  RepeatReason(String wireName) {
    this.wireName = wireName;
  }

  /** Its name in the API. */
  public String wireName() {
    return wireName;
  }
}
