package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class GrowingFieldsTest {

  @Test
  void findsWhatIsAddedToOrBeginsAsSomethingThatCanBeChanged() throws IOException {
    assertThat(
            GrowingFields.of(
                """
                class Door {
                  private static final Map<String, Door> ALL = new ConcurrentHashMap<>();
                  private final Set<String> names = ConcurrentHashMap.newKeySet();
                  private final List<String> given;
                  private final StringBuilder said = new StringBuilder();
                  private final RecentMap<String, Long> recent = new RecentMap<>(9);
                  Door(List<String> given) { this.given = given; }
                  void open(String name) { this.given.add(name); }
                  static class Guest {
                    Queue<String> waiting;
                    final Deque<String> seen;
                    Guest() { seen = new ArrayDeque<>(); }
                  }
                }
                """))
        .containsExactly(
            "Door.ALL",
            "Door.Guest.seen",
            "Door.Guest.waiting",
            "Door.given",
            "Door.names",
            "Door.recent",
            "Door.said");
  }

  @Test
  void findsWhatIsReplacedByMore() throws IOException {
    assertThat(
            GrowingFields.of(
                """
                class Door {
                  private volatile Map<String, String> names = Map.of();
                  private final AtomicReference<List<String>> last = new AtomicReference<>(List.of());
                  private byte[] buffer = {};
                }
                """))
        .containsExactly("Door.buffer", "Door.last", "Door.names");
  }

  @Test
  void findsWhereSomebodyElsesPiecesWait() throws IOException {
    assertThat(
            GrowingFields.of(
                """
                class Door {
                  private final ScheduledExecutorService later = scheduler();
                  private final ThreadLocal<String> own = new ThreadLocal<>();
                }
                """))
        .containsExactly("Door.later", "Door.own");
  }

  @Test
  void findsNothingInWhatHasAnEndByItself() throws IOException {
    assertThat(
            GrowingFields.of(
                """
                class Door {
                  private static final List<String> NAMES = List.of("a");
                  private final Map<Lane, Long> lanes = new EnumMap<>(Lane.class);
                  private final byte[] key = new byte[16];
                  private final List<String> names;
                  private final List<String> others;
                  private int count;
                  private final Path folder;
                  Door(List<String> names, List<String> before) {
                    List<String> others = new ArrayList<>(before);
                    others.add("a");
                    this.names = List.copyOf(names);
                    this.others = List.copyOf(others);
                  }
                  record Named(List<String> names, byte[] digest) {
                    Named { names = List.copyOf(names); }
                  }
                }
                """))
        .isEmpty();
  }
}
