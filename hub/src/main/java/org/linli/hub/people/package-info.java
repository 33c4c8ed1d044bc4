/**
 * Actors of the hub, and how they are recorded: as kind and id ({@link
 * org.linli.hub.people.Actor}), and as an actor with the program that acted for it ({@link
 * org.linli.hub.people.Author}). This package has no list of people. The people of the community
 * are in {@code registry}, and accounts are in {@code access}.
 */
@NullMarked
package org.linli.hub.people;

import org.jspecify.annotations.NullMarked;
