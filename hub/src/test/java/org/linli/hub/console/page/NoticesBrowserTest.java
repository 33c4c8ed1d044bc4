package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.console.page.ConsoleBrowser.LIVE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.UplinkProperties;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.gateway.GatewayThreadFailed;
import org.linli.hub.records.ClockJumped;
import org.openqa.selenium.By;

/** What hub and gateway say of themselves, in a real browser, in both languages. */
@Tag("slow")
class NoticesBrowserTest {

  private static final By CARDS = By.cssSelector("li.alert");
  private static final By FOUND = By.cssSelector(".timeline");

  @Test
  void saysThatTheClockJumpedAndThatDevicesAreForgotten(@TempDir Path data) throws IOException {
    Chromium.assumeThere();
    try (RunningHub hub = RunningHub.start(data);
        ConsoleBrowser browser = ConsoleBrowser.start(Duration.ofSeconds(20))) {
      Instant now = hub.clock().instant();
      hub.publish(new ClockJumped(now, now.plus(Duration.ofDays(400))));
      hub.publish(
          new GatewayThreadFailed(
              ReportingGateway.ID, UplinkProperties.DEVICES_FORGOTTEN, "", now, now));
      browser.driver.get(hub.at(hub.oneTimeLink()).toString());
      browser.choosePassword();
      for (String language : List.of("en", "zh")) {
        browser.wide();
        browser.driver.get(hub.at("/?lang=" + language).toString());
        browser.soon.until(page -> page.findElement(LIVE));
        browser.soon.until(page -> page.findElements(CARDS).size() == 2);
        assertThat(browser.textOf(By.tagName("main"))).doesNotContain("未登记设备 hub", "device hub");
        browser.picture("notices-" + language);
        browser.narrow();
        browser.picture("notices-narrow-" + language);
        browser.assertNothingSticksOut();
        for (int card = 0; card < 2; card++) {
          browser.driver.get(hub.at("/?lang=" + language).toString());
          int one = card;
          String page =
              browser.soon.until(
                  there ->
                      String.valueOf(
                          there
                              .findElements(By.cssSelector("li.alert h2 a"))
                              .get(one)
                              .getDomAttribute("href")));
          browser.driver.get(hub.at(page).toString());
          String said = browser.textOf(FOUND);
          assertThat(said)
              .containsAnyOf("clock shows", "nobody registered", "时钟发生跳变", "最久没有上报的未登记设备");
          browser.picture("notice-" + card + "-narrow-" + language);
          browser.assertNothingSticksOut();
        }
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
