package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.linli.event.Digest;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.GatewayRegistryCodec;

/** What comes over a connection fills no memory. */
class SignalsTest {

  private final Signals signals = new Signals();

  @Test
  void aFloodOfReceiptsEndsTheConnection() throws Exception {
    for (int i = 1; i <= 100_000; i++) {
      signals.add(new HubSignal.ReceiptReceived(new Receipt.Applied(1, Lane.BULK, i, Digest.NONE)));
    }
    assertThat(left()).isEqualTo(Signals.MOST_WAITING);
  }

  @Test
  void soDoesOneOfRegistries() throws Exception {
    byte[] registry = new byte[GatewayRegistryCodec.MAX_BYTES];
    for (int i = 1; i <= 100; i++) {
      signals.add(new HubSignal.RegistryReceived(registry));
    }
    assertThat(left()).isEqualTo(3);
  }

  @Test
  void whatIsTakenAgainMakesRoom() throws Exception {
    for (int i = 1; i <= 10_000; i++) {
      signals.add(new HubSignal.RegistryReceived(new byte[GatewayRegistryCodec.MAX_BYTES]));
      assertThat(signals.poll(0)).isInstanceOf(HubSignal.RegistryReceived.class);
    }
  }

  /** How many come until the last one, which says that the connection is of no more use. */
  private int left() throws InterruptedException {
    int left = 0;
    HubSignal last = null;
    for (HubSignal next = signals.poll(0); next != null; next = signals.poll(0)) {
      left++;
      last = next;
    }
    assertThat(last).isEqualTo(new HubSignal.Lost("it sent more at once than a hub does"));
    return left;
  }
}
