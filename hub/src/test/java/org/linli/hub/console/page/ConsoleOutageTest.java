package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.console.page.ConsoleBrowser.LIVE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.JsonNode;

/**
 * The console in a real browser while the hub is stopped and started again: what somebody presses
 * is answered in words beside the button, what was typed stays, and it works when the hub is back.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleOutageTest {

  private static final By AWAY = By.cssSelector("#live[data-state=away]");
  private static final By SAID = By.cssSelector(".said");

  /** Static, so that it is there before the hub starts. */
  @TempDir private static Path data = Path.of("unset");

  private RunningHub hub;
  private String port = "";
  private ConsoleBrowser screen;
  private ChromeDriver browser;
  private WebDriverWait soon;

  @BeforeAll
  void start() throws IOException {
    Chromium.assumeThere();
    hub = RunningHub.start(data);
    port = hub.port();
    screen = ConsoleBrowser.start(Duration.ofSeconds(30));
    browser = screen.driver;
    soon = screen.soon;
  }

  @AfterAll
  void stop() {
    if (screen != null) {
      screen.close();
    }
    if (hub != null) {
      hub.close();
    }
  }

  private void startAgain() {
    hub = hub.startAgain();
  }

  private void open(String path) {
    browser.get("http://127.0.0.1:" + port + path);
  }

  @Test
  @Order(1)
  void saysThatChoosingAPasswordAndSigningInDidNotArrive() throws IOException {
    open(hub.oneTimeLink());
    screen.type("name", RunningHub.ADMINISTRATOR);
    screen.type("password", RunningHub.PASSWORD);
    screen.type("repeated", RunningHub.PASSWORD);
    hub.close();
    press("button.primary");
    assertThat(said()).contains("The hub does not answer");
    assertThat(valueOf("repeated")).as("what was typed").isEqualTo(RunningHub.PASSWORD);
    startAgain();
    open(hub.oneTimeLink());
    assertThat(valueOf("name")).as("what was typed").isEqualTo(RunningHub.ADMINISTRATOR);
    screen.type("password", RunningHub.PASSWORD);
    screen.type("repeated", "something else");
    press("button.primary");
    assertThat(said()).contains("The two passwords are not the same");
    assertThat(valueOf("password")).isEqualTo(RunningHub.PASSWORD);
    browser.findElement(By.id("repeated")).clear();
    screen.type("repeated", RunningHub.PASSWORD);
    press("button.primary");
    soon.until(page -> page.findElement(LIVE));

    press(".who button");
    soon.until(page -> page.findElement(By.cssSelector("form[action='/sign-in']")));
    screen.type("name", RunningHub.ADMINISTRATOR);
    screen.type("password", "not the password");
    press("button.primary");
    assertThat(said()).contains("Name or password is wrong");
    screen.picture("sign-in-refused");
    assertThat(valueOf("name")).isEqualTo(RunningHub.ADMINISTRATOR);
    browser.findElement(By.id("password")).clear();
    screen.type("password", RunningHub.PASSWORD);
    press("button.primary");
    soon.until(page -> page.findElement(LIVE));
  }

  @Test
  @Order(2)
  void aRestartWithTheDrawerOpenLosesNothingAndDoesNothingTwice() throws IOException {
    hub.gateway().reports("elevator-1-1", Kind.ELEVATOR, "passenger.trapped");
    signIn();
    open("/?lang=zh");
    soon.until(page -> page.findElement(LIVE));
    press("li.alert h2 a");
    soon.until(page -> page.findElement(By.cssSelector("#drawer .one")));
    screen.type("comment", "我已到一楼");

    hub.close();
    soon.until(page -> page.findElement(AWAY));
    assertThat(browser.findElement(By.id("do-acknowledge")).getText()).isEqualTo("我来处理");
    press("#do-acknowledge");
    assertThat(said()).contains("平台没有响应", "请稍后再试");
    assertThat(
            browser.executeScript(
                "return document.querySelector('.said').closest('.do') ==="
                    + " document.querySelector('#drawer .do')"))
        .as("stands beside the button")
        .isEqualTo(true);
    WebElement button = browser.findElement(By.id("do-acknowledge"));
    assertThat(button.isEnabled()).isTrue();
    assertThat(browser.switchTo().activeElement()).isEqualTo(button);
    screen.picture("away-drawer-chinese");
    screen.narrow();
    screen.picture("away-drawer-narrow");
    screen.assertNothingSticksOut();
    screen.wide();

    startAgain();
    soon.until(page -> page.findElement(LIVE));
    assertThat(valueOf("comment")).isEqualTo("我已到一楼");
    press("#do-acknowledge");
    soon.until(page -> page.findElement(By.cssSelector("#drawer .status.acknowledged")));
    assertThat(screen.textOf(By.cssSelector("#drawer .timeline")))
        .contains(RunningHub.ADMINISTRATOR + "（管理员） 正在处理", "我已到一楼");
    assertThat(browser.findElements(SAID)).isEmpty();
    assertThat(valueOf("comment")).isEmpty();
  }

  @Test
  @Order(3)
  void aCommentWhoseAnswerWasLostIsNotMadeTwice() {
    JsonNode alert = hub.json("/api/v1/alerts?kind=elevator").get("items").get(0);
    String id = alert.get("id").asString();
    int before = alert.get("timeline").size();
    screen.type("comment", "维保在路上");
    // As where the connection breaks after the hub has done it.
    browser.executeScript(
        """
        const open = XMLHttpRequest.prototype.open, send = XMLHttpRequest.prototype.send;
        XMLHttpRequest.prototype.open = function (method, address) {
          this.address = address;
          return open.apply(this, arguments);
        };
        XMLHttpRequest.prototype.send = function (body) {
          if (!String(this.address).includes("/comment")) {
            return send.call(this, body);
          }
          XMLHttpRequest.prototype.send = send;
          fetch(this.address, {method: "POST", body: body, headers: {
              "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true",
              ...JSON.parse(document.body.getAttribute("hx-headers"))}})
            .then(() => this.dispatchEvent(new Event("error")))
            .then(() => this.dispatchEvent(new Event("loadend")));
        };
        """);
    press("#do-comment");
    assertThat(said()).contains("平台没有响应", "不会重复执行");
    assertThat(valueOf("comment")).isEqualTo("维保在路上");
    press("#do-comment");
    soon.until(page -> page.findElements(SAID).isEmpty() && valueOf("comment").isEmpty());

    List<JsonNode> timeline =
        hub.json("/api/v1/alerts/" + id).get("timeline").valueStream().toList();
    assertThat(timeline).hasSize(before + 1);
    assertThat(timeline.getLast().get("text").asString()).isEqualTo("维保在路上");
  }

  @Test
  @Order(4)
  void saysBesideACardThatNothingArrivedAndKeepsSayingIt() throws IOException {
    hub.gateway().reports("elevator-2-1", Kind.ELEVATOR, "passenger.trapped");
    open("/?lang=en");
    soon.until(page -> page.findElement(LIVE));
    soon.until(page -> page.findElement(By.cssSelector("li.alert.open button.primary")));
    hub.close();
    soon.until(page -> page.findElement(AWAY));
    press("li.alert.open button.primary");
    assertThat(said()).contains("The hub does not answer", "Try again in a moment");
    press("li.alert.open h2 a");
    assertThat(said()).contains("The hub does not answer");
    press("a.language");
    assertThat(screen.textOf(By.cssSelector(".top .said"))).contains("The hub does not answer");
    press(".who button");
    soon.until(page -> page.findElement(By.cssSelector(".top .said")));
    screen.picture("away-card-english");
    screen.narrow();
    screen.picture("away-card-narrow");
    screen.assertNothingSticksOut();
    screen.wide();
    startAgain();
    soon.until(page -> page.findElement(LIVE));
    press("li.alert.open button.primary");
    soon.until(page -> page.findElements(By.cssSelector("li.alert.acknowledged")).size() == 2);
  }

  @Test
  @Order(5)
  void aPageThatIsOutOfDateSaysSoAndKeepsWhatWasTypedAcrossLoadingIt() {
    press("li.alert h2 a");
    soon.until(page -> page.findElement(By.cssSelector("#drawer .one")));
    screen.type("comment", "the door is open");
    browser.manage().deleteCookieNamed("XSRF-TOKEN");
    press("#do-comment");
    assertThat(said()).contains("this page is out of date", "what you typed is kept");
    press(".said a");
    soon.until(page -> page.findElements(By.cssSelector("#drawer .one")).isEmpty());
    soon.until(page -> page.findElement(LIVE));
    press("li.alert h2 a");
    soon.until(page -> page.findElement(By.cssSelector("#drawer .one")));
    assertThat(valueOf("comment")).isEqualTo("the door is open");
    press("#do-comment");
    soon.until(page -> page.findElements(SAID).isEmpty() && valueOf("comment").isEmpty());
  }

  @Test
  @Order(6)
  void aRegistrationSurvivesARestartWithWhatWasTyped() throws IOException {
    openUnknown("cellar-leak");
    soon.until(page -> page.findElement(LIVE));
    screen.type("nameZh", "地下室水浸");
    screen.type("nameEn", "Cellar leak");
    new Select(browser.findElement(By.id("building"))).selectByValue("b2");
    hub.close();
    press("#adopt button.primary");
    assertThat(said()).contains("The hub does not answer");
    screen.picture("away-registration");
    startAgain();
    soon.until(page -> page.findElement(LIVE));
    assertThat(valueOf("nameZh")).isEqualTo("地下室水浸");
    browser.navigate().refresh();
    soon.until(page -> valueOf("nameEn").equals("Cellar leak"));
    assertThat(valueOf("building")).isEqualTo("b2");
    screen.type("expectEvery", "often");
    press("#adopt button.primary");
    assertThat(said()).contains("90s or 10m");
    browser.findElement(By.id("expectEvery")).clear();
    press("#adopt button.primary");
    soon.until(page -> page.findElement(By.cssSelector(".timeline")));
    assertThat(browser.findElement(By.tagName("main")).getText())
        .contains("Cellar leak", "Building 2");
  }

  @Test
  @Order(7)
  void aSessionThatEndedIsSaidAndTheWayBackIsShown() {
    openUnknown("roof-leak");
    soon.until(page -> page.findElement(LIVE));
    screen.type("nameEn", "Roof");
    browser.manage().deleteCookieNamed("linli-session");
    screen.type("nameZh", "屋顶");
    new Select(browser.findElement(By.id("building"))).selectByValue("b2");
    press("#adopt button.primary");
    assertThat(said()).contains("your session has ended");
    press(".said a");
    soon.until(page -> page.findElement(By.cssSelector("form[action='/sign-in']")));
  }

  /** The page of a device that nobody has registered; it is there a moment after it was heard. */
  private void openUnknown(String device) {
    signIn();
    hub.gateway().reports(device, Kind.ENVIRONMENT, "measurement");
    soon.until(
        page -> {
          open("/devices/" + device + "?lang=en");
          return page.findElement(By.id("adopt"));
        });
  }

  private void signIn() {
    open("/");
    if (browser.findElements(By.id("live")).isEmpty()) {
      open(hub.newLink());
      screen.choosePassword();
    }
  }

  private void press(String what) {
    screen.click(By.cssSelector(what));
  }

  private String said() {
    return screen.textOf(SAID);
  }

  private String valueOf(String id) {
    return String.valueOf(browser.findElement(By.id(id)).getDomProperty("value"));
  }
}
