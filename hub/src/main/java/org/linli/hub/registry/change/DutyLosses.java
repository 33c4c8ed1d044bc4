package org.linli.hub.registry.change;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linli.event.CommunityId;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.DutyShift;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.file.Section;

/** Hours at which somebody was on duty in a grid, and nobody would be. */
final class DutyLosses implements WouldLose {

  private static final int DAY = 24 * 60;
  private static final int WEEK = 7 * DAY;

  /** Minutes of the week, from Monday's midnight; an end beyond the week is in the next one. */
  private record Stretch(int from, int to) {}

  @Override
  public List<Loss> losses(Difference difference) {
    List<Loss> losses = new ArrayList<>();
    Set<Item> renamed =
        difference.likenesses().stream().map(Likeness::was).collect(Collectors.toSet());
    for (CommunityDifference community : difference.communities()) {
      CommunityPlan before = community.before();
      CommunityPlan after = community.after();
      if (before != null && after != null && !community.duty().isEmpty()) {
        Map<String, List<DutyShift>> were = byGrid(before);
        Map<String, List<DutyShift>> are = byGrid(after);
        Set<String> there = after.grids().stream().map(Grid::id).collect(Collectors.toSet());
        were.forEach(
            (grid, shifts) -> {
              Item item = new Item(community.id(), Section.GRIDS, grid);
              if (renamed.contains(item)) {
                return;
              }
              if (!there.contains(grid)) {
                losses.add(goes(item, shifts));
              } else if (!are.containsKey(grid)) {
                losses.add(withoutDuty(item, shifts));
              } else {
                addUncovered(losses, item, shifts, are.getOrDefault(grid, List.of()));
              }
            });
      }
    }
    return losses;
  }

  private static Map<String, List<DutyShift>> byGrid(CommunityPlan plan) {
    return plan.duty().stream().collect(Collectors.groupingBy(DutyShift::grid));
  }

  private static String people(List<DutyShift> shifts) {
    return shifts.stream().map(DutyShift::person).distinct().collect(Collectors.joining(", "));
  }

  private static Loss goes(Item grid, List<DutyShift> shifts) {
    CommunityId community = grid.community();
    String people = people(shifts);
    return new Loss(
        grid,
        "grid-with-duty",
        "社区 %s 的网格 %s 将连同排班一起消失（此前当班：%s）：其楼栋的告警改由所属的其他网格接收。请确认这些楼栋所属的网格有人当班。"
            .formatted(community, grid.id(), people),
        ("grid %s of community %s goes with its roster (until now %s): the alerts of its buildings"
                + " go to the grids that these belong to now. Make sure that somebody is on duty"
                + " there.")
            .formatted(grid.id(), community, people));
  }

  private static Loss withoutDuty(Item grid, List<DutyShift> shifts) {
    CommunityId community = grid.community();
    String people = people(shifts);
    return new Loss(
        grid,
        "no-duty",
        "社区 %s 的网格 %s 将无人当班（此前：%s）：告警只会发给负责人。如非本意，请在 duty 中补上班次。"
            .formatted(community, grid.id(), people),
        ("in grid %s of community %s nobody would be on duty any more (until now %s), and all its"
                + " alerts would go to the supervisor. Add shifts under duty, unless that is"
                + " meant.")
            .formatted(grid.id(), community, people));
  }

  private static void addUncovered(
      List<Loss> losses, Item grid, List<DutyShift> were, List<DutyShift> are) {
    BitSet lost = minutes(were);
    lost.andNot(minutes(are));
    List<Stretch> stretches = stretches(lost);
    if (stretches.isEmpty()) {
      return;
    }
    Stretch first = stretches.getFirst();
    CommunityId community = grid.community();
    String person =
        were.stream()
            .filter(shift -> minutes(List.of(shift)).get(first.from()))
            .map(DutyShift::person)
            .findFirst()
            .orElse("");
    int others = stretches.size() - 1;
    losses.add(
        new Loss(
            grid,
            "hours-without-duty",
            "社区 %s 的网格 %s：%s 至 %s 将无人当班（此前：%s）%s，期间的告警只会发给负责人。如非本意，请在 duty 中补上班次。"
                .formatted(
                    community,
                    grid.id(),
                    zh(first.from()),
                    zh(first.to()),
                    person,
                    others == 0 ? "" : "，另有 " + others + " 段时间也是如此"),
            ("in grid %s of community %s nobody would be on duty from %s to %s (until now %s)%s;"
                    + " alerts would then go to the supervisor. Add a shift under duty, unless"
                    + " that is meant.")
                .formatted(
                    grid.id(),
                    community,
                    en(first.from()),
                    en(first.to()),
                    person,
                    others == 0
                        ? ""
                        : " and at " + others + (others == 1 ? " other time" : " other times"))));
  }

  private static BitSet minutes(List<DutyShift> shifts) {
    BitSet minutes = new BitSet(WEEK);
    for (DutyShift shift : shifts) {
      for (DayOfWeek day : shift.days()) {
        int midnight = (day.getValue() - 1) * DAY;
        int from = midnight + minute(shift.from());
        int to = midnight + minute(shift.to()) + (shift.endsOnTheNextDay() ? DAY : 0);
        minutes.set(from, Math.min(to, WEEK));
        minutes.set(0, Math.max(to - WEEK, 0));
      }
    }
    return minutes;
  }

  private static int minute(LocalTime time) {
    return time.getHour() * 60 + time.getMinute();
  }

  /** Returns the stretches in the order in which they begin; one over the end of Sunday is one. */
  private static List<Stretch> stretches(BitSet minutes) {
    List<Stretch> stretches = new ArrayList<>();
    for (int from = minutes.nextSetBit(0); from >= 0; ) {
      int to = minutes.nextClearBit(from);
      stretches.add(new Stretch(from, to));
      from = minutes.nextSetBit(to);
    }
    if (stretches.size() > 1
        && stretches.getFirst().from() == 0
        && stretches.getLast().to() == WEEK) {
      Stretch monday = stretches.removeFirst();
      Stretch sunday = stretches.removeLast();
      stretches.add(new Stretch(sunday.from(), WEEK + monday.to()));
    }
    return stretches;
  }

  private static String zh(int minute) {
    return "周%c %s".formatted("一二三四五六日".charAt(minute / DAY % 7), clock(minute));
  }

  private static String en(int minute) {
    String day = DayOfWeek.of(minute / DAY % 7 + 1).name();
    return "%c%s %s"
        .formatted(day.charAt(0), day.substring(1, 3).toLowerCase(Locale.ROOT), clock(minute));
  }

  private static String clock(int minute) {
    return "%02d:%02d".formatted(minute % DAY / 60, minute % 60);
  }
}
