package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;

/** However many devices there are, a page names some and says how to find the others. */
class ManyDevicesTest {

  private static final int DEVICES = 250;

  @Test
  void namesSomeAndFindsAll(@TempDir Path data) {
    try (RunningHub hub = RunningHub.start(data)) {
      for (int i = 0; i < DEVICES; i++) {
        hub.gateway().reports("invented-%03d".formatted(i), Kind.ACCESS, "door.opened");
      }
      RunningHub.Visitor visitor = hub.signedInVisitor();
      await()
          .until(
              () ->
                  visitor
                      .get("/devices?find=invented")
                      .body()
                      .contains(DEVICES + " devices, page 1 of 3"));

      String console = visitor.get("/").body();
      assertThat(console.split("invented-", -1).length - 1).isBetween(100, 2 * DeviceView.NAMED);
      assertThat(console).contains("150 more: look for one").contains("href=\"/devices\"");
      String last = visitor.get("/devices?find=INVENTED&page=3").body();
      assertThat(last).contains("invented-249").contains("page 3 of 3").doesNotContain("Next page");
      assertThat(visitor.get("/devices?find=invented-17&page=999999999999").body())
          .contains("10 devices, page 1 of 1")
          .contains("invented-170");
      assertThat(visitor.get("/devices?find=%3Cb%3E").body())
          .contains("No device has this in its name or id.")
          .contains("&lt;b&gt;");
    }
  }
}
