package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.Subject;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.TakenEvent;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;

/**
 * What the gateway says of dead letters that may report an emergency, and that it counts them all.
 */
class UnreadableAlarmsTest {

  private static final String GATEWAY = OpenedOutbox.GATEWAY.value();

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private OpenedOutbox opened;

  private final KnownDevices registry =
      new KnownDevices() {
        @Override
        public Optional<Subject> at(String profile, String address) {
          return Optional.empty();
        }

        @Override
        public Optional<Kind> kindOf(DeviceId device) {
          return switch (device.value()) {
            case "bed-1" -> Optional.of(Kind.CARE);
            case "camera-1" -> Optional.of(Kind.CAMERA);
            default -> Optional.empty();
          };
        }
      };

  @BeforeEach
  void open() {
    opened = new OpenedOutbox(folder, OutboxSettings.DEFAULTS, registry, System::nanoTime);
  }

  @AfterEach
  void close() {
    opened.close();
  }

  private String refuse(String topic, String payload, RefusalReason reason) {
    Offered offered = new Offered();
    return opened.offer(offered, letter(offered, topic, payload, reason));
  }

  private static Interpreted.Refused letter(
      Offered reply, String topic, String payload, RefusalReason reason) {
    return new Interpreted.Refused(
        new Message(
            "mqtt://client-1",
            Address.published(topic, "client-1"),
            payload.getBytes(StandardCharsets.UTF_8),
            Offered.AT,
            reply),
        new Refusal(reason, "line 1, column 1"));
  }

  private String refuse(String topic, String payload) {
    return refuse(topic, payload, RefusalReason.NOT_JSON);
  }

  private List<String> said() {
    return opened.waiting(Lane.URGENT).stream()
        .map(TakenEvent::event)
        .map(UnreadableAlarmsTest::text)
        .toList();
  }

  private static String text(DeviceEvent event) {
    assertThat(UnreadableAlarm.is(event)).isTrue();
    return "%s %s %s %s"
        .formatted(
            event.device(),
            event.kind(),
            event.values().find(UnreadableAlarm.WORD).map(Object::toString).orElse("-"),
            ((Value.Whole) event.values().find(UnreadableAlarm.LETTERS).orElseThrow()).number());
  }

  @Test
  void saysAtOnceWhatMayBeALifeAndNothingOfOtherLetters() {
    refuse("some/meter", "21,5");
    assertThat(said()).isEmpty();

    assertThat(refuse("b7/hall", "{\"smoke\":tru")).isEqualTo("refused not-json");

    assertThat(opened.outbox().deadLetters(9)).hasSize(2);
    DeviceEvent event = opened.waiting(Lane.URGENT).getFirst().event();
    assertThat(event.device().value()).isEqualTo(GATEWAY);
    assertThat(event.givenId().orElseThrow().value()).startsWith(EventId.MADE_BY_GATEWAY);
    assertThat(event.values().byName())
        .containsEntry("door", new Value.Text("mqtt"))
        .containsEntry("source", new Value.Text("b7/hall"))
        .containsEntry("reason", new Value.Text("not-json"))
        .containsEntry("word", new Value.Text("smoke"))
        .containsEntry("letters", new Value.Whole(1))
        .hasSize(5);
    assertThat(opened.outbox().ledger().balances()).isTrue();
  }

  @Test
  void opensWithADamagedNote() {
    Offered reply = new Offered();
    opened.outbox().offer(letter(reply, "invented/1", "SOS", RefusalReason.UNKNOWN_ADDRESS));
    assertThat(reply.awaitAnswer()).startsWith("refused");
    opened.close();
    opened.execute("UPDATE unreadable_alarm SET kind = 'NONE', at = 1 << 62");

    opened.reopen();

    Offered next = new Offered();
    opened.outbox().offer(letter(next, "invented/2", "SOS", RefusalReason.UNKNOWN_ADDRESS));
    assertThat(next.awaitAnswer()).startsWith("refused");
    await().untilAsserted(() -> assertThat(opened.waiting(Lane.URGENT)).hasSize(2));
  }

