package org.linli.hub.console.page;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/**
 * The communities on pages. With only one, nothing names it, neither words nor addresses. Safe for
 * any thread.
 */
@Component
class ShownCommunities {

  private final Registry registry;
  private final InstantSource clock;

  ShownCommunities(Registry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * Returns what a page shows.
   *
   * @param community the parameter of that name; blank for none
   * @throws ResponseStatusException if there is no such community
   */
  Scope scope(String community) {
    return new Scope(
        community.isBlank()
            ? registry.findOnly().orElse(null)
            : find(community).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
  }

  private Optional<CommunityRegistry> find(String community) {
    try {
      return registry.find(new CommunityId(community));
    } catch (IllegalArgumentException neverOne) {
      return Optional.empty();
    }
  }

  boolean areSeveral() {
    return registry.findOnly().isEmpty();
  }

  /** Returns what is formatted by the clock of a community, or of the first for all of several. */
  Local local(Locale language, Scope scope) {
    CommunityRegistry one = scope.one();
    return new Local(
        language,
        (one == null ? registry.communities().getFirst() : one).community().zone(),
        clock.instant());
  }

  /** Returns the same by the clock of this community; unchanged if it is unknown. */
  Local at(@Nullable CommunityId community, Local local) {
    ZoneId zone =
        community == null
            ? local.zone()
            : registry.find(community).map(its -> its.community().zone()).orElse(local.zone());
    return new Local(local.language(), zone, local.now());
  }

  /** Returns the name of one of several, the id of one that is gone; null with only one. */
  @Nullable String name(@Nullable CommunityId community, Local local) {
    return community == null || !areSeveral()
        ? null
        : registry
            .find(community)
            .map(its -> local.name(its.community().name()))
            .orElse(community.value());
  }

  /** Returns the query of an address that says which of several; empty with only one. */
  String query(@Nullable CommunityId community) {
    return community == null || !areSeveral()
        ? ""
        : "?community=" + UriUtils.encodeQueryParam(community.value(), StandardCharsets.UTF_8);
  }

  /** Returns the address of a device's page. */
  String address(DeviceKey key) {
    return "/devices/" + segment(key.device()) + query(key.community());
  }

  private static String segment(DeviceId device) {
    return UriUtils.encodePathSegment(device.value(), StandardCharsets.UTF_8);
  }
}
