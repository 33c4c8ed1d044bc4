package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;

/** What the console says of the devices of a grid. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class DeviceWordsTest {

  private final RunningHub hub;

  DeviceWordsTest(RunningHub hub) {
    this.hub = hub;
  }

  @Test
  void speakOfTheOthersOnlyWhereSomeAreShownBefore() {
    String page = hub.signedInVisitor().get("/console/devices?lang=zh").body();
    List<String> grids =
        Arrays.stream(page.split("<h3")).skip(1).filter(grid -> grid.contains("<summary")).toList();

    assertThat(grids).isNotEmpty();
    assertThat(grids)
        .allSatisfy(
            grid ->
                assertThat(grid)
                    .contains(grid.contains("class=\"rows\"") ? "<summary>其余 " : "<summary>全部 "));
  }
}
