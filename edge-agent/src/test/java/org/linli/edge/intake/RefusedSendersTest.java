package org.linli.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linli.edge.profile.TestProfiles;

/** Who sent what was refused. */
class RefusedSendersTest {

  private static Message from(Address address) {
    return new Message("mqtt://x", address, new byte[0], Instant.EPOCH, TestProfiles.NOBODY);
  }

  @Test
  void namesTheDeviceOrElseWhatTheAddressSays() {
    RefusedSenders senders = new RefusedSenders(10);
    senders.count(from(Address.published("linli/care/bed-1", "client-1")), RefusalReason.TOO_LARGE);
    senders.count(from(Address.published("linli/care/bed-1", "client-1")), RefusalReason.TOO_LARGE);
    senders.count(from(Address.published("zigbee2mqtt/x", "client-1")), RefusalReason.BAD_FIELD);
    senders.count(from(Address.published("zigbee2mqtt/x", "")), RefusalReason.BAD_FIELD);
    senders.count(from(new Address.ToProfile("onvif", "cam-1", "")), RefusalReason.NOT_XML);
    senders.count(from(Address.NOWHERE), RefusalReason.TOO_LARGE);

    assertThat(senders.most(10))
        .isEqualTo(
            Map.of(
                "bed-1", Map.of("too-large", 2L),
                "client-1", Map.of("bad-field", 1L),
                "zigbee2mqtt/x", Map.of("bad-field", 1L),
                "cam-1", Map.of("not-xml", 1L),
                "mqtt://x", Map.of("too-large", 1L)));
    assertThat(senders.most(1)).containsOnlyKeys("bed-1");
  }

  @Test
  void keepsThoseThatAreRefusedStill() {
    RefusedSenders senders = new RefusedSenders(10);
    for (int i = 0; i < 1_000; i++) {
      senders.count(from(Address.published("linli/care/bed-1", "x")), RefusalReason.TOO_LARGE);
      senders.count(
          from(Address.published("linli/care/" + "y".repeat(300) + i, "x")),
          RefusalReason.BAD_DEVICE_ID);
      senders.count(from(Address.published("linli/care/d" + i, "x")), RefusalReason.TOO_LARGE);
    }

    assertThat(senders.most(1_000)).hasSizeLessThanOrEqualTo(10).containsKey("bed-1");
    assertThat(senders.most(2))
        .containsOnlyKeys("bed-1", "y".repeat(119) + "…")
        .containsEntry("bed-1", Map.of("too-large", 1_000L));
  }

  @Test
  void countsWhatADoorRefused() {
    Refusals refusals = new Refusals(new SimpleMeterRegistry());
    Message message = refusals.watched(from(Address.published("linli/care/bed-1", "x")));
    message.reply().refused(new Refusal(RefusalReason.TOO_LARGE, "x"));

    assertThat(refusals.bySender(10)).isEqualTo(Map.of("bed-1", Map.of("too-large", 1L)));
    assertThat(refusals.byDoor()).isEqualTo(Map.of("mqtt", Map.of("too-large", 1L)));
  }
}
