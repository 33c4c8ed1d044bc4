package org.linli.hub.alert;

import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.stereotype.Component;

/**
 * Checks every {@link AlertSettings#tick} for alerts that have become due. Due times are in the
 * records, so that a restart in the middle of a wait neither forgets nor prolongs it.
 */
@Component
class AlertTimers extends Ticker {

  private final RaisingAlerts raising;

  AlertTimers(RaisingAlerts raising, AlertSettings settings, LivingThreads threads) {
    super(threads, LivingThreads.Make.VIRTUAL, "alert-timers", settings.tick());
    this.raising = raising;
  }

  @Override
  protected void look() {
    raising.openDue();
  }
}
