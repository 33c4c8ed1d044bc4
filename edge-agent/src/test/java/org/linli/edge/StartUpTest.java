package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.DoorMemory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class StartUpTest {

  private static final String USED = "is used by another program: stop that program, or set ";

  @TempDir Path data;

  @Test
  void saysInOneSentenceThatTheMqttPortIsInUse(CapturedOutput console) throws IOException {
    try (ServerSocket other = taken()) {
      refusesToStart("--linli.mqtt.port=" + other.getLocalPort());

      assertThat(console.getErr().strip())
          .isEqualTo(
              "Port %d on 127.0.0.1, which MQTT for devices needs, %slinli.mqtt.port to a free port."
                  .formatted(other.getLocalPort(), USED));
      showsNoStackTrace(console);
    }
  }

  @Test
  void saysInOneSentenceThatTheCoapPortIsInUse(CapturedOutput console) throws IOException {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      refusesToStart("--linli.coap.port=" + other.getLocalPort());

      assertThat(console.getErr().strip())
          .isEqualTo(
              "Port %d on 127.0.0.1, which CoAP for devices needs, %slinli.coap.port to a free port."
                  .formatted(other.getLocalPort(), USED));
      showsNoStackTrace(console);
    }
  }

  @Test
  void saysInOneSentenceThatTheHttpPortIsInUse(CapturedOutput console) throws IOException {
    try (ServerSocket other = taken()) {
      refusesToStart("--server.port=" + other.getLocalPort());

      assertThat(console.getErr().strip())
          .isEqualTo(
              "Port %d on 127.0.0.1, which HTTP for devices and the local page needs, %sserver.port to a free port."
                  .formatted(other.getLocalPort(), USED));
      showsNoStackTrace(console);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"linli.mqtt.address", "linli.coap.address", "server.address"})
  void listensBeyondThisMachineInPlainTextOnlyWhenToldSo(String setting, CapturedOutput console) {
    refusesToStart("--" + setting + "=0.0.0.0");
    assertThat(console.getErr().strip())
        .contains("0.0.0.0 without encryption")
        .contains("set " + setting + " to 127.0.0.1, or linli.allow-plain-text to true")
        .doesNotContain("\n");
    showsNoStackTrace(console);

    try (RunningGateway _ =
        RunningGateway.start(data, "--" + setting + "=0.0.0.0", "--linli.allow-plain-text=true")) {
      assertThat(console.getOut()).contains("WARN").contains("without encryption");
    }
  }

  @Test
  void saysInOneSentenceThatAnAddressIsNotItsOwn(CapturedOutput console) {
    refusesToStart("--linli.mqtt.address=192.0.2.1", "--linli.allow-plain-text=true");

    assertThat(console.getErr().strip())
        .startsWith("MQTT for devices cannot listen on 192.0.2.1:")
        .contains("set linli.mqtt.address and linli.mqtt.port")
        .doesNotContain("\n");
    showsNoStackTrace(console);
  }

  @Test
  void namesASettingThatCannotBe(CapturedOutput console) {
    refusesToStart("--linli.mqtt.in-flight=0");

    assertThat(console.getErr().strip())
        .isEqualTo("linli.mqtt.in-flight is 0, and must lie between 1 and 65535.");
    showsNoStackTrace(console);
  }

  @Test
  void saysNothingElseThanThatATokenIsTooShort(CapturedOutput console) {
    refusesToStart("--linli.local-token=short");

    assertThat(console.getErr().strip())
        .startsWith("linli.local-token (LINLI_LOCAL_TOKEN) has 5 characters, at least 16")
        .doesNotContain("\n");
    assertThat(console.getAll()).doesNotContain("Error starting Tomcat");
    showsNoStackTrace(console);
  }

  @Test
  void saysThatTheHeapHasRoomForFewerDevicesThanAreSet(CapturedOutput console) {
    try (RunningGateway _ = RunningGateway.start(data, "--linli.liveness.max-devices=2000000000")) {
      assertThat(
              console.getOut().lines().filter(line -> line.contains("linli.liveness.max-devices")))
          .singleElement()
          .asString()
          .contains("2000000000")
          .contains("LINLI_HEAP");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linli.mqtt.max-connections, 6000",
    "linli.mqtt.max-message-size, 20MB",
    "linli.mqtt.max-will-size, 50MB",
    "linli.http.max-message-size, 20MB",
    "linli.coap.max-message-size, 20MB"
  })
  void refusesWhatTheHeapDoesNotCarry(String setting, String value, CapturedOutput console) {
    assertThatThrownBy(
            () ->
                RunningGateway.start(data, new DoorMemory(128L << 20), "--" + setting + "=" + value)
                    .close())
        .isInstanceOf(RuntimeException.class);

    assertThat(console.getErr().strip())
        .startsWith(setting + " is ")
        .containsPattern("a heap of 128 MB carries [0-9]+[KM]?B?: give the agent more with")
        .contains("LINLI_HEAP")
        .doesNotContain("\n");
    showsNoStackTrace(console);
  }

  @Test
  @Tag("slow")
  void endsTheProcessWithOneSentenceAndExitCode1() throws Exception {
    try (ServerSocket other = taken()) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  EdgeAgentApplication.class.getName(),
                  "--linli.data=" + data,
                  "--linli.hub-uri=mqtt://127.0.0.1:1",
                  "--server.port=0",
                  "--linli.coap.port=0",
                  "--linli.mqtt.port=" + other.getLocalPort())
              .redirectOutput(new File(data.toFile(), "out"))
              .start();
      String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(errors.lines().filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")))
          .singleElement()
          .asString()
          .startsWith("Port " + other.getLocalPort() + " on 127.0.0.1");
    }
  }

  @Test
  @Tag("slow")
  void saysInOneSentenceThatTheProcessMayOpenTooFewFiles() throws Exception {
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -n 150; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                EdgeAgentApplication.class.getName(),
                "--linli.data=" + data,
                "--linli.hub-uri=mqtt://127.0.0.1:1",
                "--server.port=0",
                "--linli.coap.port=0",
                "--linli.mqtt.port=0")
            .redirectOutput(new File(data.toFile(), "out"))
            .start();
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(errors.lines().filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")))
        .singleElement()
        .asString()
        .startsWith("The process may open 150 files, too few to serve devices")
        .contains("LimitNOFILE=");
    assertThat(Files.readString(data.resolve("out"))).doesNotContain("\tat ");
  }

  private void refusesToStart(String... settings) {
    assertThatThrownBy(() -> RunningGateway.start(data, settings).close())
        .isInstanceOf(RuntimeException.class);
  }

  private static void showsNoStackTrace(CapturedOutput console) {
    assertThat(console.getAll()).doesNotContain("\tat ").doesNotContain("APPLICATION FAILED");
  }

  private static ServerSocket taken() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }
}
