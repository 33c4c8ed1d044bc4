package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Batch;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.HubLedger.GatewayFigures;
import org.linli.hub.intake.deadletter.DeadLetter;
import org.linli.hub.intake.deadletter.DeadLetterQuery;
import org.linli.hub.intake.deadletter.DeadLetterSettings;
import org.linli.hub.intake.deadletter.DeadLetters;
import org.linli.hub.intake.sequence.SequenceSettings;
import org.linli.hub.journal.RecordingStore;
import org.linli.hub.journal.StoreUnavailableException;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.TestCommunities;

/** An event that a store never takes is a dead letter, and the rest of its batch goes on. */
class RefusedEventsTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:01Z");

  @TempDir Path folder;

  private final Batches bulk = Batches.of("gateway-1");
  private final RecordingStore store = new RecordingStore();
  private final RecordingParticipant participant = new RecordingParticipant();
  private TestRecords records;
  private IntakeLedger ledger;
  private DeadLetters deadLetters;
  private TestIntake intake;

  @BeforeEach
  void open() {
    DeadLetterSettings settings = new DeadLetterSettings(3);
    records = new TestRecords(folder);
    ledger = new IntakeLedger(records.client(), records.reader());
    deadLetters = new DeadLetters(records.ofCommunities(), settings, TestCommunities.sample());
    intake = TestIntake.on(records, participant, event -> {}, settings, new SequenceSettings(100));
  }

  @AfterEach
  void balancesAndCloses() {
    assertThat(ledger.ledger().balances()).as("the hub's ledger").isTrue();
    records.close();
  }

  private void refuse(Long... orders) {
    Set<Long> refused = Set.of(orders);
    store.refuse(event -> refused.contains(event.taken().order()));
  }

  private List<Receipt> give(Batch... batches) {
    List<ArrivedBatch> arrived = new ArrayList<>();
    for (Batch batch : batches) {
      byte[] payload = BatchCodec.encode(batch);
      arrived.add(new ArrivedBatch(GATEWAY, Lane.BULK, payload, RECEIVED, receipt -> {}));
    }
    List<Receipt> receipts = intake.apply(arrived).stream().map(BatchReceipt::receipt).toList();
    intake.journal().carryTo(store);
    return receipts;
  }

  private Receipt applied(long sequence) {
    return new Receipt.Applied(1, Lane.BULK, sequence, bulk.digest(sequence));
  }

  private List<DeadLetter> kept(int limit) {
    return deadLetters.newest(new DeadLetterQuery(null, null, null, null, limit));
  }

  @Test
  void keepsTheRefusedEventsAndStoresAllOthersOnce() {
    refuse(2L, 7L);

    assertThat(give(bulk.rows(1, 5), bulk.rows(6, 9))).containsExactly(applied(5), applied(9));

    assertThat(store.kept())
        .extracting(event -> event.taken().order())
        .containsExactly(1L, 3L, 4L, 5L, 6L, 8L, 9L);
    assertThat(ledger.ledger().gateways().get("gateway-1"))
        .isEqualTo(new GatewayFigures(9, 7, 0, 2, 0, 1, 0, 9));
    assertThat(participant.applied()).as("an alert needs no store").hasSize(9);
  }

  @Test
  void saysWhatItWasAndWhy() {
    refuse(2L);
    give(bulk.rows(1, 3));

    assertThat(kept(9)).hasSize(1);
    DeadLetter letter = kept(9).getFirst();
    assertThat(letter.reason()).isEqualTo("store-refused");
    assertThat(letter.source()).isEqualTo("gateway://gateway-1/bulk/door-1");
    assertThat(letter.detail()).isEqualTo("refused as the test wants it");
    assertThat(letter.at()).isEqualTo(RECEIVED);
    assertThat(new String(Base64.getDecoder().decode(letter.sample()), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"type\":\"door.opened\",\"time\":\"2026-11-23T12:00:02Z\",\"id\":\"bulk-1-2\",\"values\":{}}")
        .hasSize((int) letter.size());
  }

  @Test
  void keepsTheNewestFewAndCountsThemAll() {
    refuse(1L, 2L, 3L, 4L, 5L);
    give(bulk.rows(1, 6));

    assertThat(ledger.ledger().dead()).isEqualTo(5);
    assertThat(kept(9)).hasSize(3);
    assertThat(kept(2)).isEqualTo(kept(9).subList(0, 2));
    String second = kept(9).get(1).id();
    assertThat(deadLetters.newest(new DeadLetterQuery(null, null, null, second, 9)))
        .isEqualTo(kept(9).subList(2, 3));
    assertThat(deadLetters.newest(new DeadLetterQuery(null, "not-zstd", null, null, 9))).isEmpty();
    assertThat(deadLetters.newest(new DeadLetterQuery(null, null, "gateway://gateway-1/", null, 9)))
        .hasSize(3);
    assertThat(deadLetters.newest(new DeadLetterQuery(null, null, "gateway://gateway-2/", null, 9)))
        .isEmpty();
  }

  @Test
  void countsNothingDeadWhileTheStoreIsAway() {
    store.goAway(true);
    refuse(2L);
    assertThatThrownBy(() -> give(bulk.rows(1, 3))).isInstanceOf(StoreUnavailableException.class);
    assertThat(ledger.ledger().applied()).isEqualTo(3);
    assertThat(ledger.ledger().dead()).isZero();

    store.goAway(false);
    intake.journal().carryTo(store);
    assertThat(ledger.ledger().applied()).isEqualTo(2);
    assertThat(ledger.ledger().dead()).isOne();
  }
}
