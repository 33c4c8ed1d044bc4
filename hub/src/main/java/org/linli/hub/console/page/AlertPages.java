package org.linli.hub.console.page;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.linli.hub.access.Caller;
import org.linli.hub.alert.ActionOutcome;
import org.linli.hub.alert.Alerts;
import org.linli.hub.alert.Channel;
import org.linli.hub.console.ConsolePage;
import org.linli.hub.people.Author;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * The page of one alert, with the actions on it. A browser without scripts gets whole pages; one
 * with htmx gets the part that changed.
 */
@ConsolePage
class AlertPages {

  private static final String WHOLE = "console/alert";
  private static final String PART = "console/alert :: one";

  private final AlertView view;
  private final Alerts alerts;
  private final ShownCommunities communities;
  private final MessageSource messages;

  AlertPages(AlertView view, Alerts alerts, ShownCommunities communities, MessageSource messages) {
    this.view = view;
    this.alerts = alerts;
    this.communities = communities;
    this.messages = messages;
  }

  @GetMapping("/alerts/{id}")
  String whole(@PathVariable String id, Locale language, Model model) {
    return show(id, true, language, model, WHOLE);
  }

  @GetMapping("/console/alerts/{id}")
  String part(@PathVariable String id, Locale language, Model model) {
    return show(id, false, language, model, PART);
  }

  @GetMapping("/console/alerts/{id}/facts")
  String facts(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean alone,
      Locale language,
      Model model) {
    return show(id, alone, language, model, "console/alert :: facts");
  }

  /**
   * @param alone whether it is a page of its own, and not next to the list
   */
  private String show(String id, boolean alone, Locale language, Model model, String as) {
    Local local = communities.local(language, communities.scope(""));
    model.addAttribute(
        "alert",
        view.find(id, local).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    model.addAttribute("alone", alone);
    model.addAttribute("once", UUID.randomUUID().toString());
    return as;
  }

  /**
   * What was sent, and the form of answer that is wanted.
   *
   * @param once the same whenever the same form is sent again
   * @param alone whether the answer is for a page of its own
   */
  private record Sent(
      String id,
      String comment,
      String once,
      boolean alone,
      boolean byHtmx,
      Caller.Person person,
      Locale language) {

    /**
     * Returns the identity of this request. The same form with another comment is another request.
     */
    @Nullable String request(String action) {
      return once.isEmpty()
          ? null
          : String.join("\n", person.getName(), action, id, once, comment.strip());
    }

    Author author() {
      return Author.of(person.account());
    }
  }

  @PostMapping("/console/alerts/{id}/acknowledge")
  String acknowledge(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String comment,
      @RequestParam(defaultValue = "") String once,
      @RequestParam(defaultValue = "false") boolean alone,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
      @AuthenticationPrincipal Caller.Person person,
      Locale language,
      Model model,
      HttpServletResponse response) {
    Sent sent = new Sent(id, comment, once, alone, htmx != null, person, language);
    return answer(
        sent,
        alerts.once(
            sent.request("acknowledge"),
            id,
            () -> alerts.acknowledge(id, sent.author(), Channel.CONSOLE, comment)),
        model,
        response);
  }

  @PostMapping("/console/alerts/{id}/resolve")
  String resolve(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String comment,
      @RequestParam(defaultValue = "") String once,
      @RequestParam(defaultValue = "false") boolean alone,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
      @AuthenticationPrincipal Caller.Person person,
      Locale language,
      Model model,
      HttpServletResponse response) {
    Sent sent = new Sent(id, comment, once, alone, htmx != null, person, language);
    return answer(
        sent,
        alerts.once(
            sent.request("resolve"),
            id,
            () -> alerts.resolve(id, sent.author(), Channel.CONSOLE, comment)),
        model,
        response);
  }

  @PostMapping("/console/alerts/{id}/comment")
  String comment(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String comment,
      @RequestParam(defaultValue = "") String once,
      @RequestParam(defaultValue = "false") boolean alone,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
      @AuthenticationPrincipal Caller.Person person,
      Locale language,
      Model model,
      HttpServletResponse response) {
    Sent sent = new Sent(id, comment, once, alone, htmx != null, person, language);
    return answer(
        sent,
        alerts.once(
            sent.request("comment"),
            id,
            () -> alerts.comment(id, sent.author(), Channel.CONSOLE, comment)),
        model,
        response);
  }

  private String answer(
      Sent sent, ActionOutcome outcome, Model model, HttpServletResponse response) {
    Optional<String> refusal =
        switch (outcome) {
          case ActionOutcome.Done _ -> Optional.empty();
          case ActionOutcome.NotFound _ -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
          case ActionOutcome.Conflict _ -> Optional.of("alert.conflict");
          case ActionOutcome.Refused _ -> Optional.of("alert.refused");
        };
    if (sent.byHtmx()) {
      response.setHeader("HX-Trigger", "alert-changed");
    } else if (refusal.isEmpty()) {
      return "redirect:/alerts/" + sent.id();
    }
    if (refusal.isPresent()) {
      model.addAttribute("refusal", messages.getMessage(refusal.get(), null, sent.language()));
      model.addAttribute("typed", sent.comment());
    }
    return sent.byHtmx()
        ? show(sent.id(), sent.alone(), sent.language(), model, PART)
        : whole(sent.id(), sent.language(), model);
  }
}
