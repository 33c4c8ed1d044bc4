package org.linli.hub.console;

import java.util.Optional;
import org.linli.hub.access.Accounts;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.Registry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Names of actors that cannot be looked up where the actor is one of the broken devices: as by a
 * defect, and as where the records cannot be read. Notes whether it was asked within a transaction.
 */
public final class FailingNames extends ActorNames {

  public static final String DEFECT = "camera-with-a-defect";
  public static final String UNREADABLE = "camera-without-records";

  private volatile boolean askedInATransaction;

  private FailingNames(Registry registry, Accounts accounts) {
    super(registry, accounts);
  }

  /** For a hub of a test. */
  public static class Beans {
    @Bean
    @Primary
    FailingNames failingNames(Registry registry, Accounts accounts) {
      return new FailingNames(registry, accounts);
    }
  }

  public boolean wasAskedInATransaction() {
    return askedInATransaction;
  }

  @Override
  public Optional<String> nameOf(Actor actor) {
    askedInATransaction |= TransactionSynchronizationManager.isActualTransactionActive();
    return switch (actor.id()) {
      case DEFECT -> throw new IllegalStateException("a defect in what shows an alert");
      case UNREADABLE -> throw new TransientDataAccessResourceException("no records now");
      default -> super.nameOf(actor);
    };
  }
}
