package org.linli.edge.profile.linli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.Defects;
import org.linli.edge.profile.Unreadable;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Values;

/** What is known of an event while its fields come. */
final class EventDraft {

  final Defects defects = new Defects();

  /** The fields that have come, each as one bit. */
  int seen;

  @Nullable EventType type;
  @Nullable EventId id;
  @Nullable Instant time;
  Values values = Values.NONE;

  /** Why it is not known what happened; null if it is. */
  @Nullable Unreadable noType;
}
