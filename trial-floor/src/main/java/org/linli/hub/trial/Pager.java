package org.linli.hub.trial;

import org.linli.hub.alert.ActionOutcome;
import org.linli.hub.alert.Alerts;
import org.linli.hub.alert.Channel;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.trial.Letters.Letter;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A channel: tells the person who is responsible for an alert, and takes the answer. Both are on
 * the alert's timeline under the channel's name. A letter is sent at least once.
 */
@Component
class Pager {

  static final Channel CHANNEL = new Channel("trial-pager");

  private static final Actor.Program PROGRAM = new Actor.Program("trial-pager");

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(Pager.class));

  private final Letters letters;
  private final PagerLine line;
  private final Alerts alerts;
  private final TransactionTemplate transaction;

  Pager(Letters letters, PagerLine line, Alerts alerts, TransactionTemplate transaction) {
    this.letters = letters;
    this.line = line;
    this.alerts = alerts;
    this.transaction = transaction;
  }

  /**
   * Sends what is due, outside any transaction, and notes it on the alert. A letter that cannot be
   * sent stays due and holds back no other.
   */
  void sendDue() {
    for (Letter letter : letters.due()) {
      try {
        line.page(letter.person(), letter.alert());
      } catch (RuntimeException failed) {
        limited
            .atWarn(letter.person())
            .addKeyValue("alert", letter.alert())
            .setCause(failed)
            .log("A page could not be sent; it stays due");
        continue;
      }
      transaction.executeWithoutResult(
          _ -> {
            letters.sent(letter);
            alerts.comment(
                letter.alert(), Author.of(Actor.HUB), CHANNEL, "Paged " + letter.person() + ".");
          });
    }
  }

  /** Takes the answer of a person of the alert's community who comes. */
  ActionOutcome comes(String alert, String person) {
    return alerts
        .find(alert)
        .map(its -> its.cause().source().community())
        .map(community -> new Author(new Actor.Person(community, person), PROGRAM))
        .map(author -> alerts.acknowledge(alert, author, CHANNEL, null))
        .orElseGet(() -> new ActionOutcome.NotFound(alert));
  }
}
