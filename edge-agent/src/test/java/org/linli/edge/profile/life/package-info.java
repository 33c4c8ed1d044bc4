@NullMarked
package org.linli.edge.profile.life;

import org.jspecify.annotations.NullMarked;
