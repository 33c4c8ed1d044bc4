package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Hub and gateway unpacked beside a copy of {@code ./launch}, once for all tests. A start from
 * there takes half of what it takes from a jar within a jar; a cache would take more to train than
 * these few starts bring back.
 */
final class Unpacked {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Below {@code target}, so that {@code ./mvnw clean} throws it away. */
  private static final Path FOLDER = Path.of("target", "unpacked").toAbsolutePath();

  private static boolean done;

  private Unpacked() {}

  /** The copy of the launch script that starts what is unpacked. */
  static synchronized Path launch() {
    if (!done) {
      List.of("hub", "edge-agent").forEach(Unpacked::unpack);
      try {
        Files.copy(
            ROOT.resolve("launch"),
            FOLDER.resolve("launch"),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      done = true;
    }
    return FOLDER.resolve("launch");
  }

  private static void unpack(String program) {
    Path jar = ROOT.resolve(Path.of(program, "target", program + ".jar"));
    assertThat(jar).as("run ./mvnw package for all modules first").exists();
    ProcessBuilder builder =
        new ProcessBuilder(
                Program.JAVA.toString(),
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--force",
                "--destination",
                FOLDER.toString())
            .redirectErrorStream(true);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
