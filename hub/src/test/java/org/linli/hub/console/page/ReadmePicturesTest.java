package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The console as the READMEs show it, in both languages. {@code readme-en.png} and {@code
 * readme-zh.png} in {@code hub/target/console} become {@code docs/images/console-en.png} and {@code
 * console-zh.png} by hand, where somebody looks at them first.
 */
@Tag("slow")
class ReadmePicturesTest {

  private static final Path PICTURES = Path.of("target", "console");
  private static final By LIVE = By.cssSelector("#live[data-state=live]");

  @TempDir Path data;

  @Test
  void showsAFewAlertsInBothLanguages() throws IOException {
    Chromium.assumeThere();
    RunningHub hub = RunningHub.start(data);
    ChromeDriver browser = Chromium.start();
    try {
      browser.manage().window().setSize(new Dimension(1280, 900));
      WebDriverWait soon =
          new WebDriverWait(browser, Duration.ofSeconds(20), Duration.ofMillis(100));
      soon.ignoring(StaleElementReferenceException.class);
      browser.get(hub.at(hub.oneTimeLink()).toString());
      browser.findElement(By.id("name")).sendKeys("周建国");
      browser.findElement(By.id("password")).sendKeys(RunningHub.PASSWORD);
      browser.findElement(By.id("repeated")).sendKeys(RunningHub.PASSWORD);
      browser.findElement(By.cssSelector("button.primary")).click();
      soon.until(page -> page.findElement(LIVE));

      hub.publish(new GatewayConnected(ReportingGateway.ID, hub.clock().instant()));
      for (Device device : TestCommunities.only(hub.bean(Registry.class)).devices()) {
        hub.gateway().reports(device.id().value(), device.kind(), "measurement");
      }
      hub.gateway()
          .reports("door-2", Kind.ACCESS, "door.forced", Map.of("seconds", new Value.Whole(3)));
      soon.until(page -> page.findElements(By.cssSelector("li.alert")).size() == 1);
      // The list is drawn anew with each event: what was found may be gone when it is clicked.
      soon.until(
          page -> {
            page.findElement(By.cssSelector("li.alert button.primary")).click();
            return true;
          });
      soon.until(page -> page.findElement(By.cssSelector("li.alert.acknowledged")));
      hub.gateway()
          .reports(
              "elevator-1-1",
              Kind.ELEVATOR,
              "passenger.trapped",
              Map.of("floor", new Value.Whole(7)));
      hub.gateway().reports("smoke-3", Kind.ENVIRONMENT, "smoke.detected");
      soon.until(page -> page.findElements(By.cssSelector("li.alert")).size() == 3);

      for (String language : new String[] {"en", "zh"}) {
        browser.get(hub.at("/?lang=" + language).toString());
        soon.until(page -> page.findElement(LIVE));
        assertThat(browser.findElements(By.cssSelector("li.alert"))).hasSize(3);
        Files.createDirectories(PICTURES);
        Files.write(
            PICTURES.resolve("readme-" + language + ".png"),
            browser.getScreenshotAs(OutputType.BYTES));
      }
    } finally {
      browser.quit();
      hub.close();
    }
  }
}
