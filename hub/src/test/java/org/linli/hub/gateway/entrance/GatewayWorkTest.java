package org.linli.hub.gateway.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.linli.event.GatewayId;
import org.linli.event.UplinkTopics;
import org.linli.hub.gateway.ByteBudget;
import org.linli.hub.gateway.entrance.GatewayWork.Portion;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;

class GatewayWorkTest {

  private final GatewayWork<String> work = new GatewayWork<>(new ByteBudget(1_000), message -> 1);

  private Portion<String> next() {
    return Objects.requireNonNull(work.next(), "it is not closed");
  }

  @Test
  void knowsEachSortByItsTopic() {
    UplinkTopics topics = new UplinkTopics(new GatewayId("g"));
    assertThat(WorkSort.of(topics, "linli/1/g/status")).contains(WorkSort.STATUS);
    assertThat(WorkSort.of(topics, "linli/1/g/up/urgent")).contains(WorkSort.URGENT);
    assertThat(WorkSort.of(topics, "linli/1/g/up/bulk")).contains(WorkSort.BULK);
    assertThat(WorkSort.of(topics, "linli/1/g/up/equipment")).contains(WorkSort.REPORT);
    assertThat(WorkSort.of(topics, "linli/1/g/up/else")).isEmpty();
  }

  @Test
  void givesWhatAGatewaySaysOfItselfThenUrgentThenBulkThenReportsEachInItsOrder() {
    work.add(WorkSort.REPORT, "report 1");
    work.add(WorkSort.BULK, "bulk 1");
    work.add(WorkSort.BULK, "bulk 2");
    work.add(WorkSort.URGENT, "urgent 1");
    work.add(WorkSort.REPORT, "report 2");
    work.add(WorkSort.STATUS, "status 1");
    work.add(WorkSort.STATUS, "status 2");

    List<List<String>> order = new ArrayList<>();
    while (work.size() > 0) {
      order.add(next().messages());
    }

    assertThat(order)
        .containsExactly(
            List.of("status 1"),
            List.of("status 2"),
            List.of("urgent 1"),
            List.of("bulk 1", "bulk 2"),
            List.of("report 1"),
            List.of("report 2"));
  }

  @Test
  void handsOnEightOfALaneTogether() {
    IntStream.rangeClosed(1, 11).forEach(row -> work.add(WorkSort.BULK, "bulk " + row));

    assertThat(next().messages()).hasSize(8).startsWith("bulk 1").endsWith("bulk 8");
    assertThat(next().messages()).containsExactly("bulk 9", "bulk 10", "bulk 11");
  }

  @Test
  void nothingComesToAStopWhereUrgentBatchesComeWithoutEnd() {
    List<String> order = new ArrayList<>();
    work.add(WorkSort.BULK, "bulk 1");
    work.add(WorkSort.BULK, "bulk 2");
    work.add(WorkSort.REPORT, "report");
    for (int i = 1; i <= 15; i++) {
      work.add(WorkSort.URGENT, "urgent");
      Portion<String> portion = next();
      order.addAll(portion.messages());
      work.done(portion);
    }

    assertThat(order.subList(0, 4)).containsOnly("urgent");
    assertThat(order).contains("bulk 1", "bulk 2", "report");
  }

  @Test
  void whatCouldNotBeDoneComesFirstOfItsRankAfterAPauseInWhichOthersGoOn() {
    IntStream.rangeClosed(1, 9).forEach(row -> work.add(WorkSort.URGENT, "urgent " + row));
    Portion<String> failed = next();
    long since = System.nanoTime();

    assertThat(work.again(failed)).hasSize(9).startsWith("urgent 1").endsWith("urgent 9");
    work.add(WorkSort.URGENT, "urgent 10");
    assertThat(work.isFailing(WorkSort.URGENT)).as("waits behind a failure").isTrue();
    work.add(WorkSort.BULK, "bulk 1");
    assertThat(work.isFailing(WorkSort.BULK)).as("waits behind a failure").isFalse();

    assertThat(next().messages()).containsExactly("bulk 1");
    Portion<String> again = next();
    assertThat(System.nanoTime() - since).isGreaterThanOrEqualTo(Duration.ofMillis(100).toNanos());
    assertThat(again.messages()).isEqualTo(failed.messages());
    work.add(WorkSort.URGENT, "urgent 11");
    assertThat(work.isFailing(WorkSort.URGENT)).as("while it is tried again").isTrue();

    work.done(again);
    work.add(WorkSort.URGENT, "urgent 12");
    assertThat(work.isFailing(WorkSort.URGENT)).as("waits behind a failure").isFalse();
    assertThat(next().messages())
        .containsExactly("urgent 9", "urgent 10", "urgent 11", "urgent 12");
  }

