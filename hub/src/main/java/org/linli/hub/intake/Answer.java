package org.linli.hub.intake;

import org.linli.event.Receipt;
import org.linli.hub.gateway.ArrivedBatch;

/** What the hub has to say to a batch, once everything it says is durable. */
public record Answer(ArrivedBatch batch, Receipt receipt) {}
