package org.linli.sims.equipment;

import java.util.Locale;

/** Devices that come and go in turn, as their make tells it. */
final class Presence {

  private final boolean[] there;
  private final boolean[] told;

  Presence(int devices) {
    there = new boolean[devices];
    told = new boolean[devices];
  }

  /** The device is there now where it was not, and the other way round. */
  String next(int device) {
    there[device] = !there[device];
    return there[device] ? "online" : "offline";
  }

  /** What must become of the word; the first of a run may say what the gateway knows already. */
  Told told(Told unmarked, int device, String word) {
    String type = "device." + word.toLowerCase(Locale.ROOT);
    Told measured = unmarked.beside("measurement");
    Told becomes = told[device] ? measured.beside(type) : measured.perhaps(type);
    told[device] = true;
    return becomes;
  }
}
