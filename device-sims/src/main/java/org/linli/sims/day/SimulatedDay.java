package org.linli.sims.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.linli.sims.community.Community;
import org.linli.sims.community.Community.Device;

/**
 * All events of a community's equipment on a day, ordered by time and without end: at midnight the
 * same day begins again. The same community, day, seed and start give the same events on any
 * machine.
 */
public final class SimulatedDay implements Iterator<SimulatedEvent> {

  private final Agenda agenda = new Agenda();
  private final Queue<SimulatedEvent> said = new ArrayDeque<>();
  private final Instant start;

  /**
   * How a day is played.
   *
   * @param from the time of day it starts at
   * @param beat the simulated time from one critical alert to the next; null for a day without
   *     staged alerts
   * @param boot inserted between the device and the count in ids, as devices do to distinguish the
   *     counts of two runs; empty for none
   */
  public record Script(
      NamedDay day, long seed, LocalTime from, @Nullable Duration beat, String boot) {}

  public SimulatedDay(Community community, Script script) {
    long midnight = script.day().date.atStartOfDay(community.zone()).toInstant().toEpochMilli();
    long from = midnight + script.from().toNanoOfDay() / 1_000_000;
    start = Instant.ofEpochMilli(from);
    Surroundings surroundings = new Surroundings(agenda, script.day(), midnight);
    List<Equipment> equipment = new ArrayList<>();
    for (Device device : community.devices()) {
      Voice voice = new Voice(device, script.seed(), script.day(), script.boot(), said::add);
      equipment.add(equipment(device, voice, surroundings));
    }
    equipment.forEach(one -> one.begin(from));
    if (script.beat() != null) {
      new Story(agenda, script.beat().toMillis(), equipment).begin(from);
    }
  }

  /** The start; no event is earlier. */
  public Instant start() {
    return start;
  }

  @Override
  public boolean hasNext() {
    while (said.isEmpty()) {
      if (!agenda.advance()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public SimulatedEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException("a community without devices has nothing to say");
    }
    return said.remove();
  }

  private static Equipment equipment(Device device, Voice voice, Surroundings surroundings) {
    return switch (device.kind()) {
      case ACCESS -> new Door(voice, surroundings);
      case CAMERA -> new Camera(voice, surroundings);
      case ELEVATOR -> new Elevator(voice, surroundings);
      case PARKING -> parking(device.id().value(), voice, surroundings);
      case ENVIRONMENT, CARE, POWER, PARCEL -> new Sensor(voice, surroundings);
    };
  }

  /** The kind does not distinguish a bay from a barrier; the sample community's ids do. */
  private static Equipment parking(String id, Voice voice, Surroundings surroundings) {
    if (id.contains("lane")) {
      return new FireLane(voice, surroundings);
    }
    if (id.contains("barrier") || id.contains("gate")) {
      return new Barrier(voice, surroundings);
    }
    return id.contains("garage") ? new Sensor(voice, surroundings) : new Bay(voice, surroundings);
  }
}
