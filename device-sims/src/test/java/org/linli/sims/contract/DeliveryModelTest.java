package org.linli.sims.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.sims.contract.Schedule.Happened.NEW_EPOCH;
import static org.linli.sims.contract.Schedule.Happened.NO_ROOM;
import static org.linli.sims.contract.Schedule.Happened.RECOGNISED;
import static org.linli.sims.contract.Schedule.Happened.SHED;
import static org.linli.sims.contract.Step.Sort.BULK;
import static org.linli.sims.contract.Step.Sort.URGENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.hub.records.TestRecords;
import org.linli.sims.contract.Step.Connect;
import org.linli.sims.contract.Step.Copy;
import org.linli.sims.contract.Step.Flow;
import org.linli.sims.contract.Step.LoseReceipt;
import org.linli.sims.contract.Step.Offer;
import org.linli.sims.contract.Step.Restore;
import org.springframework.util.FileSystemUtils;

/**
 * The delivery contract's points 3 and 5 to 10, on any schedule of messages, crashes, cuts,
 * repeats, reorderings, sheds, restores and corruption.
 */
class DeliveryModelTest {

  /**
   * What a few tries may miss: examples see to a new epoch and to what is recognised in it, and the
   * outbox's own tests to a message without room.
   */
  private static final Set<Schedule.Happened> RARE = EnumSet.of(NEW_EPOCH, RECOGNISED, NO_ROOM);

  /** Large messages that take more than the quota. */
  private static final int FILLING = 400;

  private static final AtomicInteger GATEWAYS = new AtomicInteger();
  private static Path root = Path.of("");
  private static @Nullable TestRecords records;

  @BeforeContainer
  static void open() throws IOException {
    root = Files.createTempDirectory("delivery-model");
    records = new TestRecords(root.resolve("hub"));
  }

  @AfterContainer
  static void close() throws IOException {
    hubRecords().close();
    FileSystemUtils.deleteRecursively(root);
  }

  @Provide
  Arbitrary<List<Step>> schedules() {
    return Step.schedules();
  }

  @Property(shrinking = ShrinkingMode.BOUNDED)
  void keepsItsPromises(@ForAll("schedules") List<Step> steps) throws IOException {
    Set<Schedule.Happened> happened = run(steps);
    for (Schedule.Happened one : Schedule.Happened.values()) {
      Statistics.label(one.toString())
          .collect(happened.contains(one))
          .coverage(
              coverage -> coverage.check(true).count(count -> count > 0 || RARE.contains(one)));
    }
  }

  @Example
  void goesOnWhereTheHubStatesOneWatermarkAndDiesBeforeTheOther() throws IOException {
    run(List.of(offer(URGENT), new Connect(false), new LoseReceipt(), new Flow(1)));
  }

  /** What may have been sent keeps its place in the order, and gives up its events. */
  @Example
  void hasRoomAlthoughAllThatWaitsMayHaveBeenSent() throws IOException {
    List<Step> steps = new ArrayList<>();
    steps.add(new Connect(true));
    for (int id = 0; id < FILLING; id++) {
      steps.add(new Offer(List.of(event(1, id, URGENT)), true));
    }
    assertThat(run(steps)).contains(SHED).doesNotContain(NO_ROOM);
  }

  private static Step.Event event(int device, int id, Step.Sort sort) {
    return new Step.Event(device, id, sort);
  }

  @Example
  void knowsAgainWhatARestoredDiskSendsInANewEpoch() throws IOException {
    assertThat(
            run(
                List.of(
                    offer(URGENT, BULK),
                    new Copy(),
                    new Connect(true),
                    new Offer(List.of(new Step.Event(2, 7, URGENT)), false),
                    new Flow(8),
                    new Restore(),
                    new Offer(List.of(new Step.Event(2, 7, URGENT)), false))))
        .contains(NEW_EPOCH, RECOGNISED);
  }

  private static Step offer(Step.Sort... sorts) {
    return new Offer(Stream.of(sorts).map(sort -> new Step.Event(1, 0, sort)).toList(), false);
  }

  private static TestRecords hubRecords() {
    return Objects.requireNonNull(records);
  }

  private static Set<Schedule.Happened> run(List<Step> steps) throws IOException {
    GatewayId gateway = new GatewayId("gateway-" + GATEWAYS.incrementAndGet());
    Path folder = root.resolve(gateway.value());
    try (Schedule schedule = new Schedule(folder, hubRecords(), gateway)) {
      schedule.take(steps);
      return schedule.happened();
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }
}
