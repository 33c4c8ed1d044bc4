package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./launch}, as an installer uses it on a gateway. */
@Tag("slow")
class LaunchIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Ports that are free, and a hub that is not there. */
  private static final List<String> IN_VAIN =
      List.of(
          "--server.port=0",
          "--linli.mqtt.port=0",
          "--linli.coap.port=0",
          "--linli.hub-uri=mqtt://127.0.0.1:9");

  private static final int SIGKILL = 137;
  private static final int SIGTERM = 143;

  @TempDir Path cache;

  private record Said(int exitCode, String text) {}

  @Test
  void startsAProgramFromTheCacheThatItPrepared() throws Exception {
    Said prepared = launch(Map.of(), "--prepare", "edge-agent");
    assertThat(prepared.exitCode()).as(prepared.text()).isZero();

    // With this option a Java that cannot use the cache ends instead of starting without.
    Said refused =
        launch(
            Map.of("LINLI_JAVA_OPTIONS", "-XX:AOTMode=on"),
            "edge-agent",
            "--linli.mqtt.in-flight=0");

    assertThat(refused.exitCode()).as(refused.text()).isEqualTo(1);
    assertThat(refused.text())
        .contains("linli.mqtt.in-flight is 0, and must lie between 1 and 65535.");
    assertThat(launch(Map.of(), "--prepare", "edge-agent").text()).contains("prepared already");
  }

  @Test
  void startsAProgramThatItOnlyUnpacked() throws Exception {
    assertThat(launch(Map.of(), "--unpack", "edge-agent")).isEqualTo(new Said(0, ""));

    // The jars beside it are on the class path, which they are not within the packed jar.
    Said refused =
        launch(
            Map.of("LINLI_JAVA_OPTIONS", "-Xlog:class+load=info"),
            "edge-agent",
            "--linli.mqtt.in-flight=0");
    assertThat(refused.text())
        .contains("linli.mqtt.in-flight is 0, and must lie between 1 and 65535.")
        .containsPattern("source: file:\\S+/program/lib/spring-core-\\S+\\.jar");
  }

  @Test
  void startsAProgramThatWasNotPrepared() throws Exception {
    Said help = launch(Map.of("LINLI_HEAP", "64m"), "device-sims", "--help");

    assertThat(help.exitCode()).as(help.text()).isZero();
    assertThat(help.text()).contains("simulate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub", "edge-agent"})
  void helpsAndTellsItsVersionWithoutStarting(String program) throws Exception {
    Map<String, String> environment =
        Map.of("LC_ALL", "C.UTF-8", "LINLI_DATA", cache.resolve("data").toString());

    Said help = launch(environment, program, "--help");
    Said version = launch(environment, program, "--version");

    assertThat(help.exitCode()).as(help.text()).isZero();
    assertThat(help.text()).contains("java -jar " + program + ".jar").contains("LINLI_DATA");
    assertThat(version.exitCode()).as(version.text()).isZero();
    assertThat(version.text()).startsWith("Linli " + program.replace('-', ' ') + " ");
    assertThat(cache.resolve("data")).doesNotExist();
  }

  @Test
  void aHubThatWouldCrashRefusesToStart() throws Exception {
    Said refused =
        launch(
            Map.of(
                "LINLI_JAVA_OPTIONS",
                "-XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1",
                "LINLI_DATA",
                cache.resolve("hub").toString()),
            "hub",
            "--server.port=0",
            "--linli.gateway.port=0");

    assertThat(refused.exitCode()).as(refused.text()).isEqualTo(1);
    assertThat(refused.text())
        .contains("Start without -XX:+UseCompactObjectHeaders")
        .contains("LINLI_STORE=influx");
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() throws Exception {
    assertThat(launch(Map.of()))
        .isEqualTo(said(2, "Say which program to start: see ./launch --help."));
    assertThat(launch(Map.of(), "hubb"))
        .isEqualTo(said(2, "There is no program hubb: see ./launch --help."));
    assertThat(launch(Map.of(), "--prepare"))
        .isEqualTo(said(2, "Say which program to prepare, edge-agent or hub."));
    assertThat(launch(Map.of(), "--unpack", "device-sims"))
        .isEqualTo(said(2, "Say which program to unpack, edge-agent or hub."));
  }

  @Test
  void refusesAHeapThatIsNoSizeOrTooSmall() throws Exception {
    assertThat(launch(Map.of("LINLI_HEAP", "lots"), "edge-agent"))
        .isEqualTo(
            said(
                1,
                "LINLI_HEAP is 'lots', which is no size: write a number with m or g, such as"
                    + " LINLI_HEAP=256m."));
    assertThat(launch(Map.of("LINLI_HEAP", "20m"), "edge-agent"))
        .isEqualTo(
            said(
                1,
                "LINLI_HEAP is 20m, too small for the edge-agent: write LINLI_HEAP=48m or more."));
    assertThat(launch(Map.of("LINLI_HEAP", "50000k"), "hub"))
        .isEqualTo(
            said(1, "LINLI_HEAP is 50000k, too small for the hub: write LINLI_HEAP=96m or more."));
    for (String program : new String[] {"edge-agent", "hub"}) {
      Said refused = launch(Map.of("LINLI_JAVA_OPTIONS", "-Xmx20m"), program);
      assertThat(refused.exitCode()).as(refused.text()).isEqualTo(1);
      assertThat(refused.text())
          .startsWith("A heap of ")
          .contains(" MB is too small for the ")
          .hasLineCount(1);
    }
  }

  @Test
  void startsAProgramAgainThatRanOutOfMemoryUntilItIsAskedToEnd() throws Exception {
    Running running =
        start("edge-agent", Map.of("LINLI_JAVA_OPTIONS", "-XX:MaxMetaspaceSize=24m"), IN_VAIN);
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> running.text().split("ran out of memory and is started again", -1).length > 2);
      assertThat(running.text())
          .contains("java.lang.OutOfMemoryError")
          .contains("The edge-agent ran out of memory and is started again in 1 s.");

      running.process().destroy();

      assertThat(running.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(running.process().exitValue()).isEqualTo(SIGTERM);
    } finally {
      running.process().destroyForcibly();
    }
  }

  /** Where a disk fails under a mapped page the kernel sends SIGBUS, and Java ends itself. */
  @Test
  void startsAProgramAgainThatJavaCouldNotGoOnWith() throws Exception {
    Map<String, String> environment =
        Map.of("LINLI_JAVA_OPTIONS", "-XX:ErrorFile=" + cache.resolve("hs_err.log"));
    Running running = start("edge-agent", environment, IN_VAIN);
    try {
      ProcessHandle first = program(running);
      await().atMost(Duration.ofMinutes(1)).until(() -> running.text().contains("Starting Edge"));
      new ProcessBuilder("kill", "-s", "BUS", Long.toString(first.pid())).start().waitFor();

      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(running.text())
                      .contains("The edge-agent crashed")
                      .contains("is started again in 1 s."));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> program(running).pid(), pid -> pid != first.pid());
    } finally {
      running.process().destroyForcibly();
    }
  }

  @Test
  void doesNotStartAgainWhatIsKilledAndLeavesNothingBehindWhenItIsKilledItself() throws Exception {
    Running killed = start("edge-agent", Map.of(), IN_VAIN);
    try {
      program(killed).destroyForcibly();
      assertThat(killed.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(killed.process().exitValue()).isEqualTo(SIGKILL);
    } finally {
      killed.process().destroyForcibly();
    }

    Running abandoned = start("edge-agent", Map.of(), IN_VAIN);
    ProcessHandle left = program(abandoned);
    abandoned.process().destroyForcibly();
    await().atMost(Duration.ofSeconds(30)).until(() -> !left.isAlive());
  }

  @Test
  void aCopyWithoutItsJarSaysWhereItBelongs() throws Exception {
    Path copy = Files.copy(ROOT.resolve("launch"), cache.resolve("launch"));

    Said told = run(copy, Map.of(), "hub");

    assertThat(told.exitCode()).isEqualTo(1);
    assertThat(told.text()).startsWith("There is no hub.jar beside this script: copy it there");
  }

  /** A program that {@code launch} has started and stands beside. */
  private record Running(Process process, Path log) {
    String text() throws IOException {
      return Files.readString(log);
    }
  }

  private Running start(String program, Map<String, String> environment, List<String> options)
      throws IOException {
    Path log = Files.createTempFile(cache, program, ".log");
    List<String> command =
        new ArrayList<>(List.of("bash", ROOT.resolve("launch").toString(), program));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("LINLI_CACHE", cache.resolve("programs").toString());
    builder.environment().put("LINLI_DATA", cache.resolve("data").toString());
    builder.environment().putAll(environment);
    return new Running(builder.start(), log);
  }

  /** The Java beside which it stands, once it runs. */
  private static ProcessHandle program(Running running) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                running
                    .process()
                    .children()
                    .filter(child -> child.info().command().orElse("").endsWith("/java"))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static Said said(int exitCode, String line) {
    return new Said(exitCode, line + "\n");
  }

  private Said launch(Map<String, String> environment, String... arguments) throws Exception {
    return run(ROOT.resolve("launch"), environment, arguments);
  }

  private Said run(Path script, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LINLI_CACHE", cache.resolve("programs").toString());
    builder.environment().put("LINLI_DATA", cache.resolve("data").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }
}
