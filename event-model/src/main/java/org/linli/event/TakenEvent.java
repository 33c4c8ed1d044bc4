package org.linli.event;

/**
 * An event on a gateway's disk, with the order number that the gateway gave it for its device: one
 * count over both lanes, from 1 (delivery contract, point 3).
 *
 * @throws IllegalArgumentException from the constructor when {@code order} is below 1 or above
 *     {@link Counts#LARGEST}
 */
public record TakenEvent(long order, DeviceEvent event) {

  public TakenEvent {
    if (order < 1) {
      throw new IllegalArgumentException("order numbers count from 1, this one is " + order);
    }
    Counts.require("an order number", order, 1);
  }

  /**
   * The id by which this event can be traced everywhere: the device's own, unique for that device,
   * or one derived from what identifies the event everywhere. No name contains {@code ~}, so two
   * events never share a derived id.
   */
  public String traceId(GatewayId gateway, long epoch) {
    EventId given = event.id();
    return given != null
        ? given.value()
        : "~" + gateway + "~" + epoch + "~" + event.device() + "~" + order;
  }
}
