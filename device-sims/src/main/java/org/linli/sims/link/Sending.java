package org.linli.sims.link;

/** A message on its way, and the receiver of its outcome. */
public record Sending(Letter letter, Answer answer) {

  /** Called once with the outcome, unless there never is one; on a thread of the link. */
  public interface Answer {

    /** The gateway has it on disk. */
    void acknowledged();

    /** The gateway refuses it; {@code reason} is in the protocol's words. */
    void refused(String reason);

    /** It is sent again, byte for byte, because no answer came. */
    default void repeated() {}

    /**
     * No answer will ever come: it was sent at QoS 0, or no answer came and it is not sent again.
     */
    default void unconfirmed() {}
  }
}