  @Test
  void saysThousandsOnceAMinuteAndCountsThemAll() {
    Offered first = new Offered();
    opened.outbox().offer(letter(first, "invented/0", "SOS", RefusalReason.UNKNOWN_ADDRESS));
    assertThat(first.awaitAnswer()).startsWith("refused");
    List<Offered> replies = new ArrayList<>();
    for (int i = 1; i < 3_000; i++) {
      Offered reply = new Offered();
      replies.add(reply);
      opened.outbox().offer(letter(reply, "invented/" + i, "SOS", RefusalReason.UNKNOWN_ADDRESS));
    }
    replies.forEach(reply -> assertThat(reply.awaitAnswer()).startsWith("refused"));
    assertThat(opened.waiting(Lane.URGENT)).hasSize(1);

    opened.reopen();
    opened.run(Duration.ofMinutes(1));
    await().untilAsserted(() -> assertThat(opened.waiting(Lane.URGENT)).hasSize(2));
    long told =
        opened.waiting(Lane.URGENT).stream()
            .map(taken -> taken.event().values().find(UnreadableAlarm.LETTERS).orElseThrow())
            .mapToLong(value -> ((Value.Whole) value).number())
            .sum();
    assertThat(told).as("none is lost by a restart").isEqualTo(3_000);

    opened.run(Duration.ofMinutes(5));
    assertThat(opened.waiting(Lane.URGENT)).hasSize(2);
    assertThat(opened.number("SELECT count(*) FROM unreadable_alarm WHERE untold > 0")).isZero();
    assertThat(opened.outbox().ledger().balances()).isTrue();
  }

  /** Somebody has to go and look at each of them. */
  @Test
  void namesThePlacesOfAllThatCameTogether() {
    refuse("b7/hall", "smoke");
    refuse("zigbee2mqtt/stairs-smoke", "{");
    refuse("tele/cellar-9/SENSOR", "smoke");
    refuse("zigbee2mqtt/stairs-smoke", "{");

    opened.reopen();
    opened.run(Duration.ofMinutes(1));

    await().untilAsserted(() -> assertThat(opened.waiting(Lane.URGENT)).hasSize(2));
    assertThat(opened.waiting(Lane.URGENT).get(1).event().values().byName())
        .containsEntry("letters", new Value.Whole(3))
        .containsEntry("from", new Value.Text("zigbee2mqtt/stairs-smoke, tele/cellar-9/SENSOR"))
        .doesNotContainKey("elsewhere");
  }

  @Test
  void countsTheLettersOfPlacesForWhichThereIsNoRoom() {
    refuse("b7/hall", "smoke");
    String place = "smoke/" + "x".repeat(186);
    for (int i = 0; i < 8; i++) {
      refuse(place + i, "{");
    }
    opened.run(Duration.ofMinutes(1));

    await().untilAsserted(() -> assertThat(opened.waiting(Lane.URGENT)).hasSize(2));
    assertThat(opened.waiting(Lane.URGENT).get(1).event().values().byName())
        .containsEntry("letters", new Value.Whole(8))
        .containsEntry("elsewhere", new Value.Whole(3))
        .hasEntrySatisfying(
            "from",
            from ->
                assertThat(((Value.Text) from).text().split(", "))
                    .containsExactly(place + 0, place + 1, place + 2, place + 3, place + 4));
  }

  @Test
  void keepsWhereEachLetterWasSentTo() {
    refuse("zigbee2mqtt/stairs-smoke", "{");
    refuse("b7/\u202e\u0007hall", "{");
    refuse("long/" + "x".repeat(900), "{");

    assertThat(opened.outbox().deadLetters(9))
        .extracting(letter -> letter.address())
        .containsExactly("long/" + "x".repeat(195), "b7/··hall", "zigbee2mqtt/stairs-smoke");
  }

