package org.linli.hub.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EquipmentReport;
import org.linli.event.GatewayRegistry;
import org.linli.event.RegistryVersion;
import org.linli.event.UnregisteredEquipment;

/** What gateways are told of the registry, and what the hub remembers of what they heard. */
class GatewayRegistriesTest extends AdoptionOnRecords {

  @Test
  void aGatewayIsToldTheVersionThenWhatItLacksAndNothingTwice() {
    GatewayRegistry greeting = registries.greeting(GATEWAY).orElseThrow();
    assertThat(greeting.given()).isEmpty();
    EquipmentReport none = new EquipmentReport(GATEWAY, null, null, List.of());

    GatewayRegistry full = registries.reported(GATEWAY, none).orElseThrow();
    assertThat(full.given()).isPresent();
    assertThat(registries.at(GATEWAY).behind()).isTrue();
    assertThat(registries.reported(GATEWAY, none))
        .as("a gateway that cannot use it is not sent it again and again")
        .isEmpty();

    EquipmentReport held = new EquipmentReport(GATEWAY, full.version(), null, List.of());
    assertThat(registries.reported(GATEWAY, held)).isEmpty();
    assertThat(registries.at(GATEWAY).behind()).isFalse();
    registries.greeting(GATEWAY);
    assertThat(registries.reported(GATEWAY, none)).contains(full);
  }

  @Test
  void recordsRestoredFromACopyBeginANewEpochThatTheGatewayFollows() {
    RegistryVersion own = told().version();
    RegistryVersion later = new RegistryVersion(own.epoch(), own.number() + 30, Digest.NONE);

    GatewayRegistry answer =
        registries
            .reported(GATEWAY, new EquipmentReport(GATEWAY, later, null, List.of()))
            .orElseThrow();

    assertThat(answer.version().isAfter(later)).isTrue();
    assertThat(answer.given()).isPresent();
    start(SECTIONS);
    assertThat(told().version()).isEqualTo(answer.version());
  }

  @Test
  void theSameNumberWithOtherContentIsAnotherHistoryToo() {
    RegistryVersion own = told().version();
    RegistryVersion other = new RegistryVersion(own.epoch(), own.number(), Digest.NONE);

    assertThat(
            registries
                .reported(GATEWAY, new EquipmentReport(GATEWAY, other, null, List.of()))
                .orElseThrow()
                .version()
                .isAfter(other))
        .isTrue();
  }

  @Test
  void nobodyIsFollowedToTheEndOfAllNumbers() {
    RegistryVersion absurd = new RegistryVersion(1L << 53, 1L << 53, Digest.NONE);

    report(absurd);

    assertThat(told().version().epoch()).isEqualTo(1);
  }

  private static RegistryVersion version(long epoch, long number) {
    return new RegistryVersion(epoch, number, Digest.NONE);
  }

  @Test
  void beginsOneEpochAMinuteHoweverManyAreClaimedAndComesToTheLatest() {
    for (int i = 0; i < 100; i++) {
      report(version(2 + 2L * i, 1));
    }

    assertThat(changes).as("each is told to every gateway").hasSize(1);
    passTime(Duration.ofSeconds(59));
    assertThat(changes).hasSize(1);
    passTime(Duration.ofSeconds(1));
    assertThat(changes).hasSize(2);
    assertThat(news().version().epoch()).isEqualTo(201);
    passTime(Duration.ofHours(1));
    assertThat(changes).as("nobody is later any more").hasSize(2);
  }

  @Test
  void whoClaimsOneFarBeyondMovesNobodyElseAndIsFollowedAlone() {
    RegistryVersion far = version(5_000, 7);

    GatewayRegistry answer = report(far).orElseThrow();

    assertThat(changes).isEmpty();
    assertThat(answer.version().isAfter(far)).isTrue();
    report(answer.version());
    assertThat(registries.news(GATEWAY)).isEmpty();
    assertThat(registries.at(GATEWAY).behind()).isFalse();
    assertThat(registries.greeting(GATEWAY).orElseThrow().version().epoch())
        .as("the hub's own")
        .isEqualTo(1);
  }

  @Test
  void aGatewayFarBeyondComesRightAgainAfterEachStartOfTheHub() {
    RegistryVersion held = report(version(1L << 41, 3)).orElseThrow().version();
    start(SECTIONS);

    assertThat(registries.greeting(GATEWAY).orElseThrow().version().epoch()).isEqualTo(1);

    assertThat(report(held).orElseThrow().version().isAfter(held)).isTrue();
  }

  @Test
  void whatSomebodyClaimedUnderAGatewaysNameIsNotToldToTheGateway() {
    RegistryVersion own = told().version();
    report(version(5_000, 7));
    report(version(9_000, 7));

    assertThat(registries.greeting(GATEWAY).orElseThrow().version()).isEqualTo(own);
    passTime(Duration.ofMinutes(1));
    assertThat(news().version()).isEqualTo(own);
    report(own);
    assertThat(registries.at(GATEWAY).behind()).isFalse();
  }

  @Test
  void answersClaimsFarBeyondOnceAMinuteToo() {
    int answers = 0;
    for (int i = 0; i < 100; i++) {
      answers += report(version(5_000 + 2L * i, 1)).isPresent() ? 1 : 0;
    }
    assertThat(answers).isOne();
    passTime(Duration.ofMinutes(1));

    assertThat(news().version().epoch()).isEqualTo(5_199);
  }

  @Test
  void onlySoManyUnregisteredPiecesAreRememberedThoseHeardLast() {
    for (int batch = 0; batch < 6; batch++) {
      int first = batch * 200;
      report(
          null,
          IntStream.range(first, first + 200)
              .mapToObj(n -> heard("invented-" + n, n))
              .toArray(UnregisteredEquipment[]::new));
    }

    assertThat(unregistered.all()).hasSize(Unregistered.MOST);
    assertThat(unregistered.find(key(new DeviceId("invented-1199")))).isPresent();
    assertThat(unregistered.find(key(new DeviceId("invented-0")))).isEmpty();
    start(SECTIONS);
    assertThat(unregistered.all()).hasSize(Unregistered.MOST);
  }
}
