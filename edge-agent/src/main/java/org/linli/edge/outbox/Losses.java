package org.linli.edge.outbox;

import java.util.List;
import org.linli.event.DeviceId;

/**
 * Events that were given up for lack of room or because of their age, by device, over all starts.
 *
 * @param devices how many devices lost events
 * @param most the devices that lost most, in descending order
 */
public record Losses(long devices, List<DeviceLoss> most) {

  /** How many events of a device were given up. */
  public record DeviceLoss(DeviceId device, long events) {}
}
