package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium of this machine, steered by its ChromeDriver. */
final class Chromium {

  private Chromium() {}

  /** Skips the tests where there is none, unless this build must have one. */
  static void assumeThere() {
    assumeTrue(
        "true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS"))
            || find("chromedriver").isPresent(),
        "no chromedriver on the PATH, and LINLI_REQUIRE_CONTAINERS does not ask for one");
  }

  /** A new browser, 1280 by 800, that prefers English. */
  static ChromeDriver start() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(required("chromium").toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--accept-lang=en-US");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriver browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(required("chromedriver").toFile())
                .build(),
            options);
    browser.manage().window().setSize(new Dimension(1280, 800));
    return browser;
  }

  private static Path required(String program) {
    Optional<Path> found = find(program);
    assertThat(found).as("%s on the PATH; on Debian: chromium-driver", program).isPresent();
    return found.get();
  }

  private static Optional<Path> find(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
