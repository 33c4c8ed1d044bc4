package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.console.page.ConsoleBrowser.LIVE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Value;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.adoption.GatewayRegistries;
import org.linli.hub.alert.Alert;
import org.linli.hub.alert.Alerts;
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The console in a real browser: a headless Chromium, steered by its ChromeDriver. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleBrowserTest {

  private static final By ALERTS = By.cssSelector("li.alert");

  /** Static, so that it is there before the hub starts, which is once for all tests. */
  @TempDir private static Path data = Path.of("unset");

  private RunningHub hub;
  private ConsoleBrowser screen;
  private ChromeDriver browser;
  private WebDriverWait soon;

  @BeforeAll
  void start() throws IOException {
    Chromium.assumeThere();
    hub = RunningHub.start(data);
    screen = ConsoleBrowser.start(Duration.ofSeconds(20));
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

  @Test
  @Order(1)
  void theOneTimeLinkLetsTheAdministratorChooseAPasswordAndBegin() throws IOException {
    browser.get(hub.at("/").toString());
    assertThat(browser.getCurrentUrl()).endsWith("/sign-in");

    browser.get(hub.at(hub.oneTimeLink()).toString());
    screen.picture("first-sign-in");
    screen.choosePassword();
    assertThat(browser.findElement(By.cssSelector(".who")).getText())
        .contains(RunningHub.ADMINISTRATOR);
    browser.findElement(By.cssSelector("a.language[lang=zh-CN]")).click();
    soon.until(page -> page.findElement(By.cssSelector("html[lang=zh-CN]")));
    soon.until(page -> page.findElement(LIVE));
    assertThat(browser.findElements(ALERTS)).isEmpty();
    assertThat(browser.findElement(By.cssSelector(".quiet-day")).getText())
        .contains("没有告警：尚未收到任何设备上报", "从未上报")
        .doesNotContain("一切正常");
    screen.picture("nothing-heard-chinese");
    screen.narrow();
    screen.picture("nothing-heard-narrow");
    screen.assertNothingSticksOut();
    screen.wide();
  }

  /** By day and by night somebody else. */
  private String onDuty() {
    Alert alert = hub.bean(Alerts.class).unresolved(null, 1).mostUrgent().getFirst();
    String id = Objects.requireNonNull(alert.assignee(), "nobody is responsible").id();
    return TestCommunities.only(hub.bean(Registry.class)).findPerson(id).orElseThrow().name();
  }

  @Test
  @Order(2)
  void anAlertAppearsByItselfAndIsAcknowledgedAndResolvedByName() throws IOException {
    hub.gateway()
        .reports(
            "elevator-1-1",
            Kind.ELEVATOR,
            "passenger.trapped",
            Map.of("floor", new Value.Whole(7)));

    soon.until(page -> page.findElement(By.cssSelector("li.alert.critical.open")));
    assertThat(screen.textOf(ALERTS)).contains("我来处理");
    soon.until(page -> String.valueOf(page.getTitle()).startsWith("(1) "));
    screen.picture("alert-open");

    assertThat(screen.textOf(ALERTS)).contains("楼层 7", "应由", onDuty());

    screen.click(By.cssSelector("li.alert button.primary"));
    soon.until(page -> page.findElement(By.cssSelector("li.alert.acknowledged")));
    assertThat(screen.textOf(ALERTS)).contains(RunningHub.ADMINISTRATOR);
    soon.until(page -> focused().startsWith("open-"));

    screen.click(By.cssSelector("li.alert h2 a"));
    WebElement drawer = soon.until(page -> page.findElement(By.cssSelector("#drawer .one")));
    assertThat(
            browser.executeScript(
                """
                const ids = [...document.querySelectorAll("[id]")].map(each => each.id);
                return ids.filter((id, i) => ids.indexOf(id) !== i).join();
                """))
        .as("ids that are there twice")
        .isEqualTo("");
    assertThat(drawer.findElements(By.cssSelector(".timeline li")))
        .extracting(WebElement::getText)
        .satisfiesExactly(
            opened -> assertThat(opened).contains("设备上报"),
            assigned -> assertThat(assigned).contains("应由 " + onDuty() + " 处理"),
            acknowledged ->
                assertThat(acknowledged).contains(RunningHub.ADMINISTRATOR + "（管理员） 正在处理"));
    drawer.findElement(By.id("comment")).sendKeys("三人已安全离开轿厢");
    screen.picture("alert-drawer");
    drawer.findElement(By.cssSelector("button.resolve")).click();

    soon.until(page -> page.findElements(ALERTS).isEmpty());
    soon.until(page -> !page.findElements(By.cssSelector("#drawer .resolved")).isEmpty());
    assertThat(focused()).as("what has the focus after an action").isNotEmpty();
    browser.findElement(By.tagName("body")).sendKeys(Keys.ESCAPE);
    soon.until(page -> page.findElements(By.cssSelector("#drawer .one")).isEmpty());
    soon.until(page -> focused().equals("alerts-heading"));
    assertThat(hub.json("/api/v1/alerts?status=resolved&kind=elevator").get("items"))
        .anySatisfy(
            resolved -> {
              assertThat(resolved.get("device").asString()).isEqualTo("elevator-1-1");
              assertThat(resolved.at("/acknowledgedActor/name").asString())
                  .isEqualTo(RunningHub.ADMINISTRATOR);
              assertThat(resolved.at("/resolvedActor/name").asString())
                  .isEqualTo(RunningHub.ADMINISTRATOR);
            });
  }

  @Test
  @Order(3)
  void keepsItsLanguageWhenAnotherWindowChoosesAnother() {
    String chinese = browser.getWindowHandle();
    browser.switchTo().newWindow(WindowType.TAB).get(hub.at("/?lang=en").toString());
    browser.close();
    browser.switchTo().window(chinese);

    hub.gateway().reports("bay-102", Kind.PARKING, "barrier.fault");

    assertThat(screen.textOf(ALERTS)).contains("我来处理");
    screen.click(By.cssSelector("li.alert button.primary"));
  }

  @Test
  @Order(4)
  void aDeviceThatGoesAwayIsShownWithoutReloading() {
    hub.gateway().reports("door-1", Kind.ACCESS, "door.closed");
    hub.gateway().reports("door-1", Kind.ACCESS, "device.offline");

    soon.until(page -> page.findElement(By.cssSelector("#device-door-1 .state.offline")));
  }

  @Test
  @Order(5)
  void speaksEnglishOnANarrowScreenToo() throws IOException {
    hub.gateway().reports("bay-101", Kind.PARKING, "barrier.fault");
    screen.narrow();
    browser.findElement(By.cssSelector("a.language")).click();
    soon.until(page -> page.findElement(By.cssSelector("html[lang=en]")));
    assertThat(screen.textOf(By.cssSelector("li.alert.open"))).contains("I'll handle it");
    screen.assertNothingSticksOut();
    screen.picture("narrow-english");
  }

  @Test
  @Order(6)
  void anUnknownDeviceIsRegisteredAndTakesTheNextOnesPlaceOnANarrowScreen() throws IOException {
    hears("cellar/leak");
    hub.gateway().reports("cellar:leak", Kind.ENVIRONMENT, "measurement");
    browser.get(hub.at("/?lang=en").toString());
    By link = By.linkText("cellar:leak");
    soon.until(page -> page.findElement(link));
    browser.findElement(link).click();
    soon.until(page -> page.findElement(By.id("adopt")));
    assertThat(browser.findElement(By.cssSelector("article.one")).getText())
        .contains("Not registered", "zigbee2mqtt", "cellar/leak", "water.leak", "battery", "97")
        .doesNotContain("secret");
    screen.picture("unknown-device");
    screen.assertNothingSticksOut();

    browser.findElement(By.id("nameZh")).sendKeys("地下室水浸");
    browser.findElement(By.id("nameEn")).sendKeys("Cellar leak");
    new Select(browser.findElement(By.id("building"))).selectByValue("b2");
    browser.findElement(By.id("expectEvery")).sendKeys("often");
    browser.findElement(By.cssSelector("#adopt button.primary")).click();
    soon.until(page -> page.findElement(By.cssSelector(".notice.bad")));
    assertThat(browser.findElement(By.cssSelector(".notice.bad")).getText()).contains("90s or 10m");
    assertThat(browser.findElement(By.id("nameEn")).getDomProperty("value"))
        .as("what was typed is still there")
        .isEqualTo("Cellar leak");
    browser.findElement(By.id("expectEvery")).clear();
    browser.findElement(By.cssSelector("#adopt button.primary")).click();
    soon.until(page -> page.findElement(By.cssSelector(".timeline")));
    assertThat(browser.findElement(By.cssSelector("article.one")).getText())
        .contains("Cellar leak", "Building 2", "Registered by " + RunningHub.ADMINISTRATOR);

    hears("cellar/leak-2");
    browser.get(hub.at("/devices/cellar:leak?lang=zh").toString());
    new Select(soon.until(page -> page.findElement(By.id("with")))).selectByValue("cellar:leak-2");
    screen.picture("device-chinese");
    screen.assertNothingSticksOut();
    browser.findElement(By.cssSelector("#replace button")).click();
    soon.until(page -> page.findElements(By.cssSelector(".timeline li")).size() == 2);
    assertThat(browser.findElement(By.cssSelector("article.one")).getText())
        .contains("cellar/leak-2 (zigbee2mqtt)", "更换硬件");
    screen.picture("device-replaced");
  }

  private void hears(String address) {
    hub.bean(GatewayRegistries.class)
        .reported(
            ReportingGateway.ID,
            new EquipmentReport(
                ReportingGateway.ID,
                null,
                null,
                List.of(
                    new UnregisteredEquipment(
                        new DeviceId(address.replace('/', ':')),
                        "zigbee2mqtt",
                        address,
                        Kind.ENVIRONMENT,
                        KindFrom.PROFILE,
                        new EventType("water.leak"),
                        List.of(
                            SampleValue.of("battery", new Value.Whole(97), Kind.ENVIRONMENT),
                            SampleValue.of("label", new Value.Text("secret"), Kind.ENVIRONMENT)),
                        hub.clock().instant(),
                        hub.clock().instant(),
                        3))));
  }

  @Test
  @Order(7)
  void aClickWhileTheListIsBeingFetchedIsNotLost() {
    browser.get(hub.at("/?lang=en").toString());
    soon.until(page -> page.findElement(LIVE));
    browser.executeScript(
        """
        const open = XMLHttpRequest.prototype.open, send = XMLHttpRequest.prototype.send;
        window.held = [];
        XMLHttpRequest.prototype.open = function (method, address) {
          this.address = address;
          return open.apply(this, arguments);
        };
        XMLHttpRequest.prototype.send = function (body) {
          if (this.address === "/console/alerts") {
            window.held.push(() => send.call(this, body));
          } else {
            send.call(this, body);
          }
        };
        """);
    hub.gateway().reports("elevator-2-1", Kind.ELEVATOR, "passenger.trapped");
    soon.until(page -> Boolean.TRUE.equals(browser.executeScript("return window.held.length > 0")));

    browser.findElement(By.cssSelector("li.alert h2 a")).click();
    browser.executeScript("window.held.forEach(go => go())");

    soon.until(page -> page.findElement(By.cssSelector("li.alert.critical")));
    soon.until(page -> page.findElement(By.cssSelector("#drawer .one")));
  }

  @Test
  @Order(8)
  void aClickOnWhatWasDrawnAMomentAgoOpensTheDrawerAndNotAnotherPage() {
    browser.get(hub.at("/?lang=en").toString());
    soon.until(page -> page.findElement(LIVE));
    browser.executeScript(
        """
        document.addEventListener("htmx:afterSwap", function (event) {
          const drawn = event.detail.target.querySelector("li.alert h2 a");
          if (drawn) {
            setTimeout(() => drawn.click());
          }
        });
        htmx.trigger(document.body, "alert-changed");
        """);

    soon.until(page -> page.findElement(By.cssSelector(".one")));

    assertThat(browser.findElements(By.cssSelector("#drawer .one"))).hasSize(1);
  }

  /** What README shows: {@code readme-alerts-en.png} and {@code readme-alerts-zh.png}. */
  @Test
  @Order(9)
  void isShownInTheReadme() throws IOException {
    browser.manage().window().setSize(new Dimension(1280, 1260));
    hub.publish(new GatewayConnected(ReportingGateway.ID, hub.clock().instant()));
    hub.json("/api/v1/devices?limit=1000")
        .get("items")
        .valueStream()
        .filter(device -> device.get("status").asString().equals("unknown"))
        .forEach(
            device ->
                hub.gateway()
                    .reports(
                        device.get("id").asString(),
                        Kind.ofWireName(device.get("kind").asString()).orElseThrow(),
                        "measurement"));
    Map<String, Value> trapped = new LinkedHashMap<>();
    trapped.put("floor", new Value.Whole(7));
    trapped.put("load", new Value.Whole(130));
    hub.gateway().reports("elevator-7-1", Kind.ELEVATOR, "passenger.trapped", trapped);
    hub.gateway()
        .reports("door-4", Kind.ACCESS, "door.held-open", Map.of("seconds", new Value.Whole(95)));
    for (String language : List.of("en", "zh")) {
      browser.get(hub.at("/?lang=" + language).toString());
      soon.until(page -> page.findElement(LIVE));
      screen.picture("readme-alerts-" + language);
    }
    browser.get(
        hub.at(
                "/alerts/"
                    + hub.json("/api/v1/alerts?status=open&kind=elevator")
                        .get("items")
                        .get(0)
                        .get("id")
                        .asString()
                    + "?lang=en")
            .toString());
    soon.until(page -> page.findElement(LIVE));
    screen.picture("alert-page-english");
    screen.narrow();
    screen.picture("alert-page-narrow");
    screen.assertNothingSticksOut();
    browser.get(hub.at("/?lang=zh").toString());
    soon.until(page -> page.findElement(LIVE));
    screen.picture("alerts-narrow-chinese");
    screen.assertNothingSticksOut();
  }

  @Test
  @Order(10)
  void nothingWasRefusedOrMissingInTheBrowser() {
    assertThat(screen.complaints()).isEmpty();
  }

  /** The id of what has the focus, or its class where it has none; empty for nothing. */
  private String focused() {
    return String.valueOf(
        browser.executeScript(
            "const at = document.activeElement; return at === document.body ? '' : at.id ||"
                + " at.className"));
  }
}
