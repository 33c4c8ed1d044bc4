package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.console.page.ConsoleBrowser.LIVE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.GatewayTrouble;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.gateway.GatewayTroublesRead;
import org.openqa.selenium.By;

/** What a real browser shows of a gateway that is connected and in trouble. */
@Tag("slow")
class GatewayTroublesBrowserTest {

  private static final By CARDS = By.cssSelector("li.alert");
  private static final By LINES = By.cssSelector(".detail.trouble");

  @Test
  void isNotGreenAndSaysWhatIsWrongInBothLanguages(@TempDir Path data) throws IOException {
    Chromium.assumeThere();
    try (RunningHub hub = RunningHub.start(data);
        ConsoleBrowser browser = ConsoleBrowser.start(Duration.ofSeconds(20))) {
      Instant now = hub.clock().instant();
      Map<GatewayTrouble, Instant> troubles = new EnumMap<>(GatewayTrouble.class);
      for (GatewayTrouble trouble : GatewayTrouble.values()) {
        troubles.put(trouble, now.minusSeconds(300));
      }
      hub.publish(new GatewayConnected(ReportingGateway.ID, now));
      hub.publish(new GatewayTroublesRead(ReportingGateway.ID, null, troubles, now));
      browser.driver.get(hub.at(hub.oneTimeLink()).toString());
      browser.choosePassword();
      for (String language : List.of("en", "zh")) {
        browser.wide();
        browser.driver.get(hub.at("/?lang=" + language).toString());
        browser.soon.until(page -> page.findElement(LIVE));
        browser.soon.until(page -> page.findElements(CARDS).size() == troubles.size());
        browser.soon.until(page -> page.findElements(LINES).size() == troubles.size());
        assertThat(browser.textOf(By.tagName("main")))
            .contains(
                language.equals("zh")
                    ? "网关不再接收设备上报的事件（5 分钟前开始）"
                    : "It takes nothing and sends its devices away; that began 5 min ago.");
        browser.picture("gateway-troubles-" + language);
        browser.narrow();
        browser.picture("gateway-troubles-narrow-" + language);
        browser.assertNothingSticksOut();
        browser.driver.executeScript(
            "document.querySelector('.detail.trouble').scrollIntoView({block: 'center'})");
        browser.picture("gateway-troubles-lines-narrow-" + language);
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
