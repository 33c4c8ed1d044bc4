package org.linli.hub.console.stream;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linli.hub.console.rest.Listed;
import org.linli.hub.records.Culprit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts a change on the stream together with the transaction that makes it: listeners get it right
 * after the commit, and never when it rolls back, or to a savepoint before it.
 *
 * <p>Past {@value #MOST} changes of one transaction, or as many characters as a part of the heap
 * carries, none of them is told one by one: listeners are to read everything again, which is not
 * more than that.
 *
 * <p>What cannot be shown is missing on the stream, which the log says; what it shows happens all
 * the same.
 */
@Component
class RecordingChanges {

  private static final Logger log = LoggerFactory.getLogger(RecordingChanges.class);
  private static final int ITEMS_AT_ONCE = 100;

  /** Of one transaction. */
  static final int MOST = 5_000;

  /** A character takes up to two bytes, and is there twice while it is written. */
  private static final int PART_OF_HEAP = 256;

  private static final long MOST_CHARACTERS = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;

  private final ChangeRecords records;
  private final LiveStream stream;
  private final JsonMapper json;

  RecordingChanges(ChangeRecords records, LiveStream stream, JsonMapper json) {
    this.records = records;
    this.stream = stream;
    this.json = json;
  }

  /** What one transaction puts on the stream. */
  private final class Recording implements TransactionSynchronization {

    private final List<Change> changes = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private long characters;

    /** There were more than are kept; stays so, also where some of them are undone. */
    private boolean isTooMuch;

    private long end;

    /** How much there was when each was made; there is none of before the first change. */
    private final Map<Object, Mark> savepoints = new IdentityHashMap<>();

    private record Item(String name, JsonNode content) {}

    private record Mark(int changes, int items) {}

    @Override
    public void savepoint(Object savepoint) {
      savepoints.put(savepoint, new Mark(changes.size(), items.size()));
    }

    @Override
    public void savepointRollback(Object savepoint) {
      Mark mark = savepoints.getOrDefault(savepoint, new Mark(0, 0));
      if (!isTooMuch) {
        changes.subList(mark.changes(), changes.size()).clear();
        items.subList(mark.items(), items.size()).clear();
      }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      Map<String, List<JsonNode>> byName = new LinkedHashMap<>();
      items.forEach(
          item -> byName.computeIfAbsent(item.name(), _ -> new ArrayList<>()).add(item.content()));
      items.clear();
      byName.forEach(
          (name, all) -> {
            for (int from = 0; from < all.size(); from += ITEMS_AT_ONCE) {
              int to = Math.min(all.size(), from + ITEMS_AT_ONCE);
              append(name, json.writeValueAsString(Listed.all(all.subList(from, to))));
            }
          });
      if (isTooMuch) {
        end = records.leaveOut();
      }
    }

    private void collect(Item item) {
      if (hasRoom()) {
        items.add(item);
      }
    }

    private void append(String name, String content) {
      if (hasRoom()) {
        changes.add(records.append(name, content));
        characters += content.length();
      }
    }

    private boolean hasRoom() {
      if (changes.size() + items.size() >= MOST || characters >= MOST_CHARACTERS) {
        isTooMuch = true;
        changes.clear();
        items.clear();
      }
      return !isTooMuch;
    }

    @Override
    public void afterCommit() {
      if (isTooMuch) {
        stream.leaveOut(end);
      } else if (!changes.isEmpty()) {
        stream.publish(List.copyOf(changes));
      }
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResource(RecordingChanges.this);
    }
  }

  /**
   * Records several changes of a transaction as one, {@code {"items":[…]}}, at most {@value
   * #ITEMS_AT_ONCE} in each.
   *
   * @throws IllegalStateException outside a transaction
   */
  void collect(String name, Supplier<Object> item) {
    Recording recording = recording(name);
    JsonNode content = shown(name, item);
    if (content != null) {
      recording.collect(new Recording.Item(name, content));
    }
  }

  /**
   * Records the change in the running transaction.
   *
   * @throws IllegalStateException outside a transaction
   */
  void record(String name, Supplier<Object> body) {
    Recording recording = recording(name);
    JsonNode content = shown(name, body);
    if (content != null) {
      recording.append(name, json.writeValueAsString(content));
    }
  }

  private @Nullable JsonNode shown(String name, Supplier<Object> what) {
    JsonNode[] shown = new JsonNode[1];
    Throwable defect = Culprit.defectOf(() -> shown[0] = json.valueToTree(what.get()));
    if (defect != null) {
      log.atError()
          .addKeyValue("change", name)
          .setCause(defect)
          .log("A change cannot be shown on the stream");
    }
    return shown[0];
  }

  private Recording recording(String name) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a change of " + name + " needs a transaction");
    }
    Recording recording = (Recording) TransactionSynchronizationManager.getResource(this);
    if (recording == null) {
      recording = new Recording();
      TransactionSynchronizationManager.bindResource(this, recording);
      TransactionSynchronizationManager.registerSynchronization(recording);
    }
    return recording;
  }
}
