package org.linli.hub.alert;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;

/** What an alert is about: ITU-T X.733's managed object. */
public sealed interface AlertSource {

  /** The kind of {@link OfGateway}. */
  String GATEWAY = "gateway";

  /** The kind of {@link OfHub}, and its id. */
  String HUB = "hub";

  /** Returns the device's or the gateway's id, or {@value #HUB}. */
  String id();

  /** Returns the wire name of the device's kind, {@value #GATEWAY} or {@value #HUB}. */
  String kind();

  /** A device, for what it reported or failed to report. */
  record OfDevice(DeviceId device, Kind of) implements AlertSource {
    @Override
    public String id() {
      return device.value();
    }

    @Override
    public String kind() {
      return of.wireName();
    }
  }

  /** A gateway, for what the hub detected about it: X.733's processing error alarm. */
  record OfGateway(GatewayId gateway) implements AlertSource {
    @Override
    public String id() {
      return gateway.value();
    }

    @Override
    public String kind() {
      return GATEWAY;
    }
  }

  /** The hub, for what it detected about itself: X.733's processing error alarm. */
  record OfHub() implements AlertSource {
    @Override
    public String id() {
      return HUB;
    }

    @Override
    public String kind() {
      return HUB;
    }
  }

  /** Returns every name that {@link #kind} can have. */
  static List<String> kinds() {
    return Stream.concat(Arrays.stream(Kind.values()).map(Kind::wireName), Stream.of(GATEWAY, HUB))
        .toList();
  }
}
