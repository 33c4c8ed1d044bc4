package org.linli.hub.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Receipt;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.linli.hub.intake.Batches;

/** An error while a gateway greets at the hub's own endpoint. */
class GreetingErrorTest {

  private static final int SERVER_BUSY = 0x89;

  @TempDir Path folder;

  @Test
  void endsTheConnectionAndTheGatewayComesAgain() throws Exception {
    Batches bulk = Batches.of("gateway-1");
    AtomicBoolean ill = new AtomicBoolean(true);
    try (TestHub hub = new TestHub(folder)) {
      hub.onConnected(
          gateway -> {
            if (ill.getAndSet(false)) {
              throw new StackOverflowError("as the test wants it");
            }
          });
      try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
        gateway.say("online");
        assertThat(gateway.farewell()).isEqualTo(SERVER_BUSY);
      }
      try (TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
        gateway.say("online");
        gateway.receipt();
        gateway.receipt();
        gateway.send(bulk.rows(1, 2));
        gateway.awaitReceipt(new Receipt.Applied(bulk.epoch(), bulk.lane(), 2, bulk.digest(2)));
        assertThat(hub.comingsAndGoings()).contains("gateway-1 came");
      }
    }
  }
}
