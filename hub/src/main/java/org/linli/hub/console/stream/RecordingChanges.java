package org.linli.hub.console.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.hub.console.rest.Listed;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Puts a change on the stream together with the transaction that makes it. */
@Component
class RecordingChanges {

  private static final int ITEMS_AT_ONCE = 100;

  private final ChangeRecords records;
  private final LiveStream stream;
  private final JsonMapper json;

  RecordingChanges(ChangeRecords records, LiveStream stream, JsonMapper json) {
    this.records = records;
    this.stream = stream;
    this.json = json;
  }

  /**
   * Records several changes of a transaction as one, {@code {"items":[…]}}, at most {@value
   * #ITEMS_AT_ONCE} in each.
   *
   * @throws IllegalStateException outside a transaction
   */
  void collect(String name, Object item) {
    requireTransaction(name);
    Collected collected = (Collected) TransactionSynchronizationManager.getResource(this);
    if (collected == null) {
      collected = new Collected(new LinkedHashMap<>());
      TransactionSynchronizationManager.bindResource(this, collected);
      TransactionSynchronizationManager.registerSynchronization(new WritingCollected(collected));
    }
    collected.items().computeIfAbsent(name, first -> new ArrayList<>()).add(item);
  }

  private record Collected(Map<String, List<Object>> items) {}

  private final class WritingCollected implements TransactionSynchronization {

    private final Collected collected;

    private WritingCollected(Collected collected) {
      this.collected = collected;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      collected
          .items()
          .forEach(
              (name, items) -> {
                for (int from = 0; from < items.size(); from += ITEMS_AT_ONCE) {
                  int to = Math.min(items.size(), from + ITEMS_AT_ONCE);
                  record(name, Listed.all(items.subList(from, to)));
                }
              });
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResource(RecordingChanges.this);
    }
  }

  /**
   * Records the change in the running transaction; listeners get it right after the commit, and
   * never when it rolls back.
   *
   * @throws IllegalStateException outside a transaction
   */
  void record(String name, Object body) {
    requireTransaction(name);
    Change change = records.append(name, json.writeValueAsString(body));
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            stream.publish(List.of(change));
          }
        });
  }

  private static void requireTransaction(String name) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a change of " + name + " needs a transaction");
    }
  }
}
