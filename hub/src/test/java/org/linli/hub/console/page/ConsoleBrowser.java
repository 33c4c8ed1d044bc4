package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.linli.hub.RunningHub;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A browser in which a test looks at the console. What it saw is kept as pictures in {@code
 * hub/target/console}.
 */
final class ConsoleBrowser implements AutoCloseable {

  /** The page hears of every change. */
  static final By LIVE = By.cssSelector("#live[data-state=live]");

  private static final Path PICTURES = Path.of("target", "console");

  final ChromeDriver driver;
  final WebDriverWait soon;

  private ConsoleBrowser(ChromeDriver driver, Duration patience) {
    this.driver = driver;
    soon = new WebDriverWait(driver, patience, Duration.ofMillis(100));
    soon.ignoring(StaleElementReferenceException.class);
  }

  /**
   * @param patience of {@link #soon}
   */
  static ConsoleBrowser start(Duration patience) throws IOException {
    Files.createDirectories(PICTURES);
    return new ConsoleBrowser(Chromium.start(), patience);
  }

  /** The administrator, by this one-time link, which stands open. */
  void choosePassword() {
    type("name", RunningHub.ADMINISTRATOR);
    type("password", RunningHub.PASSWORD);
    type("repeated", RunningHub.PASSWORD);
    click(By.cssSelector("button.primary"));
    soon.until(page -> page.findElement(LIVE));
  }

  void type(String id, String text) {
    soon.until(page -> page.findElement(By.id(id))).sendKeys(text);
  }

  /** Lists are drawn anew with each event: what was found may be gone when it is clicked. */
  void click(By what) {
    soon.until(
        page -> {
          page.findElement(what).click();
          return true;
        });
  }

  String textOf(By what) {
    return soon.until(page -> page.findElement(what).getText());
  }

  /** As on a telephone. */
  void narrow() {
    driver.manage().window().setSize(new Dimension(360, 740));
  }

  void wide() {
    driver.manage().window().setSize(new Dimension(1280, 800));
  }

  void assertNothingSticksOut() {
    assertThat(
            driver.executeScript(
                "return document.documentElement.scrollWidth <= window.innerWidth"))
        .as("nothing sticks out to the side")
        .isEqualTo(true);
  }

  /** What the browser complained of. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  void picture(String name) throws IOException {
    assertThat(driver.findElement(By.tagName("body")).getText())
        .as("no text is missing in this language")
        .doesNotContain("??");
    Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
