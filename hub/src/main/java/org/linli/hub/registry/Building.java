package org.linli.hub.registry;

/** A building in a grid. */
public record Building(String id, String grid, BilingualName name, int floors) {}
