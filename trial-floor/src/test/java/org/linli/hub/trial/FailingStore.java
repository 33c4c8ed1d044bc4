package org.linli.hub.trial;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.linli.hub.intake.BatchParticipant;
import org.linli.hub.journal.HubEvent;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Fails as if the records could not be written, for one device: after all participants and before
 * the commit.
 */
@Component
class FailingStore implements BatchParticipant {

  private final JdbcClient client;
  private final AtomicReference<@Nullable String> failing = new AtomicReference<>();
  private final AtomicLong seen = new AtomicLong(-1);

  FailingStore(JdbcClient client) {
    this.client = client;
  }

  void failsFor(@Nullable String device) {
    failing.set(device);
  }

  /** How many reports of the device were in the transaction before it failed. */
  long seenBefore() {
    return seen.get();
  }

  @Override
  public String name() {
    return "failing-store";
  }

  @Override
  public void apply(List<HubEvent> events) {
    events.stream()
        .map(event -> event.taken().event().device().value())
        .filter(device -> device.equals(failing.get()))
        .findFirst()
        .ifPresent(this::failBeforeTheCommit);
  }

  private void failBeforeTheCommit(String device) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void beforeCommit(boolean readOnly) {
            seen.set(
                client
                    .sql("SELECT COALESCE(SUM(reports), 0) FROM trial_report WHERE device = ?")
                    .param(device)
                    .query(Long.class)
                    .single());
            throw new TransientDataAccessResourceException("The disk is full.");
          }
        });
  }
}
