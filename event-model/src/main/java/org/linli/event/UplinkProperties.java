package org.linli.event;

/**
 * MQTT 5 user properties (section 3.3.2.3.7) that a gateway puts on what it sends, see
 * docs/protocol.md. Each may be absent.
 */
public final class UplinkProperties {

  /**
   * On {@code status}: a name that this run of the agent gave itself and no other has, at most
   * {@value #MAX_INSTANCE} characters. By it two agents under one identity are told from one that
   * lost its connection.
   */
  public static final String INSTANCE = "instance";

  public static final int MAX_INSTANCE = 64;

  /**
   * On everything: when it was sent, by the gateway's clock, in milliseconds since 1970. By it the
   * hub knows how far that clock is off.
   */
  public static final String SENT_AT = "sent-at";

  /** On a batch: how many events of its lane the gateway has not sent yet. */
  public static final String WAITING = "waiting";

  /**
   * On a batch behind which something waits: none of that was taken before, by the gateway's clock,
   * in milliseconds since 1970.
   */
  public static final String WAITING_SINCE = "waiting-since";

  /** On everything: how many messages that it could not read the gateway keeps. */
  public static final String DEAD_LETTERS = "dead-letters";

  /** Beside that: how many it ever refused. */
  public static final String DEAD_LETTERS_IN_ALL = "dead-letters-in-all";

  /**
   * Beside that: when the newest that is kept came, by the gateway's clock, in milliseconds since
   * 1970.
   */
  public static final String DEAD_LETTER_NEWEST = "dead-letter-newest";

  /** Beside that: why, as docs/dead-letters.md names it. Never anything of the message. */
  public static final String DEAD_LETTER_NEWEST_REASON = "dead-letter-newest-reason";

  /**
   * On {@code status} and on a batch, after one of the agent's threads failed: when that was, by
   * the gateway's clock, in milliseconds since 1970; the thread's name; what was thrown, at most
   * {@value #MAX_FAILED} characters together, with a space after each of the first two.
   */
  public static final String FAILED = "failed";

  public static final int MAX_FAILED = 400;

  /**
   * On {@code status} and on a batch, where the gateway forgets devices that nobody registered, for
   * want of room: since when, by the gateway's clock, in milliseconds since 1970, and after a space
   * how many in all, decimal.
   */
  public static final String DEVICES_FORGOTTEN = "devices-forgotten";

  /**
   * On {@code status}, on a batch and on a report of equipment, while something is wrong at the
   * gateway: of each {@link GatewayTrouble} its name, a space, and since when, by the gateway's
   * clock, in milliseconds since 1970; with a comma between two; at most {@value #MAX_TROUBLE}
   * characters. A message without it says that all is well.
   */
  public static final String TROUBLE = "trouble";

  public static final int MAX_TROUBLE = 400;

  private UplinkProperties() {}
}
