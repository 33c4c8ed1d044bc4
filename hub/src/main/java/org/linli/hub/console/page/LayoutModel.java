package org.linli.hub.console.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.hub.access.Caller;
import org.linli.hub.console.ActorNames;
import org.linli.hub.console.ConsolePage;
import org.linli.hub.console.NavigationEntry;
import org.linli.hub.console.stream.LiveStream;
import org.linli.hub.organisation.Organisation;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Registry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Gives each {@link ConsolePage} what its head and header show ({@code templates/layout.html}). */
@ControllerAdvice(annotations = ConsolePage.class)
class LayoutModel {

  private final LiveStream stream;
  private final ActorNames names;
  private final Registry registry;
  private final Organisation organisation;
  private final ShownCommunities communities;
  private final List<NavigationEntry> entries;

  LayoutModel(
      LiveStream stream,
      ActorNames names,
      Registry registry,
      Organisation organisation,
      ShownCommunities communities,
      ObjectProvider<NavigationEntry> entries) {
    this.stream = stream;
    this.names = names;
    this.registry = registry;
    this.organisation = organisation;
    this.communities = communities;
    this.entries = entries.orderedStream().toList();
  }

  /**
   * A link as a page shows it.
   *
   * @param isHere whether it leads to the page itself
   */
  record Link(String path, String label, boolean isHere) {}

  /**
   * Set before the controller reads anything: a change in between is then reported twice and not
   * missed.
   */
  @ModelAttribute("newest")
  String newest() {
    return stream.bookmark();
  }

  @ModelAttribute("person")
  @Nullable String name(@AuthenticationPrincipal Caller.@Nullable Person person) {
    return person == null ? null : names.nameOf(person.account()).orElse(null);
  }

  /**
   * A community that can be chosen.
   *
   * @param isChosen whether the page shows it alone
   */
  record Choice(String id, BilingualName name, boolean isChosen) {}

  /**
   * Communities that stand together.
   *
   * @param name of their sub-district; null for those directly below the platform
   */
  record Group(@Nullable BilingualName name, List<Choice> choices) {}

  /** Those of a hub with several, by sub-district; empty with one. */
  @ModelAttribute("communities")
  List<Group> communities(@RequestParam(defaultValue = "") String community) {
    if (registry.findOnly().isPresent()) {
      return List.of();
    }
    Stream<Group> below =
        organisation.plan().cities().stream()
            .flatMap(city -> organisation.subDistricts(city).stream())
            .map(district -> group(district.name(), organisation.communities(district), community));
    Stream<Group> others =
        Stream.of(group(null, organisation.communitiesWithoutSubDistrict(), community));
    return Stream.concat(below, others).filter(group -> !group.choices().isEmpty()).toList();
  }

  private static Group group(
      @Nullable BilingualName name, List<CommunityRegistry> communities, String chosen) {
    return new Group(
        name,
        communities.stream()
            .map(CommunityRegistry::community)
            .map(
                each ->
                    new Choice(each.id().value(), each.name(), each.id().value().equals(chosen)))
            .toList());
  }

  /** The community that the page is about; null for all of several. */
  @ModelAttribute("shown")
  @Nullable BilingualName shown(@RequestParam(defaultValue = "") String community) {
    CommunityRegistry one = communities.scope(community).one();
    return one == null ? null : one.community().name();
  }

  /** What an address has at its end to show the same community; empty if none was chosen. */
  @ModelAttribute("within")
  String within(@RequestParam(defaultValue = "") String community) {
    return community.isBlank() ? "" : communities.query(communities.scope(community).community());
  }

  /** Where another community is chosen. */
  @ModelAttribute("choosesAt")
  String choosesAt(HttpServletRequest request) {
    return request.getRequestURI().equals("/devices") ? "/devices" : "/";
  }

  @ModelAttribute("navigation")
  List<Link> navigation(HttpServletRequest request) {
    return entries.stream()
        .map(
            entry ->
                new Link(entry.path(), entry.label(), entry.path().equals(request.getRequestURI())))
        .toList();
  }
}
