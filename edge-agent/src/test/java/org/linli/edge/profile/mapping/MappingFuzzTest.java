package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.TestProfiles;
import org.linli.edge.profile.mapping.Expression.FailedException;
import org.linli.program.yaml.YamlProblems;

/**
 * Looks for a payload that a mapping cannot stand, and for a mapping file or an expression that
 * loading them cannot. The build runs it with {@code JAZZER_FUZZ=1}; anywhere else it tries the
 * kept inputs only.
 */
@Isolated("its agent sees every class")
class MappingFuzzTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final String FILE =
      """
      mappings:
        - name: lifts
          topic: lifts/+
          kind: elevator
          each: cars
          device: $topic[1] & "/" & $string(id)
          otherwise: measurement
          events:
            - {type: passenger.trapped, when: 'alarm = "ENTRAP"', id: seq, time: ts * 1000, values: {floor: car.floor}}
            - {type: levelling.drift, when: $exists(car.off), change: $abs(car.off) > 10, values: car}
        - name: panels
          topic: panels/+
          format: text
          kind: environment
          each: lines
          device: $topic[1] & $capture($, "zone (\\\\d+)")[0]
          events: [{type: smoke.detected, when: '$contains($, "ALARM")', time: '$split($, ",")[1]'}]
        - name: boxes
          topic: boxes/+
          format: hex
          kind: environment
          device: $topic[1]
          events: [{type: measurement, values: {celsius: (bytes[0] * 256 + bytes[1]) / 10, raw: hex}}]
      """;

  private final TestProfiles mapped = TestProfiles.of(load(FILE).toArray(Profile[]::new));

  private static List<Mapping> load(String text) {
    return load(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Mapping> load(byte[] bytes) {
    YamlProblems problems = new YamlProblems();
    List<Mapping> read = MappingReader.read("f.yml", bytes, ZONE, new Changes(), problems);
    if (problems.isEmpty()) {
      return read;
    }
    assertThat(problems.sentencesWithFile()).first().asString().startsWith("f.yml:");
    return List.of();
  }

  @FuzzTest(maxDuration = "4s")
  void understandsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    for (String topic : List.of("lifts/a", "panels/a", "boxes/a")) {
      if (mapped.published(topic, bytes) instanceof Interpreted.Refused refused) {
        assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
        assertThat(refused.refusal().reason()).isNotEqualTo(RefusalReason.PROFILE_FAILED);
      }
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    load(bytes);
    try {
      Expression.compile(text).evaluate(Map.of("a", 1), Map.of(), new Bounds());
    } catch (FailedException said) {
      assertThat(said).hasMessageNotContaining("OutOfMemory");
    }
  }
}
