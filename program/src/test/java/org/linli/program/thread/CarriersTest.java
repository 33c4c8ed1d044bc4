package org.linli.program.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CarriersTest {

  /** In a Java of its own: how many carriers there are is decided once. */
  public static final class Program {

    private static final int HELD = 3;

    public static void main(String[] arguments) throws InterruptedException {
      Carriers.beMoreThanProcessors(HELD);
      CountDownLatch begun =
          new CountDownLatch(Runtime.getRuntime().availableProcessors() + HELD - 1);
      for (long i = begun.getCount(); i > 0; i--) {
        Thread.startVirtualThread(
            () -> {
              begun.countDown();
              while (true) {
                Thread.onSpinWait();
              }
            });
      }
      CountDownLatch other = new CountDownLatch(1);
      boolean all = begun.await(20, TimeUnit.SECONDS);
      Thread.startVirtualThread(other::countDown);
      System.out.println(all && other.await(20, TimeUnit.SECONDS) ? "goes on" : "stands still");
      System.out.println(System.getProperty(Carriers.SETTING));
      System.exit(0);
    }
  }

  private static List<String> run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    Process program =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> said =
        new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(program.waitFor()).isZero();
    return said;
  }

  @Test
  void othersGoOnWhereAsManyVirtualThreadsAsMayBeAreInNativeCode() throws Exception {
    assertThat(run().getFirst()).isEqualTo("goes on");
  }

  @Test
  void leavesItToTheOperatorWhoSaysHowManyThereAre() throws Exception {
    assertThat(run("-D" + Carriers.SETTING + "=40")).containsExactly("goes on", "40");
  }
}
