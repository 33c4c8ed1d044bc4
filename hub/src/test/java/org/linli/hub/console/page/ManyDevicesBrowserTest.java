package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Devices by the hundred in a real browser: from the first page to the one that is looked for. */
@Tag("slow")
class ManyDevicesBrowserTest {

  private static final int DEVICES = 250;
  private static final By MORE = By.cssSelector("details p.aside a");
  private static final By FOUND = By.cssSelector("p[role=status]");
  private static final By NAMES = By.cssSelector("ul.rows a");

  @Test
  void leadsFromTheFirstPageToTheDeviceThatIsLookedFor(@TempDir Path data) throws IOException {
    Chromium.assumeThere();
    try (RunningHub hub = RunningHub.start(data);
        ConsoleBrowser browser = ConsoleBrowser.start(Duration.ofSeconds(20))) {
      for (int i = 0; i < DEVICES; i++) {
        hub.gateway().reports("invented-%03d".formatted(i), Kind.ACCESS, "door.opened");
      }
      browser.driver.get(hub.at(hub.oneTimeLink()).toString());
      browser.choosePassword();
      browser.soon.until(page -> page.findElement(MORE).getText().startsWith("150 more"));
      assertThat(browser.driver.findElements(NAMES)).hasSizeLessThan(DEVICES);
      scrollTo(browser, MORE);
      browser.picture("many-devices");

      browser.click(MORE);
      assertThat(browser.textOf(FOUND)).contains("page 1 of");
      browser.picture("devices");
      browser.type("find", "INVENTED");
      browser.click(By.cssSelector("form[role=search] button"));
      browser.soon.until(
          page -> page.findElement(FOUND).getText().equals("250 devices, page 1 of 3"));
      browser.picture("devices-found");
      browser.click(By.cssSelector("a[rel=next]"));
      browser.soon.until(page -> page.findElement(FOUND).getText().endsWith("page 2 of 3"));
      assertThat(browser.driver.findElements(NAMES))
          .hasSize(100)
          .first()
          .extracting(WebElement::getText)
          .isEqualTo("invented-100");
      scrollTo(browser, By.cssSelector("a[rel=next]"));
      browser.picture("devices-page-2");

      browser.narrow();
      browser.driver.get(hub.at("/?lang=zh").toString());
      browser.soon.until(page -> page.findElement(MORE).getText().contains("还有 150 台"));
      scrollTo(browser, MORE);
      browser.picture("many-devices-narrow-chinese");
      browser.assertNothingSticksOut();
      browser.click(MORE);
      browser.type("find", "invented-2");
      browser.click(By.cssSelector("form[role=search] button"));
      browser.soon.until(page -> page.findElement(FOUND).getText().contains("共 50 台"));
      browser.picture("devices-narrow-chinese");
      browser.assertNothingSticksOut();
      browser.driver.get(hub.at("/devices?find=" + "nobody".repeat(16)).toString());
      assertThat(browser.textOf(FOUND)).contains("没有名称或编号包含该内容的设备");
      browser.picture("devices-none-narrow-chinese");
      browser.assertNothingSticksOut();

      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void scrollTo(ConsoleBrowser browser, By what) {
    browser.driver.executeScript(
        "arguments[0].scrollIntoView({block: 'center'})", browser.driver.findElement(what));
  }
}
