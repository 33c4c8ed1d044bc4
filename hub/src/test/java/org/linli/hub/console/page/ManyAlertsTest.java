package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;

/** A console with more open alerts than anybody works off. */
@Tag("slow")
class ManyAlertsTest {

  private static final int MANY = 501;

  @Test
  void hideNoOldOneThatIsGraver(@TempDir Path data) {
    try (RunningHub hub = RunningHub.start(data)) {
      hub.gateway().reports("elevator-1-1", Kind.ELEVATOR, "passenger.trapped");
      for (int i = 0; i < MANY; i++) {
        hub.gateway().reports("door-of-many-" + i, Kind.ACCESS, "door.forced");
      }

      String page = hub.signedInVisitor().get("/console/alerts?lang=en").body();

      assertThat(page).contains("Passenger trapped").contains((MANY + 1) + " open");
      assertThat(page.indexOf("Passenger trapped")).isLessThan(page.indexOf("Door forced"));
      assertThat(Pattern.compile("<article").matcher(page).results().count())
          .as("cards on the page")
          .isLessThanOrEqualTo(60);
    }
  }
}
