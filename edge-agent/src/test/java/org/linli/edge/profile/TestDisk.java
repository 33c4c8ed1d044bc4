package org.linli.edge.profile;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does with changes of states in memory what the outbox does on the disk. */
final class TestDisk {

  private record Key(String device, String profile, String signal) {}

  private final Map<Key, StateChange.Known> rows = new LinkedHashMap<>();

  void write(List<StateChange> changes) {
    for (StateChange change : changes) {
      switch (change) {
        case StateChange.Known known ->
            rows.merge(
                new Key(known.device().value(), known.profile(), known.signal()),
                known,
                (before, now) -> before.number() < now.number() ? now : before);
        case StateChange.Forgotten gone ->
            rows.values()
                .removeIf(row -> row.device().equals(gone.device()) && row.number() <= gone.upTo());
        case StateChange.ForgottenSignal gone ->
            rows.values()
                .removeIf(
                    row ->
                        row.device().equals(gone.device())
                            && row.profile().equals(gone.profile())
                            && row.signal().equals(gone.signal())
                            && row.number() <= gone.upTo());
      }
    }
  }

  List<StateChange.Known> states() {
    return rows.values().stream()
        .sorted(Comparator.comparingLong(StateChange.Known::number))
        .toList();
  }
}
