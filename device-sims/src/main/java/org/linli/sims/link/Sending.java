package org.linli.sims.link;

/** A letter on its way, and whom to tell what became of it. */
public record Sending(Letter letter, Answer answer) {

  /** Told once how it ended, unless that stays open to the end; on a thread of the link. */
  public interface Answer {

    /** The gateway has it on disk. */
    void acknowledged();

    /** The gateway will not have it; {@code reason} is in the protocol's words. */
    void refused(String reason);

    /** It goes out once more, the same to the byte, because no answer came. */
    default void repeated() {}

    /**
     * Nobody will ever say what became of it: it went out at QoS 0, or no answer came and it is not
     * sent again.
     */
    default void unconfirmed() {}
  }
}
