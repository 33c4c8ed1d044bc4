package org.linli.hub.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.Within;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts applied events whose type is close to a known one, and reports each device and type once.
 * What was reported is kept in the records, so that it is not reported again after a restart. It is
 * bounded, so that a device that sends ever new types cannot fill the records: by {@link
 * #MOST_OF_A_DEVICE} for each device, and by {@link #MOST} for all unregistered devices of a
 * community, because their number has no limit.
 */
@Component
class SimilarTypes implements BatchParticipant {

  static final int MOST_OF_A_DEVICE = 8;
  static final int MOST = 1_000;

  private static final String COUNT_AGAIN =
      """
      UPDATE similar_type SET events = events + 1
      WHERE {community} AND device = :device AND type = :type
      """;
  private static final String ADD =
      """
      INSERT INTO similar_type ({community}, device, type, similar_to, first_at, events)
      SELECT :community, :device, :type, :similarTo, :at, 1
      WHERE (SELECT count(*) FROM similar_type WHERE {community} AND device = :device)
        < :mostOfDevice
      """;
  private static final String TOLD =
      """
      SELECT device, count(*) AS types FROM similar_type
      WHERE {community} AND device <> '' GROUP BY device
      """;
  private static final String COUNT_BEYOND =
      """
      INSERT INTO similar_type ({community}, device, type, similar_to, first_at, events)
      VALUES (:community, '', '', '', :at, 1)
      ON CONFLICT (community, device, type) DO UPDATE SET events = similar_type.events + 1
      """;

  private final CommunityRecords records;
  private final Registry registry;
  private final ApplicationEventPublisher events;
  private final Counter counter;

  SimilarTypes(
      CommunityRecords records,
      Registry registry,
      ApplicationEventPublisher events,
      MeterRegistry meters) {
    this.records = records;
    this.registry = registry;
    this.events = events;
    this.counter =
        Counter.builder("linli.intake.similar.types")
            .description("Applied events whose type is nearly a known one, and unknown")
            .register(meters);
  }

  @Override
  public String name() {
    return "similar-types";
  }

  @Override
  public void apply(List<HubEvent> batch) {
    int found = 0;
    Map<CommunityId, UnregisteredTypes> unregistered = new TreeMap<>();
    for (HubEvent event : batch) {
      DeviceEvent reported = event.taken().event();
      @Nullable EventType similarTo = SimilarType.of(reported.kind(), reported.type());
      if (similarTo != null) {
        note(
            event,
            similarTo,
            unregistered.computeIfAbsent(event.community(), UnregisteredTypes::new));
        found++;
      }
    }
    if (found > 0) {
      countWhenCommitted(found);
    }
  }

  private void note(HubEvent event, EventType similarTo, UnregisteredTypes unregistered) {
    DeviceEvent reported = event.taken().event();
    Within community = new Within.One(event.community());
    String device = reported.device().value();
    String type = reported.type().value();
    if (records.write(community, COUNT_AGAIN).param("device", device).param("type", type).update()
        > 0) {
      return;
    }
    long at = event.receivedAt().toEpochMilli();
    boolean isUnregistered = !isRegistered(event.device());
    int added =
        isUnregistered && unregistered.count() >= MOST
            ? 0
            : records
                .write(community, ADD)
                .param("device", device)
                .param("type", type)
                .param("similarTo", similarTo.value())
                .param("at", at)
                .param("mostOfDevice", MOST_OF_A_DEVICE)
                .update();
    if (added > 0) {
      if (isUnregistered) {
        unregistered.add();
      }
      events.publishEvent(new SimilarTypeSeen(event, similarTo));
    } else {
      records.write(community, COUNT_BEYOND).param("at", at).update();
    }
  }

  private boolean isRegistered(DeviceKey device) {
    return registry.findDevice(device).isPresent();
  }

  /**
   * How much was reported for devices of a community that are not registered now; looked up at most
   * once per batch.
   */
  private final class UnregisteredTypes {
    private final CommunityId community;
    private long count = -1;

    UnregisteredTypes(CommunityId community) {
      this.community = community;
    }

    long count() {
      if (count < 0) {
        count =
            records
                .write(new Within.One(community), TOLD)
                .query(
                    (row, _) ->
                        isRegistered(
                                new DeviceKey(community, new DeviceId(row.getString("device"))))
                            ? 0L
                            : row.getLong("types"))
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
      }
      return count;
    }

    /** Adds one. To be called only after {@link #count}. */
    void add() {
      count++;
    }
  }

  private void countWhenCommitted(int found) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            counter.increment(found);
          }
        });
  }
}
