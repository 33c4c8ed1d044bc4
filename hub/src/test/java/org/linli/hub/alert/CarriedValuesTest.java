package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.hub.SteppingClock;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.TestCommunities;

/** What an alert keeps of what the event carried that opened it. */
class CarriedValuesTest {

  @TempDir Path folder;

  private static final Actor.Person WANG = new Actor.Person(TestCommunities.SAMPLE, "wang");

  private final SteppingClock clock = new SteppingClock(AlertRig.START);

  @SuppressWarnings("NullAway.Init") // set before each test
  private AlertRig hub;

  @BeforeEach
  void start() {
    hub =
        new AlertRig(
            folder, clock, TestCommunities.sample(), alert -> new OnCall.Assignment.Assigned(WANG));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void restart() {
    AlertRig before = hub;
    stop();
    start();
    hub.continueAfter(before);
  }

  private @Nullable Values kept() {
    List<Alert> all = hub.all();
    assertThat(all).hasSize(1);
    return all.getFirst().cause().values();
  }

  private static Values values(Object... namesAndValues) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
    }
    return new Values(values);
  }

  private static Value value(Object value) {
    return switch (value) {
      case Integer number -> new Value.Whole(number);
      case Double number -> new Value.Real(number);
      case Boolean truth -> new Value.Truth(truth);
      default -> new Value.Text(value.toString());
    };
  }

  @Test
  void areThoseOfTheEventThatOpenedItHoweverOftenItIsReported() {
    Values onFloor7 = values("floor", 7, "load", 130, "offset", 0.85);
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped", onFloor7));
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped", values("floor", 9)));
    assertThat(kept()).isEqualTo(onFloor7);
    restart();
    assertThat(kept()).isEqualTo(onFloor7);
    assertThat(hub.told).allSatisfy(told -> assertThat(told.cause().values()).isEqualTo(onFloor7));
  }

  @Test
  void areThoseOfTheBeginningOfWhatLastsAcrossARestart() {
    hub.apply(
        hub.event("fire-lane-2", Kind.PARKING, "fire-lane.occupied", values("distance", 1.3)));
    hub.apply(
        hub.event("fire-lane-2", Kind.PARKING, "fire-lane.occupied", values("distance", 9.9)));
    hub.waitFor(Duration.ofSeconds(100));
    restart();
    hub.waitFor(Duration.ofSeconds(80));
    assertThat(kept()).isEqualTo(values("distance", 1.3));
  }

  @Test
  void areNoneWhereTheAbsenceOfAnEventOpenedIt() {
    hub.apply(
        hub.event(
            "motion-1-602", Kind.CARE, "activity.seen", values("room", "bath", "seconds", 4)));
    hub.waitFor(Duration.ofHours(24));
    assertThat(kept()).isNull();
  }

  @Test
  void leaveOutWhatMayTellWhoSomebodyIs() {
    hub.apply(
        hub.event(
            "camera-1-lobby",
            Kind.CAMERA,
            "zone.intruded",
            values(
                "zone",
                "东门2",
                "object",
                "person",
                "label",
                "wang fang",
                "sub_label",
                "wang",
                "plate",
                "甘B12345",
                "object.name",
                "li",
                "employeeNo",
                17,
                "card_number",
                4711,
                "phone",
                13_800_000.0,
                "serial",
                123_456,
                "people",
                2,
                "confidence",
                0.93,
                "masked",
                false)));
    assertThat(kept())
        .isEqualTo(
            values(
                "zone",
                "东门2",
                "object",
                "person",
                "people",
                2,
                "confidence",
                0.93,
                "masked",
                false));
  }

  @Test
  void leaveOutATextThatIsNoPlaceAndNoCodeThoughItsNameIsOne() {
    hub.apply(
        hub.event(
            "camera-1-lobby",
            Kind.CAMERA,
            "zone.intruded",
            values(
                "floor", "B1", "zone", "a long description of somebody", "object", "Wang Fang")));
    assertThat(kept()).isEqualTo(values("floor", "B1"));
  }

  @Test
  void keepTheMarksOfAMessageThatWasNotReadInFull() {
    Map<String, Value> many = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      many.put("value-" + i, new Value.Whole(i));
    }
    many.put("clock", new Value.Text("gateway"));
    many.put("defect", new Value.Text("dateTime: is no time; 13800138000 is no value in JSON"));
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped", new Values(many)));
    Values kept = Objects.requireNonNull(kept());
    assertThat(kept.size()).isEqualTo(18);
    assertThat(kept.find("clock")).contains(new Value.Text("gateway"));
    assertThat(kept.find("defect"))
        .contains(new Value.Text("dateTime: is no time; … is no value in JSON"));
    restart();
    assertThat(kept()).isEqualTo(kept);
  }

  @Test
  void takeNoClockOfADeviceForTheGateways() {
    hub.apply(
        hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped", values("clock", "Li Lei")));
    assertThat(kept()).isEqualTo(Values.NONE);
  }

  @Test
  void areAtMostSixteen() {
    Map<String, Value> many = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      many.put("value-" + i, new Value.Whole(i));
    }
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped", new Values(many)));
    assertThat(kept()).isNotNull().satisfies(values -> assertThat(values.size()).isEqualTo(16));
  }

  @Test
  void aRequestThatIsSentAgainAlsoAfterARestartIsDoneOnce() {
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped", Values.NONE));
    String id = hub.all().getFirst().id();
    Author wang = Author.of(WANG);
    for (int i = 0; i < 2; i++) {
      ActionOutcome outcome =
          hub.alerts.once("one", id, () -> hub.alerts.comment(id, wang, Channel.CONSOLE, "coming"));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              ActionOutcome.Done.class, done -> assertThat(done.alert().timeline()).hasSize(3));
      restart();
    }
    hub.alerts.once("other", id, () -> hub.alerts.comment(id, wang, Channel.CONSOLE, "coming"));
    assertThat(hub.all().getFirst().timeline()).hasSize(4);
    clock.advance(Duration.ofHours(25));
    hub.alerts.once("third", id, () -> hub.alerts.acknowledge(id, wang, Channel.CONSOLE, null));
    assertThat(hub.alerts.once("third", id, () -> new ActionOutcome.NotFound(id)))
        .isInstanceOf(ActionOutcome.Done.class);
  }

  @Test
  void aRequestThatCouldNotBeDoneMayBeTriedAgain() {
    hub.apply(hub.event("elevator-1-1", Kind.ELEVATOR, "passenger.trapped", Values.NONE));
    String id = hub.all().getFirst().id();
    assertThat(hub.alerts.once("one", id, () -> new ActionOutcome.NotFound(id)))
        .isInstanceOf(ActionOutcome.NotFound.class);
    assertThat(hub.alerts.once("one", id, () -> new ActionOutcome.Done(hub.all().getFirst())))
        .isInstanceOf(ActionOutcome.Done.class);
  }
}
