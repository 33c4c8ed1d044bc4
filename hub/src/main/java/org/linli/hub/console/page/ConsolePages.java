package org.linli.hub.console.page;

import java.time.InstantSource;
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

  private final Registry registry;
  private final AlertView alerts;
  private final DeviceView devices;
  private final Liveness liveness;
  private final IntakeLedger ledger;
  private final HistoryProgress history;
  private final InstantSource clock;

  ConsolePages(
      Registry registry,
      AlertView alerts,
      DeviceView devices,
      Liveness liveness,
      IntakeLedger ledger,
      HistoryProgress history,
      InstantSource clock) {
    this.registry = registry;
    this.alerts = alerts;
    this.devices = devices;
    this.liveness = liveness;
    this.ledger = ledger;
    this.history = history;
    this.clock = clock;
  }

  @GetMapping("/")
  String console(Locale language, Model model) {
    alerts(language, model);
    devices(language, model);
    gateways(language, model);
    ledger(language, model);
    return "console/index";
  }

  @GetMapping("/console/alerts")
  String alerts(Locale language, Model model) {
    model.addAttribute("alerts", alerts.unresolved(local(language)));
    model.addAttribute("calm", Calm.of(liveness.devices(), liveness.gateways()));
    return "console/alerts :: list";
  }

  @GetMapping("/console/devices")
  String devices(Locale language, Model model) {
    model.addAttribute("groups", devices.groups(local(language)));
    return "console/devices :: list";
  }

  /** Shows all devices, a page at a time, to search for one. */
  @GetMapping("/devices")
  String find(
      @RequestParam(defaultValue = "") String find,
      @RequestParam(defaultValue = "1") String page,
      Locale language,
      Model model) {
    String wanted = find.strip();
    String text = wanted.length() <= LONGEST_SEARCH ? wanted : wanted.substring(0, LONGEST_SEARCH);
    model.addAttribute("find", text);
    model.addAttribute("found", devices.find(text, numberOf(page), local(language)));
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
  String gateways(Locale language, Model model) {
    model.addAttribute("gateways", devices.gateways(local(language)));
    model.addAttribute("gatewaysMore", devices.gatewaysMore());
    return "console/gateways :: list";
  }

  @GetMapping("/console/ledger")
  String ledger(Locale language, Model model) {
    model.addAttribute("ledger", ledger.ledger());
    HistoryProgress.Behind behind = history.behind();
    model.addAttribute("history", behind);
    model.addAttribute(
        "historyFrom",
        behind.wholeFrom() == null ? null : local(language).minute(behind.wholeFrom()));
    return "console/ledger :: figures";
  }

  private Local local(Locale language) {
    return new Local(language, registry.only().community().zone(), clock.instant());
  }
}
