package org.linli.edge.intake.mqtt;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.linli.edge.command.Commands;
import org.linli.edge.intake.ConnectionListener;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Refusals;

/**
 * The parts of the MQTT door that its connections share. Thread-safe.
 *
 * @param numbers the last connection's number
 */
record DoorParts(
    MqttSettings settings,
    Intake intake,
    InstantSource clock,
    DeviceSessions sessions,
    Commands commands,
    CommandSubscribers subscribers,
    Clients clients,
    ConnectedClients connected,
    Wills wills,
    ConnectionListener watch,
    Refusals refusals,
    AtomicLong numbers) {}
