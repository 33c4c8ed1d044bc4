package org.linli.sims.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.sims.RunningCommand;
import org.linli.sims.disk.FuseHere;

/**
 * A judge that says "holds" is believed only because it says "broken" of programs that are: each
 * promise is taken away by {@code fault-points}, and the plan that holds without must fail then.
 */
@Tag("thorough")
@ResourceLock("a hub and a gateway that run")
class SabotageIT {

  private static final int BROKEN = 1;
  private static final int DOES_NOT_COME_UP = 3;

  @TempDir private Path folder;

  @Test
  void theSamePlanHoldsWithoutSabotage() {
    FuseHere.assume();

    RunningCommand whole =
        torture(
            "power-cut-agent,agent-before-fsync,batch-repeated,kill-hub,batch-forged,hub-away-beyond-quota",
            2,
            List.of("--disks"));

    assertThat(whole.exitCode()).as(whole.out() + whole.err()).isZero();
  }

  @Test
  void anEarlyAcknowledgementIsFoundOut() throws IOException {
    isFoundOut("acknowledge-early", "agent-before-fsync", 4);
  }

  @ParameterizedTest
  @CsvSource({
    "skip-fsync,        power-cut-agent,       3",
    "forget-watermark,  batch-repeated,        3",
    "merge-lanes,       kill-hub,              1",
    "ignore-digest,     batch-forged,          2",
    "drop-shed-range,   hub-away-beyond-quota, 1",
  })
  void isFoundOut(String sabotage, String fault, int times) throws IOException {
    boolean needsDisk = sabotage.equals("skip-fsync");
    if (needsDisk) {
      FuseHere.assume();
    }
    List<String> broken = new ArrayList<>(List.of("--sabotage=" + sabotage));
    if (needsDisk) {
      broken.add("--disks");
    }

    RunningCommand run = torture(fault, times, broken);

    assertThat(run.exitCode()).as(run.out() + run.err()).isIn(BROKEN, DOES_NOT_COME_UP);
    assertThat(logs())
        .as("a program that the sabotage has no place in gives nothing away")
        .doesNotContain("fault-points:");
  }

  private String logs() throws IOException {
    return Files.readString(folder.resolve("run/agent.log"))
        + Files.readString(folder.resolve("run/hub.log"));
  }

  /**
   * Not a promise that is taken away: one part of the hub fails, and no promise is broken by it.
   */
  @Test
  void theRestIsUnharmedWhereThePartForAlertsFailsWithOneDevice() {
    RunningCommand run =
        torture("kill-hub,hub-within-transaction", 1, List.of("--sabotage=fail-participant"));

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .containsPattern(
            "ok   what the alerts fail with is among the dead letters, once each  *[1-9]")
        .contains("ok   an alert about the gateway counts them")
        .contains("ok   every other device that had one opened its alert");
  }

  private RunningCommand torture(String faults, int times, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "torture",
                "--seed=7",
                "--brisk",
                "--only=" + faults,
                "--each=" + times,
                "--root=..",
                "--keep=" + folder.resolve("run")));
    arguments.addAll(more);
    return RunningCommand.run(arguments.toArray(String[]::new));
  }
}
