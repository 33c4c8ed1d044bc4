package org.linli.edge.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.linli.edge.memory.HeapShare;

/**
 * Counts the refused messages by what their addresses name: a device, an MQTT client, or else the
 * topic or path. At its limit the one of which nothing was refused for the longest loses its line.
 * Thread-safe.
 */
final class RefusedSenders {

  private static final int MOST = 200;

  /** A line with a long name. */
  private static final int LINE_BYTES = 600;

  /** The rest of the share is for what devices repeat. */
  private static final int PART = 4;

  private static final int LONGEST_NAME = 120;

  private final int most;

  /** Of whom something was refused most recently comes last. */
  private final LinkedHashMap<String, Map<String, Long>> lines = new LinkedHashMap<>();

  RefusedSenders() {
    this((int) Math.min(MOST, HeapShare.REPEATS.bytes() / PART / LINE_BYTES));
  }

  RefusedSenders(int most) {
    this.most = most;
  }

  void count(Message message, RefusalReason reason) {
    count(name(message), reason.wireName());
  }

  synchronized void count(String named, String kind) {
    String sender =
        named.length() > LONGEST_NAME ? named.substring(0, LONGEST_NAME - 1) + "…" : named;
    Map<String, Long> line = lines.getOrDefault(sender, new TreeMap<>());
    line.merge(kind, 1L, Long::sum);
    lines.putLast(sender, line);
    if (lines.size() > most) {
      lines.pollFirstEntry();
    }
  }

  private static String name(Message message) {
    String named =
        switch (message.address()) {
          case Address.Device(var _, var _, String device) -> device;
          case Address.ToProfile(var _, String device, var _) -> device;
          case Address.Topic(String topic, String client) -> client.isEmpty() ? topic : client;
        };
    return named.isEmpty() ? message.source() : named;
  }

  /**
   * Those of whom most was refused, in descending order, with the counts by reason.
   *
   * @param limit how many at most
   */
  synchronized Map<String, Map<String, Long>> most(int limit) {
    List<Map.Entry<String, Map<String, Long>>> all = new ArrayList<>(lines.entrySet());
    all.sort(
        Comparator.comparingLong(
                (Map.Entry<String, Map<String, Long>> each) ->
                    each.getValue().values().stream().mapToLong(Long::longValue).sum())
            .reversed());
    Map<String, Map<String, Long>> most = new LinkedHashMap<>();
    all.subList(0, Math.min(limit, all.size()))
        .forEach(each -> most.put(each.getKey(), new TreeMap<>(each.getValue())));
    return most;
  }
}
