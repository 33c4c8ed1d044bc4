package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.linli.hub.SharedHub;
import org.linli.hub.adoption.GatewayRegistries;

/**
 * Walks every page, and every part of a page that is swapped in: nothing is there twice, nothing is
 * left over, and whoever hears the page rather than sees it finds the way.
 */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class WholePagesTest {

  private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]*)\"");
  private static final Pattern LABEL = Pattern.compile("<label for=\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("<h([1-6])");
  private static final Pattern AFTER_BODY = Pattern.compile("</body>(.*)", Pattern.DOTALL);

  private final RunningHub hub;

  WholePagesTest(RunningHub hub) {
    this.hub = hub;
  }

  /** A page as it is sent, and which one it is. */
  private record Page(String name, String html) {}

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void holdNothingTwiceAndLeaveNothingBehind(String language) {
    for (Page page : pages(language)) {
      assertThat(found(ID, page.html())).as("ids of %s", page.name()).doesNotHaveDuplicates();
      assertThat(found(AFTER_BODY, page.html()))
          .as("what stands behind the body of %s", page.name())
          .singleElement()
          .satisfies(rest -> assertThat(rest.strip()).isEqualTo("</html>"));
      assertThat(found(LABEL, page.html()))
          .as("what is labelled in %s", page.name())
          .isSubsetOf(found(ID, page.html()));
      assertThat(page.html()).as(page.name()).doesNotContain("??");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void areTheOnesThatAreMeant(String language) {
    for (Page page : pages(language)) {
      assertThat(page.html().contains("/sign-out"))
          .as("%s is of somebody who is signed in", page.name())
          .isEqualTo(
              page.name().startsWith("the console")
                  || page.name().contains("device")
                  || page.name().startsWith("alert")
                  || page.name().startsWith("registration"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void haveOneTitleAndHeadingsThatSkipNoLevel(String language) {
    for (Page page : pages(language)) {
      List<Integer> levels = found(HEADING, page.html()).stream().map(Integer::valueOf).toList();
      assertThat(levels).as("headings of %s", page.name()).startsWith(1);
      assertThat(levels).as("headings of %s", page.name()).containsOnlyOnce(1);
      for (int i = 1; i < levels.size(); i++) {
        assertThat(levels.get(i))
            .as("heading %s of %s, in %s", i + 1, page.name(), levels)
            .isLessThanOrEqualTo(levels.get(i - 1) + 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void beginWithAWayPastTheirTopToTheirContent(String language) {
    for (Page page : pages(language)) {
      assertThat(page.html())
          .as(page.name())
          .containsPattern("<body[^>]*>\\s*<a class=\"skip\" href=\"#content\">[^<]+</a>")
          .containsOnlyOnce("<main")
          .containsPattern("<main id=\"content\" tabindex=\"-1\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void stayWholeWhenAPartIsSwappedIn(String language) {
    RunningHub.Visitor person = hub.signedInVisitor();
    String alert = alert();
    String lang = "?lang=" + language;
    String console = person.get("/" + lang).body();
    for (String part : List.of("alerts", "devices", "gateways", "ledger")) {
      String html = person.get("/console/" + part + lang).body();
      assertThat(found(ID, html)).as("ids of " + part).doesNotHaveDuplicates();
      assertThat(html).as(part).doesNotContain("<body", "</body>", "??");
    }
    String drawer = person.get("/console/alerts/" + alert + lang).body();
    List<String> together = new ArrayList<>(found(ID, console));
    together.addAll(found(ID, drawer));
    assertThat(together).as("ids with an opened drawer").doesNotHaveDuplicates();
    assertThat(drawer).doesNotContain("<body", "<h1");
    assertThat(found(HEADING, drawer)).containsExactly("2", "3");

    String facts = person.get("/console/alerts/" + alert + "/facts" + lang).body();
    assertThat(facts).doesNotContain("<body", "<form", "<h1");
    assertThat(person.get("/console/alerts/" + alert + "/facts" + lang + "&alone=true").body())
        .containsOnlyOnce("<h1");
  }

  private List<Page> pages(String language) {
    RunningHub.Visitor person = hub.signedInVisitor();
    RunningHub.Visitor stranger = hub.visitor();
    String alert = alert();
    String unknown = "walked-" + language;
    hears(unknown);
    hub.gateway().reports("walked-silent", Kind.ENVIRONMENT, "measurement");
    await().until(() -> hub.api("/api/v1/devices/walked-silent").statusCode() == 200);
    String lang = "lang=" + language;
    String link = hub.newLink();
    Page open = page("the console with alerts", person, "/?" + lang);
    return Stream.of(
            page("sign-in", stranger, "/sign-in?" + lang),
            page("sign-in failed", stranger, "/sign-in?failed&" + lang),
            page("sign-in too often", stranger, "/sign-in?wait=7&" + lang),
            page("signed out", stranger, "/sign-in?signedOut&" + lang),
            page("first sign-in", stranger, link + "&" + lang),
            new Page(
                "first sign-in refused",
                stranger
                    .submit(link, Map.of("name", "a", "password", "b", "repeated", "c"))
                    .body()),
            page("link gone", stranger, "/first-sign-in?code=no&" + lang),
            open,
            page("alert", person, "/alerts/" + alert + "?" + lang),
            new Page(
                "alert refused",
                person
                    .post(
                        "/console/alerts/" + alert + "/comment?" + lang,
                        person.csrfOf("/alerts/" + alert),
                        Map.of("comment", " "))
                    .body()),
            page("registered device", person, "/devices/door-1?" + lang),
            page("unknown device", person, "/devices/" + unknown + "?" + lang),
            page("device of which only this is known", person, "/devices/walked-silent?" + lang),
            new Page(
                "registration refused",
                person
                    .post(
                        "/console/devices/" + unknown + "/adopt?" + lang,
                        person.csrfOf("/devices/" + unknown),
                        Map.of("nameZh", "", "nameEn", "", "building", "", "kind", "environment"))
                    .body()),
            page("nothing there", person, "/nowhere?" + lang),
            new Page(
                "too old",
                person
                    .post("/console/alerts/" + alert + "/comment?" + lang, "not-it", Map.of())
                    .body()))
        .toList();
  }

  private static Page page(String name, RunningHub.Visitor visitor, String path) {
    return new Page(name, visitor.get(path).body());
  }

  private String alert() {
    hub.gateway().reports("walked-lift", Kind.ELEVATOR, "passenger.trapped");
    return hub.json("/api/v1/alerts?status=open&kind=elevator")
        .get("items")
        .valueStream()
        .filter(alert -> alert.get("device").asString().equals("walked-lift"))
        .findFirst()
        .orElseThrow()
        .get("id")
        .asString();
  }

  private void hears(String device) {
    hub.bean(GatewayRegistries.class)
        .reported(
            ReportingGateway.ID,
            new EquipmentReport(
                ReportingGateway.ID,
                null,
                null,
                List.of(
                    new UnregisteredEquipment(
                        new DeviceId(device),
                        "zigbee2mqtt",
                        device,
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

  private static List<String> found(Pattern what, String html) {
    return what.matcher(html).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
