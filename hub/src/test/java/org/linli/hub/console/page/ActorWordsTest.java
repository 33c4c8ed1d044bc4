package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.hub.access.Accounts;
import org.linli.hub.console.NamesOfTests;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Whoever did something is said by today's name, and whoever is gone by the id. */
class ActorWordsTest {

  private static final Local CHINESE = local(PageLanguage.CHINESE);
  private static final Local ENGLISH = local(Locale.ENGLISH);

  private final Registry registry = TestCommunities.sample();

  private static Local local(Locale language) {
    return new Local(language, ZoneOffset.UTC, Instant.EPOCH);
  }

  private ActorWords words(String administrator) {
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasename("messages");
    messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
    messages.setFallbackToSystemLocale(false);
    Accounts accounts =
        account -> account.id().equals("account~1") ? Optional.of(administrator) : Optional.empty();
    return new ActorWords(NamesOfTests.of(registry, accounts), registry, messages);
  }

  private String said(Actor actor, Local local) {
    return words("陈明").of(actor, local);
  }

  @Test
  void somebodyWhoIsGoneIsShownByTheIdAndAsGone() {
    assertThat(said(new Actor.Person(TestCommunities.SAMPLE, "wang"), CHINESE)).isEqualTo("王芳");
    assertThat(said(new Actor.Person(TestCommunities.SAMPLE, "former"), CHINESE))
        .isEqualTo("former（已离开）");
    assertThat(said(new Actor.Person(TestCommunities.SAMPLE, "former"), ENGLISH))
        .isEqualTo("former (no longer here)");
    assertThat(said(new Actor.Account("account~1"), CHINESE)).isEqualTo("陈明");
    assertThat(said(new Actor.Account("account~2"), CHINESE)).isEqualTo("account~2（账户已注销）");
    assertThat(said(new Actor.Account("account~2"), ENGLISH))
        .isEqualTo("account~2 (account deleted)");
  }

  @Test
  void anAdministratorCalledAsAPersonIsToldApart() {
    Actor account = new Actor.Account("account~1");
    assertThat(words("wang").of(account, CHINESE)).isEqualTo("wang（管理员）");
    assertThat(words("Wang").of(account, ENGLISH)).isEqualTo("Wang (administrator)");
    assertThat(words("王芳").of(account, CHINESE)).isEqualTo("王芳（管理员）");
    for (String alike :
        new String[] {"wang\u200b", "wa\u00adng", "\u202ewang", "ｗａｎｇ", "王\u3000芳", "王 芳"}) {
      assertThat(words(alike).of(account, CHINESE)).as(alike).isEqualTo(alike + "（管理员）");
    }
  }

  @Test
  void theProgramStandsBesideThePersonItActsFor() {
    Author author =
        new Author(
            new Actor.Person(TestCommunities.SAMPLE, "wang"), new Actor.Program("api-token"));
    assertThat(words("陈明").of(author, CHINESE)).isEqualTo("王芳（通过程序 api-token）");
    assertThat(words("陈明").of(author, ENGLISH)).isEqualTo("王芳 (through the program api-token)");
  }

  @Test
  void whatIsNobodyHasWordsToo() {
    assertThat(said(new Actor.Device(TestCommunities.SAMPLE, new DeviceId("door-1")), CHINESE))
        .isEqualTo("1号楼大门");
    assertThat(said(new Actor.Device(TestCommunities.SAMPLE, new DeviceId("cellar:leak")), CHINESE))
        .isEqualTo("cellar:leak");
    assertThat(said(new Actor.Gateway(new GatewayId("gateway-1")), ENGLISH)).isEqualTo("gateway-1");
    assertThat(said(new Actor.Program("api-token"), CHINESE)).isEqualTo("程序 api-token");
    assertThat(said(Actor.HUB, CHINESE)).isEqualTo("平台");
    assertThat(said(Actor.HUB, ENGLISH)).isEqualTo("the hub");
  }
}
