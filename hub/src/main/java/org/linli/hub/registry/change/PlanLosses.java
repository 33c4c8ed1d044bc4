package org.linli.hub.registry.change;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.linli.event.CommunityId;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.Person;
import org.linli.hub.registry.Role;
import org.linli.hub.registry.file.Section;

/**
 * A community that goes, its zone, its last supervisor, and what gets another id or another
 * community.
 */
final class PlanLosses implements WouldLose {

  @Override
  public List<Loss> losses(Difference difference) {
    List<Loss> losses = new ArrayList<>();
    for (CommunityDifference community : difference.communities()) {
      CommunityPlan before = community.before();
      CommunityPlan after = community.after();
      if (before != null && after == null) {
        losses.add(goes(before));
      } else if (before != null && after != null) {
        addZone(losses, before, after);
        addSupervisor(losses, before, after);
      }
    }
    Set<Item> moved = new HashSet<>();
    difference.likenesses().stream()
        .filter(Likeness::isMove)
        .forEach(like -> moved.add(like.was()));
    for (Likeness like : difference.likenesses()) {
      if (!like.isMove()) {
        losses.add(renamed(like));
      } else if (like.was().section() == Section.GATEWAYS) {
        losses.add(movedGateway(like, devicesOf(difference, like, moved)));
      } else if (like.was().section() == Section.BUILDINGS) {
        losses.add(movedBuilding(like, devicesOf(difference, like, moved)));
      }
    }
    return losses;
  }

  private static Loss goes(CommunityPlan plan) {
    CommunityId id = plan.community().id();
    int gateways = plan.gateways().size();
    int devices = plan.devices().size();
    int people = plan.people().size();
    return new Loss(
        new Item(id, Section.COMMUNITY, id.value()),
        "community-goes",
        ("新文件中没有社区 %s：它的 %d 个网关将不再被接受，%d 台设备、%d 名人员及其告警将无人能看到。" + "如非本意，请补上该社区的文件。")
            .formatted(id, gateways, devices, people),
        ("community %s is in none of the new files: its %d gateways would be refused, and nobody"
                + " would see its %d devices, its %d people and their alerts. Add its file, unless"
                + " it is to go.")
            .formatted(id, gateways, devices, people));
  }

  private static void addZone(List<Loss> losses, CommunityPlan before, CommunityPlan after) {
    CommunityId id = after.community().id();
    ZoneId was = before.community().zone();
    ZoneId is = after.community().zone();
    if (!was.equals(is)) {
      losses.add(
          new Loss(
              new Item(id, Section.COMMUNITY, id.value()),
              "other-zone",
              "社区 %s 的时区由 %s 改为 %s：排班的每个班次都会在另一时刻开始。请核对 duty 中的时间。".formatted(id, was, is),
              ("the zone of community %s becomes %s instead of %s, so each shift of its roster"
                      + " begins at another moment. Check the hours under duty.")
                  .formatted(id, is, was)));
    }
  }

  private static void addSupervisor(List<Loss> losses, CommunityPlan before, CommunityPlan after) {
    List<Person> were = supervisors(before);
    if (!were.isEmpty() && supervisors(after).isEmpty()) {
      CommunityId id = after.community().id();
      String names = were.stream().map(Person::id).collect(Collectors.joining(", "));
      losses.add(
          new Loss(
              new Item(id, Section.PEOPLE, were.getFirst().id()),
              "only-supervisor",
              "社区 %s 将没有负责人（此前为 %s）：无人当班时的告警将无人接收。请至少保留一名 role 为 supervisor 的人员。"
                  .formatted(id, names),
              ("community %s would have no supervisor (until now %s), so an alert while nobody is"
                      + " on duty would go to nobody. Keep one person with the role supervisor.")
                  .formatted(id, names)));
    }
  }

  private static List<Person> supervisors(CommunityPlan plan) {
    return plan.people().stream().filter(person -> person.role() == Role.SUPERVISOR).toList();
  }

  private static Loss renamed(Likeness like) {
    Section section = like.was().section();
    String was = like.was().id();
    String is = like.is().id();
    return new Loss(
        like.was(),
        "renamed",
        "社区 %s：%s %s 不见了，新增的 %s %s，可能只是改了编号。已有的告警、历史和纳管设备都按编号引用。请改回 id: %s，除非确实是另一个%s。"
            .formatted(
                like.was().community(),
                section.zh(),
                was,
                is,
                like.by() == Likeness.By.NAME ? "与它同名" : "下属内容与它相同",
                was,
                section.zh()),
        ("in community %s the %s %s is gone, and %s is new with %s: probably it was only given"
                + " another id. Alerts, history and adopted devices name the old one. Write id: %s"
                + " again, unless it is another %s.")
            .formatted(
                like.was().community(),
                section.en(),
                was,
                is,
                like.by() == Likeness.By.NAME ? "the same name" : "what belonged to it",
                was,
                section.en()));
  }

  private static Loss movedGateway(Likeness like, int devices) {
    CommunityId from = like.was().community();
    CommunityId to = like.is().community();
    return new Loss(
        like.was(),
        "gateway-moves",
        "网关 %s 由社区 %s 移到 %s：它的 %d 台设备已有的告警和历史仍留在 %s。请先处理完这些告警。"
            .formatted(like.was().id(), from, to, devices, from),
        ("gateway %s moves from community %s to %s: the alerts and the history of its %d devices"
                + " stay with %s. Resolve the open alerts first.")
            .formatted(like.was().id(), from, to, devices, from));
  }

  private static Loss movedBuilding(Likeness like, int devices) {
    CommunityId from = like.was().community();
    CommunityId to = like.is().community();
    return new Loss(
        like.was(),
        "building-moves",
        "楼栋 %s 由社区 %s 移到 %s，连同 %d 台设备：今后的告警由 %s 的人员接收，已有的仍留在 %s。请先处理完未关闭的告警。"
            .formatted(like.was().id(), from, to, devices, to, from),
        ("building %s moves from community %s to %s with %d devices: from then on the people of %s"
                + " get their alerts, and what there was stays with %s. Resolve the open alerts"
                + " first.")
            .formatted(like.was().id(), from, to, devices, to, from));
  }

  /** Returns how many devices of a moved gateway or building are there in the new community. */
  private static int devicesOf(Difference difference, Likeness like, Set<Item> moved) {
    CommunityId from = like.was().community();
    String id = like.was().id();
    boolean isGateway = like.was().section() == Section.GATEWAYS;
    return (int)
        difference.communities().stream()
            .filter(community -> community.id().equals(from))
            .flatMap(community -> community.devices().removed().stream())
            .filter(
                gone ->
                    (isGateway ? gone.item().gateway().value() : gone.item().building()).equals(id))
            .filter(gone -> moved.contains(new Item(from, Section.DEVICES, gone.id())))
            .count();
  }
}
