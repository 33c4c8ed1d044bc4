package org.linli.hub.intake;

import org.linli.event.Receipt;
import org.linli.hub.gateway.ArrivedBatch;

/** The hub's receipt for one batch. It is given only once everything it states is durable. */
public record BatchReceipt(ArrivedBatch batch, Receipt receipt) {}
