package org.linli.hub.console.page;

import java.util.Locale;
import org.linli.hub.console.ConsolePage;
import org.linli.hub.intake.IntakeLedger;
import org.linli.hub.journal.HistoryProgress;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.Registry;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The console, and its parts, which are refreshed one by one. */
@ConsolePage
class ConsolePages {

  private static final int LONGEST_SEARCH = 100;

  private final ShownCommunities communities;
  private final Registry registry;
  private final AlertView alerts;
  private final DeviceView devices;
  private final GatewayView gateways;
  private final Liveness liveness;
  private final IntakeLedger ledger;
  private final HistoryProgress history;

  ConsolePages(
      ShownCommunities communities,
      Registry registry,
      AlertView alerts,
      DeviceView devices,
      GatewayView gateways,
      Liveness liveness,
      IntakeLedger ledger,
      HistoryProgress history) {
    this.communities = communities;
    this.registry = registry;
    this.alerts = alerts;
    this.devices = devices;
    this.gateways = gateways;
    this.liveness = liveness;
    this.ledger = ledger;
    this.history = history;
  }

  @GetMapping("/")
  String console(@RequestParam(defaultValue = "") String community, Locale language, Model model) {
    alerts(community, language, model);
    devices(community, language, model);
    gateways(community, language, model);
    ledger(language, model);
    return "console/index";
  }

  @GetMapping("/console/alerts")
  String alerts(@RequestParam(defaultValue = "") String community, Locale language, Model model) {
    Scope scope = communities.scope(community);
    model.addAttribute("alerts", alerts.unresolved(scope, communities.local(language, scope)));
    model.addAttribute(
        "calm",
        Calm.of(
            liveness.devices().stream().filter(device -> scope.shows(device.community())).toList(),
            liveness.gateways().stream()
                .filter(
                    gateway -> scope.shows(registry.communityOf(gateway.gateway()).orElse(null)))
                .toList()));
    return "console/alerts :: list";
  }

  @GetMapping("/console/devices")
  String devices(@RequestParam(defaultValue = "") String community, Locale language, Model model) {
    Scope scope = communities.scope(community);
    model.addAttribute("groups", devices.groups(scope, communities.local(language, scope)));
    return "console/devices :: list";
  }

  /** Shows all devices, a page at a time, to search for one. */
  @GetMapping("/devices")
  String find(
      @RequestParam(defaultValue = "") String find,
      @RequestParam(defaultValue = "1") String page,
      @RequestParam(defaultValue = "") String community,
      Locale language,
      Model model) {
    String wanted = find.strip();
    String text = wanted.length() <= LONGEST_SEARCH ? wanted : wanted.substring(0, LONGEST_SEARCH);
    model.addAttribute("find", text);
    Scope scope = communities.scope(community);
    model.addAttribute(
        "found", devices.find(text, scope, numberOf(page), communities.local(language, scope)));
    return "console/find";
  }

  private static int numberOf(String page) {
    try {
      return Integer.parseInt(page);
    } catch (NumberFormatException notOne) {
      return 1;
    }
  }

  @GetMapping("/console/gateways")
  String gateways(@RequestParam(defaultValue = "") String community, Locale language, Model model) {
    Scope scope = communities.scope(community);
    model.addAttribute("gateways", gateways.gateways(scope, communities.local(language, scope)));
    model.addAttribute("gatewaysMore", gateways.more(scope));
    return "console/gateways :: list";
  }

  @GetMapping("/console/ledger")
  String ledger(Locale language, Model model) {
    model.addAttribute("ledger", ledger.ledger());
    HistoryProgress.Behind behind = history.behind();
    model.addAttribute("history", behind);
    model.addAttribute(
        "historyFrom",
        behind.wholeFrom() == null
            ? null
            : communities.local(language, communities.scope("")).minute(behind.wholeFrom()));
    return "console/ledger :: figures";
  }
}
