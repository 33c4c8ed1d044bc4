package org.linli.hub.intake;

import org.linli.hub.records.TestRecords;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;

/** The intake on real records, without Spring. */
final class TestIntake {

  private TestIntake() {}

  static BatchIntake on(
      TestRecords records,
      DurableStore store,
      BatchParticipant participant,
      ApplicationEventPublisher published) {
    return on(records, store, participant, published, IntakeSettings.DEFAULTS);
  }

  static BatchIntake on(
      TestRecords records,
      DurableStore store,
      BatchParticipant participant,
      ApplicationEventPublisher published,
      IntakeSettings settings) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("store", store);
    beans.addBean("participant", participant);
    return new BatchIntake(
        new Watermarks(records.client(), records.reader()),
        new DeviceOrders(records.jdbc(), records.reader()),
        new AppliedEvents(records.jdbc(), records.reader(), settings),
        new IntakeLedger(records.client(), records.reader()),
        new DeadLetters(records.client(), records.reader(), settings),
        records.transactions(),
        beans.getBeanProvider(DurableStore.class),
        beans.getBeanProvider(BatchParticipant.class),
        published);
  }
}
