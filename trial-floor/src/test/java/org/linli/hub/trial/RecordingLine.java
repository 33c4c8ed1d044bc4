package org.linli.hub.trial;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.linli.hub.alert.Alerts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A fake for the pagers that tests do not have: keeps what it should deliver. */
@Component
class RecordingLine implements PagerLine {

  /**
   * A page that was delivered.
   *
   * @param committed whether the alert was committed, and no transaction open, at that moment
   */
  record Page(String person, String alert, boolean committed) {}

  private final Alerts alerts;
  private final List<Page> pages = new CopyOnWriteArrayList<>();

  RecordingLine(Alerts alerts) {
    this.alerts = alerts;
  }

  @Override
  public void page(String person, String alert) {
    pages.add(
        new Page(
            person,
            alert,
            alerts.find(alert).isPresent()
                && !TransactionSynchronizationManager.isActualTransactionActive()));
  }

  List<Page> pages() {
    return pages;
  }
}
