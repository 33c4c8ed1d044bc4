package org.linli.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.memory.HeapShare;

/** The table of docs/bounds.md with what a gateway's heap carries is what the programs compute. */
class HeapTableTest {

  private static final int MOST_MQTT = 5_000;
  private static final int MOST_HTTP = 256;
  private static final int BYTES_OF_A_SIGN_OF_LIFE = 2 * 1024;

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "bounds.md"));
  }

  /** What Java says of it with the options of {@code launch}: not all of it counts. */
  private static long heapOf(long megabytes) throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms16m",
                "-Xmx" + megabytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                LargestHeap.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(java.waitFor()).isZero();
    return Long.parseLong(said.strip());
  }

  /** Says how large its heap may become, in bytes. */
  static final class LargestHeap {

    private LargestHeap() {}

    static void main() {
      System.out.println(Runtime.getRuntime().maxMemory());
    }
  }

  @Test
  void launchTakesTheSameCollector() throws IOException {
    assertThat(Files.readString(Path.of("..", "launch")))
        .contains("options+=(-XX:+UseSerialGC -Xms16m ");
  }

  @ParameterizedTest
  @ValueSource(longs = {64, 128, 256})
  void saysWhatAHeapCarries(long megabytes) throws Exception {
    long heap = heapOf(megabytes);
    DoorMemory memory = new DoorMemory(heap);
    List<Long> carried =
        List.of(
            (long) Math.min(memory.mqttConnections(), MOST_MQTT),
            (long) Math.min(memory.httpConnections(), MOST_HTTP),
            HeapShare.LIVENESS.of(heap) / BYTES_OF_A_SIGN_OF_LIFE);
    String row =
        page()
            .lines()
            .filter(line -> line.startsWith("| `%dm`".formatted(megabytes)))
            .findFirst()
            .orElseThrow();

    assertThat(Arrays.stream(row.split("\\|")).skip(2).limit(3).map(String::strip))
        .containsExactlyElementsOf(carried.stream().map("%,d"::formatted).toList());
  }

  @Test
  void saysHowManyPlacesFewFilesGive() throws IOException {
    DoorFiles files = new DoorFiles(1_024);

    assertThat(page())
        .contains(
            "with `ulimit -n 1024` a gateway has %d places for MQTT and %d for HTTP at most"
                .formatted(files.mqttConnections(), files.httpConnections()));
  }
}
