package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.BrokerState.BrokerLink;
import org.linli.edge.intake.Message;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the door says of its trouble, and what it does meanwhile. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class BrokerDoorWordsTest extends AtTheBroker {

  @Test
  void endsTheConnectionWithoutAcknowledgingWhatCannotBeKeptNow(CapturedOutput console)
      throws Exception {
    attached();
    device().publish(TOPIC, "one", 1);
    device().publish(TOPIC, "two", 1);
    Message one = intake.next();
    intake.next().reply().taken();
    one.reply().unavailable("the disk is full");

    assertThat(intake.next().payload()).asString().isEqualTo("one");
    assertThat(intake.next().payload()).asString().isEqualTo("two");
    assertThat(console.getOut())
        .contains("so that it sends again what was not kept: the disk is full");
  }

  @Test
  void endsTheConnectionWhereTakingAMessageFails(CapturedOutput console) throws Exception {
    attached();
    intake.failOnce();
    device().publish(TOPIC, "one", 1);
    device().publish(TOPIC, "two", 1);

    assertThat(intake.next().payload()).asString().isEqualTo("one");
    assertThat(intake.next().payload()).asString().isEqualTo("two");
    assertThat(console.getOut())
        .contains(
            "is away (what it said could not be taken: java.lang.IllegalStateException: a defect)");
  }

  @Test
  void noticesThatTheBrokerHasForgottenItsSession(CapturedOutput console) throws Exception {
    BrokerDoor first = attached();
    assertThat(first.state().sessionsLost()).as("the first visit loses nothing").isZero();
    first.stop();
    assertThat(attached().state().sessionsLost()).as("the session was kept").isZero();
    doors.getLast().stop();
    assertThat(console.getOut()).doesNotContain("has forgotten");

    BrokerClient.forget(ME, broker);
    BrokerDoor again = attached();

    await().untilAsserted(() -> assertThat(again.state().sessionsLost()).isEqualTo(1));
    assertThat(console.getOut())
        .contains("The broker has forgotten the session of this gateway")
        .contains("is lost unless they send it again");
    device().publish(TOPIC, "subscribed again", 1);
    assertThat(intake.next().payload()).asString().isEqualTo("subscribed again");
  }

  @Test
  void comesBackToABrokerThatWasRestarted(CapturedOutput console) throws Exception {
    BrokerDoor door = attached();
    intake.answerAtOnce();
    broker.kill();
    awaitLink(door, BrokerLink.AWAY);
    assertThat(console.getOut()).contains("The broker at " + broker.uri() + " is away (");
    broker.start();
    awaitLink(door, BrokerLink.ATTACHED);
    assertThat(door.state().sessionsLost()).as("nothing is persisted there").isEqualTo(1);
    device().publish(TOPIC, "after", 1);
    intake.awaitPayloads("after");
  }

  @Test
  void saysThatItIsNotLetIn(CapturedOutput console) throws Exception {
    broker.kill();
    broker.configure("allow_anonymous false");
    broker.start();
    BrokerDoor door = door();

    awaitLink(door, BrokerLink.REFUSED);
    assertThat(door.state().problem())
        .isEqualTo(
            "The broker at %s does not let client %s in (0x87): set linli.broker.username and"
                + " linli.broker.password to a user that it knows",
            broker.uri(), ME);
    assertThat(console.getOut()).contains("does not let client");

    broker.kill();
    broker.configure("allow_anonymous true");
    broker.start();
    awaitLink(door, BrokerLink.ATTACHED);
  }

  @Test
  void namesTheTopicThatItMayNotReadAndTakesTheOthers(CapturedOutput console) throws Exception {
    broker.kill();
    Files.writeString(
        folder.resolve("security.json"),
        """
        {"defaultACLAccess":{"publishClientSend":true,"publishClientReceive":true,
          "subscribe":false,"unsubscribe":true},
         "anonymousGroup":"all",
         "groups":[{"groupname":"all","roles":[{"rolename":"doors"}]}],
         "roles":[{"rolename":"doors","acls":[
           {"acltype":"subscribePattern","topic":"linli/access/+","allow":true}]}],
         "clients":[]}
        """);
    broker.configure(
        "plugin /usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so",
        "plugin_opt_config_file " + folder.resolve("security.json"));
    broker.start();
    intake.answerAtOnce();
    BrokerDoor door = door("linli/access/+", "linli/camera/+");

    awaitLink(door, BrokerLink.REFUSED);
    assertThat(door.state().problem())
        .isEqualTo(
            "The broker at %s refuses the subscription to linli/camera/+ (0x87, not authorized):"
                + " let this gateway's user read it there, or change linli.broker.topics",
            broker.uri());
    device().publish(TOPIC, "from a door", 1);
    intake.awaitPayloads("from a door");
    await()
        .during(Duration.ofMillis(700))
        .atMost(Duration.ofSeconds(5))
        .until(() -> door.state().link() == BrokerLink.REFUSED);
    assertThat(
            console
                .getOut()
                .lines()
                .filter(line -> line.contains("ERROR") && line.contains("linli/camera/+"))
                .distinct())
        .as("asked again, and said once")
        .hasSize(1);
  }
}
