package org.linli.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A name that no program reads is refused wherever it is given, and nothing is started or made. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class SettingsTest {

  @TempDir Path folder;

  @Test
  void refusesAMistypedOption(CapturedOutput console) {
    assertThat(told(console, Map.of(), "--linli.stor=influx"))
        .isEqualTo("--linli.stor is no setting of Linli: did you mean --linli.store?");
  }

  @Test
  void refusesAMistypedVariable(CapturedOutput console) {
    assertThat(told(console, Map.of("LINLI_STOR", "influx")))
        .isEqualTo("LINLI_STOR is no setting of Linli: did you mean LINLI_STORE?");
  }

  @Test
  void doesNotStartWithInventedPeopleForAMistypedCommunity(CapturedOutput console) {
    assertThat(told(console, Map.of("LINLI_COMMUNTIY_FILE", "/etc/linli/community.yml")))
        .isEqualTo(
            "LINLI_COMMUNTIY_FILE is no setting of Linli: did you mean LINLI_COMMUNITY_FILE?");
  }

  @Test
  void refusesAMistypedLineOfAFile(CapturedOutput console) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("application.yml"),
            """
            linli:
              gateway:
                prot: 0
            """);

    assertThat(told(console, Map.of(), "--spring.config.additional-location=" + file))
        .isEqualTo(
            "linli.gateway.prot in application.yml, line 3, is no setting of Linli: did you mean"
                + " linli.gateway.port?");
  }

  @Test
  void refusesAMistypedSystemPropertyInCapitals(CapturedOutput console) {
    System.setProperty("LINLI.STOR", "influx");
    try {
      assertThat(told(console, Map.of()))
          .isEqualTo("-DLINLI.STOR is no setting of Linli: did you mean -Dlinli.store?");
    } finally {
      System.clearProperty("LINLI.STOR");
    }
  }

  @Test
  void refusesAMistypedSystemProperty(CapturedOutput console) {
    System.setProperty("linli.mqtt.prot", "1883");
    try {
      assertThat(told(console, Map.of()))
          .isEqualTo("-Dlinli.mqtt.prot is no setting of Linli: did you mean -Dlinli.mqtt.port?");
    } finally {
      System.clearProperty("linli.mqtt.prot");
    }
  }

  @Test
  void refusesAMistypedNameInJson(CapturedOutput console) {
    assertThat(
            told(console, Map.of("SPRING_APPLICATION_JSON", "{\"linli\":{\"stor\":\"influx\"}}")))
        .isEqualTo(
            "linli.stor in SPRING_APPLICATION_JSON is no setting of Linli: did you mean"
                + " linli.store?");
  }

  @Test
  void namesEverythingThatIsWrongAtOnce(CapturedOutput console) {
    assertThat(
            told(
                console,
                Map.of("LINLI_STOR", "influx", "LINLI_NOBODY_READS_THIS", "1", "SERVER_PROT", "1"),
                "--server.adress=127.0.0.1",
                "--stor=influx",
                "--linl.store=influx",
                "--linli.history.rebuild",
                "-Dlinli.store=influx",
                "start"))
        .contains("LINLI_STOR is no setting of Linli: did you mean LINLI_STORE?")
        .contains(
            "LINLI_NOBODY_READS_THIS is no setting of Linli: --help shows the most important ones,")
        .contains("SERVER_PROT is no setting of Linli: did you mean SERVER_PORT?")
        .contains("--server.adress is no setting of Linli: did you mean --server.address?")
        .contains("--stor is no setting of Linli: did you mean --linli.store?")
        .contains("--linl.store is no setting of Linli: did you mean --linli.store?")
        .contains("--linli.history.rebuild has no value: write --linli.history.rebuild=… with one.")
        .contains(
            "The argument '-Dlinli.store=influx' is no option: write it as --linli.store=influx, or"
                + " put it before -jar.")
        .contains("The argument 'start' is no option:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --linli.store=influxx           | LINLI_STORE (linli.store) is 'influxx', which is no store. Set it to questdb, which needs nothing else, to postgres or to influx.
          --linli.allow-plain-text=ture   | linli.allow-plain-text is 'ture': write true or false.
          --linli.gateway.port=28q3       | linli.gateway.port is '28q3': write a whole number.
          --linli.gateway.port=99999      | linli.gateway.port is 99999; choose 0 to 65535, 0 for any free one.
          --server.port=99999             | server.port is '99999': write a whole number from 0 to 65535.
          --server.port=808o              | server.port is '808o': write a whole number from 0 to 65535.
          --server.address=999.1.1.1      | server.address is '999.1.1.1': write an address of this machine such as 127.0.0.1.
          --linli.alert.tick=1x           | linli.alert.tick is '1x': write a time such as 200ms, 10s, 5m, 24h or 7d.
          --linli.journal.limit=3XB       | linli.journal.limit is '3XB': write a size such as 16MB, which is the least.
          --linli.history.limit=60%       | linli.history.limit is '60%': write a size such as 100MB, which is the least.
          --linli.archive.limit=a tenth   | linli.archive.limit is 'a tenth': write a size such as 1MB, which is the least.
          --linli.gateway.max-batch=4XB   | linli.gateway.max-batch is '4XB': write a size such as 64KB, 256MB or 1GB.
          --linli.gateway.broker=mqtt//x y| linli.gateway.broker is 'mqtt//x y': write an address such as mqtt://host:port.
          """)
  void saysWhatToWriteForAValueOfAnotherKind(
      String option, String sentence, CapturedOutput console) {
    assertThatThrownBy(() -> RunningHub.start(folder, option).close())
        .isInstanceOf(RuntimeException.class);

    assertThat(console.getErr().lines().filter(line -> !line.startsWith("Log configuration ")))
        .containsExactly(sentence);
  }

  @Test
  void namesTheVariableOfAValueOfAnotherKind(CapturedOutput console) {
    assertThat(told(console, Map.of("LINLI_ALLOW_PLAIN_TEXT", "ture")))
        .isEqualTo(
            "LINLI_ALLOW_PLAIN_TEXT (linli.allow-plain-text) is 'ture': write true or false.");
  }

  @Test
  void saysThatThePeopleOfTheSampleCommunityAreInvented(CapturedOutput console) {
    RunningHub.start(folder).close();

    assertThat(console.getOut())
        .containsOnlyOnce("This is the sample community: its people are invented");
  }

  @Test
  void takesWhatIsAnothersOnTheSameMachine() throws IOException {
    Files.writeString(
        folder.resolve("application.yml"),
        """
        linli:
          liveness:
          coap:
            servers: []
          mqtt.port: 1883
        """);
    try (RunningHub hub =
        RunningHub.start(
            folder.resolve("data"),
            "--spring.config.additional-location=" + folder.resolve("application.yml"),
            "--linli.hub-uri=mqtt://127.0.0.1:2883",
            "--logging.level.org.linli=info",
            "--debug=false")) {
      assertThat(hub.api("/api/v1/communities").statusCode()).isEqualTo(200);
    }
  }

  /** All that it wrote to the standard error stream, which is to be one line. */
  private String told(CapturedOutput console, Map<String, Object> environment, String... options) {
    SpringApplication hub =
        new SpringApplicationBuilder(HubApplication.class).environment(with(environment)).build();

    assertThatThrownBy(() -> hub.run(options).close()).isInstanceOf(RuntimeException.class);

    assertThat(console.getAll()).doesNotContain("\tat ").doesNotContain("APPLICATION FAILED");
    assertThat(console.getErr().lines()).hasSize(1);
    assertThat(folder.resolve("data")).doesNotExist();
    return console.getErr().strip();
  }

  /** The environment of a process that also has these variables. */
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
