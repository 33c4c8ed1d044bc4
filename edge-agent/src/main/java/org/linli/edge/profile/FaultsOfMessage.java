package org.linli.edge.profile;

import org.jspecify.annotations.Nullable;

/** What is wrong with the document of a message, which all of its events say. For one thread. */
public final class FaultsOfMessage implements DocumentFaults {

  private final UnreadBeside besides;
  private final NotedEvents noted;

  /** Why no strict parser reads it; null if one does. */
  private @Nullable Unreadable malformed;

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
    note(part.refusal().detail());
  }

  @Override
  public void lacksValue(Unreadable value) {
    besides.addOutranked(value);
    besides.add(value.refusal().detail());
    note(value.refusal().detail());
  }

  @Override
  public void note(String detail) {
    noted.ofWhole(detail);
  }

  /** Keeps a part that is nothing, as it was said, as a dead letter beside the events. */
  public void keepUnread(Unreadable part, byte[] said) {
    besides.addNothing(part, said);
  }

  /** What a message without an event is refused for: what was wrong first says most. */
  Unreadable first(Unreadable last) {
    return malformed == null ? last : malformed;
  }
}
