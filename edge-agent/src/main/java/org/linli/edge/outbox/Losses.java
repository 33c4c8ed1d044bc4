package org.linli.edge.outbox;

import java.util.List;
import org.linli.event.DeviceId;

/**
 * What was given up for want of room or for its age, by device, over all starts.
 *
 * @param devices how many devices lost anything
 * @param most those that lost most, the heaviest loss first
 */
public record Losses(long devices, List<DeviceLoss> most) {

  /** How many events of a device were given up. */
  public record DeviceLoss(DeviceId device, long events) {}
}
