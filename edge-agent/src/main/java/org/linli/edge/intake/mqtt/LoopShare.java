package org.linli.edge.intake.mqtt;

/**
 * State shared by the connections of one event loop. Only that loop may use it, except for the
 * answers.
 */
record LoopShare(
    HeldBytes held,
    HeldBytes unreleased,
    HeldBytes subscriptions,
    PendingConnections pending,
    LargePackets large,
    DueAnswers answers) {}
