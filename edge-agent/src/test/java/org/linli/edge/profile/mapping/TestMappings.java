package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.TestProfiles;
import org.linli.program.yaml.YamlProblems;

/** Profiles of mappings that a test writes. */
final class TestMappings {

  private TestMappings() {}

  static TestProfiles of(String mapping) {
    YamlProblems problems = new YamlProblems();
    List<Mapping> mappings =
        MappingReader.read(
            "m.yml",
            mapping.getBytes(StandardCharsets.UTF_8),
            ZoneId.of("Asia/Shanghai"),
            new Changes(),
            problems);
    assertThat(problems.isEmpty()).as(() -> problems.sentencesWithFile().toString()).isTrue();
    return TestProfiles.of(mappings.toArray(Profile[]::new));
  }
}
