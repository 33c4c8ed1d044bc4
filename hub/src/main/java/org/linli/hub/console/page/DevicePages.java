package org.linli.hub.console.page;

import jakarta.servlet.http.HttpServletResponse;
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
import org.linli.hub.console.MeantDevices;
import org.linli.hub.console.MeantDevices.Meant;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.people.Author;
import org.linli.hub.registry.DeviceKey;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * The page of one device: what it is or seems to be, its adoption, and the replacement of its
 * hardware.
 */
@ConsolePage
class DevicePages {

  private static final String PAGE = "console/device";
  private static final String WHICH = "console/which";

  private final RegistrationView view;
  private final Adoption adoption;
  private final Liveness liveness;
  private final MeantDevices devices;
  private final ShownCommunities communities;

  DevicePages(
      RegistrationView view,
      Adoption adoption,
      Liveness liveness,
      MeantDevices devices,
      ShownCommunities communities) {
    this.view = view;
    this.adoption = adoption;
    this.liveness = liveness;
    this.devices = devices;
    this.communities = communities;
  }

  @GetMapping("/devices/{id}")
  String device(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String community,
      Locale language,
      Model model,
      HttpServletResponse response) {
    return switch (meant(id, community)) {
      case Meant.One(DeviceKey key) -> show(key, language, model);
      case Meant.Nothing() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
      case Meant.OfSeveral several -> {
        response.setStatus(HttpStatus.MULTIPLE_CHOICES.value());
        yield choose(several, language, model);
      }
    };
  }

  /**
   * A device among those of one id.
   *
   * @param address of its page
   * @param community the name of its community
   */
  record Which(String address, @Nullable String community) {}

  private String choose(Meant.OfSeveral several, Locale language, Model model) {
    Local local = communities.local(language, communities.scope(""));
    model.addAttribute("id", several.device().value());
    model.addAttribute(
        "which",
        several.communities().stream()
            .map(
                each ->
                    new Which(
                        communities.address(new DeviceKey(each, several.device())),
                        communities.name(each, local)))
            .toList());
    return WHICH;
  }

  private String show(DeviceKey key, Locale language, Model model) {
    Local local = communities.local(language, communities.scope(""));
    RegistrationView.One one =
        view.find(key, local).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("device", one);
    model.addAttribute("buildings", view.buildings(key.community(), local));
    model.addAttribute("kinds", RegistrationView.kinds());
    model.addAttribute("devices", view.devices(key.community(), one.kind(), local));
    model.addAttribute("unregistered", view.unregistered(key.community()));
    if (!model.containsAttribute("typed")) {
      model.addAttribute("typed", Map.of("kind", one.kind()));
    }
    return PAGE;
  }

  private Meant meant(String id, String community) {
    return devices.of(deviceId(id), communities.scope(community).community());
  }

  /** A form is about one device: its page said which. */
  private DeviceKey device(String id, String community) {
    if (meant(id, community) instanceof Meant.One(DeviceKey key)) {
      return key;
    }
    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
  }

  private static DeviceId deviceId(String id) {
    try {
      return new DeviceId(id);
    } catch (IllegalArgumentException neverOne) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no device", neverOne);
    }
  }

  @PostMapping("/console/devices/{id}/adopt")
  String adopt(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String community,
      @RequestParam Map<String, String> typed,
      @AuthenticationPrincipal Caller.Person person,
      Locale language,
      Model model) {
    DeviceKey device = device(id, community);
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
        adoption.adopt(device, wanted, Author.of(person.account()), sighted),
        device,
        language,
        model);
  }

  /** Called from the page of an unassigned device, which takes the place of this one. */
  @PostMapping("/console/devices/{id}/take-place")
  String takePlace(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String community,
      @RequestParam(defaultValue = "") String of,
      @AuthenticationPrincipal Caller.Person person,
      Locale language,
      Model model) {
    DeviceKey unassigned = device(id, community);
    return answer(
        adoption.replace(
            new DeviceKey(unassigned.community(), deviceId(of)),
            new NewHardware(id, null, null, null),
            Author.of(person.account())),
        unassigned,
        language,
        model);
  }

  /** Called from the page of a registered device. */
  @PostMapping("/console/devices/{id}/replace")
  String replace(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String community,
      @RequestParam(defaultValue = "") String with,
      @AuthenticationPrincipal Caller.Person person,
      Locale language,
      Model model) {
    DeviceKey device = device(id, community);
    return answer(
        adoption.replace(
            device, new NewHardware(with, null, null, null), Author.of(person.account())),
        device,
        language,
        model);
  }

  private String answer(RegistryOutcome outcome, DeviceKey about, Locale language, Model model) {
    return switch (outcome) {
      case RegistryOutcome.Done done -> "redirect:" + communities.address(done.key());
      case RegistryOutcome.NotFound _ -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
      case RegistryOutcome.Conflict(String field, _) ->
          refused(field == null ? "conflict" : field + ".conflict", about, language, model);
      case RegistryOutcome.Refused(String field, _) -> refused(field, about, language, model);
      case RegistryOutcome.NotAllowed _ -> refused("conflict", about, language, model);
    };
  }

  private String refused(@Nullable String what, DeviceKey about, Locale language, Model model) {
    model.addAttribute("refusal", "register.refused." + what);
    return show(about, language, model);
  }
}
