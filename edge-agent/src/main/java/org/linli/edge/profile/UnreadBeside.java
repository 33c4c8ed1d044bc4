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

  /** Notes something that may have been an alarm. */
  public void add(Unreadable unreadable) {
    add(unreadable.refusal(), true);
  }

  /** Notes something that is an alarm only if its description says so. */
  void add(String detail) {
    add(new Refusal(RefusalReason.BAD_FIELD, detail), false);
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
