package org.linli.program.thread;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An unexpected throwable from a thread, or a thread without signs of life.
 *
 * @param thread the thread's name
 * @param about the gateway whose work it was, at the hub; null when it concerns all
 * @param cause the throwable's class and message, or how long the thread is silent; at most {@value
 *     #LONGEST} characters
 * @param at by the program's clock
 */
public record Failure(String thread, @Nullable String about, String cause, Instant at) {

  public static final int LONGEST = 200;

  static Failure silent(Heartbeat heartbeat, Instant at) {
    String cause = "no sign of life for " + heartbeat.longestSilence().toSeconds() + " s";
    return new Failure(heartbeat.name(), null, cause, at);
  }

  static Failure of(String thread, @Nullable String about, Throwable thrown, Instant at) {
    String cause = thrown.toString();
    return new Failure(
        thread, about, cause.length() > LONGEST ? cause.substring(0, LONGEST) : cause, at);
  }
}
