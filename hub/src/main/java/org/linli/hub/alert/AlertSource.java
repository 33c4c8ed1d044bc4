package org.linli.hub.alert;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;

/** What an alert is about: ITU-T X.733's managed object. */
public sealed interface AlertSource {

  /** The name of {@link OfGateway} among the kinds. */
  String GATEWAY = "gateway";

  /** The name of {@link OfHub} among the kinds, and its id. */
  String HUB = "hub";

  /** The device's or the gateway's id, or {@value #HUB}. */
  String id();

  /** The wire name of the device's kind, {@value #GATEWAY} or {@value #HUB}. */
  String kind();

  /** What a device reported or failed to report. */
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

  /** What the hub noticed about a gateway: X.733's processing error alarm. */
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

  /** What the hub noticed about itself: X.733's processing error alarm. */
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

  /** Every name that {@link #kind} can have. */
  static List<String> kinds() {
    return Stream.concat(Arrays.stream(Kind.values()).map(Kind::wireName), Stream.of(GATEWAY, HUB))
        .toList();
  }
}
