package org.linli.edge.intake.coap;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Chooses whose entries to remove when there are too many: those of the addresses that have most,
 * and within an address those of the ports that have most, until they are level. So a flood takes
 * nothing from other senders, and gains nothing by using many ports.
 */
final class FairShare {

  private FairShare() {}

  /**
   * Removes entries of those that have most.
   *
   * @param bySource what each peer has, the oldest first; a peer that has nothing left is removed
   * @param number how many are removed
   * @param gone called with each
   */
  static <T> void cut(Map<Peer, ArrayDeque<T>> bySource, int number, Consumer<T> gone) {
    Map<String, Map<Peer, Integer>> byNetwork = new LinkedHashMap<>();
    bySource.forEach(
        (peer, things) ->
            byNetwork
                .computeIfAbsent(peer.network(), network -> new LinkedHashMap<>())
                .put(peer, things.size()));
    Map<String, Integer> sums =
        byNetwork.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    network -> sum(network.getValue()),
                    Integer::sum,
                    LinkedHashMap::new));
    losses(sums, number)
        .forEach(
            (network, loss) ->
                losses(byNetwork.getOrDefault(network, Map.of()), loss)
                    .forEach((peer, few) -> take(bySource, peer, few, gone)));
  }

  private static <T> void take(
      Map<Peer, ArrayDeque<T>> bySource, Peer peer, int number, Consumer<T> gone) {
    ArrayDeque<T> things = bySource.getOrDefault(peer, new ArrayDeque<>());
    for (int i = 0; i < number; i++) {
      gone.accept(things.remove());
    }
    if (things.isEmpty()) {
      bySource.remove(peer);
    }
  }

  /**
   * How many entries each loses, so that those with most become level and the others keep theirs.
   * If the number does not divide evenly, those that came first lose one more.
   */
  static <K> Map<K, Integer> losses(Map<K, Integer> has, int number) {
    int most = has.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    int low = 0;
    int high = most;
    while (low < high) {
      int level = (low + high + 1) >>> 1;
      if (above(has, level) >= number) {
        low = level;
      } else {
        high = level - 1;
      }
    }
    int level = low;
    long spared = Math.max(0, above(has, level) - number);
    long cut = has.values().stream().filter(count -> count > level).count();
    Map<K, Integer> losses = new LinkedHashMap<>();
    for (Map.Entry<K, Integer> each : has.entrySet()) {
      int loss = each.getValue() - level;
      if (loss > 0) {
        losses.put(each.getKey(), cut <= spared ? loss - 1 : loss);
        cut--;
      }
    }
    return losses;
  }

  private static <K> long above(Map<K, Integer> has, int level) {
    return has.values().stream().mapToLong(count -> Math.max(0, count - level)).sum();
  }

  private static <K> int sum(Map<K, Integer> has) {
    return has.values().stream().mapToInt(Integer::intValue).sum();
  }
}
