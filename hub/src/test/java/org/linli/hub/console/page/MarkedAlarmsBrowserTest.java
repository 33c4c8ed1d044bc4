package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.console.page.ConsoleBrowser.LIVE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.hub.RunningHub;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;

/** What a real browser shows of alarms that were not read in full, or that come late. */
@Tag("slow")
class MarkedAlarmsBrowserTest {

  private static final By CARDS = By.cssSelector("li.alert");

  @Test
  void saysSoInBothLanguages(@TempDir Path data) throws IOException {
    Chromium.assumeThere();
    try (RunningHub hub = RunningHub.start(data);
        ConsoleBrowser browser = ConsoleBrowser.start(Duration.ofSeconds(20))) {
      hub.gateway()
          .reports(
              "camera-cut-1",
              Kind.CAMERA,
              "fire.seen",
              Map.of(
                  "channel", new Value.Whole(3),
                  "clock", new Value.Text("gateway"),
                  "defect", new Value.Text("dateTime: is no time; " + "x".repeat(180))));
      hub.gateway()
          .reportsAt(hub.clock().instant().minus(Duration.ofDays(1)), "door-1", "door.forced");
      browser.driver.get(hub.at(hub.oneTimeLink()).toString());
      browser.choosePassword();
      for (String language : List.of("en", "zh")) {
        boolean chinese = language.equals("zh");
        browser.wide();
        browser.driver.get(hub.at("/?lang=" + language).toString());
        browser.soon.until(page -> page.findElement(LIVE));
        browser.soon.until(page -> page.findElements(CARDS).size() == 2);
        assertThat(browser.textOf(By.tagName("main")))
            .contains(chinese ? "未能完整读取" : "Not all of its message could be read: dateTime")
            .contains(chinese ? "（据上报内容）" : ", by the report's own time");
        browser.picture("marked-alarms-" + language);
        int number = 0;
        for (var alert : hub.json("/api/v1/alerts").get("items")) {
          browser.driver.get(
              hub.at("/alerts/" + alert.get("id").asString() + "?lang=" + language).toString());
          browser.picture("marked-alarm-" + number++ + "-" + language);
        }
        browser.driver.manage().window().setSize(new Dimension(900, 800));
        browser.driver.get(hub.at("/?lang=" + language).toString());
        browser.soon.until(page -> page.findElements(CARDS).size() == 2);
        browser.driver.executeScript(
            "document.getElementById('live').setAttribute('data-state', 'away')");
        browser.picture("marked-alarms-900-" + language);
        browser.assertNothingSticksOut();
        assertThat(
                browser.driver.executeScript(
                    "return Array.from(document.querySelectorAll('.top .community, .pages a, .who"
                        + " span')).every(each => each.offsetHeight < 50)"))
            .as("each of the top bar has one line")
            .isEqualTo(true);
        browser.narrow();
        browser.driver.get(hub.at("/?lang=" + language).toString());
        browser.soon.until(page -> page.findElements(CARDS).size() == 2);
        browser.picture("marked-alarms-narrow-" + language);
        browser.assertNothingSticksOut();
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
