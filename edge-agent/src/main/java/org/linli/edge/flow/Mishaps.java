package org.linli.edge.flow;

import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.Interpreted;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The last resort. A message whose processing failed unforeseen is answered "not kept", so that the
 * device repeats it.
 */
@Component
public final class Mishaps {

  private static final Logger log = LoggerFactory.getLogger(Mishaps.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /**
   * @param carried the exchange's body when it failed: a message, or a later result
   */
  public void answer(@Body Object carried, @ExchangeException Throwable cause) {
    switch (carried) {
      case Message message -> answer(message, cause);
      case Interpreted interpreted -> {
        interpreted.notKept();
        answer(interpreted.message(), cause);
      }
      default ->
          throw new IllegalStateException("carries no message: " + carried.getClass(), cause);
    }
  }

  private static void answer(Message message, Throwable cause) {
    limited
        .atError("mishap")
        .addKeyValue("source", message.source())
        .setCause(cause)
        .log("A message failed on its way to the outbox; its device was asked to send it again");
    message.reply().unavailable("an unforeseen failure in the gateway");
  }
}
