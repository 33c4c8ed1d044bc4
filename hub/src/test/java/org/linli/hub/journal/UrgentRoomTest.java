package org.linli.hub.journal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.linli.event.GatewayId;

class UrgentRoomTest {

  private static final GatewayId GREEDY = new GatewayId("gateway-1");
  private static final GatewayId MODEST = new GatewayId("gateway-2");

  @Test
  void theShareOfAGatewayFollowsHowManyThereAre() {
    AtomicInteger gateways = new AtomicInteger(2);
    UrgentRoom room = new UrgentRoom(100, gateways::get);
    room.add(GREEDY, 101);
    room.add(MODEST, 40);

    assertThatThrownBy(() -> room.require(GREEDY)).isInstanceOf(StoreUnavailableException.class);
    assertThatCode(() -> room.require(MODEST)).doesNotThrowAnyException();

    gateways.set(4);
    assertThatThrownBy(() -> room.require(MODEST)).isInstanceOf(StoreUnavailableException.class);
  }
}
