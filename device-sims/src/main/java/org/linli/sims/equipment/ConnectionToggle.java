package org.linli.sims.equipment;

import java.util.Locale;

/** Devices that appear and disappear in turn, as their vendor's format reports it. */
final class ConnectionToggle {

  private final boolean[] there;
  private final boolean[] known;

  ConnectionToggle(int devices) {
    there = new boolean[devices];
    known = new boolean[devices];
  }

  /** Toggles whether the device is there, and returns the new state. */
  String next(int device) {
    there[device] = !there[device];
    return there[device] ? "online" : "offline";
  }

  /**
   * What the hub must make of this state; the first of a run may repeat what the gateway already
   * knows.
   */
  Expectation expectation(Expectation unmarked, int device, String word) {
    String type = "device." + word.toLowerCase(Locale.ROOT);
    Expectation measured = unmarked.beside("measurement");
    Expectation becomes = known[device] ? measured.beside(type) : measured.perhaps(type);
    known[device] = true;
    return becomes;
  }
}
