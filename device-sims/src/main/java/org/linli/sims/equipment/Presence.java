package org.linli.sims.equipment;

import java.util.Locale;

/** Devices that appear and disappear in turn, as their vendor's format reports it. */
final class Presence {

  private final boolean[] there;
  private final boolean[] told;

  Presence(int devices) {
    there = new boolean[devices];
    told = new boolean[devices];
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
  Told told(Told unmarked, int device, String word) {
    String type = "device." + word.toLowerCase(Locale.ROOT);
    Told measured = unmarked.beside("measurement");
    Told becomes = told[device] ? measured.beside(type) : measured.perhaps(type);
    told[device] = true;
    return becomes;
  }
}
