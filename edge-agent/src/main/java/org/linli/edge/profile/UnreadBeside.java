package org.linli.edge.profile;

import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;

/**
 * What could not be read beside the events of a message, apart from times: the first of it in whose
 * description is a word of life safety, otherwise the first. For one thread.
 */
public final class UnreadBeside {

  private @Nullable Refusal first;
  private @Nullable LifeWord word;

  /** The first of what only an alarm outranks. */
  private @Nullable Unreadable outranked;

  /** The first time that could not be read. */
  private @Nullable Unreadable time;

  /** Notes something that may have been an alarm. */
  public void add(Unreadable unreadable) {
    add(unreadable.refusal(), true);
  }

  /** Notes something that is an alarm only if its description says so. */
  void add(String detail) {
    add(new Refusal(RefusalReason.BAD_FIELD, detail), false);
  }

  /** Notes a time that could not be read, for which only a message without events is refused. */
  void addTime(Unreadable unreadable) {
    time = time == null ? unreadable : time;
  }

  /** Notes something for which a message without an alarm is refused. */
  void addOutranked(Unreadable unreadable) {
    outranked = outranked == null ? unreadable : outranked;
  }

  /**
   * For a message without an alarm.
   *
   * @param saysSomething whether it has events, or is housekeeping of its format
   * @throws Unreadable if something could not be read for which such a message is refused
   */
  void requireNothingOutranked(boolean saysSomething) throws Unreadable {
    if (outranked != null) {
      throw outranked;
    }
    if (time != null && !saysSomething) {
      throw time;
    }
  }

  private void add(Refusal refusal, boolean mayBeAnAlarm) {
    if (word != null) {
      return;
    }
    LifeWord found = LifeWords.first(refusal.detail());
    if (found != null) {
      word = found;
      first = refusal;
    } else if (first == null && mayBeAnAlarm) {
      first = refusal;
    }
  }

  /** As a part of the message that is refused; null if all was read. */
  public Interpreted.@Nullable Refused of(Message message) {
    return first == null ? null : new Interpreted.Refused(message, first, Basis.NONE, null, word);
  }
}
