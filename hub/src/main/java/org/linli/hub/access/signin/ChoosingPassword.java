package org.linli.hub.access.signin;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Sets the name and password that a person chose after opening a one-time link. */
@Component
class ChoosingPassword {

  static final int SHORTEST = 10;
  static final int LONGEST = 200;

  private final SignInLinks links;
  private final Administrators administrators;
  private final LinkFile file;
  private final Passwords passwords;
  private final TransactionOperations transaction;

  ChoosingPassword(
      SignInLinks links,
      Administrators administrators,
      LinkFile file,
      Passwords passwords,
      TransactionOperations transaction) {
    this.links = links;
    this.administrators = administrators;
    this.file = file;
    this.passwords = passwords;
    this.transaction = transaction;
  }

  /** The outcome of a choice. */
  sealed interface Outcome {

    /** Accepted; the link is used up. */
    record Chosen(Administrator administrator) implements Outcome {}

    /** Not acceptable; the link can still be used. */
    record Refused(Reason reason) implements Outcome {}

    /** The link was used before, has expired or was never issued. */
    record LinkGone() implements Outcome {}

    /** Too many passwords wait to be checked; the link can still be used. */
    record Busy() implements Outcome {}
  }

  /** Why a choice was refused; its name in lower case is part of the message's key. */
  enum Reason {
    NAME,
    TOO_SHORT,
    TOO_LONG,
    DIFFERENT
  }

  /**
   * @param visitor the client: an address, or the network of one
   */
  Outcome choose(String visitor, String code, String name, String password, String repeated) {
    if (!links.isValid(code)) {
      return new Outcome.LinkGone();
    }
    Optional<Reason> reason = refusal(name.strip(), password, repeated);
    if (reason.isPresent()) {
      return new Outcome.Refused(reason.get());
    }
    String hash;
    try {
      hash = passwords.hash(visitor, password);
    } catch (TooManyAtOnceException unchecked) {
      return new Outcome.Busy();
    }
    Outcome outcome =
        transaction.execute(
            status ->
                links.use(code)
                    ? new Outcome.Chosen(administrators.save(name.strip(), hash))
                    : new Outcome.LinkGone());
    if (outcome instanceof Outcome.Chosen) {
      file.delete();
    }
    return outcome;
  }

  private static Optional<Reason> refusal(String name, String password, String repeated) {
    if (!PersonName.isValid(name)) {
      return Optional.of(Reason.NAME);
    }
    if (password.length() < SHORTEST) {
      return Optional.of(Reason.TOO_SHORT);
    }
    if (password.length() > LONGEST) {
      return Optional.of(Reason.TOO_LONG);
    }
    return password.equals(repeated) ? Optional.empty() : Optional.of(Reason.DIFFERENT);
  }
}
