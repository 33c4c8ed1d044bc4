package org.linli.edge.profile.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Unreadable;

/** What cannot be read of a message as a whole, which each of its parts says. For one thread. */
final class UnreadOfMessage implements DocumentFaults {

  /** Most parts that could not be read and are named. */
  private static final int MOST_LOST = 4;

  private final List<Unreadable> lost = new ArrayList<>();
  private final List<Unreadable> mended = new ArrayList<>();
  private final List<String> marks = new ArrayList<>();

  /** The first thing that could not be read; null while everything could. */
  private @Nullable Unreadable first;

  @Override
  public void malformed(Unreadable document) {
    beside(document);
  }

  @Override
  public void lacks(Unreadable part) {
    beside(part);
    if (lost.size() < MOST_LOST) {
      lost.add(part);
    }
  }

  @Override
  public void lacksValue(Unreadable value) {
    beside(value);
    mended.add(value);
  }

  @Override
  public void note(String detail) {
    marks.add(detail);
  }

  /** Something for which a message that says nothing else is refused. */
  void beside(Unreadable unreadable) {
    first = first == null ? unreadable : first;
  }

  @Nullable Unreadable first() {
    return first;
  }

  /** Tells it of the present part of the message. */
  void tell(MessageReading reading) {
    marks.forEach(reading::note);
    mended.forEach(reading::mark);
    lost.forEach(reading::lacks);
  }
}
