package org.linli.sims.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);

  @Test
  void theSameSeedMakesTheSamePlanAndAnotherSeedAnotherOne() {
    assertThat(Plan.of(7, ALL, 2, 100)).isEqualTo(Plan.of(7, ALL, 2, 100));
    assertThat(Plan.of(8, ALL, 2, 100).steps()).isNotEqualTo(Plan.of(7, ALL, 2, 100).steps());
  }

  @Test
  void aPlanStaysWhatItWasFromOneVersionToTheNext() {
    assertThat(Plan.of(1, EnumSet.of(Fault.KILL_AGENT, Fault.KILL_HUB, Fault.CUT), 2, 6).steps())
        .extracting(step -> step.fault() + " " + step.pauseMillis())
        .containsExactly(
            "kill-hub 748",
            "cut 817",
            "kill-agent 1234",
            "kill-agent 96",
            "cut 332",
            "kill-hub 674",
            "kill-agent 653",
            "kill-hub 205");
  }

  @Test
  void eachFaultComesAsOftenAsAskedForAndKillsAreAddedUntilThereAreEnough() {
    Plan plan = Plan.of(3, ALL, 3, 300);
    assertThat(plan.kills()).isBetween(300, 301);
    assertThat(
            plan.steps().stream()
                .collect(Collectors.groupingBy(Plan.Step::fault, Collectors.counting())))
        .hasSize(ALL.size())
        .allSatisfy((fault, times) -> assertThat(times).isGreaterThanOrEqualTo(3))
        .allSatisfy(
            (fault, times) ->
                assertThat(times > 3)
                    .isEqualTo(
                        fault == Fault.KILL_AGENT
                            || fault == Fault.KILL_HUB
                            || fault == Fault.KILL_BOTH));
  }

  @Test
  void pointsAreCalledAsTheTestBuildCallsThem() {
    assertThat(ALL.stream().filter(Fault::isPoint).map(Fault::point))
        .containsExactly(
            "agent.before-fsync",
            "agent.between-fsync-and-acknowledgement",
            "agent.between-receipt-and-delete",
            "hub.within-transaction",
            "hub.between-commit-and-receipt",
            "hub.between-history-and-journal");
  }
}
