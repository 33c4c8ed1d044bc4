package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.console.page.ConsoleBrowser.LIVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.registry.TestCommunities;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** The console of a hub with two communities, in a real browser. */
@Tag("slow")
class TwoCommunitiesBrowserTest {

  private static final By ALERTS = By.cssSelector("li.alert");

  @TempDir private Path folder;

  @Test
  void showsAllOrTheOneThatIsChosenAndStaysWithIt() throws IOException {
    Chromium.assumeThere();
    Path files = TestCommunities.twoIn(Files.createDirectory(folder.resolve("communities")));
    try (RunningHub hub =
            RunningHub.start(folder.resolve("data"), "--linli.community-file=" + files);
        ConsoleBrowser screen = ConsoleBrowser.start(Duration.ofSeconds(20))) {
      screen.driver.get(hub.at(hub.oneTimeLink()).toString());
      screen.choosePassword();
      ReportingGateway west = hub.gateway("gateway-2");
      hub.gateway().reports("door-1", Kind.CAMERA, "fire.seen", Map.of());
      west.reports("door-1", Kind.CAMERA, "fire.seen", Map.of("floor", new Value.Whole(3)));
      screen.soon.until(page -> page.findElements(ALERTS).size() == 2);
      assertThat(screen.textOf(By.cssSelector("ul.alerts"))).contains("East", "West");
      assertThat(screen.textOf(By.cssSelector(".beside"))).contains("East", "West", "gateway-2");
      look(screen, "two-communities");

      choose(screen, "west");
      screen.soon.until(page -> page.findElements(ALERTS).size() == 1);
      assertThat(screen.textOf(ALERTS)).contains("West door");
      assertThat(screen.textOf(By.cssSelector(".beside"))).doesNotContain("East", "gateway-1");
      hub.gateway().reports("lift-1", Kind.ELEVATOR, "passenger.trapped", Map.of());
      west.reports("lift-9", Kind.ELEVATOR, "passenger.trapped", Map.of());
      screen.soon.until(page -> page.findElements(ALERTS).size() == 2);
      assertThat(screen.textOf(By.cssSelector("ul.alerts")))
          .as("of what happens now too")
          .contains("lift-9")
          .doesNotContain("Lift");
      look(screen, "one-of-two-communities");

      screen.driver.get(hub.at("/devices").toString());
      screen.soon.until(page -> page.findElement(LIVE));
      look(screen, "devices-of-two-communities");
      choose(screen, "east");
      assertThat(screen.textOf(By.cssSelector("ul.rows")))
          .contains("East door")
          .doesNotContain("West door");

      screen.driver.get(hub.at("/devices/door-1").toString());
      look(screen, "which-device");
      screen.click(By.linkText("West"));
      screen.soon.until(page -> page.findElement(By.cssSelector("dl")).getText().contains("West"));
      look(screen, "device-of-one-of-two-communities");
      assertThat(screen.complaints())
          .as("but that the page which asks is no page of a device")
          .allMatch(line -> line.contains("300"));
    }
  }

  private static void choose(ConsoleBrowser screen, String community) {
    new Select(screen.driver.findElement(By.cssSelector(".communities select")))
        .selectByValue(community);
    screen.click(By.cssSelector(".communities button"));
    screen.soon.until(
        page -> String.valueOf(page.getCurrentUrl()).contains("community=" + community));
    screen.soon.until(page -> page.findElement(LIVE));
  }

  /** Wide and narrow, in both languages; ends in English and wide. */
  private static void look(ConsoleBrowser screen, String name) throws IOException {
    screen.picture(name);
    screen.narrow();
    screen.assertNothingSticksOut();
    screen.picture(name + "-narrow");
    screen.wide();
    screen.click(By.cssSelector("a.language[lang=zh-CN]"));
    screen.soon.until(page -> page.findElement(By.cssSelector("html[lang=zh-CN]")));
    screen.picture(name + "-chinese");
    screen.narrow();
    screen.assertNothingSticksOut();
    screen.picture(name + "-chinese-narrow");
    screen.wide();
    screen.click(By.cssSelector("a.language[lang=en]"));
    screen.soon.until(page -> page.findElement(By.cssSelector("html[lang=en]")));
  }
}
