package org.linli.hub.console.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.hub.access.Caller;
import org.linli.hub.console.ActorNames;
import org.linli.hub.console.ConsolePage;
import org.linli.hub.console.NavigationEntry;
import org.linli.hub.console.stream.LiveStream;
import org.linli.hub.registry.Community;
import org.linli.hub.registry.Registry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives each {@link ConsolePage} what its head and header show ({@code templates/layout.html}). */
@ControllerAdvice(annotations = ConsolePage.class)
class LayoutModel {

  private final LiveStream stream;
  private final ActorNames names;
  private final Registry registry;
  private final List<NavigationEntry> entries;

  LayoutModel(
      LiveStream stream,
      ActorNames names,
      Registry registry,
      ObjectProvider<NavigationEntry> entries) {
    this.stream = stream;
    this.names = names;
    this.registry = registry;
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

  @ModelAttribute("community")
  Community community() {
    return registry.only().community();
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
