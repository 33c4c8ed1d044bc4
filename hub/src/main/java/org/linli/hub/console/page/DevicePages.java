package org.linli.hub.console.page;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.hub.access.Caller;
import org.linli.hub.adoption.Adoption;
import org.linli.hub.adoption.Adoption.Sighted;
import org.linli.hub.adoption.NewHardware;
import org.linli.hub.adoption.RegistryOutcome;
import org.linli.hub.adoption.Wanted;
import org.linli.hub.console.ConsolePage;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.people.Author;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/**
 * The page of one device: what it is or seems to be, its adoption, and the replacement of its
 * hardware.
 */
@ConsolePage
class DevicePages {

  private static final String PAGE = "console/device";

  private final RegistrationView view;
  private final Adoption adoption;
  private final Liveness liveness;
  private final Registry registry;
  private final InstantSource clock;

  DevicePages(
      RegistrationView view,
      Adoption adoption,
      Liveness liveness,
      Registry registry,
      InstantSource clock) {
    this.view = view;
    this.adoption = adoption;
    this.liveness = liveness;
    this.registry = registry;
    this.clock = clock;
  }

  @GetMapping("/devices/{id}")
  String device(@PathVariable String id, Locale language, Model model) {
    Local local = new Local(language, registry.only().community().zone(), clock.instant());
    RegistrationView.One one =
        view.find(device(id), local)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("device", one);
    model.addAttribute("buildings", view.buildings(local));
    model.addAttribute("kinds", RegistrationView.kinds());
    model.addAttribute("devices", view.devices(one.kind(), local));
    model.addAttribute("unregistered", view.unregistered());
    if (!model.containsAttribute("typed")) {
      model.addAttribute("typed", Map.of("kind", one.kind()));
    }
    return PAGE;
  }

  private DeviceKey device(String id) {
    try {
      return registry.only().key(new DeviceId(id));
    } catch (IllegalArgumentException neverOne) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no device", neverOne);
    }
  }

  @PostMapping("/console/devices/{id}/adopt")
  String adopt(
      @PathVariable String id,
      @RequestParam Map<String, String> typed,
      @AuthenticationPrincipal Caller.Person person,
      Locale language,
      Model model) {
    DeviceKey device = device(id);
    Wanted wanted =
        new Wanted(
            typed.get("id"),
            typed.get("building"),
            typed.get("nameZh"),
            typed.get("nameEn"),
            typed.get("kind"),
            typed.get("expectEvery"));
    Sighted sighted =
        liveness
            .device(device)
            .filter(DeviceStatus::unassigned)
            .map(status -> new Sighted(status.gateway(), status.kind()))
            .orElse(null);
    model.addAttribute("typed", typed);
    return answer(
        adoption.adopt(device, wanted, Author.of(person.account()), sighted), id, language, model);
  }

  /** Called from the page of an unassigned device, which takes the place of this one. */
  @PostMapping("/console/devices/{id}/take-place")
  String takePlace(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String of,
      @AuthenticationPrincipal Caller.Person person,
      Locale language,
      Model model) {
    return answer(
        adoption.replace(
            device(of), new NewHardware(id, null, null, null), Author.of(person.account())),
        id,
        language,
        model);
  }

  /** Called from the page of a registered device. */
  @PostMapping("/console/devices/{id}/replace")
  String replace(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String with,
      @AuthenticationPrincipal Caller.Person person,
      Locale language,
      Model model) {
    return answer(
        adoption.replace(
            device(id), new NewHardware(with, null, null, null), Author.of(person.account())),
        id,
        language,
        model);
  }

  private String answer(RegistryOutcome outcome, String id, Locale language, Model model) {
    return switch (outcome) {
      case RegistryOutcome.Done(_, var device) ->
          "redirect:/devices/"
              + UriUtils.encodePathSegment(device.id().value(), StandardCharsets.UTF_8);
      case RegistryOutcome.NotFound _ -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
      case RegistryOutcome.Conflict(String field, _) ->
          refused(field == null ? "conflict" : field + ".conflict", id, language, model);
      case RegistryOutcome.Refused(String field, _) -> refused(field, id, language, model);
      case RegistryOutcome.NotAllowed _ -> refused("conflict", id, language, model);
    };
  }

  private String refused(@Nullable String what, String id, Locale language, Model model) {
    model.addAttribute("refusal", "register.refused." + what);
    return device(id, language, model);
  }
}
