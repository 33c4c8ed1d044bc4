package org.linli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.linli.event.EventType;
import org.linli.event.GatewayId;

class RulePropertiesTest {

  private static final Instant T0 = Instant.parse("2026-11-23T05:00:00Z");
  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final EventType CAUSE = new EventType("cause");
  private static final EventType END = new EventType("end");
  private static final EventType OTHER = new EventType("other");

  /** Something that happens to a rule, some seconds after what happened before. */
  sealed interface Happening {
    record Event(EventType type, long order, int secondsLater) implements Happening {}

    record TimePasses(int secondsLater) implements Happening {}

    record ClosedByHand() implements Happening {}
  }

  @Provide
  Arbitrary<Rule> rules() {
    Arbitrary<Duration> durations = Arbitraries.integers().between(6, 120).map(Duration::ofSeconds);
    return Arbitraries.oneOf(
        Arbitraries.of(new Onset.AtOnce()).map(onset -> new Rule(CAUSE, Set.of(END), onset)),
        durations.map(duration -> new Rule(CAUSE, Set.of(END), new Onset.After(duration))),
        durations.map(duration -> new Rule(CAUSE, Set.of(), new Onset.Absent(duration))),
        Combinators.combine(Arbitraries.integers().between(1, 5), durations)
            .as((count, within) -> new Rule(CAUSE, Set.of(), new Onset.Repeated(count, within))));
  }

  @Provide
  Arbitrary<List<Happening>> lives() {
    Arbitrary<Integer> seconds = Arbitraries.integers().between(0, 60);
    Arbitrary<Happening> events =
        Combinators.combine(
                Arbitraries.of(CAUSE, CAUSE, END, OTHER),
                Arbitraries.longs().between(1, 60),
                seconds)
            .as(Happening.Event::new);
    return Arbitraries.frequencyOf(
            Tuple.of(6, events),
            Tuple.of(2, seconds.map(Happening.TimePasses::new)),
            Tuple.of(1, Arbitraries.just(new Happening.ClosedByHand())))
        .list()
        .ofMaxSize(60);
  }

  @Property
  void opensAtMostOnceUntilItClears(
      @ForAll("rules") Rule rule, @ForAll("lives") List<Happening> life) {
    RuleState watch = new RuleState.Unseen();
    Instant now = T0;
    boolean open = false;
    for (Happening happening : life) {
      Step step;
      switch (happening) {
        case Happening.Event(EventType type, long order, int later) -> {
          now = now.plusSeconds(later);
          step = rule.see(watch, event(type, order, now));
        }
        case Happening.TimePasses(int later) -> {
          now = now.plusSeconds(later);
          step = rule.passTime(watch, now);
        }
        case Happening.ClosedByHand() -> {
          step = new Step(rule.closeByHand(watch, now), Outcome.NOTED);
          open = false;
        }
      }
      switch (step.outcome()) {
        case OPENED -> {
          assertThat(open).as("open before it opens").isFalse();
          open = true;
        }
        case CLEARED -> {
          assertThat(open).as("open before it clears").isTrue();
          open = false;
        }
        case REPEATED -> assertThat(open).as("open when it repeats").isTrue();
        case NOTED, IGNORED -> {}
      }
      watch = step.next();
      assertThat(watch instanceof RuleState.Raised).as("remembers that it is open").isEqualTo(open);
    }
  }

  @Property
  void isDeafToWhatIsNotNewer(
      @ForAll("rules") Rule rule,
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 50) Integer> orders) {
    RuleState watch = new RuleState.Unseen();
    int newest = 0;
    Instant now = T0;
    for (int order : orders) {
      now = now.plusSeconds(1);
      Step step = rule.see(watch, event(order % 3 == 0 ? END : CAUSE, order, now));
      if (order <= newest) {
        assertThat(step).isEqualTo(new Step(watch, Outcome.IGNORED));
      } else if (step.outcome() != Outcome.IGNORED) {
        newest = order;
      }
      watch = step.next();
    }
  }

  @Property
  void isNeverOpenRightAfterAnEventThatEndsIt(
      @ForAll("rules") Rule rule, @ForAll("lives") List<Happening> life) {
    RuleState watch = new RuleState.Unseen();
    Instant now = T0;
    long order = 0;
    for (Happening happening : life) {
      now = now.plusSeconds(10);
      if (happening instanceof Happening.Event(EventType type, _, _)) {
        watch = rule.see(watch, event(type, ++order, now)).next();
        if (rule.clearedBy().contains(type)) {
          assertThat(watch).isInstanceOf(RuleState.Quiet.class);
          assertThat(rule.passTime(watch, now.plus(Duration.ofDays(9))).outcome())
              .isEqualTo(Outcome.IGNORED);
        }
      } else {
        watch = rule.passTime(watch, now).next();
      }
    }
  }

  /** The model: it opens with the first event that has four others in the minute before it. */
  @Property
  void opensARepetitionExactlyWhenThereWereEnough(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 40) Integer> gaps) {
    Rule rule = new Rule(CAUSE, Set.of(), new Onset.Repeated(5, Duration.ofSeconds(60)));
    List<Instant> times = new ArrayList<>();
    RuleState watch = new RuleState.Unseen();
    Instant now = T0;
    for (int gap : gaps) {
      now = now.plusSeconds(gap);
      times.add(now);
      Instant minuteAgo = now.minusSeconds(60);
      boolean enough = times.stream().filter(time -> !time.isBefore(minuteAgo)).count() >= 5;
      Step step = rule.see(watch, event(CAUSE, times.size(), now));
      watch = step.next();
      assertThat(step.outcome() == Outcome.OPENED).isEqualTo(enough);
      if (enough) {
        return;
      }
    }
  }

  private static Occurrence event(EventType type, long order, Instant at) {
    return new Occurrence(type, new Position(GATEWAY, 1, order), at, at);
  }
}
