package org.linli.hub.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.linli.event.Batch;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.hub.registry.DeviceKey;

/**
 * An event as the hub applies it, once.
 *
 * @param community the community that its gateway belonged to when the batch was applied
 * @param id the id by which it can be followed everywhere, see {@link TakenEvent#traceId}
 * @param late whether a newer event of this device was applied before; a late event is stored and
 *     never overrules. In the history a measurement that an urgent event has overtaken is not late
 */
public record HubEvent(
    CommunityId community,
    String id,
    GatewayId gateway,
    long epoch,
    Lane lane,
    TakenEvent taken,
    Instant receivedAt,
    boolean late) {

  /** Returns the device that reported it. */
  public DeviceKey device() {
    return new DeviceKey(community, taken.event().device());
  }

  /** Returns the events of a batch except its repeats. An event is late if its bit is set. */
  public static List<HubEvent> of(
      CommunityId community, Batch batch, Instant receivedAt, BitSet repeats, BitSet late) {
    List<HubEvent> all = new ArrayList<>(batch.events().size());
    for (int i = repeats.nextClearBit(0);
        i < batch.events().size();
        i = repeats.nextClearBit(i + 1)) {
      TakenEvent taken = batch.events().get(i);
      all.add(
          new HubEvent(
              community,
              taken.traceId(batch.gateway(), batch.epoch()),
              batch.gateway(),
              batch.epoch(),
              batch.lane(),
              taken,
              receivedAt,
              late.get(i)));
    }
    return List.copyOf(all);
  }
}
