package org.linli.sims.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linli.sims.RunningCommand;

/**
 * A smoke run of four faults, and the short run: thirty kills, and each fault once. It runs beside
 * other tests, because its programs wait most of the time for one another to start.
 */
@Tag("slow")
class TortureIT {

  private static final int KILLS = 30;

  @TempDir private Path folder;

  @Test
  void aKillOfEachABrokenLineAndALostReceiptLoseDoubleAndInventNothing() throws Exception {
    Path kept = folder.resolve("run");
    RunningCommand run =
        RunningCommand.run(
            "torture",
            "--seed=20",
            "--brisk",
            "--only=kill-agent,kill-hub,cut,receipt-lost",
            "--each=1",
            "--root=..",
            "--keep=" + kept);
    String said = run.out() + run.err();

    assertThat(run.exitCode()).as(said).isZero();
    assertThat(Files.readString(kept.resolve("timeline.txt")))
        .as("every fault happened")
        .doesNotContain("NOT REACHED", "NOTHING CAME BY", "LEFT OUT", "STILL");
    assertThat(number(said, "acknowledged +(\\d+)")).as(said).isPositive();
  }

  @Tag("thorough")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  @Test
  void thirtyKillsAndEveryFaultOnceLoseDoubleAndInventNothing() throws Exception {
    Path kept = folder.resolve("run");
    RunningCommand run =
        RunningCommand.run(
            "torture", "--seed=20", "--brisk", "--kills=" + KILLS, "--root=..", "--keep=" + kept);
    String said = run.out() + run.err();

    assertThat(run.exitCode()).as(said).isZero();
    assertThat(Files.readString(kept.resolve("timeline.txt")))
        .as("every fault happened")
        .doesNotContain("NOT REACHED", "NOTHING CAME BY", "LEFT OUT", "STILL");
    assertThat(number(said, "(\\d+) kills in ")).isGreaterThanOrEqualTo(KILLS);
    assertThat(number(said, "acknowledged +(\\d+)")).isGreaterThan(5_000);
    assertThat(number(said, "given up +(\\d+)")).as(said).isPositive();
  }

  private static long number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
