package org.linli.sims.day;

import java.util.Random;

/**
 * A physical quantity that wanders around a level: each reading keeps most of its distance from the
 * level and adds noise.
 */
final class Wandering {

  private static final double KEPT = 0.9;

  private final Random chance;
  private final double noise;
  private double distance;

  Wandering(Random chance, double noise) {
    this.chance = chance;
    this.noise = noise;
  }

  double around(double level) {
    distance = KEPT * distance + noise * chance.nextGaussian();
    return level + distance;
  }
}
