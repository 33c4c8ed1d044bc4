/**
 * Who can do something in the hub, and how that is recorded: as kind and id ({@link
 * org.linli.hub.people.Actor}), and by whom on whose behalf ({@link org.linli.hub.people.Author}).
 * It has no list of people. The people of the community are in {@code registry}, and accounts are
 * in {@code access}.
 */
@NullMarked
package org.linli.hub.people;

import org.jspecify.annotations.NullMarked;
