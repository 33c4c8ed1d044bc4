package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A name that no program reads is refused, and nothing is started or made. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class SettingsTest {

  @TempDir Path folder;

  @Test
  void refusesAMistypedOption(CapturedOutput console) {
    assertThat(told(console, Map.of(), "--linli.mqtt.prot=1884"))
        .isEqualTo("--linli.mqtt.prot is no setting of Linli: did you mean --linli.mqtt.port?");
  }

  @Test
  void refusesAMistypedVariableWhereAnothersIsRight(CapturedOutput console) {
    assertThat(
            told(
                console,
                Map.of("LINLI_HUB_URL", "mqtt://127.0.0.1:2883", "LINLI_STORE", "questdb")))
        .isEqualTo("LINLI_HUB_URL is no setting of Linli: did you mean LINLI_HUB_URI?");
  }

  /** No variable has the slash that is in its key. */
  @Test
  void doesNotSuggestTheNameThatWasTyped(CapturedOutput console) {
    assertThat(told(console, Map.of("LINLI_PROFILE_THINGSBOARD_SENSORS", "kitchen/smoke=smoke")))
        .isEqualTo(
            "LINLI_PROFILE_THINGSBOARD_SENSORS is no setting of Linli: write"
                + " linli.profile.thingsboard.sensors[KEY] with a key, in application.yml, as a"
                + " variable has no brackets; docs/configuration.md has an example.");
  }

  /**
   * All that it wrote to the standard error stream, which is to be one line. What gateways of other
   * tests still log begins with a time.
   */
  private String told(CapturedOutput console, Map<String, Object> environment, String... options) {
    SpringApplication agent =
        new SpringApplicationBuilder(EdgeAgentApplication.class)
            .environment(with(environment))
            .build();

    assertThatThrownBy(() -> agent.run(options).close()).isInstanceOf(RuntimeException.class);

    assertThat(console.getAll()).doesNotContain("\tat ").doesNotContain("APPLICATION FAILED");
    List<String> written =
        console.getErr().lines().filter(line -> !line.matches("[0-9:.]{8,12} .*")).toList();
    assertThat(written).hasSize(1);
    assertThat(folder.resolve("data")).doesNotExist();
    return written.getFirst().strip();
  }

  private StandardEnvironment with(Map<String, Object> more) {
    Map<String, Object> variables = new HashMap<>(more);
    variables.put("LINLI_DATA", folder.resolve("data").toString());
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    return environment;
  }
}
