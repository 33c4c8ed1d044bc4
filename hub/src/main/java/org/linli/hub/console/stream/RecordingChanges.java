package org.linli.hub.console.stream;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Puts a change on the stream together with the transaction that makes it. */
@Component
class RecordingChanges {

  private final ChangeRecords records;
  private final LiveStream stream;
  private final JsonMapper json;

  RecordingChanges(ChangeRecords records, LiveStream stream, JsonMapper json) {
    this.records = records;
    this.stream = stream;
    this.json = json;
  }

  /**
   * Records the change in the running transaction; listeners get it right after the commit, and
   * never when it rolls back.
   *
   * @throws IllegalStateException outside a transaction
   */
  void record(String name, Object body) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      throw new IllegalStateException("a change of " + name + " needs a transaction");
    }
    Change change = records.append(name, json.writeValueAsString(body));
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            stream.publish(List.of(change));
          }
        });
  }
}
