package org.linli.hub.alert;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.alert.watch.AlertKey;

/** What an alert is about: ITU-T X.733's managed object. */
public sealed interface AlertSource {

  /** The kind of {@link OfGateway}. */
  String GATEWAY = "gateway";

  /** The kind of {@link OfHub}, and its id. */
  String HUB = "hub";

  /** Returns whose it is; null for the hub, and for a gateway that no community has. */
  @Nullable CommunityId community();

  /** Returns the place for its alert of a key. */
  default AlertKey alertKey(String key) {
    return new AlertKey(community(), id(), key);
  }

  /** Returns the device's or the gateway's id, or {@value #HUB}. */
  String id();

  /** Returns the wire name of the device's kind, {@value #GATEWAY} or {@value #HUB}. */
  String kind();

  /** A device, for what it reported or failed to report. */
  record OfDevice(CommunityId community, DeviceId device, Kind of) implements AlertSource {
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
  record OfGateway(@Nullable CommunityId community, GatewayId gateway) implements AlertSource {
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
    public @Nullable CommunityId community() {
      return null;
    }

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
