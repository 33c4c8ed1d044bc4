package org.linli.hub.registry;

/** A part of the community with its own grid worker, about 300 households. */
public record Grid(String id, BilingualName name, int households) {}
