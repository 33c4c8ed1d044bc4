package org.linli.hub.console.page;

import org.jspecify.annotations.Nullable;
import org.linli.hub.access.Caller;
import org.linli.hub.console.ActorNames;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives each page the name of its reader. */
@ControllerAdvice(basePackageClasses = WhoLooks.class)
class WhoLooks {

  private final ActorNames names;

  WhoLooks(ActorNames names) {
    this.names = names;
  }

  @ModelAttribute("person")
  @Nullable String name(@AuthenticationPrincipal Caller.@Nullable Person person) {
    return person == null ? null : names.nameOf(person.account()).orElse(null);
  }
}
