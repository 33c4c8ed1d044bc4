package org.linli.sims.day;

import java.util.List;

/**
 * Stages a day worth showing: a critical alert at every beat, from another device each time until
 * all have had one, and a fire lane that stays blocked for longer than is allowed.
 */
final class Story {

  private static final double FIRST_BEAT = 0.05;
  private static final double RESCUE = 0.7;
  private static final long LANE_BLOCKED = 240_000;

  private final Agenda agenda;
  private final long beat;
  private final List<Elevator> elevators;
  private final List<Camera> cameras;
  private final List<FireLane> lanes;
  private int told;

  Story(Agenda agenda, long beat, List<Equipment> equipment) {
    this.agenda = agenda;
    this.beat = beat;
    this.elevators = of(Elevator.class, equipment);
    this.cameras = of(Camera.class, equipment);
    this.lanes = of(FireLane.class, equipment);
  }

  void begin(long at) {
    agenda.add(at + (long) (beat * FIRST_BEAT), this::tell);
  }

  private void tell(long at) {
    int scene = told % 5;
    int round = told / 5;
    told++;
    if (scene == 0 && !lanes.isEmpty()) {
      FireLane lane = pick(lanes, round);
      agenda.add(at + beat / 6, now -> lane.block(now, now + LANE_BLOCKED));
    }
    if (cameras.isEmpty() || scene % 2 == 0 && !elevators.isEmpty()) {
      tellOfElevator(at, scene, round);
    } else if (!cameras.isEmpty()) {
      tellOfCamera(at, scene, round);
    }
    agenda.add(at + beat, this::tell);
  }

  private void tellOfElevator(long at, int scene, int round) {
    if (elevators.isEmpty()) {
      return;
    }
    Elevator elevator = pick(elevators, 2 * round + (scene == 0 ? 0 : 1));
    if (scene == 2) {
      elevator.overspeed(at);
    } else {
      elevator.trap(at, at + (long) (beat * RESCUE));
    }
  }

  private void tellOfCamera(long at, int scene, int round) {
    List<Camera> inCars = cameras.stream().filter(Camera::inCar).toList();
    List<Camera> outside = cameras.stream().filter(camera -> !camera.inCar()).toList();
    if (scene == 1 && !inCars.isEmpty()) {
      pick(inCars, round).alarm(at, "ebike.in-elevator", new Readings());
    } else if (!outside.isEmpty()) {
      String type = scene == 3 && round % 2 == 0 ? "fire.seen" : "object.fallen-from-height";
      pick(outside, round).alarm(at, type, new Readings());
    } else {
      pick(cameras, round).alarm(at, "fire.seen", new Readings());
    }
  }

  private static <T> T pick(List<T> from, int number) {
    return from.get(number % from.size());
  }

  private static <T extends Equipment> List<T> of(Class<T> type, List<Equipment> equipment) {
    return equipment.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
