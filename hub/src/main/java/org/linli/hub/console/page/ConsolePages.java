package org.linli.hub.console.page;

import org.linli.hub.access.Caller;
import org.linli.hub.registry.Registry;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The console. */
@Controller
class ConsolePages {

  private final Registry registry;

  ConsolePages(Registry registry) {
    this.registry = registry;
  }

  @GetMapping("/")
  String console(@AuthenticationPrincipal Caller.Person person, Model model) {
    model.addAttribute("person", person.displayName());
    model.addAttribute("community", registry.community());
    return "console/index";
  }
}
