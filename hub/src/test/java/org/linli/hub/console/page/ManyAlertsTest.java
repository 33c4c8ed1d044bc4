package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;

/** A console with more open alerts than anybody works off. */
@Tag("slow")
class ManyAlertsTest {

  private static final int MANY = 501;

  /**
   * Registered devices: of others a gateway has 50 alerts of one sort, and then one for the rest.
   */
  private static String communityOfMany() throws IOException {
    String doors =
        IntStream.range(0, MANY)
            .mapToObj(
                i ->
                    "  - {id: door-of-many-%d, kind: access, building: b1, gateway: gateway-1,"
                            .formatted(i)
                        + " name: {zh: 门%d, en: Door %d}}\n".formatted(i, i))
            .collect(Collectors.joining());
    return Files.readString(Path.of("../docs/examples/community.yml"))
        .replace("devices:\n", "devices:\n" + doors);
  }

  @Test
  void hideNoOldOneThatIsGraver(@TempDir Path data) throws IOException {
    Path community = Files.writeString(data.resolve("many.yml"), communityOfMany());
    try (RunningHub hub = RunningHub.start(data, "--linli.community-file=" + community)) {
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
