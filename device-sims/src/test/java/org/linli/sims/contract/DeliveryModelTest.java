package org.linli.sims.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.sims.contract.Schedule.Happened.NEW_EPOCH;
import static org.linli.sims.contract.Schedule.Happened.NO_ROOM;
import static org.linli.sims.contract.Schedule.Happened.RECOGNISED;
import static org.linli.sims.contract.Step.Sort.BULK;
import static org.linli.sims.contract.Step.Sort.MEASUREMENT;
import static org.linli.sims.contract.Step.Sort.URGENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** What examples see to, because a few tries may miss it. */
  private static final Set<Schedule.Happened> RARE = EnumSet.of(NEW_EPOCH, RECOGNISED, NO_ROOM);

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

  /** A schedule that was found by chance: what waits may have been sent, and must stay. */
  @Example
  void hasRoomAgainOnceTheHubHasWhatMayNotBeGivenUp() throws IOException {
    assertThat(
            run(
                List.of(
                    new Step.Connect(true),
                    new Step.Offer(List.of(event(1, 0, MEASUREMENT)), false),
                    new Step.DeliverBatch(3, 2, false),
                    new Step.Carry(Step.Store.TAKES),
                    new Step.Offer(List.of(event(1, 59, URGENT)), true),
                    new Step.Offer(List.of(event(2, 0, BULK), event(3, 18, MEASUREMENT)), false),
                    new Step.DeliverReceipt(0, 1),
                    new Step.Offer(List.of(event(2, 40, BULK)), true),
                    new Step.Offer(List.of(event(2, 2, URGENT)), true),
                    new Step.DeliverBatch(1, 1, true),
                    new Step.AgentDiesTaking(List.of(event(1, 60, MEASUREMENT))),
                    new Step.CorruptBatch(16, 244),
                    new Step.Offer(
                        List.of(
                            event(1, 0, BULK),
                            event(1, 5, BULK),
                            event(3, 0, MEASUREMENT),
                            event(2, 0, MEASUREMENT)),
                        true),
                    new Step.Offer(
                        List.of(
                            event(3, 60, URGENT),
                            event(1, 0, MEASUREMENT),
                            event(3, 0, MEASUREMENT)),
                        true),
                    new Step.Offer(List.of(event(2, 2, MEASUREMENT)), true),
                    new Step.Offer(
                        List.of(
                            event(2, 2, MEASUREMENT),
                            event(2, 59, MEASUREMENT),
                            event(3, 0, BULK),
                            event(1, 0, URGENT),
                            event(2, 2, MEASUREMENT)),
                        true),
                    new Step.Carry(Step.Store.TAKES_UNHEARD),
                    new Step.Offer(List.of(event(2, 0, MEASUREMENT)), false),
                    new Step.Restore(),
                    new Step.Offer(
                        List.of(event(3, 40, URGENT), event(1, 0, URGENT), event(1, 2, BULK)),
                        true),
                    new Step.Offer(List.of(event(3, 0, URGENT)), true),
                    new Step.DeliverBatch(0, 1, true),
                    new Step.DeliverReceipt(0, 2),
                    new Step.DeliverBatch(0, 2, true),
                    new Step.Offer(List.of(event(3, 16, BULK)), false),
                    new Step.DeliverReceipt(3, 1),
                    new Step.Offer(List.of(event(2, 59, URGENT)), true),
                    new Step.TimePasses(25),
                    new Step.LoseBatch(),
                    new Step.Offer(List.of(event(3, 2, URGENT)), true),
                    new Step.Offer(List.of(event(3, 1, URGENT)), false),
                    new Step.Offer(
                        List.of(
                            event(1, 38, MEASUREMENT),
                            event(1, 8, MEASUREMENT),
                            event(1, 34, MEASUREMENT),
                            event(2, 7, MEASUREMENT)),
                        true),
                    new Step.Offer(List.of(event(2, 1, MEASUREMENT)), true),
                    new Step.Offer(List.of(event(2, 59, URGENT)), false),
                    new Step.Offer(
                        List.of(
                            event(1, 2, MEASUREMENT),
                            event(1, 34, MEASUREMENT),
                            event(2, 21, URGENT),
                            event(2, 60, MEASUREMENT),
                            event(1, 1, URGENT),
                            event(2, 0, MEASUREMENT)),
                        true),
                    new Step.Offer(List.of(event(1, 1, MEASUREMENT)), false))))
        .contains(NO_ROOM);
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
