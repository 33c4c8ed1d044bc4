package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.event.Kind;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.gateway.GatewayDisconnected;

/** How a gateway stands, in words: since when it is away, what is known to wait, what was lost. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class GatewayWordsTest {

  private final RunningHub hub;

  GatewayWordsTest(RunningHub hub) {
    this.hub = hub;
  }

  @Test
  void saySinceWhenItIsAwayAndWhatItGaveUp() {
    hub.publish(new GatewayConnected(ReportingGateway.ID, hub.clock().instant()));
    hub.gateway().reports("words-1", Kind.ACCESS, "door.opened");
    hub.gateway().gaveUp("words-1");
    hub.publish(new GatewayDisconnected(ReportingGateway.ID, hub.clock().instant()));
    hub.clock().advance(Duration.ofMinutes(7));

    RunningHub.Visitor person = hub.signedInVisitor();
    assertThat(person.get("/console/gateways?lang=en").body())
        .containsPattern("Away since [0-9:]+ \\(7 min ago\\)")
        .contains("Its last events came 7 min ago. What it has gathered since is not known")
        .contains("It gave up one event, because there was no room on its disk or they had waited")
        .contains("most of all of words-1 (1).");
    assertThat(person.get("/console/gateways?lang=zh").body())
        .containsPattern("[0-9:]+ 起断开（7 分钟前）")
        .contains("最近一次上报：7 分钟前。此后积存的事件在恢复连接前无法得知。")
        .contains("该网关已放弃 1 条事件，最多的是 words-1 (1)。");
  }
}
