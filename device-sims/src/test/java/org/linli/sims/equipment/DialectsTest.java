package org.linli.sims.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DialectsTest {

  private static final int MESSAGES = 300;
  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00.123Z");

  @ParameterizedTest
  @EnumSource(Format.class)
  void sayTheSameFromTheSameSeed(Format format) {
    assertThat(said(format, 7)).isEqualTo(said(format, 7));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void saySomethingElseFromAnotherSeed(Format format) {
    assertThat(said(format, 7)).isNotEqualTo(said(format, 8));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void giveNoTwoThingsOneMarkAndFindMostAgain(Format format) {
    List<Message> messages = messages(format, 7);
    List<Expectation> marked =
        messages.stream().map(Message::expectation).filter(Expectation::isMarked).toList();
    assertThat(marked).hasSizeGreaterThan(MESSAGES / 3);
    // What has one mark is one thing, told in several messages.
    marked.stream()
        .collect(Collectors.groupingBy(Expectation::mark))
        .values()
        .forEach(
            same ->
                assertThat(same)
                    .extracting(Expectation::device, Expectation::type)
                    .containsOnly(tuple(same.getFirst().device(), same.getFirst().type())));
  }

  @Test
  void ofAFormatArePiecesThatDiffer() {
    Message first = Format.ZIGBEE2MQTT.piece("bridge-0", 0, 7).next(new Mark("run", 0), NOON);
    Message second = Format.ZIGBEE2MQTT.piece("bridge-1", 1, 7).next(new Mark("run", 0), NOON);
    assertThat(first.letter().address()).isNotEqualTo(second.letter().address());
  }

  @Test
  void areFoundByTheirNames() {
    for (Format format : Format.values()) {
      assertThat(Format.ofName(format.toString())).contains(format);
    }
    assertThat(Format.ofName("uniview")).isEqualTo(Optional.empty());
  }

  private static List<String> said(Format format, long seed) {
    List<String> said = new ArrayList<>();
    for (Message message : messages(format, seed)) {
      said.add(
          message.letter().address()
              + " "
              + new String(message.letter().payload(), StandardCharsets.ISO_8859_1)
              + " "
              + message.expectation());
    }
    return said;
  }

  private static List<Message> messages(Format format, long seed) {
    Dialect piece = format.piece("piece-0", 0, seed);
    return IntStream.range(0, MESSAGES)
        .mapToObj(number -> piece.next(new Mark("run", number), NOON.plusMillis(250L * number)))
        .toList();
  }
}
