package org.linli.sims.torture;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.fault.BatchMischief;
import org.linli.sims.fault.FaultProxy;
import org.linli.sims.fault.Impairment;

/** The faults of the network paths between devices, agent and hub, and of the messages on them. */
final class NetworkFaults {

  private static final Duration DONE_WITHIN = Duration.ofSeconds(30);
  private static final int MOST_DEEDS = 4;

  private final Scene scene;
  private final Town town;

  NetworkFaults(Scene scene) {
    this.scene = scene;
    this.town = scene.town();
  }

  private record Named(String name, FaultProxy proxy) {}

  String cut(Random random) throws InterruptedException {
    Named named = any(random);
    named.proxy().cut();
    return healed(named, "", random, 500, 8_000);
  }

  String halfOpen(Random random) throws InterruptedException {
    Named named = any(random);
    named.proxy().halfOpen();
    return healed(named, "", random, 2_000, 18_000);
  }

  /** Impairs any path for a while. */
  String impair(Impairment impairment, String told, Random random) throws InterruptedException {
    Named named = any(random);
    named.proxy().impair(impairment);
    return healed(named, told, random, 3_000, 12_000);
  }

  /** Impairs only paths that carry datagrams. */
  String impairDatagrams(Impairment impairment, Random random) throws InterruptedException {
    town.coap().impair(impairment);
    return healed(new Named("CoAP", town.coap()), "", random, 3_000, 12_000);
  }

  /** Corrupts only paths with checksums besides those of TCP. */
  String corrupt(Random random) throws CannotRunException, InterruptedException {
    bothUp();
    town.uplink().impair(Impairment.corrupting(0.02 + random.nextDouble() / 5));
    return healed(new Named("uplink", town.uplink()), "", random, 3_000, 12_000);
  }

  String mischief(BatchMischief.Deed deed, Random random)
      throws CannotRunException, InterruptedException {
    bothUp();
    int before = town.mischief().done(deed);
    town.mischief().arrange(deed, 1 + random.nextInt(MOST_DEEDS));
    boolean all = Town.await(DONE_WITHIN, () -> town.mischief().left(deed) == 0);
    town.mischief().stop();
    int times = town.mischief().done(deed) - before;
    return "%d times%s"
        .formatted(times, all ? "" : times == 0 ? ": NOTHING CAME BY" : ", no more came by");
  }

  private void bothUp() throws CannotRunException, InterruptedException {
    town.hub().awaitUp();
    town.agent().awaitUp();
  }

  private String healed(Named named, String told, Random random, int fromMillis, int toMillis)
      throws InterruptedException {
    try {
      scene.linger(random, fromMillis, toMillis);
    } finally {
      named.proxy().heal();
    }
    return "line " + named.name() + (told.isEmpty() ? "" : ", " + told);
  }

  private Named any(Random random) {
    List<Named> proxies =
        List.of(
            new Named("MQTT", town.mqtt()),
            new Named("CoAP", town.coap()),
            new Named("HTTP", town.web()),
            new Named("uplink", town.uplink()),
            new Named("uplink", town.uplink()));
    return proxies.get(random.nextInt(proxies.size()));
  }
}
