package org.linli.edge.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.profile.life.LifeWord;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;

/** A message and the profile's result. */
public sealed interface Interpreted {

  Message message();

  /** The state that the result relies on, beside the message. */
  default Basis basis() {
    return Basis.NONE;
  }

  /** To be called if the message could not be kept, before its sender is answered. */
  default void notKept() {
    basis().undo();
  }

  /** One or more events, which are taken together or not at all. */
  record Understood(Message message, List<DeviceEvent> events, Basis basis) implements Interpreted {

    public Understood {
      events = List.copyOf(events);
    }

    public Understood(Message message, List<DeviceEvent> events) {
      this(message, events, Basis.NONE);
    }
  }

  /**
   * The message was understood, and it says nothing about any device, or nothing new. It is
   * acknowledged and counted.
   */
  record PassedOver(Message message, Basis basis) implements Interpreted {}

  /**
   * The message was not understood and becomes a dead letter. A profile may have found a state in
   * it all the same.
   *
   * @param about the registered device that it is about, as its profile found out, or as its
   *     address says; null for none
   * @param lifeWord the first word of life safety in it; null for none
   */
  record Refused(
      Message message,
      Refusal refusal,
      Basis basis,
      @Nullable DeviceId about,
      @Nullable LifeWord lifeWord)
      implements Interpreted {

    private static final int BEGINNING_BYTES = 4_096;

    /** Looks for the word here, in the caller's thread, and not in the one that writes. */
    public Refused(Message message, Refusal refusal, Basis basis, @Nullable DeviceId about) {
      this(message, refusal, basis, about, LifeWord.in(message));
    }

    /**
     * Refuses a message that its profile read. It looks for the word in the beginning only, because
     * the thread that writes calls it.
     */
    public static Refused afterAll(Message message, Refusal refusal) {
      return new Refused(message, refusal, Basis.NONE, null, LifeWord.in(message, BEGINNING_BYTES));
    }

    public Refused(Message message, Refusal refusal) {
      this(message, refusal, Basis.NONE, null);
    }
  }
}