  private String refuse(String device, String topic, String payload, RefusalReason reason) {
    Offered offered = new Offered();
    Interpreted.Refused letter = letter(offered, topic, payload, reason);
    return opened.offer(
        offered,
        new Interpreted.Refused(
            letter.message(), letter.refusal(), letter.basis(), new DeviceId(device)));
  }

  @Test
  void saysItOfTheRegisteredDeviceAndOfAKindOfLifeWithoutAnyWord() {
    refuse("bed-1", "linli/care/bed-1", "{", RefusalReason.NOT_JSON);
    refuse("bed-1", "vendor/bed-1/up", "{", RefusalReason.NOT_JSON);
    refuse("camera-1", "linli/camera/camera-1", "{", RefusalReason.NOT_JSON);
    refuse("camera-1", "linli/camera/camera-1", "火警", RefusalReason.NOT_JSON);
    assertThat(said())
        .containsExactly("bed-1 care Text[text=care] 1", "camera-1 camera Text[text=火警] 1");
  }

  @Test
  void aRestartLosesNoneThatOnlyTheKindSpeaksFor() {
    refuse("bed-1", "vendor/bed-1/up", "{", RefusalReason.NOT_JSON);
    refuse("bed-1", "vendor/bed-1/up", "{", RefusalReason.NOT_JSON);
    assertThat(said()).containsExactly("bed-1 care - 1");

    opened.reopen();
    opened.run(Duration.ofMinutes(1));

    await().untilAsserted(() -> assertThat(said()).hasSize(2));
    assertThat(said()).containsOnly("bed-1 care - 1");
  }

  @Test
  void believesNobodyWhoMayNotSpeakForTheDevice() {
    refuse("camera-1", "linli/camera/camera-1", "SOS", RefusalReason.NOT_ALLOWED);
    assertThat(said()).containsExactly(GATEWAY + " care Text[text=SOS] 1");
  }

  @Test
  void saysNothingOfPeople() {
    refuse("sos/13800138000/x", "{");
    assertThat(opened.waiting(Lane.URGENT).getFirst().event().values().find("source"))
        .contains(new Value.Text("sos/…/x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sos/138-0013-8000/x|sos/…/x",
        "sos/138 0013 8000/x|sos/…/x",
        "sos/+86 138 0013 8000|sos/+…",
        "sos/138.0013.8000|sos/…",
        "sos/138_0013_8000|sos/…",
        "sos/１３８００１３８０００/x|sos/…/x",
        "sos/١٣٨٠٠١٣٨٠٠٠|sos/…",
        "sos/138\u200b0013\u200b8000|sos/…",
        "sos/138\u00010013\u00018000|sos/…",
        "sos/a\u202eb\u2066c\u0007d\u0085e|sos/abcde",
        "sos/11010519491231002X|sos/…X",
        "sos/3/2/1/12/7|sos/3/2/1/12/7",
        "sos/192.168.100.20|sos/192.168.100.20",
      })
  void saysNoNumberOfAPersonHoweverItIsWritten(String topic, String said) {
    refuse(topic, "{");
    assertThat(opened.waiting(Lane.URGENT).getFirst().event().values().find("source"))
        .contains(new Value.Text(said));
  }

  @Test
  void saysNothingTwiceWhereTheDiskRefusedAtFirst() {
    AtomicBoolean refuses = new AtomicBoolean(true);
    opened.gate(
        () -> {
          if (refuses.get()) {
            throw new IllegalStateException("no room");
          }
        });
    assertThat(refuse("b7/hall", "gas")).startsWith("unavailable");
    refuses.set(false);
    await().until(() -> refuse("b7/hall", "gas").startsWith("refused"));
    assertThat(said()).containsExactly(GATEWAY + " environment Text[text=gas] 1");
  }
}
