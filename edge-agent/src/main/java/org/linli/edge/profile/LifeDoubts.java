package org.linli.edge.profile;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.life.LifeWord;
import org.linli.edge.profile.life.LifeWords;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;

/**
 * Decides whether what could not be read beside the events of a message may be about a life
 * (decision 0060): by a word where it is described; or else, where no event of the message tells
 * such an alarm, by a word in the message or by the kind of the registered device. What is no event
 * at all is kept whatever it is about, and a word in it counts in any case.
 */
final class LifeDoubts {

  private static final String OVER = ".cleared";

  private final KnownDevices known;

  LifeDoubts(KnownDevices known) {
    this.known = known;
  }

  /**
   * @param unread the part that could not be read; null if all was read
   * @param about the registered device that sent the message; null for none
   * @return the same part, about that device; null if it is not about a life
   */
  Interpreted.@Nullable Refused about(
      Interpreted.@Nullable Refused unread, List<DeviceEvent> events, @Nullable DeviceId about) {
    return unread == null
        ? null
        : aboutALife(unread, unread.lifeWord(), unread.message(), events, about);
  }

  /**
   * As above, for a part that may be no event at all: that is never left out.
   *
   * @param whole the message that it is a part of
   */
  Interpreted.@Nullable Refused about(
      UnreadPart part, Message whole, List<DeviceEvent> events, @Nullable DeviceId about) {
    Interpreted.Refused unread = part.unread();
    if (unread == null || !part.isNoEvent()) {
      return about(unread, events, about);
    }
    LifeWord word = unread.lifeWord();
    Interpreted.Refused found =
        aboutALife(
            unread,
            word == null ? LifeWords.first(unread.message().payload()) : word,
            whole,
            events,
            about);
    return found == null ? refused(unread, null, null) : found;
  }

  /**
   * The part of a message that could not be read, if it is kept; null otherwise.
   *
   * @param sender is asked for such a part only
   */
  @Nullable UnreadPart keptOf(
      Interpreted.Understood read, Supplier<? extends @Nullable DeviceId> sender) {
    if (!(read.basis() instanceof UnreadPart part) || part.unread() == null) {
      return null;
    }
    Interpreted.Refused kept = about(part, read.message(), read.events(), sender.get());
    return kept == null ? null : new UnreadPart(kept, part.isNoEvent());
  }

  private Interpreted.@Nullable Refused aboutALife(
      Interpreted.Refused unread,
      @Nullable LifeWord itsOwn,
      Message whole,
      List<DeviceEvent> events,
      @Nullable DeviceId about) {
    LifeWord word = itsOwn;
    if (word == null) {
      if (events.stream().anyMatch(LifeDoubts::callsSomebody)) {
        return null;
      }
      word = LifeWord.in(whole);
      if (word == null
          && (about == null || known.kindOf(about).filter(LifeWord::isSaidBy).isEmpty())) {
        return null;
      }
    }
    return refused(unread, about, word);
  }

  private static Interpreted.Refused refused(
      Interpreted.Refused part, @Nullable DeviceId about, @Nullable LifeWord word) {
    return new Interpreted.Refused(part.message(), part.refusal(), Basis.NONE, about, word);
  }

  private static boolean callsSomebody(DeviceEvent event) {
    String type = event.type().value();
    return LifeWords.first(type) != null && !type.endsWith(OVER);
  }
}
