package org.linli.hub.history;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.registry.TestCommunities;

/** Events for tests, a word at a time. */
public record Happened(
    String device,
    Kind kind,
    String type,
    Instant time,
    @Nullable Instant deviceTime,
    long order,
    String gateway,
    long epoch,
    boolean late,
    Map<String, Value> values) {

  /** A door that opened: order 1 of gateway-1's first epoch, without values. */
  public static Happened door(String device, Instant time) {
    return new Happened(
        device, Kind.ACCESS, "door.opened", time, null, 1, "gateway-1", 1, false, Map.of());
  }

  public Happened order(long order) {
    return new Happened(device, kind, type, time, deviceTime, order, gateway, epoch, late, values);
  }

  public Happened from(String gateway, long epoch) {
    return new Happened(device, kind, type, time, deviceTime, order, gateway, epoch, late, values);
  }

  public Happened as(Kind kind, String type) {
    return new Happened(device, kind, type, time, deviceTime, order, gateway, epoch, late, values);
  }

  public Happened comingLate() {
    return new Happened(device, kind, type, time, deviceTime, order, gateway, epoch, true, values);
  }

  public Happened deviceSaid(Instant deviceTime) {
    return new Happened(device, kind, type, time, deviceTime, order, gateway, epoch, late, values);
  }

  public Happened with(String name, Value value) {
    Map<String, Value> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Happened(device, kind, type, time, deviceTime, order, gateway, epoch, late, more);
  }

  public Happened with(String name, double number) {
    return with(name, new Value.Real(number));
  }

  /** As the intake hands it to a store. */
  public HubEvent asApplied() {
    return asAppliedIn(TestCommunities.SAMPLE);
  }

  /** As the intake hands it to a store if it came at this time. */
  public HubEvent asAppliedAt(Instant receivedAt) {
    HubEvent event = asApplied();
    return new HubEvent(
        event.community(),
        event.id(),
        event.gateway(),
        event.epoch(),
        event.lane(),
        event.taken(),
        receivedAt,
        event.late());
  }

  /** As the intake hands that of another community to a store. */
  public HubEvent asAppliedIn(CommunityId community) {
    TakenEvent taken =
        new TakenEvent(
            order,
            new DeviceEvent(
                new DeviceId(device),
                kind,
                new EventType(type),
                null,
                time,
                deviceTime,
                time.plusMillis(7),
                new Values(values)));
    GatewayId by = new GatewayId(gateway);
    return new HubEvent(
        community,
        taken.traceId(by, epoch),
        by,
        epoch,
        Lane.BULK,
        taken,
        time.plusMillis(40),
        late);
  }
}
