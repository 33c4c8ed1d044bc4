package org.linli.event;

/**
 * MQTT 5 user properties (section 3.3.2.3.7) that a gateway puts on what it sends, see
 * docs/protocol.md. Each may be absent.
 */
public final class UplinkProperties {

  /**
   * On {@code status}: a name that this run of the agent chose for itself and no other run has, at
   * most {@value #MAX_INSTANCE} characters. It distinguishes two agents with the same identity from
   * one that lost its connection.
   */
  public static final String INSTANCE = "instance";

  public static final int MAX_INSTANCE = 64;

  /**
   * On everything: when it was sent, by the gateway's clock, in milliseconds since 1970. It tells
   * the hub how far that clock is off.
   */
  public static final String SENT_AT = "sent-at";

  /** On a batch: how many events of its lane the gateway has not sent yet. */
  public static final String WAITING = "waiting";

  /**
   * On a batch, when more events of its lane wait: none of them was taken before this time, by the
   * gateway's clock, in milliseconds since 1970.
   */
  public static final String WAITING_SINCE = "waiting-since";

  /** On everything: how many unreadable messages the gateway keeps. */
  public static final String DEAD_LETTERS = "dead-letters";

  /** With {@link #DEAD_LETTERS}: how many it ever refused. */
  public static final String DEAD_LETTERS_IN_ALL = "dead-letters-in-all";

  /**
   * With {@link #DEAD_LETTERS}: when the newest kept one arrived, by the gateway's clock, in
   * milliseconds since 1970.
   */
  public static final String DEAD_LETTER_NEWEST = "dead-letter-newest";

  /**
   * With {@link #DEAD_LETTERS}: the reason for the newest kept one, as docs/dead-letters.md names
   * it. Never any part of the message.
   */
  public static final String DEAD_LETTER_NEWEST_REASON = "dead-letter-newest-reason";

  /**
   * On {@code status} and on a batch, after one of the agent's threads failed: when it failed, by
   * the gateway's clock, in milliseconds since 1970; the thread's name; what was thrown. At most
   * {@value #MAX_FAILED} characters together, with a space after each of the first two.
   */
  public static final String FAILED = "failed";

  public static final int MAX_FAILED = 400;

  /**
   * On {@code status} and on a batch, when the gateway forgets unregistered devices because its
   * table is full: since when, by the gateway's clock, in milliseconds since 1970, then a space and
   * how many in all, decimal.
   */
  public static final String DEVICES_FORGOTTEN = "devices-forgotten";

  /**
   * On {@code status}, on a batch and on a report of equipment, while something is wrong at the
   * gateway: for each {@link GatewayTrouble} its name, a space, and since when, by the gateway's
   * clock, in milliseconds since 1970; separated by commas; at most {@value #MAX_TROUBLE}
   * characters. A message without it says that all is well.
   */
  public static final String TROUBLE = "trouble";

  public static final int MAX_TROUBLE = 400;

  private UplinkProperties() {}
}