  @Test
  void worksOffReportsNoFasterThanOneASecondWhileBatchesGoOn() {
    long since = System.nanoTime();
    IntStream.range(0, 7).forEach(i -> work.add(WorkSort.REPORT, "report " + i));
    List<String> order = new ArrayList<>();
    while (work.size(WorkSort.REPORT) > 1) {
      order.addAll(next().messages());
    }
    work.add(WorkSort.BULK, "bulk");
    assertThat(next().messages()).containsExactly("bulk");
    assertThat(next().messages()).containsExactly("report 6");

    assertThat(order).startsWith("report 0").endsWith("report 5");
    assertThat(System.nanoTime() - since).isGreaterThan(Duration.ofMillis(1_900).toNanos());
  }

  @Test
  void greetsNoFasterThanOnceASecondAndNothingBeforeTheGreeting() {
    IntStream.range(0, 10).forEach(i -> work.add(WorkSort.STATUS, "online " + i));
    while (work.size() > 0) {
      assertThat(next().sort()).isEqualTo(WorkSort.STATUS);
    }
    long since = System.nanoTime();
    work.add(WorkSort.STATUS, "online");
    work.add(WorkSort.BULK, "bulk");

    assertThat(next().messages()).containsExactly("online");
    assertThat(System.nanoTime() - since).isGreaterThan(Duration.ofMillis(500).toNanos());
    assertThat(next().messages()).containsExactly("bulk");
  }

  @Test
  void takesNoMoreThanThereIsRoomForAndGivesAllOfItBack() {
    ByteBudget budget = new ByteBudget(3);
    GatewayWork<String> bounded = new GatewayWork<>(budget, message -> 1);
    assertThat(IntStream.range(0, 5).filter(i -> bounded.add(WorkSort.BULK, "b" + i)).count())
        .isEqualTo(3);

    Portion<String> taken = Objects.requireNonNull(bounded.next());
    assertThat(bounded.add(WorkSort.URGENT, "u")).as("what is worked at counts too").isFalse();
    bounded.again(taken);
    assertThat(budget.taken()).isEqualTo(3);
    bounded.beginAnew();
    assertThat(budget.taken()).isZero();

    assertThat(bounded.add(WorkSort.STATUS, "s1")).isTrue();
    assertThat(bounded.add(WorkSort.STATUS, "s2")).isTrue();
    bounded.forgetOldest(WorkSort.STATUS);
    bounded.forget("s2"::equals);
    assertThat(budget.taken()).isZero();

    assertThat(bounded.add(WorkSort.BULK, "last")).isTrue();
    Portion<String> last = Objects.requireNonNull(bounded.next());
    assertThat(bounded.add(WorkSort.BULK, "waits")).isTrue();
    bounded.close();
    bounded.again(last);
    assertThat(budget.taken()).isZero();
  }

  @Test
  void beginsAnewWithoutWhatCameBeforeAlsoWhereThatFailsLater() {
    work.add(WorkSort.STATUS, "status 1");
    work.add(WorkSort.BULK, "bulk 1");
    work.add(WorkSort.REPORT, "report 1");
    next();
    Portion<String> underWay = next();
    work.add(WorkSort.BULK, "bulk 2");
    work.add(WorkSort.STATUS, "status 2");

    assertThat(work.beginAnew()).containsExactly("bulk 2", "report 1");
    work.add(WorkSort.BULK, "bulk 1 again");
    assertThat(work.again(underWay)).containsExactly("bulk 1 again");

    assertThat(next().messages()).containsExactly("status 2");
    assertThat(next().messages()).containsExactly("bulk 1 again");
    assertThat(work.size()).isZero();
  }

  @Test
  void forgetsTheOldestOrWhatIsUnwanted() {
    work.add(WorkSort.STATUS, "status 1");
    work.add(WorkSort.STATUS, "status 2");
    work.add(WorkSort.BULK, "bulk 1");

    assertThat(work.forgetOldest(WorkSort.STATUS)).contains("status 1");
    assertThat(work.forgetOldest(WorkSort.URGENT)).isEmpty();
    work.forget("bulk 1"::equals);

    assertThat(work.size()).isEqualTo(1);
    assertThat(work.size(WorkSort.STATUS)).isEqualTo(1);
  }

  @Test
  void goesOnAfterAnErrorUntilItIsClosed() throws Exception {
    BlockingQueue<String> done = new LinkedBlockingQueue<>();
    LivingThreads threads = new LivingThreads(InstantSource.system());
    LivingThread worker =
        threads.start(
            LivingThreads.Make.VIRTUAL, "work", own -> work.workOff(own, new Failing(done)));

    work.add(WorkSort.URGENT, "bad");
    work.add(WorkSort.BULK, "good");

    assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("undone bad");
    assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("good");
    assertThat(threads.newest()).isNotNull();
    work.close();
    assertThat(worker.join(Duration.ofSeconds(10))).isTrue();
  }

  private record Failing(BlockingQueue<String> done) implements GatewayWork.Hands<String> {

    @Override
    public boolean work(WorkSort sort, List<String> messages) {
      if (messages.getFirst().equals("bad")) {
        throw new StackOverflowError("as the test wants it");
      }
      return done.addAll(messages);
    }

    @Override
    public void undone(Portion<String> portion) {
      done.add("undone " + portion.messages().getFirst());
    }
  }
}
