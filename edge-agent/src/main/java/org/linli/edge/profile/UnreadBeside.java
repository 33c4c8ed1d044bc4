package org.linli.edge.profile;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.life.LifeWord;
import org.linli.edge.profile.life.LifeWords;

/**
 * What could not be read beside the events of a message, apart from times: the first of it in whose
 * description is a word of life safety, otherwise the first. For one thread.
 */
public final class UnreadBeside {

  /** The parts that are nothing at all. */
  private @Nullable ByteArrayOutputStream nothing;

  private int parts;

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
  public void add(String detail) {
    add(new Refusal(RefusalReason.BAD_FIELD, detail), false);
  }

  /** Notes a part that is nothing at all, and is kept whatever it is about. */
  void addNothing(Unreadable unreadable, byte[] said) {
    if (parts == 0) {
      // Words in the others are looked for in their bytes.
      add(unreadable.refusal(), true);
    }
    ByteArrayOutputStream all = nothing == null ? new ByteArrayOutputStream() : nothing;
    nothing = all;
    if (all.size() > 0) {
      all.write('\n');
    }
    all.writeBytes(said);
    parts++;
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

  /** The part of a message that is refused beside its events. */
  UnreadPart partOf(Message message) {
    Interpreted.Refused whole = of(message);
    if (whole == null || nothing == null) {
      return new UnreadPart(whole, false);
    }
    Message part =
        new Message(
                message.source(),
                message.address(),
                nothing.toByteArray(),
                message.receivedAt(),
                message.reply())
            .with(message.origin(), null);
    Refusal why =
        new Refusal(
            whole.refusal().reason(),
            whole.refusal().detail()
                + (parts == 1 ? "" : " (and " + (parts - 1) + " more)")
                + "; what is beside it is taken");
    return new UnreadPart(
        new Interpreted.Refused(part, why, Basis.NONE, null, whole.lifeWord()), true);
  }

  /** As a part of the message that is refused; null if all was read. */
  public Interpreted.@Nullable Refused of(Message message) {
    return first == null ? null : new Interpreted.Refused(message, first, Basis.NONE, null, word);
  }
}
