package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.linli.hub.intake.HubLedger;
import org.linli.hub.intake.IntakeLedger;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The figures of the delivery contract. */
@RestController
@Tag(name = "ledger")
class LedgerEndpoint {

  private final IntakeLedger ledger;

  LedgerEndpoint(IntakeLedger ledger) {
    this.ledger = ledger;
  }

  @GetMapping("/api/v1/ledger")
  @Operation(
      summary = "What the hub did with what it received",
      description = "In events: received = applied + duplicate + dead.")
  HubLedger ledger() {
    return ledger.ledger();
  }
}
