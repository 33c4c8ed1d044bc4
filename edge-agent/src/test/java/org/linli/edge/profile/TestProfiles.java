package org.linli.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Reply;
import org.linli.edge.profile.linli.LinliJson;
import org.linli.event.DeviceEvent;

/** Profiles as the gateway has them, and messages for them. */
public final class TestProfiles {

  public static final Instant RECEIVED = Instant.parse("2026-11-23T05:16:01.500Z");

  public static final Reply NOBODY =
      new Reply() {
        @Override
        public void taken() {}

        @Override
        public void refused(Refusal refusal) {}

        @Override
        public void unavailable(String why) {}
      };

  private final Profiles profiles;
  private final KnownStates states;
  private final Instant receivedAt;

  private TestProfiles(Profiles profiles, KnownStates states, Instant receivedAt) {
    this.profiles = profiles;
    this.states = states;
    this.receivedAt = receivedAt;
  }

  /** These and Linli JSON, with nothing registered. */
  public static TestProfiles of(Profile... profiles) {
    return of(KnownDevices.NONE, profiles);
  }

  /** These and Linli JSON. */
  public static TestProfiles of(KnownDevices known, Profile... profiles) {
    KnownStates states = KnownStates.untilTheEnd(known);
    return new TestProfiles(profiles(known, states, profiles), states, RECEIVED);
  }

  /** The same, for messages that come at another time. */
  public TestProfiles at(Instant otherTime) {
    return new TestProfiles(profiles, states, otherTime);
  }

  /** Others that know the states of these, as after a restart, with nothing registered. */
  public TestProfiles restartedAs(Profile... others) {
    return new TestProfiles(profiles(KnownDevices.NONE, states, others), states, receivedAt);
  }

  public static Profiles profiles(KnownDevices known, Profile... profiles) {
    return profiles(known, KnownStates.untilTheEnd(known), profiles);
  }

  static Profiles profiles(KnownDevices known, KnownStates states, Profile... profiles) {
    return new Profiles(
        List.of(profiles),
        new LinliJson(),
        known,
        states,
        new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of()),
        new SimpleMeterRegistry());
  }

  /** What comes of something that was published. */
  public Interpreted published(String topic, byte[] payload) {
    return sent(Address.published(topic, "client-1"), payload);
  }

  /** As above. */
  public Interpreted published(String topic, String payload) {
    return published(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** What comes of something that was posted to {@code /intake/{profile}/{device}}. */
  public Interpreted posted(String profile, String device, String contentType, byte[] payload) {
    return sent(new Address.ToProfile(profile, device, contentType), payload);
  }

  public Interpreted sent(Message message) {
    return profiles.interpret(message);
  }

  public Interpreted sent(Address address, byte[] payload) {
    return profiles.interpret(new Message("test://x", address, payload, receivedAt, NOBODY));
  }

  /** The events of what must have been understood. */
  public static List<DeviceEvent> events(Interpreted interpreted) {
    return switch (interpreted) {
      case Interpreted.Understood understood -> understood.events();
      case Interpreted.Refused refused -> throw new AssertionError("refused: " + refused.refusal());
      case Interpreted.PassedOver _ -> throw new AssertionError("passed over");
    };
  }

  /** Why something was refused that must have been. */
  public static Refusal refusal(Interpreted interpreted) {
    return switch (interpreted) {
      case Interpreted.Refused refused -> refused.refusal();
      case Interpreted.Understood understood ->
          throw new AssertionError("understood: " + understood.events());
      case Interpreted.PassedOver _ -> throw new AssertionError("passed over");
    };
  }

  /** Whatever a message holds, it is understood, passed over, or refused in words. */
  public static void assertUnderstoodOrRefused(Interpreted interpreted) {
    switch (interpreted) {
      case Interpreted.PassedOver _ -> {}
      case Interpreted.Understood understood -> assertThat(understood.events()).isNotEmpty();
      case Interpreted.Refused refused -> {
        assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
        assertThat(refused.refusal().reason()).isNotEqualTo(RefusalReason.PROFILE_FAILED);
      }
    }
  }
}
