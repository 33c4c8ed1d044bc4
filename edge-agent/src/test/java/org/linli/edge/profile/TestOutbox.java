package org.linli.edge.profile;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.event.Batch;
import org.linli.event.DeviceEvent;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.program.thread.LivingThreads;

/** An outbox on disk that takes what profiles make of messages, and says what was new. */
public final class TestOutbox implements AutoCloseable {

  private final SqliteOutbox outbox;
  private final Map<Lane, Long> seen = new EnumMap<>(Lane.class);

  public TestOutbox(Path folder) {
    outbox =
        SqliteOutbox.open(
            folder,
            new GatewayId("gateway-1"),
            OutboxSettings.DEFAULTS,
            InstantSource.system(),
            new LivingThreads(InstantSource.system()),
            CommitGate.OPEN);
  }

  /** The types of the events that the hub gets of a message, urgent ones first. */
  public List<String> takes(Interpreted message) {
    outbox.offer(message);
    // Written after the message, or with it.
    outbox.sessions().release(0, 0).join();
    List<String> types = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      outbox
          .next(lane, seen.getOrDefault(lane, 0L), Batch.MAX_EVENTS)
          .ifPresent(
              batch -> {
                seen.put(lane, batch.last());
                batch.events().stream()
                    .map(TakenEvent::event)
                    .map(DeviceEvent::type)
                    .forEach(type -> types.add(type.value()));
              });
    }
    return types;
  }

  @Override
  public void close() {
    outbox.close();
  }
}
