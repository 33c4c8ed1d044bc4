package org.linli.event;

import java.time.Instant;
import java.util.List;

/**
 * A piece of equipment that no registered device matches.
 *
 * @param device the device name in its events
 * @param profile the equipment profile that reads it
 * @param address its own name in that format
 * @param kind what kind it seems to be
 * @param kindFrom where that kind comes from
 * @param type of its last event
 * @param sample the values of that event, at most {@value #MAX_VALUES}, without what may be
 *     personal
 * @param firstHeard by the gateway's clock, since the gateway last forgot it
 * @param lastHeard by the gateway's clock
 * @param count messages since {@code firstHeard}
 * @throws IllegalArgumentException from the constructor, naming the field
 */
public record UnregisteredEquipment(
    DeviceId device,
    String profile,
    String address,
    Kind kind,
    KindFrom kindFrom,
    EventType type,
    List<SampleValue> sample,
    Instant firstHeard,
    Instant lastHeard,
    long count) {

  public static final int MAX_VALUES = 8;

  public UnregisteredEquipment {
    if (profile.isEmpty()
        || profile.length() > RegisteredDevice.Equipment.MAX_PROFILE
        || address.isBlank()
        || address.length() > RegisteredDevice.Equipment.MAX_ADDRESS) {
      throw new IllegalArgumentException(
          "the profile or the address of " + device + " is empty or too long");
    }
    sample = List.copyOf(sample);
    if (sample.size() > MAX_VALUES) {
      throw new IllegalArgumentException(
          "the sample of %s has %d values, at most %d are allowed"
              .formatted(device, sample.size(), MAX_VALUES));
    }
    if (count < 1) {
      throw new IllegalArgumentException("count of " + device + " is " + count);
    }
    Counts.require("count of " + device, count, 1);
    firstHeard = Times.toMillis(firstHeard);
    lastHeard = Times.toMillis(lastHeard);
  }

  /** Where the kind of a piece of equipment comes from. */
  public enum KindFrom {
    /** The address that it sends to names the kind. */
    ADDRESS,
    /** The profile assumes it. */
    PROFILE
  }
}
