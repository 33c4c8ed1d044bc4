/** Disks that go wrong, as real file systems: for tests of what a program keeps on them. */
@NullMarked
package org.linli.sims.disk;

import org.jspecify.annotations.NullMarked;
