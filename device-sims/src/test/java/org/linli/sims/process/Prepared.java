package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Hub and gateway as {@code ./launch --prepare} makes them ready, once for all tests: a start then
 * takes half the time, and the processor is what the tests are short of.
 */
final class Prepared {

  static final Path LAUNCH = Path.of("..", "launch").toAbsolutePath().normalize();

  /** Below {@code target}, so that {@code ./mvnw clean} throws it away. */
  private static final Path CACHE = Path.of("target", "prepared").toAbsolutePath();

  private static boolean done;

  private Prepared() {}

  /** Prepares both where that was not done yet; answers what LINLI_CACHE has to be. */
  static synchronized String cache() {
    if (!done) {
      Stream.of("hub", "edge-agent")
          .map(program -> CompletableFuture.runAsync(() -> prepare(program)))
          .toList()
          .forEach(CompletableFuture::join);
      done = true;
    }
    return CACHE.toString();
  }

  private static void prepare(String program) {
    ProcessBuilder builder =
        new ProcessBuilder("bash", LAUNCH.toString(), "--prepare", program)
            .redirectErrorStream(true);
    builder.environment().put("LINLI_CACHE", CACHE.toString());
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
