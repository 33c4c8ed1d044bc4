package org.linli.edge.outbox;

import java.util.List;
import org.linli.event.DeviceId;

/**
 * Events that were given up for lack of room or because of their age, by device, over all starts.
 *
 * @param devices how many devices lost events, without those that are no longer remembered
 * @param most who lost most, in descending order; {@link #OTHERS} for devices that are no longer
 *     remembered
 * @param ofOthers how many events devices lost that are no longer remembered
 */
public record Losses(long devices, List<DeviceLoss> most, long ofOthers) {

  /** The name under which devices are reported that are no longer remembered. No device has it. */
  public static final DeviceId OTHERS = new DeviceId("linli-others");

  /** How many events of a device were given up. */
  public record DeviceLoss(DeviceId device, long events) {}
}
