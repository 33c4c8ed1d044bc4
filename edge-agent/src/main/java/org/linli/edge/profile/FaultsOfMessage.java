package org.linli.edge.profile;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;

/** What is wrong with the document of a message, which all of its events say. For one thread. */
public final class FaultsOfMessage implements DocumentFaults {

  private final UnreadBeside besides;
  private final NotedEvents noted;

  /** Why no strict parser reads it; null if one does. */
  private @Nullable Unreadable malformed;

  /** Why there is no event in it; null if the profile does not say. */
  private @Nullable Supplier<String> nothing;

  FaultsOfMessage(UnreadBeside besides, NotedEvents noted) {
    this.besides = besides;
    this.noted = noted;
  }

  @Override
  public void malformed(Unreadable document) {
    besides.addOutranked(document);
    malformed = malformed == null ? document : malformed;
  }

  @Override
  public void lacks(Unreadable part) {
    besides.add(part);
    note(part.defect());
  }

  @Override
  public void lacksValue(Unreadable value) {
    besides.addOutranked(value);
    besides.add(value.refusal().detail());
    note(value.defect());
  }

  @Override
  public void note(String detail) {
    noted.ofWhole(detail);
  }

  /** Keeps a part that is nothing, as it was said, as a dead letter beside the events. */
  public void keepUnread(Unreadable part, byte[] said) {
    besides.addNothing(part, said);
  }

  /** Says why there is no event in it, for a person who mends the profile's own settings. */
  public void nothingBecause(Supplier<String> why) {
    nothing = why;
  }

  /** What a message is refused for in which a profile finds nothing. */
  Refusal nothing(String profile) {
    return new Refusal(
        RefusalReason.NOTHING_IN_IT,
        nothing == null ? "the profile " + profile + " finds nothing in it" : nothing.get());
  }

  /**
   * Refuses a message of measurements for something that only an alarm outranks.
   *
   * @param isPassedOver whether the message is housekeeping of its format
   * @throws Unreadable if there is something of that sort, and no alarm
   */
  void requireAlarmBesideDefects(boolean isPassedOver) throws Unreadable {
    if (!noted.hasAlarm()) {
      besides.requireNothingOutranked(noted.size() > 0 || isPassedOver);
    }
  }

  /** What a message without an event is refused for: what was wrong first says most. */
  Unreadable first(Unreadable last) {
    return malformed == null ? last : malformed;
  }
}
