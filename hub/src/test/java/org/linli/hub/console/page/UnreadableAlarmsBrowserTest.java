package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.console.page.ConsoleBrowser.LIVE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.openqa.selenium.By;

/**
 * What a real browser shows where a gateway could not read messages that may report an emergency.
 */
@Tag("slow")
class UnreadableAlarmsBrowserTest {

  private static final By CARDS = By.cssSelector("li.alert");

  @Test
  void saysWhatToDoInBothLanguages(@TempDir Path data) throws IOException {
    Chromium.assumeThere();
    try (RunningHub hub = RunningHub.start(data);
        ConsoleBrowser browser = ConsoleBrowser.start(Duration.ofSeconds(20))) {
      Device device =
          TestCommunities.only(hub.bean(Registry.class)).devices().stream()
              .filter(one -> one.kind() == Kind.CARE)
              .findFirst()
              .orElseThrow();
      hub.gateway().couldNotRead(ReportingGateway.ID.value(), Kind.ENVIRONMENT, "smoke", 1);
      hub.gateway().couldNotRead(ReportingGateway.ID.value(), Kind.ENVIRONMENT, "smoke", 999);
      hub.gateway().couldNotRead(device.id().value(), Kind.CARE, "求救", 1);
      List<String> pages = new ArrayList<>();
      hub.json("/api/v1/alerts")
          .get("items")
          .forEach(alert -> pages.add("/alerts/" + alert.get("id").asString()));
      assertThat(pages).hasSize(2);
      assertThat(hub.json("/api/v1/devices").toString())
          .as("the gateway is no device")
          .doesNotContain("\"" + ReportingGateway.ID + "\",\"kind");
      browser.driver.get(hub.at(hub.oneTimeLink()).toString());
      browser.choosePassword();
      for (String language : List.of("en", "zh")) {
        boolean chinese = language.equals("zh");
        browser.wide();
        browser.driver.get(hub.at("/?lang=" + language).toString());
        browser.soon.until(page -> page.findElement(LIVE));
        browser.soon.until(page -> page.findElements(CARDS).size() == 2);
        assertThat(browser.textOf(By.tagName("main")))
            .contains(chinese ? "疑似报警的消息无法读取" : "A message that may be an alarm cannot be read")
            .contains("1,000");
        browser.picture("unreadable-alarms-" + language);
        for (int i = 0; i < pages.size(); i++) {
          browser.driver.get(hub.at(pages.get(i) + "?lang=" + language).toString());
          assertThat(browser.textOf(By.tagName("main")))
              .contains(chinese ? "请先核实现场是否有人遇险" : "First find out whether anybody is in danger")
              .contains(chinese ? "无法读取的原因：不是 JSON" : "sent to “b7/hall”");
          browser.picture("unreadable-alarm-" + i + "-" + language);
        }
        browser.narrow();
        browser.picture("unreadable-alarm-narrow-" + language);
        browser.assertNothingSticksOut();
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
