package org.linli.edge.intake.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairShareTest {

  private final Map<Peer, ArrayDeque<String>> has = new LinkedHashMap<>();
  private final List<String> gone = new ArrayList<>();

  private static Peer peer(int address, int port) {
    return new Peer(new InetSocketAddress("192.0.2." + address, port));
  }

  private void gets(Peer peer, int things) {
    has.put(
        peer,
        new ArrayDeque<>(
            IntStream.range(0, things).mapToObj(i -> peer.address() + "#" + i).toList()));
  }

  @Test
  void takesTheOldestOfTheOneThatHasMost() {
    gets(peer(1, 1), 3);
    gets(peer(2, 1), 1);

    FairShare.cut(has, 2, gone::add);

    assertThat(gone).containsExactly("/192.0.2.1:1#0", "/192.0.2.1:1#1");
    assertThat(has.get(peer(1, 1))).hasSize(1);
    assertThat(has.get(peer(2, 1))).hasSize(1);
  }

  @Test
  void leavesThoseLevelThatHadMost() {
    gets(peer(1, 1), 9);
    gets(peer(2, 1), 7);
    gets(peer(3, 1), 2);

    FairShare.cut(has, 7, gone::add);

    assertThat(has.get(peer(1, 1))).hasSize(4);
    assertThat(has.get(peer(2, 1))).hasSize(5);
    assertThat(has.get(peer(3, 1))).hasSize(2);
  }

  @Test
  void givesAnAddressNoMoreForItsPorts() {
    gets(peer(1, 1), 2);
    for (int port = 1; port <= 50; port++) {
      gets(peer(2, port), 1);
    }

    FairShare.cut(has, 40, gone::add);

    assertThat(has.get(peer(1, 1))).hasSize(2);
    assertThat(has).hasSize(11).doesNotContainKey(peer(2, 40)).containsKey(peer(2, 41));
  }

  @Test
  void takesNoMoreThanThereIs() {
    gets(peer(1, 1), 2);

    FairShare.cut(has, 2, gone::add);

    assertThat(has).isEmpty();
    assertThat(gone).hasSize(2);
  }
}
