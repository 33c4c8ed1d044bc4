package org.linli.hub.console.stream;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.hub.alert.Alert;
import org.linli.hub.alert.Alerts;
import org.linli.hub.change.ChangeKind;
import org.linli.hub.change.ReaderFigures;
import org.linli.hub.console.ActorNames;
import org.linli.hub.console.ShownOnStream;
import org.linli.hub.console.rest.AlertShape;
import org.linli.hub.console.rest.DeviceShapes;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.GatewayStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.DeviceKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kinds that the stream shows, in the shapes of the API. */
@Configuration(proxyBeanMethods = false)
class ShownKinds {

  private record Shown(ChangeKind kind, Lookup lookup) implements ShownOnStream {

    private interface Lookup {
      Optional<?> of(@Nullable CommunityId community, String subject);
    }

    @Override
    public Optional<?> body(@Nullable CommunityId community, String subject) {
      return lookup.of(community, subject);
    }
  }

  @Bean
  ReaderFigures readerOfStream(MeterRegistry meters) {
    return new ReaderFigures(meters, "stream");
  }

  @Bean
  ShownOnStream alertsOnStream(Alerts alerts, ActorNames names) {
    return new Shown(
        Alert.CHANGES, (_, id) -> alerts.find(id).map(alert -> AlertShape.of(alert, names)));
  }

  @Bean
  ShownOnStream devicesOnStream(Liveness liveness, DeviceShapes shapes) {
    return new Shown(
        DeviceStatus.CHANGES,
        (community, id) ->
            community == null
                ? Optional.empty()
                : liveness.device(new DeviceKey(community, new DeviceId(id))).map(shapes::of));
  }

  @Bean
  ShownOnStream gatewaysOnStream(Liveness liveness, DeviceShapes shapes) {
    return new Shown(
        GatewayStatus.CHANGES, (_, id) -> liveness.gateway(new GatewayId(id)).map(shapes::of));
  }
}
