package org.linli.hub.intake.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linli.event.DeviceEvent;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.records.FailureCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Copies events for dead letters, as Linli JSON. An event of which that cannot be made is copied as
 * plain text, because a defect here would otherwise cost the dead letter, and what is committed
 * with it.
 */
@Component
public class EventCopies {

  private static final Logger log = LoggerFactory.getLogger(EventCopies.class);

  private final Function<DeviceEvent, String> form;

  public EventCopies() {
    this(EventJson::write);
  }

  /**
   * @param form makes the text of an event
   */
  public EventCopies(Function<DeviceEvent, String> form) {
    this.form = form;
  }

  /**
   * A bounded copy.
   *
   * @param size of the whole text, in bytes
   * @param sample its first {@link DeadLetters#SAMPLE_BYTES} bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record EventCopy(int size, byte[] sample) {

    static EventCopy of(byte[] content) {
      return new EventCopy(
          content.length,
          Arrays.copyOf(content, Math.min(content.length, DeadLetters.SAMPLE_BYTES)));
    }
  }

  /** Copies that were made in advance, outside of the transaction that may need some of them. */
  public static final class Prepared {

    private final Map<String, EventCopy> byPlace;

    private Prepared(Map<String, EventCopy> byPlace) {
      this.byPlace = byPlace;
    }

    /**
     * @param event one of those that were prepared
     */
    public EventCopy of(HubEvent event) {
      return Objects.requireNonNull(byPlace.get(DeadLetters.place(event)));
    }
  }

  public Prepared prepare(Stream<HubEvent> events) {
    return new Prepared(
        events.collect(
            Collectors.toUnmodifiableMap(DeadLetters::place, this::of, (one, other) -> one)));
  }

  public EventCopy of(HubEvent event) {
    DeviceEvent reported = event.taken().event();
    AtomicReference<String> text = new AtomicReference<>("");
    Throwable defect = FailureCause.defectOf(() -> text.set(form.apply(reported)));
    if (defect != null) {
      log.atError()
          .addKeyValue("gateway", event.gateway())
          .addKeyValue("device", reported.device())
          .addKeyValue("event", event.id())
          .setCause(defect)
          .log("An event could not be written as JSON for a dead letter; it is kept as plain text");
      text.set(reported.toString());
    }
    return EventCopy.of(text.get().getBytes(StandardCharsets.UTF_8));
  }
}
