package org.linli.edge.intake.mqtt;

/** What the connections of one event loop share; for that loop only, but for the answers. */
record LoopShare(
    HeldBytes held,
    HeldBytes unreleased,
    HeldBytes subscriptions,
    Strangers strangers,
    LargePackets large,
    DueAnswers answers) {}
